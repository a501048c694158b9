# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contact: whom to call, by the promised day (S13), and beside it a contact moment that is about no case (S03).

A line opens the case, for its telephone number lies sealed; the sheet of calling back stands then where the form was.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assisted.call_table import CallTable
from assisted.case_sheets import SheetHand
from assisted.contact_form import add_contact_fields, wrong_in_contact
from assisted.counter_ports import OTHER_PROCESS, CounterPorts
from assisted.desk_parts import DeskButton, DeskHeading, DeskText, Scrolling
from assisted.pages import HOME, DeskOffice, DeskPage, DeskPageWidget
from assisted.sheet_call_back import CallBackSheet
from assisted.sheet_form import SheetForm
from domain.call_attempts import CallAttemptBook
from domain.call_list import ToCall, to_call
from domain.case_act import ActKind, CaseAct
from domain.counter import CounterCase, Stage, WorkItem
from domain.kind_request import can_be_called
from domain.staff import Role
from domain.submission import Initiator

CONTACT_PAGE = "contact"
_SIDE, _ROOMY_SIDE, _ROOMY = 470, 620, 1300


class LooseContact(SheetForm):
    """A contact moment about no case: nobody is named, so that nothing has to be kept of anybody."""

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.contact = add_contact_fields(self, is_about_case=False)
        self.add_foot(self.tr_sheet("contact.keep"), self._on_keep)

    def _on_keep(self) -> None:
        if not self.refuse(wrong_in_contact(self, self.contact)):
            self.record(ActKind.CONTACT, self.contact.text(), self.contact.given())


