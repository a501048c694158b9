# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""On the home page: an hour of help that was full already when this device gave a place away without a network (H19).

The code stands on the visitor's card; here is nobody's name. Another device hears of the same hour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.home import HomeNotice
from assisted.pages import DeskOffice
from domain.slot_plan import SlotBook, SlotClash, words_of
from i18n.dates import format_date

_MOST = 4  # more push the tiles off a low screen
_HERE = ZoneInfo("Europe/Amsterdam")


class SlotNotice(HomeNotice):
    """Hidden as long as no hour was given away too often."""

    def __init__(self, office: DeskOffice, book: SlotBook) -> None:
        super().__init__()
        self._office, self._book = office, book
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.rows: list[QWidget] = []
        self.hide()

    def opened(self) -> None:
        today, book = self._office.clock.now().astimezone(_HERE).date(), self._book
        said = self._office.tr("desk.tally.keeping")
        self._office.progress.run(said, lambda: book.clashing(today), self._show)

    def _show(self, clashing: Sequence[SlotClash]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        # Ours first: those ask for something.
        ordered = sorted(clashing, key=lambda clash: not clash.is_ours)
        self.rows = [self._row(clash) for clash in ordered[:_MOST]]
        for row in self.rows:
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def _row(self, clash: SlotClash) -> QWidget:
        office, booking = self._office, clash.booking
        hours, what = words_of(booking.slot)
        said = office.tr(
            "desk.slots.clash" if clash.is_ours else "desk.slots.clash.elsewhere",
            code=booking.code,
            day=format_date(booking.on, office.texts.language, with_weekday=True),
            hours=hours,
            what=what,
        )
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(DeskText(said, "warn" if clash.is_ours else "notice"), 1)
        if clash.is_ours:
            button = DeskButton(office.tr("desk.slots.solved"))
            button.setAccessibleName(office.tr("desk.slots.solved_code", code=booking.code))
            button.clicked.connect(lambda _on=False: self._on_solved(booking.code))
            line.addWidget(button)
        return row

    def _on_solved(self, code: str) -> None:
        said = self._office.tr("desk.tally.keeping")
        self._office.progress.run(said, partial(self._book.take_back, code), self._on_done)

    def _on_done(self, _was_there: bool) -> None:
        self._office.say(self._office.tr("desk.slots.solved.said"))
        self.opened()


def slot_notice(book: SlotBook) -> Callable[[DeskOffice], HomeNotice]:
    """Give what makes the notice for a home page."""
    return lambda office: SlotNotice(office, book)
