# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A place at a fixed hour of help: on the days of its week, no more than there are, and a card without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assisted.pages import DeskOffice, DeskPage, DeskPageWidget
from assisted.slot_planner import SlotPlanner
from domain.knowledge import HelpSlot
from domain.slot_plan import next_days, slot_key
from kiosk.paper.take_along import TakeAlong
from sync.handover_book import HANDOVERS, HandoverFile
from sync.slot_book import SqliteSlotBook
from tests.assisted.desk import RIET, Desk
from tests.fakes.clock import TUESDAY

SLOT = HelpSlot("Hulp bij formulieren", 2, "13.00 tot 15.00 uur", "Bibliotheek", True, ("uw brief",), places=2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[SqliteSlotBook]:
    with closing(HandoverFile(tmp_path / HANDOVERS)) as file:
        yield SqliteSlotBook(file, "balie-1")


def test_gives_the_days_of_its_week_and_no_holiday() -> None:
    friday = HelpSlot("Recht", 5, "10.00 uur", "Bibliotheek", True)
    assert next_days(friday, date(2026, 12, 17)) == (date(2026, 12, 18), date(2027, 1, 8), date(2027, 1, 15))


def test_gives_no_more_places_than_there_are_and_forgets_a_day_that_is_over(book: SqliteSlotBook) -> None:
    day, key = date(2026, 11, 24), slot_key(SLOT)
    codes = [book.book(key, day, SLOT.places, TUESDAY) for _ in range(3)]
    assert [len(code) for code in codes] == [4, 4, 0]
    assert codes[0] != codes[1]
    assert book.booked(day) == {(key, day): 2}
    assert book.booked(day + timedelta(days=1)) == {}


def test_prints_a_card_and_closes_a_day_that_is_full(qtbot: QtBot, book: SqliteSlotBook) -> None:
    printed: list[TakeAlong] = []
    made: list[SlotPlanner] = []

    class PlanPage(DeskPageWidget):
        def __init__(self, office: DeskOffice) -> None:
            super().__init__(office)
            made.append(SlotPlanner(office, SLOT, book, printed.append))
            made[0].setParent(self)

        def areas(self) -> Sequence[QWidget]:
            return tuple(made[0].buttons.values())

    desk = Desk(qtbot, more=(DeskPage("plan", "desk.home", "note-outline", PlanPage),))
    desk.sign_in(RIET)
    assert desk.window.shell is not None
    desk.window.shell.go("plan")
    desk.settle()
    day, button = next(iter(made[0].buttons.items()))
    assert button.text().endswith("Vrij: 2")
    for _ in range(2):
        button.click()
        desk.settle()
        desk.settle()
    assert not button.isEnabled()
    assert button.text().endswith("Vol")
    assert [page.title for page in printed] == ["Hulp bij formulieren"] * 2
    assert printed[0].facts[1].text == "Bibliotheek"
    assert {page.facts[2].text for page in printed} == {one.code for one in book.ours(day)}
    assert not book.book(slot_key(SLOT), day, SLOT.places, TUESDAY)
    desk.close()
