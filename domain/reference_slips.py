# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a typed reference probably went wrong, so that the screen can say which sign to look at again.

The check character tells that something is wrong, never what. So a place is only named where one likely slip, a sign
read for another or two signs that changed places, would make the reference right; nothing is looked up for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.lenient.characters import fold
from domain.reference import ALPHABET, parse_reference

LENGTH = 14
_LONGEST = 60
_BETWEEN = frozenset(" -_.,:/")
# What is read for another; a pair goes both ways. Few: with many, any slip would seem to be anywhere.
_ALIKE = ("80", "83", "06", "56", "17", "PR", "KX", "XY")
_READ_AS = {sign: {one for pair in _ALIKE if sign in pair for one in pair} - {sign} for sign in ALPHABET}
_MOST_NAMED = 3


class Slip(StrEnum):
    """What is the matter with a reference."""

    EMPTY = "empty"
    SHORT = "short"
    LONG = "long"
    STRANGE = "strange"  # a sign that is in no reference
    WRONG = "wrong"  # the check fails


@dataclass(frozen=True, slots=True)
class ReferenceSlip:
    """A slip; `places` count from 1 over the signs alone, and are empty where nothing can be said."""

    kind: Slip
    places: tuple[int, ...] = ()
    signs: int = 0  # how many were typed


def slip_in(text: str) -> ReferenceSlip | None:
    """Tell what is wrong with a reference as it was typed; None when it is right."""
    if parse_reference(text) is not None:
        return None
    signs = signs_of(text)
    if not signs:
        return ReferenceSlip(Slip.EMPTY)
    strange = tuple(place for place, sign in enumerate(signs, start=1) if not _is_known(sign))
    if strange:
        return ReferenceSlip(Slip.STRANGE, strange[:_MOST_NAMED], len(signs))
    if len(signs) != LENGTH:
        return ReferenceSlip(Slip.SHORT if len(signs) < LENGTH else Slip.LONG, (), len(signs))
    return ReferenceSlip(Slip.WRONG, _likely_places(signs), len(signs))


def signs_of(text: str) -> str:
    """Give the signs of a reference alone, in capitals."""
    typed = fold(text.strip()[:_LONGEST]).upper()
    return "".join(sign for sign in typed if sign not in _BETWEEN)


def _is_known(sign: str) -> bool:
    # Through the reader itself: it knows which letters are typed for which sign.
    return any(parse_reference(sign + "0" * (LENGTH - 2) + check) is not None for check in ALPHABET)


def _likely_places(signs: str) -> tuple[int, ...]:
    misread = {
        place + 1
        for place, sign in enumerate(signs)
        for other in _READ_AS.get(sign, ())
        if parse_reference(signs[:place] + other + signs[place + 1 :]) is not None
    }
    if 0 < len(misread) <= _MOST_NAMED:
        return tuple(sorted(misread))
    swapped: set[int] = set()
    for place in range(LENGTH - 1):
        if parse_reference(signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]) is not None:
            swapped.update((place + 1, place + 2))
    return tuple(sorted(swapped)) if len(swapped) <= _MOST_NAMED else ()
