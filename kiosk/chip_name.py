# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a name from a chip, which has capitals only, as people write it: "DE BRUIJN" becomes "de Bruijn".

Accents are gone on the chip and are not guessed; who reads it can change it.
"""

from __future__ import annotations

# Small words of Dutch names; abroad they may be names of their own.
_SMALL = frozenset({"van", "von", "de", "der", "den", "het", "'t", "ten", "ter", "te", "in", "op", "bij", "tot", "zu"})
_DUTCH = "NLD"


def readable_name(given_names: str, surname: str, issuer: str) -> str:
    """Give given names and surname in one line."""
    return " ".join(filter(None, (_written(given_names, is_small_known=False), _family(surname, issuer))))


def _family(surname: str, issuer: str) -> str:
    return _written(surname, is_small_known=issuer == _DUTCH)


def _written(name: str, *, is_small_known: bool) -> str:
    if name != name.upper():
        return " ".join(name.split())  # somebody wrote it well already
    words = name.split()
    return " ".join(
        word.lower() if is_small_known and word.lower() in _SMALL and number < len(words) - 1 else _capital(word)
        for number, word in enumerate(words)
    )


def _capital(word: str) -> str:
    """Begin each piece between dashes and apostrophes with a capital: "El-Idrissi", "O'Neill"."""
    found, is_first = "", True
    for sign in word:
        found += sign if is_first else sign.lower()
        is_first = not sign.isalpha()
    return found
