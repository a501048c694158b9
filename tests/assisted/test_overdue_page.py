# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is er gebeld? by keys alone: by number and by nobody's name, honest about what is not known, one reminder a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from assisted.overdue import OVERDUE, OverduePage, overdue_page
from domain.case import CaseId, CaseState
from domain.errors import StoreFullError
from domain.status_check import FoundCase
from tests.assisted.desk import RIET, Desk
from tests.fakes.clock import TUESDAY

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
TODAY = TUESDAY.date()


def case(number: str, days_ago: int, state: CaseState = CaseState.IN_PROGRESS, **changes: object) -> FoundCase:
    found = FoundCase(CaseId(f"c-{number}"), number, "schulden", 1, state, TODAY - timedelta(days=days_ago))
    return replace(found, **changes)  # type: ignore[arg-type]


@dataclass
class FakeOverdueBook:
    """Cases in memory."""

    cases: list[FoundCase] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    fails_with: Exception | None = None

    def passed(self, today: date) -> Sequence[FoundCase]:
        return [found for found in self.cases if found.promised_on < today]

    def remind(self, found: FoundCase, at: datetime) -> bool:
        if self.fails_with is not None:
            raise self.fails_with
        is_new = found.reminded_on != at.date()
        self.cases = [replace(one, reminded_on=at.date()) if one is found else one for one in self.cases]
        self.reminded.append(found.reference)
        return is_new


def some_cases() -> list[FoundCase]:
    return [
        case("1111-2222-3333-44", 8, checked_at=TUESDAY - timedelta(hours=3)),
        case("2222-3333-4444-55", 4, CaseState.DELIVERED, checked_at=TUESDAY - timedelta(days=3)),
        case("3333-4444-5555-66", 1, CaseState.PENDING),
        case("4444-5555-6666-77", 1, CaseState.DELIVERED, reminded_on=TODAY),
        case("5555-6666-7777-88", 0),
        case("6666-7777-8888-99", 3, CaseState.DONE),
        case("7777-8888-9999-11", 3, is_withdrawn=True),
    ]


@pytest.fixture
def book() -> FakeOverdueBook:
    return FakeOverdueBook(some_cases())


@pytest.fixture
def desk(qtbot: QtBot, book: FakeOverdueBook) -> Iterator[Desk]:
    found = Desk(qtbot, more=(overdue_page(book),))
    found.sign_in(RIET)
    found.window._go(OVERDUE)
    found.settle()
    yield found
    found.close()


def page_of(desk: Desk) -> OverduePage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, OverduePage)
    return page


def lines(desk: Desk) -> list[list[str]]:
    """Give what a screen reader says of each line."""
    model = page_of(desk).table.model()
    return [
        [str(model.index(row, column, QModelIndex()).data(ACCESSIBLE)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def press(desk: Desk, key: Qt.Key) -> None:
    desk.press(key)
    desk.settle()


def test_lists_what_is_late_by_number_and_by_no_name_or_subject(desk: Desk) -> None:
    page = page_of(desk)
    assert page.summary.text() == "Van 4 beloften is de dag voorbij."
    assert [line[0] for line in lines(desk)] == [
        "Nummer: 1111-2222-3333-44",
        "Nummer: 2222-3333-4444-55",
        "Nummer: 3333-4444-5555-66",
        "Nummer: 4444-5555-6666-77",
    ]
    assert "schulden" not in repr(lines(desk))


def test_says_what_is_known_and_what_this_device_does_not_know(desk: Desk) -> None:
    assert [line[3].removeprefix("Wat wij weten: ") for line in lines(desk)] == [
        "Er is nog geen antwoord.",
        "Dit apparaat weet niet of er antwoord is.",
        "De vraag ligt nog hier.",
        "Dit apparaat weet niet of er antwoord is.",
    ]
    assert [line[4] for line in lines(desk)] == [
        "Herinnerd: nog niet",
        "Herinnerd: nog niet",
        "Herinnerd: nog niet",
        "Herinnerd: vandaag",
    ]


def test_one_key_reminds_the_owner_and_says_so_and_a_second_one_sends_nothing(
    desk: Desk, book: FakeOverdueBook
) -> None:
    page = page_of(desk)
    page.table.setFocus()
    for _ in range(2):
        press(desk, Qt.Key.Key_Return)
    assert book.reminded == ["1111-2222-3333-44"]
    assert lines(desk)[0][4] == "Herinnerd: vandaag"
    assert page.remind.isHidden()


def test_reminds_nobody_of_a_case_that_the_municipality_does_not_have(desk: Desk, book: FakeOverdueBook) -> None:
    page = page_of(desk)
    page.table.setFocus()
    press(desk, Qt.Key.Key_Down)
    assert page.remind.isVisible()
    press(desk, Qt.Key.Key_Down)
    assert page.remind.isHidden()
    press(desk, Qt.Key.Key_Return)
    assert book.reminded == []


def test_tells_that_a_reminder_was_not_kept(desk: Desk, book: FakeOverdueBook) -> None:
    book.fails_with = StoreFullError("no room")
    page_of(desk).table.setFocus()
    press(desk, Qt.Key.Key_F2)
    assert [type(fault) for fault in desk.faults] == [StoreFullError]
    assert lines(desk)[0][4] == "Herinnerd: nog niet"
    desk.faults.clear()


def test_says_that_nothing_is_late(desk: Desk, book: FakeOverdueBook) -> None:
    book.cases = []
    page = page_of(desk)
    page.opened()
    desk.settle()
    assert page.summary.text() == "Van geen belofte is de dag voorbij."
    assert page.table.isHidden()
