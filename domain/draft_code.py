# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The code on paper with which somebody goes on later: eight letters, as `BKDF-RTXZ` (feature C25).

Twenty letters: no vowels, so no words; no Y, which is said like a vowel. 20**8 is 2.56e10, 34.6 bits. It has no check
letter: a slip costs one of five tries, and a letter that checks would cost four of those bits (decision 18).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from domain.lenient.characters import fold

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
_GROUP = 4
# What people type for what they see, and the letters of a Cyrillic keyboard that look the same. No digit is in the
# alphabet, so each of these can mean one letter only.
_SEEN_AS = str.maketrans("0O1I2568ВСНКМРТХ", "QQLLZSGBBCHKMPTX")
_BETWEEN = frozenset(" -_.,:/")


def new_draft_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a new code, written in groups."""
    return _grouped("".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(LENGTH)))


def parse_draft_code(text: str) -> str | None:
    """Read a code however it was typed; None when it is none."""
    text = text.strip()
    if len(text) > 4 * LENGTH:
        return None
    typed = fold(text).upper().translate(_SEEN_AS)
    letters = "".join(letter for letter in typed if letter not in _BETWEEN)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return f"{letters[:_GROUP]}-{letters[_GROUP:]}"