class ContactPage(DeskPageWidget):
    """Left whom to call, right the form or the call."""

    def __init__(self, office: DeskOffice, ports: CounterPorts, calls: CallAttemptBook) -> None:
        super().__init__(office)
        self._ports, self._calls = ports, calls
        self._round = 0  # of what is being opened: an answer to an older question is thrown away
        self.sheet: SheetForm | None = None
        self.table = CallTable(office)
        self.table.opened.connect(self._open)
        self._none = DeskText(office.tr("desk.calls.none"), "soft")
        self._none.hide()
        left = QVBoxLayout()
        left.setContentsMargins(28, 16, 16, 16)
        left.setSpacing(10)
        left.addWidget(DeskHeading(office.tr("desk.calls.title"), "section"))
        left.addWidget(DeskText(office.tr("desk.calls.says"), "soft"))
        left.addWidget(self._none)
        left.addWidget(self.table, 1)
        self._side = QWidget()
        self._side.setObjectName("beside")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(16, 16, 20, 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._side)
        self._show_form()

    # -- what the window asks ------------------------------------------------------------------------------------------

    def opened(self) -> None:
        self._read()

    def left(self) -> None:
        self._round += 1
        self._leave_sheet()

    def areas(self) -> Sequence[QWidget]:
        side = self.sheet.first() if self.sheet is not None else self._side
        return (self.table, side) if self.table.rows else (side, self.table)

    def went_back(self) -> bool:
        if isinstance(self.sheet, LooseContact) and not self.sheet.was_typed_in:
            return False
        if self.sheet is not None:
            self.sheet.ask_to_close()
        return self.sheet is not None

    def locked(self) -> None:
        """Let go of a case that is open, for its sitting ends; what somebody is writing stays for who comes back."""
        self._round += 1
        if not isinstance(self.sheet, LooseContact) and not (self.sheet is not None and self.sheet.was_typed_in):
            self._show_form()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setFixedWidth(_ROOMY_SIDE if self.width() >= _ROOMY else _SIDE)

    # -- whom to call --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        work, calls = self._ports.work, self._calls
        self.office.progress.run(self.tr_desk("desk.sheet.looking"), lambda: to_call(work, calls), self._on_read)

    def _on_read(self, found: tuple[ToCall, ...]) -> None:
        was_empty = not self.table.rows
        self.table.fill(found)
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        if was_empty and found and self._is_untouched:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_untouched(self) -> bool:
        """Tell whether nobody did anything in the form: the focus may still go to the list."""
        sheet = self.sheet
        return (
            isinstance(sheet, LooseContact)
            and not sheet.was_typed_in
            and QApplication.focusWidget() in (None, self, sheet.first())
        )

    def _open(self, item: WorkItem) -> None:
        self._round += 1
        asked_in, desk, reference = self._round, self._ports.desk, item.reference

        def done(case: CounterCase) -> None:
            if asked_in == self._round:
                self._show_call(case)

        def failed(error: Exception) -> None:
            self.office.failed(error)
            if asked_in == self._round:
                self.office.say(self.tr_desk("desk.case.not_opened"))

        opening = self.tr_desk("desk.case.opening")
        self.office.progress.run(opening, lambda: desk.open(reference), done, failed, OTHER_PROCESS)

    # -- the side ------------------------------------------------------------------------------------------------------

    def _show_form(self) -> None:
        moment = self.office.clock.now()
        # About no case: an act with an empty reference is told to the contact register alone.
        nothing = CounterCase(WorkItem("", "", "", Stage.HERE, moment, None), "", Initiator())
        hand = SheetHand(self.office, nothing, self._ports.acts, self._on_done, self._on_form_closed)
        self._put(LooseContact(hand), self.tr_desk("desk.calls.loose"))

    def _show_call(self, case: CounterCase) -> None:
        if not can_be_called(case.initiator):
            self.office.say(self.tr_desk("desk.sheet.ask.no_call"))
            return
        hand = SheetHand(self.office, case, self._ports.acts, self._on_done, self._on_call_closed)
        title = case.item.title
        self._put(CallBackSheet(hand, self._calls), title, case.initiator.name, can_close=True)
        if self.sheet is not None:
            self.sheet.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, sheet: SheetForm, title: str, says: str = "", *, can_close: bool = False) -> None:
        self._leave_sheet()
        while (taken := self._side_column.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(DeskHeading(title, "section"), 1)
        if can_close:
            close = DeskButton(f"{self.tr_desk('desk.case.sheet.close')} (Esc)", "quiet")
            close.setAccessibleName(self.tr_desk("desk.case.sheet.close"))
            close.clicked.connect(lambda _on=False: sheet.ask_to_close())
            row.addWidget(close)
        scrolling = Scrolling()
        scrolling.column.setContentsMargins(0, 4, 0, 4)
        if says:
            scrolling.column.addWidget(DeskText(says, "soft"))
        scrolling.column.addWidget(sheet, 1)
        self._side_column.addWidget(head)
        self._side_column.addWidget(scrolling, 1)
        self.sheet = sheet

    def _leave_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.left()
            self.sheet = None

    def _on_done(self, act: CaseAct) -> None:
        self.office.say(self.tr_desk(f"desk.case.done.{act.header.kind.value}"))
        self._show_form()
        self._read()
        self._to_first()

    def _on_call_closed(self) -> None:
        self._show_form()
        self._read()  # an attempt may have been logged
        self._to_first()

    def _on_form_closed(self) -> None:
        was_typed_in = self.sheet is not None and self.sheet.was_typed_in
        self._show_form()
        if not was_typed_in:
            self.office.go(HOME)
            return
        self._to_first()

    def _to_first(self) -> None:
        next(iter(self.areas())).setFocus(Qt.FocusReason.OtherFocusReason)


def contact_page(ports: CounterPorts, calls: CallAttemptBook) -> DeskPage:
    """Give the page; `calls` keeps the attempts, and is asked in the store's lane only."""
    return DeskPage(
        CONTACT_PAGE,
        "desk.calls",
        "phone-log-outline",
        lambda office: ContactPage(office, ports, calls),
        says="desk.calls.tile",
        roles=frozenset({Role.COUNTER}),
    )
