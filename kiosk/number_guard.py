# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Judges what was typed, key by key, before anything else of Loket has it: no BSN becomes an answer.

While somebody types, nine digits may still become ten: a telephone number or a reference. The ninth digit is then kept
back, unshown and unsaid, until the next key tells. Which field it is, and what a person is told, is
`kiosk.number_desk`'s; what a BSN is, `domain.bsn_door`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from domain.bsn_door import begins_as_phone, begins_as_reference, finds, without_bsn, without_bsn_in_phone


class Reading(Enum):
    """What a field is for: what is typed in it is read as that first."""

    TEXT = auto()
    PHONE = auto()
    REFERENCE = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """What may stand in the field now."""

    text: str
    is_taken: bool = False  # a BSN was taken out of it
    waits: bool = False  # a digit is kept back until it is clear


@dataclass(frozen=True, slots=True)
class _Held:
    place: str
    before: str  # what stands in the field
    digit: str


class NumberGuard:
    """Stands before the fields of one visit."""

    def __init__(self) -> None:
        self._held: _Held | None = None

    def entered(
        self,
        place: str,
        text: str,
        before: str,
        *,
        reading: Reading = Reading.TEXT,
        exempt: frozenset[str] = frozenset(),
    ) -> Entry:
        """Judge a field's new text; `place` names the field, `before` is what stood in it."""
        held, self._held = self._held, None
        was_held = held is not None and held.place == place and text.startswith(held.before)
        whole = f"{held.before}{held.digit}{text[len(held.before) :]}" if held is not None and was_held else text
        if _may_become(whole, reading):
            return Entry(whole)
        cleaned = _cleaned(whole, reading=reading, exempt=exempt)
        if cleaned == whole:
            return Entry(whole)
        is_same = held is not None and was_held and text == held.before
        if is_same or (not was_held and _ends_in_one_key(whole, before) and _is_at_end(whole, exempt)):
            self._held = _Held(place, whole[:-1], whole[-1])
            return Entry(whole[:-1], waits=True)
        return _entry(whole, cleaned)

    def finished(
        self, place: str, text: str, *, reading: Reading = Reading.TEXT, exempt: frozenset[str] = frozenset()
    ) -> Entry:
        """Judge a field that is left: what was kept back is no longer waited for."""
        held = self._held if self._held is not None and self._held.place == place else None
        whole = f"{text}{held.digit}" if held is not None and text == held.before else text
        if held is not None:
            self._held = None
        return _entry(whole, _cleaned(whole, reading=reading, exempt=exempt))


def _entry(whole: str, cleaned: str) -> Entry:
    # A mobile number that got its 0 was not taken away.
    return Entry(cleaned, is_taken=len(cleaned) < len(whole))


def _may_become(text: str, reading: Reading) -> bool:
    if reading is Reading.PHONE:
        return begins_as_phone(text)
    return reading is Reading.REFERENCE and begins_as_reference(text)


def _cleaned(text: str, *, reading: Reading, exempt: frozenset[str]) -> str:
    return without_bsn_in_phone(text, exempt) if reading is Reading.PHONE else without_bsn(text, exempt)


def _ends_in_one_key(text: str, before: str) -> bool:
    """Tell whether one sign was added at the end, or taken away there: by hand, and it may go on."""
    longer, shorter = (text, before) if len(text) > len(before) else (before, text)
    return len(longer) == len(shorter) + 1 and longer.startswith(shorter)


def _is_at_end(text: str, exempt: frozenset[str]) -> bool:
    """Tell whether the only BSN is the digits at the very end."""
    found = finds(text, exempt)
    return len(found) == 1 and found[0].end == len(text) and not finds(text[:-1], exempt)
