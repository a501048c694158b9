# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans a place at a fixed hour of help (feature H19): on which days it is, and how many may come.

A place is a slot, a day and a code, and nobody: who comes stands on the visitor's own card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.knowledge import HelpSlot
from domain.promise import holidays


@dataclass(frozen=True, slots=True)
class Booking:
    """One place that was given away; the code stands on the visitor's card."""

    code: str
    slot: str  # `slot_key`
    on: date
    at: datetime  # aware: when it was given away
    places: int  # how many there are, as the device knew that gave it away
    device_id: str = ""


@dataclass(frozen=True, slots=True)
class SlotClash:
    """A place that was given away although another device had given the last one."""

    booking: Booking
    is_ours: bool


class SlotBook(Protocol):
    """Keeps the places that are given away; over SQLite in `sync.slot_book`. For the store's lane."""

    def book(self, slot: str, on: date, places: int, at: datetime) -> str:
        """Give a place away and give its code; nothing when all are: somebody was quicker. Durable on return.

        Raises: StoreError and its kinds.
        """
        ...

    def booked(self, today: date) -> dict[tuple[str, date], int]:
        """Give how many places are given away here and on other devices, of today and later; what is over is forgotten.

        Raises: StoreError and its kinds.
        """
        ...

    def clashing(self, today: date) -> Sequence[SlotClash]:
        """Give what was given away too often, as far as this device heard of the others.

        Raises: StoreError and its kinds.
        """
        ...

    def take_back(self, code: str) -> bool:
        """Give a place of ours back: the visitor comes at another hour. False where there is none.

        Raises: StoreError and its kinds.
        """
        ...


def clashes(ours: Sequence[Booking], others: Sequence[Booking]) -> tuple[SlotClash, ...]:
    """Give those that came after the last place was given away; every device finds the same ones."""
    by_day: dict[tuple[str, date], list[SlotClash]] = {}
    for booking, is_ours in (*((one, True) for one in ours), *((one, False) for one in others)):
        by_day.setdefault((booking.slot, booking.on), []).append(SlotClash(booking, is_ours))
    found: list[SlotClash] = []
    for day in by_day.values():
        # Who was first stays; the device and the code decide where two clocks say the same.
        day.sort(key=lambda one: (one.booking.at, one.booking.device_id, one.booking.code))
        found += [one for place, one in enumerate(day) if place >= one.booking.places]
    return tuple(sorted(found, key=lambda one: (one.booking.on, one.booking.slot, one.booking.code)))


def slot_key(slot: HelpSlot) -> str:
    """Give what a slot is kept under: it changes with its words, for then it is another."""
    return f"{slot.weekday}|{slot.hours}|{slot.what}|{slot.place}"


def words_of(key: str) -> tuple[str, str]:
    """Give hours and subject of a slot by what it is kept under; it need not be in our directory."""
    parts = key.split("|")
    return (parts[1], parts[2]) if len(parts) >= 3 else ("", key)


def next_days(slot: HelpSlot, today: date, number: int = 3) -> tuple[date, ...]:
    """Give the next days on which it is, from tomorrow on; no holidays."""
    day = today + timedelta(days=1)
    found: list[date] = []
    while len(found) < number:
        if day.isoweekday() == slot.weekday and day not in holidays(day.year):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)
