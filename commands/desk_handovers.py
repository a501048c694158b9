# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the desk to its books of warm handovers and of fixed hours, whose file is opened at the first one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.handover import Handover
from domain.settings import Settings
from domain.slot_plan import SlotClash

if TYPE_CHECKING:
    from sync.handover_book import SqliteHandoverBook
    from sync.slot_book import SqliteSlotBook


class LateHandoverBook:
    """The book of one device (`domain.handover.HandoverBook`); used in the lane of the store only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book: SqliteHandoverBook | None = None

    def add(self, handover: Handover) -> None:
        """Keep one. Raises: StoreError and its kinds."""
        self._opened().add(handover)

    def waiting(self, today: date) -> Sequence[Handover]:
        """Give those that wait for word. Raises: StoreError and its kinds."""
        return self._opened().waiting(today)

    def picked_up(self, code: str) -> bool:
        """Forget one. Raises: StoreError and its kinds."""
        return self._opened().picked_up(code)

    def _opened(self) -> SqliteHandoverBook:
        from commands.joining import data_dir
        from sync.handover_book import HANDOVERS, HandoverFile, SqliteHandoverBook

        if self._book is None:
            self._book = SqliteHandoverBook(HandoverFile(data_dir(self._settings) / HANDOVERS))
        return self._book


class LateSlotBook:
    """The places of one device (`domain.slot_plan.SlotBook`); used in the lane of the store only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book: SqliteSlotBook | None = None

    def book(self, slot: str, on: date, places: int, at: datetime) -> str:
        """Give a place at a fixed hour away. Raises: StoreError and its kinds."""
        return self._opened().book(slot, on, places, at)

    def booked(self, today: date) -> dict[tuple[str, date], int]:
        """Give how many are given away. Raises: StoreError and its kinds."""
        return self._opened().booked(today)

    def clashing(self, today: date) -> Sequence[SlotClash]:
        """Give what was given away too often. Raises: StoreError and its kinds."""
        return self._opened().clashing(today)

    def take_back(self, code: str) -> bool:
        """Give a place back. Raises: StoreError and its kinds."""
        return self._opened().take_back(code)

    def _opened(self) -> SqliteSlotBook:
        from commands.joining import data_dir
        from sync.handover_book import HANDOVERS, HandoverFile
        from sync.slot_book import SqliteSlotBook

        if self._book is None:
            file = HandoverFile(data_dir(self._settings) / HANDOVERS)
            self._book = SqliteSlotBook(file, self._settings.device.id)
        return self._book
