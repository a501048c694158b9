# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list of a counter: in words, by days left, a page at a time, and by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assisted.work_list import PAGE, WorkListPane
from assisted.work_model import Column
from assisted.work_page import WorkPage
from assisted.work_words import moment_values
from domain.counter import Stage, WorkNews
from domain.errors import CounterError, StoreError
from domain.staff import Role
from tests.assisted.counter_cases import CLASH, LATE, NAME, PLAIN, TODAY, TODAYS, WITHDRAWN, CounterRoom
from tests.assisted.desk import OMAR, RIET, Desk
from tests.fakes.clock import TUESDAY
from tests.fakes.work_list import work_item


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


def list_of(desk: Desk) -> WorkListPane:
    return page_of(desk).list


def cell(desk: Desk, reference: str, column: Column) -> str:
    model = list_of(desk).model
    row = model.row_of(reference)
    assert row is not None
    return str(model.index(row, column).data())


def references(desk: Desk) -> list[str]:
    return [item.reference for item in list_of(desk).model.items]


def test_is_the_first_page_of_a_counter_with_the_focus_in_the_table(desk: Desk) -> None:
    assert QApplication.focusWidget() is list_of(desk).table


def test_is_no_page_for_a_helper(room: CounterRoom) -> None:
    assert Role.HELPER not in room.page.roles


def test_puts_what_is_urgent_first_and_then_what_is_due_first(desk: Desk) -> None:
    assert references(desk)[:4] == [LATE, TODAYS, CLASH, PLAIN]
    assert references(desk)[-1] == WITHDRAWN


def test_says_in_words_how_many_days_are_left(desk: Desk) -> None:
    said = [cell(desk, reference, Column.DAYS) for reference in (LATE, TODAYS, PLAIN, WITHDRAWN)]
    assert said == ["3 dagen te laat", "vandaag", "nog 4 dagen", "geen dag bekend"]


def test_says_every_mark_in_words(desk: Desk) -> None:
    said = [cell(desk, reference, Column.MARKS) for reference in (LATE, TODAYS, WITHDRAWN, CLASH, PLAIN)]
    assert said == ["Haast, Bellen", "Te verzenden", "Ingetrokken", "Botsing", ""]


def test_says_who_and_how_far(desk: Desk) -> None:
    assert cell(desk, TODAYS, Column.OWNER) == "U"
    assert cell(desk, CLASH, Column.OWNER) == "Sanne Visser"
    assert cell(desk, PLAIN, Column.OWNER) == "Niemand"
    assert cell(desk, WITHDRAWN, Column.STAGE) == "Gevraagd"


def test_a_screen_reader_hears_the_head_with_each_cell(desk: Desk) -> None:
    table: QAccessibleInterface = QAccessible.queryAccessibleInterface(list_of(desk).table)
    names = {table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())}
    assert {"Nog: 3 dagen te laat", "Let op: Haast, Bellen", "Let op: niets", f"Nummer: {LATE}"} <= names
    assert table.role() is QAccessible.Role.Table


def test_holds_no_name_of_a_citizen_and_no_tooltip(desk: Desk) -> None:
    model = list_of(desk).model
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        said = [
            str(model.index(row, column).data(role)) for row in range(model.rowCount()) for column in range(len(Column))
        ]
        assert NAME not in "".join(said)
        if role == Qt.ItemDataRole.ToolTipRole:
            assert set(said) == {"None"}


def test_counts_above_the_list_with_what_this_device_did_not_send(desk: Desk, room: CounterRoom) -> None:
    room.work.unsent_cases = 2
    desk.press(Qt.Key.Key_F5)
    assert list_of(desk).counts.text() == "6 zaken staan open. 1 is te laat. 1 heeft haast."
    assert list_of(desk).waiting.text() == "2 vragen zijn nog niet verstuurd. 1 stap is nog niet verstuurd."
    assert "Kies bij 1 botsing" in desk.said


def test_refreshes_by_f5_and_keeps_the_chosen_line(desk: Desk, room: CounterRoom) -> None:
    desk.press(Qt.Key.Key_Down)
    room.work.put(work_item("A000-00AA-0A00-A0", due_on=TODAY - timedelta(days=9), is_urgent=True))
    desk.press(Qt.Key.Key_F5)
    assert room.desk.refreshed == 1
    assert references(desk)[0] == "A000-00AA-0A00-A0"
    chosen = list_of(desk).table.item
    assert chosen is not None
    assert chosen.reference == TODAYS


