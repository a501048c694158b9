# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two changed one case: both are shown, three choices of one size, and the choice is written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assisted.conflict_page import ConflictPane
from assisted.work_page import WorkPage
from domain.case_act import ConflictChoice
from domain.errors import StoreError
from tests.assisted.counter_cases import CLASH, CounterRoom, conflict
from tests.assisted.desk import OMAR, Desk
from tests.fakes.clock import TUESDAY


@pytest.fixture
def room() -> CounterRoom:
    return CounterRoom()


@pytest.fixture
def desk(qtbot: QtBot, room: CounterRoom) -> Iterator[Desk]:
    found = Desk(qtbot, more=[room.page])
    found.sign_in(OMAR)
    yield found
    found.close()


def page_of(desk: Desk) -> WorkPage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, WorkPage)
    return page


def pane_of(desk: Desk) -> ConflictPane:
    front = page_of(desk).front
    assert isinstance(front, ConflictPane)
    return front


def open_from_count(desk: Desk) -> ConflictPane:
    page_of(desk).list.conflicts.setFocus()
    desk.press(Qt.Key.Key_Return)
    return pane_of(desk)


def test_shows_both_with_who_when_and_which_device(desk: Desk) -> None:
    open_from_count(desk)
    for said in (
        "Geeft antwoord",
        "De lamp is gemaakt op 20 november.",
        "U · vandaag 09.30 uur · Op dit apparaat",
        "Stuurt de zaak door naar Groen en wegen",
        "Sanne Visser · vandaag 10.30 uur · Op apparaat balie-2",
    ):
        assert said in desk.said


def test_offers_three_choices_of_one_size(desk: Desk) -> None:
    tiles = open_from_count(desk).tiles
    assert [tile.accessibleName() for tile in tiles] == ["Wat ik deed", "Wat Sanne Visser deed", "Allebei"]
    assert len({(tile.width(), tile.height()) for tile in tiles}) == 1


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        (Qt.Key.Key_1, ConflictChoice.MINE),
        (Qt.Key.Key_2, ConflictChoice.THEIRS),
        (Qt.Key.Key_3, ConflictChoice.BOTH),
    ],
)
def test_writes_down_who_chose_what(desk: Desk, room: CounterRoom, key: Qt.Key, choice: ConflictChoice) -> None:
    open_from_count(desk)
    desk.press(key)
    assert room.acts.chosen == [("a-1", choice, "34", TUESDAY)]
    assert page_of(desk).front is page_of(desk).list
    assert "Gekozen:" in desk.said


def test_names_a_colleague_whose_act_it_was(desk: Desk, room: CounterRoom) -> None:
    room.desk.conflicting = [conflict(number="78")]
    assert open_from_count(desk).tiles[0].accessibleName() == "Wat Omar Aydin deed"


def test_goes_on_to_the_next_conflict(desk: Desk, room: CounterRoom) -> None:
    room.desk.conflicting = [conflict(), conflict("F550-12KM-7Y08-X3")]
    pane = open_from_count(desk)
    assert "Hierna komt nog 1 botsing." in desk.said
    desk.press(Qt.Key.Key_1)
    assert pane_of(desk) is pane
    assert "F550-12KM-7Y08-X3" in desk.said
    assert QApplication.focusWidget() is pane.heading


def test_opens_by_f8_on_the_line_with_the_mark_for_that_case_alone(desk: Desk, room: CounterRoom) -> None:
    room.desk.conflicting = [conflict("F550-12KM-7Y08-X3"), conflict()]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_F8)
    found = pane_of(desk).conflict
    assert found is not None
    assert found.mine.header.reference == CLASH
    assert "Hierna komt nog" not in desk.said


def test_opens_from_the_case_by_f8_and_shows_it_anew_after_the_choice(desk: Desk, room: CounterRoom) -> None:
    page_of(desk)._open_item(room.work.items[CLASH])
    desk.settle()
    desk.press(Qt.Key.Key_F8)
    assert pane_of(desk).conflict is not None
    desk.press(Qt.Key.Key_3)
    assert room.desk.opened == [CLASH, CLASH]
    assert "Uw keuze is opgeschreven." in desk.said


def test_goes_back_by_esc_and_nothing_is_chosen(desk: Desk, room: CounterRoom) -> None:
    page_of(desk)._open_item(room.work.items[CLASH])
    desk.settle()
    desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_Escape)
    assert page_of(desk).front is page_of(desk).case
    assert room.acts.chosen == []


def test_stays_when_the_choice_cannot_be_kept(desk: Desk, room: CounterRoom) -> None:
    pane = open_from_count(desk)
    room.acts.fails_with = StoreError("no")
    desk.press(Qt.Key.Key_1)
    assert pane_of(desk) is pane
    room.acts.fails_with = None
    desk.press(Qt.Key.Key_1)
    assert len(room.acts.chosen) == 1


def test_says_so_when_none_is_left(desk: Desk, room: CounterRoom) -> None:
    room.desk.conflicting = []
    open_from_count(desk)
    assert "Er is geen botsing meer." in desk.said
