# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the desk to its book of warm handovers, whose file is opened at the first one (`assisted.handovers`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from domain.handover import Handover
from domain.settings import Settings

if TYPE_CHECKING:
    from sync.handover_book import SqliteHandoverBook


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

    def book(self, slot: str, on: date, places: int) -> bool:
        """Give a place at a fixed hour away. Raises: StoreError and its kinds."""
        return self._opened().book(slot, on, places)

    def booked(self, today: date) -> dict[tuple[str, date], int]:
        """Give how many are given away. Raises: StoreError and its kinds."""
        return self._opened().booked(today)

    def _opened(self) -> SqliteHandoverBook:
        from commands.joining import data_dir
        from sync.handover_book import HANDOVERS, HandoverFile, SqliteHandoverBook

        if self._book is None:
            self._book = SqliteHandoverBook(HandoverFile(data_dir(self._settings) / HANDOVERS))
        return self._book
