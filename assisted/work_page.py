# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Werk: the work list, and what is opened from it: a case, a file of it, a conflict. One of them at a time.

What was opened is let go when it is closed, when the desk is locked and with the page: for the next visitor (F9) and
for somebody else. The sitting at the sync service begins at the door (`commands.desk_counter`) and ends here at a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assisted import case_words
from assisted.case_parts import SectionHeading
from assisted.case_sheets import CaseSheet
from assisted.case_view import CaseActs, CaseView
from assisted.conflict_page import ConflictPane
from assisted.counter_ports import OTHER_PROCESS, CounterPorts
from assisted.desk_parts import DeskButton, DeskText
from assisted.document_view import DocumentView, pictures_of
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget, PageKey
from assisted.work_list import WorkListPane
from domain.case_act import ActConflict, CaseAct
from domain.counter import CaseDocument, CounterCase, WorkItem
from domain.staff import Role
from i18n.language_names import dutch_name_of
from i18n.texts import DUTCH

WORK = "work"


class _Opening(QWidget):
    """Stands where the case comes: that it is being opened, or why it does not open."""

    def __init__(self, office: DeskOffice, title: str, closed: Callable[[], None], again: Callable[[], None]) -> None:
        super().__init__()
        tr = office.tr
        self.heading = SectionHeading(title)
        self.says = DeskText(tr("desk.case.opening"), "soft")
        self.again = DeskButton(f"{tr('desk.case.again')} (F5)", "primary", key="F5")
        self.again.setAccessibleName(tr("desk.case.again"))
        self.again.clicked.connect(lambda _on=False: again())
        self.again.hide()
        back = DeskButton(f"{tr('desk.case.back')} (Esc)", "quiet")
        back.setAccessibleName(tr("desk.case.back"))
        back.clicked.connect(lambda _on=False: closed())
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addWidget(back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 28)
        column.setSpacing(16)
        column.addWidget(self.heading)
        column.addWidget(self.says)
        column.addLayout(row)
        column.addStretch(1)

    def show_failure(self, says: str) -> None:
        self.says.setProperty("kind", "danger")
        self.says.style().unpolish(self.says)
        self.says.style().polish(self.says)
        self.says.setText(says)
        self.again.show()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)


