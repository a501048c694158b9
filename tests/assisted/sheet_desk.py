# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A desk at which one case is open, with every sheet, worked by keys alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assisted.all_sheets import all_sheets
from assisted.case_sheets import CaseSheetWidget
from assisted.counter_ports import CounterPorts
from assisted.work_page import WorkPage, work_page
from domain.call_attempts import CallAttempt
from domain.case_act import CaseAct
from domain.counter import CounterCase, Stage
from kiosk.view import ThemeName
from tests.assisted.counter_cases import CounterRoom, case_of
from tests.assisted.desk import OMAR, Desk
from tests.fakes.call_attempt_book import FakeCallAttemptBook
from tests.fakes.work_list import work_item

REFERENCE = "F550-12KM-7Y08-X3"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def a_case(stage: Stage = Stage.TAKEN, owner: str = "34", phone: str = "+31612345678", **more: str) -> CounterCase:
    """Give a case of Omar's."""
    found = case_of(
        work_item(
            REFERENCE, title="Parkeervergunning", stage=stage, owner=owner, owner_name="Omar Aydin" if owner else ""
        )
    )
    return replace(found, initiator=replace(found.initiator, phone=phone, **more))


def call(day: int, hour: int, *, was_reached: bool = False) -> CallAttempt:
    return CallAttempt(f"{day}-{hour}", REFERENCE, datetime(2026, 11, day, hour, tzinfo=UTC), was_reached)


class SheetDesk:
    """The window, the case and what was kept."""

    def __init__(
        self, qtbot: QtBot, case: CounterCase, *attempts: CallAttempt, theme: ThemeName = ThemeName.LIGHT
    ) -> None:
        self.room = CounterRoom([case.item])
        self.room.desk.cases[case.item.reference] = case
        self.calls = FakeCallAttemptBook(*attempts)
        ports = CounterPorts(self.room.work, self.room.desk, self.room.acts, all_sheets(self.calls))
        self.desk = Desk(qtbot, more=(work_page(ports),), theme=theme)
        self.desk.sign_in(OMAR)
        self.desk.window._go("work")
        self.desk.settle()
        self.page._open_item(case.item)
        self.desk.settle()

    @property
    def page(self) -> WorkPage:
        shell = self.desk.window.shell
        assert shell is not None
        assert isinstance(shell.page, WorkPage)
        return shell.page

    @property
    def sheet(self) -> CaseSheetWidget:
        view = self.page.case
        assert view is not None
        assert view.sheet is not None, "no sheet is open"
        return view.sheet

    @property
    def has_sheet(self) -> bool:
        view = self.page.case
        return view is not None and view.sheet is not None

    @property
    def kept(self) -> list[CaseAct]:
        return self.room.acts.kept

    @property
    def said(self) -> str:
        return self.desk.said

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
        self.desk.press(key, modifier)

    def send(self) -> None:
        self.keys(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        self.desk.type(text)

    def tab_to(self, name: str) -> None:
        """Walk with Tab until something of this name has the focus."""
        for _ in range(60):
            if name_of(QApplication.focusWidget()).startswith(name):
                return
            self.desk.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}")

    def pick(self, name: str, steps: int) -> None:
        """Go to a choice by Tab, walk it with arrows, and choose."""
        self.tab_to(name)
        for _ in range(steps):
            self.desk.press(Qt.Key.Key_Right)
        self.desk.press(Qt.Key.Key_Space)

    def close(self) -> None:
        self.desk.close()


def name_of(widget: QWidget | None) -> str:
    if widget is None:
        return ""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")
