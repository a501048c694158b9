# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one number of a case: made without a network, unique, easy to say, with a check character (feature C20).

Thirteen random characters out of seventeen and one that checks, as `K473-93FM-0X52-P8`. 17**13 is 9.9e15: among a
million cases the chance that any two are alike is 1 in 20,000, among a municipality's 50,000 a year 1 in 8,000,000. The
check is a sum modulo 17, a prime, with another weight at each place: it finds every single wrong character and every
swap of any two, and lets 1 in 17 of all other slips through.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from domain.lenient.characters import fold

ALPHABET = "0123456789FKMPRXY"
"""No vowels, so no words; no letter that sounds like another in Dutch, or looks like a digit."""

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_PRIME = len(ALPHABET)
_LENGTH = 14
_WEIGHTS = range(_LENGTH, 0, -1)  # all different and none a multiple of 17; the check character's own is 1
_GROUPS = ((0, 4), (4, 8), (8, 12), (12, 14))
# What people type for what they see: the letters that ALPHABET leaves out, and a Cyrillic keyboard.
_SEEN_AS = str.maketrans("OQDILКМРХУО", "00011KMPXY0")
_BETWEEN = frozenset(" -_.,:/")


def new_reference(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a new reference, written in groups."""
    characters = "".join(ALPHABET[random_below(_PRIME)] for _ in range(_LENGTH - 1))
    return _grouped(characters + ALPHABET[-_weighed(characters) % _PRIME])


def new_status_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Make the four digits with which a citizen may ask how far his case is (feature C22)."""
    return f"{random_below(10_000):04d}"


def parse_reference(text: str) -> str | None:
    """Read a reference however it was typed; None when it is none, or has a slip in it."""
    text = text.strip()
    if len(text) > 4 * _LENGTH:
        return None
    typed = fold(text).upper().translate(_SEEN_AS)
    characters = "".join(character for character in typed if character not in _BETWEEN)
    if len(characters) != _LENGTH or not _VALUE.keys() >= set(characters) or _weighed(characters):
        return None
    return _grouped(characters)


def is_valid(reference: str) -> bool:
    """Tell whether this is a reference in its own written form."""
    return parse_reference(reference) == reference


def _weighed(characters: str) -> int:
    return sum(weight * _VALUE[character] for weight, character in zip(_WEIGHTS, characters, strict=False)) % _PRIME


def _grouped(characters: str) -> str:
    return "-".join(characters[start:end] for start, end in _GROUPS)
