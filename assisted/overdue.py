# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is er gebeld? (H20): the promises of this location whose day has passed, by number; one press reminds the owner.

No names and no subjects: a helper may not see whose a case is. Offline it says what this device does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from assisted.desk_parts import Card, DeskButton, DeskHeading, DeskText
from assisted.key_button import key_button
from assisted.lines_table import Cell, Line, LinesTable, lay_out_lines, show_unless_empty
from assisted.pages import STAFF, DeskOffice, DeskPage, DeskPageWidget, PageKey
from domain.overdue import Overdue, OverdueBook, overdue
from domain.status_check import Lateness
from i18n.dates import format_date

OVERDUE = "overdue"
_COLUMNS = ("number", "promised", "late", "known", "reminded")
_WIDTHS = (200, 190, 140, 0, 150)
_HERE = ZoneInfo("Europe/Amsterdam")


class OverduePage(DeskPageWidget):
    """The table, and below it what can be done about the line of now."""

    def __init__(self, office: DeskOffice, book: OverdueBook) -> None:
        super().__init__(office)
        self._book = book
        self._found: dict[str, Overdue] = {}
        tr = office.tr
        self.summary = DeskHeading("", "lead")
        headers = [tr(f"desk.overdue.column.{name}") for name in _COLUMNS]
        self.table = LinesTable(office.look, tr("desk.overdue.table"), headers, _WIDTHS, tr("desk.overdue.nothing"))
        self.table.moved.connect(lambda _key: self._show_now())
        self.table.pressed_enter.connect(lambda _key: self._on_remind())
        self._what = DeskHeading("", "section")
        self._says = DeskText("")
        self.remind: DeskButton = key_button(tr("desk.overdue.remind"), "F2", self._on_remind, "primary")
        row = QHBoxLayout()
        row.addWidget(self.remind)
        row.addStretch(1)
        self._card = Card(self._what, self._says)
        self._card.column.addLayout(row)
        self._card.hide()
        lay_out_lines(self, self.summary, self.table, self._card)

    def opened(self) -> None:
        self._read()

    def areas(self) -> Sequence[QWidget]:
        if self.table.isHidden():
            return (self,)
        return (self.table, self.remind) if self.remind.isVisible() else (self.table,)

    def dressed(self) -> None:
        self.table.viewport().update()

    @property
    def _today(self) -> date:
        return self.office.clock.now().astimezone(_HERE).date()

    @property
    def _now(self) -> Overdue | None:
        return self._found.get(self.table.key)

    def _read(self) -> None:
        now, today, book = self.office.clock.now(), self._today, self._book
        said = self.tr_desk("desk.overdue.reading")
        self.office.progress.run(said, lambda: overdue(book.passed(today), now, today), self._on_read)

    def _on_read(self, found: Sequence[Overdue]) -> None:
        self._found = {one.case.reference: one for one in found}
        texts = self.office.texts
        self.summary.setText(
            texts.tr_number("desk.overdue.count", len(found)) if found else texts.tr("desk.overdue.empty")
        )
        self.table.fill([self._line(one) for one in found])
        show_unless_empty(self.table, self)
        self._show_now()

    def _line(self, one: Overdue) -> Line:
        texts = self.office.texts
        is_known = one.lateness is Lateness.KNOWN
        known = Cell(
            self._known(one), "alert-circle" if is_known else "help-circle-outline", "warn" if is_known else "ink"
        )
        reminded = one.case.reminded_on
        if reminded is None:
            last = Cell(texts.tr("desk.overdue.never"), colour="ink_soft")
        elif one.was_reminded(self._today):
            last = Cell(texts.tr("desk.overdue.today"), "check-circle", "good")
        else:
            last = Cell(format_date(reminded, texts.language))
        return Line(
            one.case.reference,
            (
                Cell(one.case.reference, is_strong=True),
                Cell(format_date(one.case.promised_on, texts.language)),
                Cell(texts.tr_number("desk.overdue.days", one.days) if one.days else texts.tr("desk.overdue.no_days")),
                known,
                last,
            ),
        )

    def _known(self, one: Overdue) -> str:
        if one.is_still_here:
            return self.tr_desk("desk.overdue.known.here")
        return self.tr_desk(f"desk.overdue.known.{'late' if one.lateness is Lateness.KNOWN else 'not_known'}")

    def _show_now(self) -> None:
        one = self._now
        self._card.setVisible(one is not None)
        if one is None:
            return
        self._what.setText(one.case.reference)
        if one.is_still_here:
            says = "desk.overdue.says.here"
        elif one.was_reminded(self._today):
            says = "desk.overdue.says.reminded"
        else:
            says = "desk.overdue.says.remind"
        self._says.setText(self.tr_desk(says, phone=self.office.settings.kiosk.help.phone))
        may = one.may_remind(self._today)
        if not may and self.remind.hasFocus():
            self.table.setFocus()
        self.remind.setVisible(may)

    def _on_remind(self) -> None:
        one, book, now = self._now, self._book, self.office.clock.now()
        if one is None:
            return
        if not one.may_remind(self._today):
            self.office.say(self._says.text())
            return
        said = self.tr_desk("desk.overdue.keeping")
        self.office.progress.run(said, lambda: book.remind(one.case, now), self._on_reminded)

    def _on_reminded(self, is_new: bool) -> None:
        self.office.say(self.tr_desk("desk.overdue.done" if is_new else "desk.overdue.says.reminded"))
        self._read()


def overdue_page(book: OverdueBook) -> DeskPage:
    """Give the page; in the list, not on home, which has five things (PEOPLE 7)."""
    return DeskPage(
        OVERDUE,
        "desk.overdue",
        "phone-clock",
        lambda office: OverduePage(office, book),
        roles=STAFF,
        is_on_home=False,
        keys=(PageKey("F2", "desk.overdue.remind"),),
    )