def test_goes_on_with_the_old_list_when_refreshing_fails(desk: Desk, room: CounterRoom) -> None:
    room.desk.fails_with = CounterError("the sync service is not there")
    room.work.said = WorkNews(TUESDAY - timedelta(days=1), reason="unreachable")
    desk.press(Qt.Key.Key_F5)
    assert len(references(desk)) == 6
    assert "Zonder netwerk: van gisteren 10.30 uur" in desk.said
    assert "U kunt doorwerken met deze lijst." in desk.said
    assert [type(error) for error in desk.faults] == [CounterError]


def test_says_so_when_the_list_cannot_be_read(desk: Desk, room: CounterRoom) -> None:
    room.work.fails_with = StoreError("the file cannot be read")
    desk.press(Qt.Key.Key_F5)
    assert "De lijst gaat niet open." in desk.said


def test_searches_by_slash_and_goes_back_to_the_table(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Slash)
    assert QApplication.focusWidget() is list_of(desk).field
    desk.type("afval")
    desk.settle()
    assert references(desk) == [TODAYS]
    assert "1 zaak gevonden" in desk.said
    desk.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is list_of(desk).table
    desk.press(Qt.Key.Key_Escape)
    assert len(references(desk)) == 6
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "work"


def test_says_that_nothing_fits(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Slash)
    desk.type("zzz")
    desk.settle()
    assert "Geen zaak gevonden." in desk.said


def test_shows_only_mine_or_nobodys_by_keys(desk: Desk) -> None:
    list_of(desk).filters.stop.setFocus()
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert references(desk) == [TODAYS]
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert references(desk) == [LATE, PLAIN, "M004-71FK-3P66-9R"]


def test_reads_a_page_at_a_time_when_the_end_comes_near(qtbot: QtBot) -> None:
    many = [work_item(f"A{number:03}", due_on=TODAY + timedelta(days=number)) for number in range(PAGE * 2 + 5)]
    room = CounterRoom(many)
    desk = Desk(qtbot, more=[room.page])
    desk.sign_in(OMAR)
    assert len(references(desk)) == PAGE
    for expected in (PAGE * 2, PAGE * 2 + 5):
        desk.press(Qt.Key.Key_End)
        assert len(references(desk)) == expected
    assert references(desk) == sorted(item.reference for item in many)
    assert all(limit == PAGE for limit, _after in room.work.asked)
    desk.close()


def test_opens_with_enter_and_comes_back_with_esc_to_the_same_line(desk: Desk, room: CounterRoom) -> None:
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert room.desk.opened == [TODAYS]
    desk.press(Qt.Key.Key_Escape)
    chosen = list_of(desk).table.item
    assert chosen is not None
    assert chosen.reference == TODAYS
    assert QApplication.focusWidget() is list_of(desk).table


def test_puts_nothing_on_the_clipboard(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("before")
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"


def test_does_not_say_that_there_is_no_work_before_the_list_was_fetched(qtbot: QtBot) -> None:
    room = CounterRoom([])
    room.work.said = WorkNews()
    desk = Desk(qtbot, more=[room.page])
    desk.sign_in(OMAR)
    assert "De lijst komt nog." in desk.said
    assert "Er is geen werk." not in desk.said
    room.work.said = WorkNews(TUESDAY)
    desk.press(Qt.Key.Key_F5)
    assert "Er is geen werk." in desk.said
    desk.close()


def test_looks_again_by_itself_and_shows_what_is_new(desk: Desk, room: CounterRoom) -> None:
    room.work.put(work_item("A000-00AA-0A00-A0", due_on=TODAY - timedelta(days=9), is_urgent=True))
    list_of(desk)._look_again()
    desk.settle()
    assert len(references(desk)) == 6  # the lines change only when the list was fetched anew
    room.work.said = WorkNews(TUESDAY + timedelta(minutes=3))
    list_of(desk)._look_again()
    desk.settle()
    assert references(desk)[0] == "A000-00AA-0A00-A0"


def test_leaves_out_what_is_closed(desk: Desk, room: CounterRoom) -> None:
    room.work.put(work_item(PLAIN, stage=Stage.ANSWERED))
    desk.press(Qt.Key.Key_F5)
    assert PLAIN not in references(desk)


@pytest.mark.parametrize(
    ("ago", "kind", "time"),
    [
        (timedelta(minutes=25), "today", "10.05"),
        (timedelta(hours=11), "yesterday", "23.30"),
        (timedelta(days=3), "day", "10.30"),
    ],
)
def test_says_moments_in_dutch_time(ago: timedelta, kind: str, time: str) -> None:
    found, values = moment_values(TUESDAY - ago, TUESDAY)
    assert (found, values["time"]) == (kind, time)


def test_a_helper_has_no_work(qtbot: QtBot, room: CounterRoom) -> None:
    desk = Desk(qtbot, more=[room.page])
    desk.sign_in(RIET)
    assert "Werk" not in desk.said
    assert room.work.asked == []
    desk.close()