class WorkPage(DeskPageWidget):
    """The list lies at the bottom; what is opened lies on it."""

    def __init__(self, office: DeskOffice, ports: CounterPorts) -> None:
        super().__init__(office)
        self._ports = ports
        self._round = 0  # of what is being opened: an answer to an older question is thrown away
        self._reference = ""
        self.list = WorkListPane(office, ports, self._open_item, self._open_conflicts)
        self.case: CaseView | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def front(self) -> QWidget:
        """Give what is in front: the list, a case, a file, a conflict."""
        return self._stack.currentWidget() or self.list

    # -- what the window asks ------------------------------------------------------------------------------------------

    def opened(self) -> None:
        self.list.read()

    def left(self) -> None:
        self._round += 1
        self.list.stop()
        self._put_away(to=0)

    def locked(self) -> None:
        # What somebody is writing is still there when they come back; a case that is only read is not.
        if self.case is None or not self.case.was_typed_in:
            self._back_to_list()
        # The same lane as the door's: a sitting that begins again does so after this one ended.
        self.office.progress.run("", self._ports.desk.end, lambda _none: None, self.office.failed)

    def dressed(self) -> None:
        self.list.dressed()
        if self.case is not None:
            self.case.dressed()

    def areas(self) -> Sequence[QWidget]:
        front = self.front
        if isinstance(front, WorkListPane | CaseView | ConflictPane | DocumentView):
            return front.areas()
        return (front.heading,) if isinstance(front, _Opening) else (front,)

    def went_back(self) -> bool:
        front = self.front
        if isinstance(front, WorkListPane | CaseView) and front.went_back():
            return True
        if front is self.list:
            return False
        if self.case is not None and front is not self.case:
            self._put_away(to=self._stack.indexOf(self.case))
        else:
            self._back_to_list()
        return True

    # -- a case --------------------------------------------------------------------------------------------------------

    def _open_item(self, item: WorkItem) -> None:
        self._open(item.reference, item.title)

    def _open(self, reference: str, title: str, said: str = "") -> None:
        self._back_to_list(focuses=False)
        self._reference = reference
        opening = _Opening(self.office, title, self._back_to_list, lambda: self._open(reference, title))
        self._put(opening, opening.heading)
        self._round += 1
        asked_in, desk = self._round, self._ports.desk

        def work() -> tuple[CounterCase, str]:
            case = desk.open(reference)
            language = case.initiator.language or case.item.language
            # Asks Babel, which takes a while to wake.
            return case, dutch_name_of(language) if language and language != DUTCH else ""

        def done(found: tuple[CounterCase, str]) -> None:
            if asked_in == self._round:
                self._show_case(*found, said)

        def failed(error: Exception) -> None:
            self.office.failed(error)
            if asked_in == self._round:
                opening.show_failure(self.tr_desk("desk.case.not_opened"))
                self.office.say(self.tr_desk("desk.case.not_opened"))

        self.office.progress.run(self.tr_desk("desk.case.opening"), work, done, failed, OTHER_PROCESS)

    def _show_case(self, case: CounterCase, speaks: str, said: str) -> None:
        self._put_away(to=0)
        acts = CaseActs(self._back_to_list, self._open_document, self._open_conflict, self._on_done)
        self.case = CaseView(self.office, self._ports, case, acts, speaks=speaks, said=said)
        self._put(self.case, self.case.heading)
        self.office.say(said or self.tr_desk("desk.case.opened", title=case.item.title))

    def _on_done(self, act: CaseAct) -> None:
        case = self.case.case if self.case is not None else None
        if case is None or case.item.reference != act.header.reference:
            return
        said = case_words.done(self.office.texts, act, is_practice=self.office.is_practice)
        self._open(case.item.reference, case.item.title, said)

    # -- a file --------------------------------------------------------------------------------------------------------

    def _open_document(self, document: CaseDocument) -> None:
        self._round += 1
        asked_in, desk, reference = self._round, self._ports.desk, self._reference

        def done(pictures: list[QImage]) -> None:
            if asked_in == self._round:
                view = DocumentView(self.office, document, pictures, self._to_case)
                self._put(view, view.scrolling)
                view.draw()

        def failed(error: Exception) -> None:
            self.office.failed(error)
            if asked_in == self._round:
                self.office.say(self.tr_desk("desk.case.document.failed"))

        self.office.progress.run(
            self.tr_desk("desk.case.document.opening"),
            lambda: pictures_of(desk.document(reference, document.key)),
            done,
            failed,
            OTHER_PROCESS,
        )

    def _to_case(self) -> None:
        if self.case is not None:
            self._put_away(to=self._stack.indexOf(self.case))

    # -- a conflict ----------------------------------------------------------------------------------------------------

    def _open_conflict(self) -> None:
        self._open_conflicts(self._reference)

    def _open_conflicts(self, reference: str) -> None:
        """Show what two changed, of one case or of all."""
        self._round += 1
        asked_in, desk = self._round, self._ports.desk

        def done(found: Sequence[ActConflict]) -> None:
            if asked_in == self._round:
                pane = ConflictPane(self.office, self._ports, found, self._close_conflict, self._on_solved)
                self._put(pane, pane.heading)

        def failed(error: Exception) -> None:
            self.office.failed(error)
            if asked_in == self._round:
                self.office.say(self.tr_desk("desk.case.not_opened"))

        says = self.tr_desk("desk.case.opening")
        self.office.progress.run(says, lambda: desk.conflicts(reference), done, failed, OTHER_PROCESS)

    def _close_conflict(self) -> None:
        self.went_back()

    def _on_solved(self) -> None:
        case = self.case.case if self.case is not None else None
        if case is None:
            self._back_to_list()
        else:
            self._open(case.item.reference, case.item.title, self.tr_desk("desk.conflict.solved"))

    # -- what lies on what ---------------------------------------------------------------------------------------------

    def _put(self, widget: QWidget, first: QWidget) -> None:
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_list(self, *, focuses: bool = True) -> None:
        was_open = self.front is not self.list
        self._round += 1
        self._reference = ""
        self._put_away(to=0)
        if was_open and focuses:
            self.list.read()
            if self.isVisible():
                self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self, to: int) -> None:
        """Throw away all that lies above a place, with what stood in it."""
        has_focus = self._holds_focus()
        while self._stack.count() > to + 1:
            over = self._stack.widget(self._stack.count() - 1)
            if over is None:
                break
            if isinstance(over, CaseView):
                over.left()
                self.case = None
            self._stack.removeWidget(over)
            over.hide()
            over.deleteLater()
        front = self._stack.currentWidget()
        if has_focus and front is not None and self.isVisible():
            first = front.heading if isinstance(front, CaseView) else self.list.table
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _holds_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)


def work_page(ports: CounterPorts) -> DeskPage:
    """Give the first page of a counter."""
    return DeskPage(
        WORK,
        "desk.work",
        "tray-full",
        lambda office: WorkPage(office, ports),
        says="desk.work.tile",
        roles=frozenset({Role.COUNTER}),
        starts_for=frozenset({Role.COUNTER}),
        keys=(
            PageKey("/", "desk.work.key.search"),
            PageKey("F5", "desk.work.refresh"),
            PageKey("F8", "desk.work.key.conflict"),
            PageKey("+, -", "desk.work.key.size"),
            PageKey("1, 2, 3", "desk.work.key.choose"),
            *(PageKey(sheet.key, sheet.title) for sheet in ports.sheets),
            *_sheet_keys(ports.sheets),
        ),
    )


def _sheet_keys(sheets: Sequence[CaseSheet]) -> list[PageKey]:
    """Give the key of each sheet once: two that are never offered together share one."""
    found = {sheet.key: PageKey(sheet.key, sheet.title) for sheet in reversed(sheets)}
    return [*reversed(found.values())]
