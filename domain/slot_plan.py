# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans a place at a fixed hour of help (feature H19): on which days it is, and how many may come.

A place is a slot, a day and a number, and nobody: who comes stands on the visitor's own card.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from domain.knowledge import HelpSlot
from domain.promise import holidays


class SlotBook(Protocol):
    """Keeps how many places are given away; over SQLite in `sync.handover_book`. For the store's lane."""

    def book(self, slot: str, on: date, places: int) -> bool:
        """Give a place away; False when all are: somebody was quicker. Durable on return.

        Raises: StoreError and its kinds.
        """
        ...

    def booked(self, today: date) -> dict[tuple[str, date], int]:
        """Give how many places are given away, of today and later; what is over is forgotten.

        Raises: StoreError and its kinds.
        """
        ...


def slot_key(slot: HelpSlot) -> str:
    """Give what a slot is kept under: it changes with its words, for then it is another."""
    return f"{slot.weekday}|{slot.hours}|{slot.what}|{slot.place}"


def next_days(slot: HelpSlot, today: date, number: int = 3) -> tuple[date, ...]:
    """Give the next days on which it is, from tomorrow on; no holidays."""
    day = today + timedelta(days=1)
    found: list[date] = []
    while len(found) < number:
        if day.isoweekday() == slot.weekday and day not in holidays(day.year):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)
