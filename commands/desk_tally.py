# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the page that counts to its book, whose file is opened at the first count (`assisted.tally`)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assisted.pages import DeskPage
from assisted.tally import tally_page
from domain.help_log import HelpedStep
from domain.settings import Settings
from domain.tally import Tally

if TYPE_CHECKING:
    from sync.tally_book import SqliteTallyBook


class LateTallyBook:
    """The book of one device (`domain.tally.TallyBook`); used in the lane of the store only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book: SqliteTallyBook | None = None

    def count(self, tally: Tally, day: date) -> None:
        """Count one. Raises: StoreError and its kinds."""
        self._opened().count(tally, day)

    def take_back(self, tally: Tally, day: date) -> bool:
        """Take one back. Raises: StoreError and its kinds."""
        return self._opened().take_back(tally, day)

    def month(self, year: int, month: int) -> dict[Tally, int]:
        """Give a month. Raises: StoreError and its kinds."""
        return self._opened().month(year, month)

    def count_step(self, step: HelpedStep, day: date) -> None:
        """Count a step at which somebody was helped. Raises: StoreError and its kinds."""
        self._opened().count_step(step, day)

    def steps(self, year: int, month: int) -> dict[HelpedStep, int]:
        """Give the steps of a month. Raises: StoreError and its kinds."""
        return self._opened().steps(year, month)

    def _opened(self) -> SqliteTallyBook:
        from commands.joining import data_dir
        from sync.tally_book import TALLIES, SqliteTallyBook, TallyFile

        if self._book is None:
            self._book = SqliteTallyBook(TallyFile(data_dir(self._settings) / TALLIES))
        return self._book


def tally_pages(settings: Settings) -> DeskPage:
    """Give the page that counts."""
    return tally_page(LateTallyBook(settings))
