# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of contacts, by keys alone: whom to call first, calling, and a contact about no case (S03, S13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assisted.contact_log import ContactPage, LooseContact, contact_page
from assisted.counter_ports import CounterPorts
from assisted.sheet_call_back import CallBackSheet
from domain.call_attempts import CallAttempt
from domain.case_act import ActKind
from domain.counter import WorkItem
from domain.errors import CounterError
from tests.assisted.counter_cases import CounterRoom, case_of
from tests.assisted.desk import OMAR, Desk
from tests.assisted.sheet_desk import name_of
from tests.fakes.call_attempt_book import FakeCallAttemptBook
from tests.fakes.work_list import work_item

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LATE = work_item("late", asks_call=True, title="Bel mij terug", due_on=date(2026, 11, 20))
LATER = work_item("later", asks_call=True, title="Afspraak maken", due_on=date(2026, 12, 1))
OTHER = work_item("other", title="Vraagt niet om bellen")


def call(reference: str, day: int, hour: int, *, was_reached: bool = False) -> CallAttempt:
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return CallAttempt(f"{reference}-{day}-{hour}", reference, at, was_reached)


class Contacts:
    """The page and what was kept."""

    def __init__(self, qtbot: QtBot, items: list[WorkItem], *attempts: CallAttempt) -> None:
        self.room = CounterRoom(items)
        self.calls = FakeCallAttemptBook(*attempts)
        ports = CounterPorts(self.room.work, self.room.desk, self.room.acts)
        self.desk = Desk(qtbot, more=(contact_page(ports, self.calls),))
        self.desk.sign_in(OMAR)
        self.desk.window._go("contact")
        self.desk.settle()

    @property
    def page(self) -> ContactPage:
        shell = self.desk.window.shell
        assert shell is not None
        assert isinstance(shell.page, ContactPage)
        return shell.page

    @property
    def rows(self) -> list[list[str]]:
        table = self.page.table
        found = []
        for row in range(table.rowCount()):
            cells = [table.item(row, column) for column in range(table.columnCount())]
            found.append([cell.text() for cell in cells if cell is not None])
        return found

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if name_of(QApplication.focusWidget()).startswith(name):
                return
            self.desk.press(KEY.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}")


Opened = Callable[..., Contacts]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    made: list[Contacts] = []

    def begin(items: list[WorkItem], *attempts: CallAttempt) -> Contacts:
        made.append(Contacts(qtbot, items, *attempts))
        return made[-1]

    yield begin
    for one in made:
        one.desk.close()


def test_lists_whom_to_call_by_the_promised_day_with_what_was_tried(opened: Opened) -> None:
    found = opened([OTHER, LATER, LATE], call("late", 23, 9), call("later", 24, 9, was_reached=True))
    assert found.rows == [["Te laat: vrijdag 20 november", "Bel mij terug", "1 keer"]]


def test_says_when_it_is_enough(opened: Opened) -> None:
    found = opened([LATER], call("later", 20, 8), call("later", 23, 14), call("later", 24, 9))
    assert found.rows[0][2] == "Genoeg: nu een kaartje"


def test_calls_from_the_list_and_goes_on_with_the_next(opened: Opened) -> None:
    found = opened([LATE, LATER])
    assert QApplication.focusWidget() is found.page.table
    found.desk.press(KEY.Key_Return)
    assert isinstance(found.page.sheet, CallBackSheet)
    assert "06 12345678" in found.desk.said
    found.tab_to("Opgenomen")
    found.desk.press(KEY.Key_Return)
    found.desk.type("Morgen komt zij langs.")
    found.desk.press(KEY.Key_Return, CONTROL)
    (act,) = found.room.acts.kept
    assert (act.header.kind, act.header.reference) == (ActKind.CONTACT, "late")
    assert [row[1] for row in found.rows] == ["Afspraak maken"]
    assert QApplication.focusWidget() is found.page.table


def test_shows_an_attempt_in_the_list_once_the_call_is_closed(opened: Opened) -> None:
    found = opened([LATE])
    found.page.table.setFocus()
    found.desk.press(KEY.Key_Return)
    found.tab_to("Niet opgenomen")
    found.desk.press(KEY.Key_Return)
    found.desk.press(KEY.Key_Escape)
    assert isinstance(found.page.sheet, LooseContact)
    assert found.rows[0][2] == "1 keer"


def test_notes_a_contact_about_no_case_and_names_nobody(opened: Opened) -> None:
    found = opened([])
    assert "Niemand wacht op een telefoontje." in found.desk.said
    found.tab_to("Waarover ging het?")
    found.desk.type("Hoe laat is de balie open?")
    found.desk.press(KEY.Key_Return, CONTROL)
    (act,) = found.room.acts.kept
    assert (act.header.reference, act.header.based_on, act.text) == ("", "", "Hoe laat is de balie open?")
    assert dict(act.given) == {"channel": "phone", "questions": "1", "anonymous": "yes"}


def test_refuses_a_telephone_number_in_a_contact(opened: Opened) -> None:
    found = opened([])
    found.tab_to("Waarover ging het?")
    found.desk.type("Bel 06 12345678")
    found.desk.press(KEY.Key_Return, CONTROL)
    assert found.room.acts.kept == []
    assert "Hier staat een telefoonnummer." in found.desk.said


def test_says_that_a_case_cannot_be_opened(opened: Opened) -> None:
    found = opened([LATE])
    found.room.desk.fails_with = CounterError("the service is not there")
    found.page.table.setFocus()
    found.desk.press(KEY.Key_Return)
    assert isinstance(found.page.sheet, LooseContact)
    assert len(found.desk.faults) == 1


def test_lets_go_of_an_open_case_at_a_lock(opened: Opened) -> None:
    found = opened([LATE])
    found.page.table.setFocus()
    found.desk.press(KEY.Key_Return)
    page = found.page
    found.desk.window.lock()
    assert isinstance(page.sheet, LooseContact)
    assert "06 12345678" not in found.desk.said


def test_does_not_call_who_wants_text_only(opened: Opened) -> None:
    found = opened([LATE])
    typed = case_of(LATE)
    found.room.desk.cases["late"] = replace(typed, initiator=replace(typed.initiator, reach="text"))
    found.page.table.setFocus()
    found.desk.press(KEY.Key_Return)
    assert isinstance(found.page.sheet, LooseContact)
    assert "wordt niet gebeld" in found.desk.said


def test_esc_goes_home_when_nothing_was_typed_and_asks_when_something_was(opened: Opened) -> None:
    found = opened([])
    found.tab_to("Waarover ging het?")
    found.desk.type("Balie")
    found.desk.press(KEY.Key_Escape)
    assert "Weggooien wat u typte?" in found.desk.said
    found.desk.press(KEY.Key_Right)
    found.desk.press(KEY.Key_Return)
    found.desk.press(KEY.Key_Escape)
    shell = found.desk.window.shell
    assert shell is not None
    assert shell.page_id == "home"
