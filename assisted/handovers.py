# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""On the home page: the warm handovers that wait for word of the partner (H11), with a button "Opgepakt" for each.

After three working days it asks the helper to call. It knows an organisation, a day and a code, and nobody's name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assisted.desk_parts import DeskButton, DeskText
from assisted.home import HomeNotice
from assisted.pages import DeskOffice
from domain.handover import Handover, HandoverBook
from domain.knowledge import Directory
from i18n.dates import format_date

_MOST = 4  # more push the tiles off a low screen; the oldest come first


class HandoverReminders(HomeNotice):
    """Hidden as long as nothing waits."""

    def __init__(self, office: DeskOffice, directory: Directory, book: HandoverBook) -> None:
        super().__init__()
        self._office, self._directory, self._book = office, directory, book
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.rows: list[QWidget] = []
        self.hide()

    def opened(self) -> None:
        today = self._office.clock.now().date()
        said = self._office.tr("desk.tally.keeping")
        self._office.progress.run(said, lambda: self._book.waiting(today), self._show)

    def _show(self, waiting: Sequence[Handover]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(handover) for handover in waiting[:_MOST]]
        for row in self.rows:
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def _row(self, handover: Handover) -> QWidget:
        office = self._office
        is_due = handover.is_due(office.clock.now().date())
        partner = self._directory.referral(handover.partner)
        said = office.tr(
            "desk.handover.due" if is_due else "desk.handover.waits",
            name=partner.name if partner is not None else handover.partner,
            day=format_date(handover.on, office.texts.language, with_weekday=True),
            code=handover.code,
        )
        if is_due and partner is not None and partner.phone:
            said = f"{said} {office.tr('desk.handover.call', phone=partner.phone)}"
        button = DeskButton(office.tr("desk.handover.picked_up"))
        button.setAccessibleName(office.tr("desk.handover.picked_up_code", code=handover.code))
        button.clicked.connect(lambda _on=False: self._on_picked_up(handover))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(DeskText(said, "warn" if is_due else "notice"), 1)
        line.addWidget(button)
        return row

    def _on_picked_up(self, handover: Handover) -> None:
        said = self._office.tr("desk.tally.keeping")
        self._office.progress.run(said, partial(self._book.picked_up, handover.code), self._on_done)

    def _on_done(self, _was_there: bool) -> None:
        self._office.say(self._office.tr("desk.handover.done"))
        self.opened()


def handover_reminders(directory: Directory, book: HandoverBook) -> Callable[[DeskOffice], HomeNotice]:
    """Give what makes the reminders for a home page."""
    return lambda office: HandoverReminders(office, directory, book)
