# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invullen voor iemand: who may, by keys only, and what the page knows of the citizen: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assisted.fill_in import FILL, FillIn, ServiceChoice, fill_in_page
from assisted.shell import Shell
from domain.filled_by import FilledBy
from tests.assisted.desk import OMAR, RIET, Desk

SERVICES = (
    ServiceChoice("verhuizen", "Mijn verhuizing doorgeven", "Verhuizen verhuizen"),
    ServiceChoice("bel", "Bel mij terug", "Bel mij terug bel"),
    ServiceChoice("idbewijs", "Ik wil een paspoort of ID-kaart", "Paspoort idbewijs"),
)


class FakeWindow(QObject):
    """The citizen's window, which does what a test says."""

    shown = Signal()
    ended = Signal(bool)
    broke = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self.begun: list[tuple[str, FilledBy]] = []
        self.done: list[str] = []

    def begin(self, service_id: str, who: FilledBy) -> None:
        self.is_open = True
        self.begun.append((service_id, who))

    def to_front(self) -> None:
        self.done.append("front")

    def hide_away(self) -> None:
        self.done.append("away")

    def end(self) -> None:
        self.done.append("end")

    def goes(self, *, is_kept: bool) -> None:
        self.is_open = False
        self.ended.emit(is_kept)


@dataclass
class Filling:
    desk: Desk
    citizen: FakeWindow

    @property
    def shell(self) -> Shell:
        assert self.desk.window.shell is not None
        return self.desk.window.shell

    @property
    def page(self) -> FillIn:
        page = self.shell.page
        assert isinstance(page, FillIn)
        return page

    def begin(self) -> Filling:
        self.shell.go(FILL)
        QTest.keyClicks(self.page.search, "paspoort")
        QTest.keyClick(self.page.start, Qt.Key.Key_Return)
        self.citizen.shown.emit()
        return self


@pytest.fixture
def filling(qtbot: QtBot) -> Iterator[Filling]:
    citizen = FakeWindow()
    desk = Desk(qtbot, more=(fill_in_page(lambda: SERVICES, citizen),))
    desk.window.begin(OMAR)
    yield Filling(desk, citizen)
    desk.close()


def test_is_there_for_the_counter_only(filling: Filling) -> None:
    assert FILL in filling.shell.nav
    filling.desk.window.begin(RIET)
    assert FILL not in filling.shell.nav
    filling.shell.go(FILL)
    assert filling.shell.page_id != FILL


def test_says_always_for_whom_it_is(filling: Filling) -> None:
    filling.shell.go(FILL)
    said = filling.desk.texts.tr("desk.fill.for")
    assert said.startswith("Voor: de inwoner")
    assert said in filling.desk.said
    filling.begin()
    assert said in filling.desk.said
    filling.citizen.goes(is_kept=True)
    assert said in filling.desk.said


def test_finds_a_service_by_what_people_call_it_and_begins_by_keys_alone(filling: Filling) -> None:
    filling.shell.go(FILL)
    page = filling.page
    assert QApplication.focusWidget() is page.search
    QTest.keyClicks(page.search, "VERHUIZEN")
    assert [page.services.item(row).text() for row in range(page.services.count())] == ["Mijn verhuizing doorgeven"]
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.how.stop, Qt.Key.Key_Right)
    phone = page.how.buttons["phone"]
    assert QApplication.focusWidget() is phone
    QTest.keyClick(phone, Qt.Key.Key_Space)
    filling.desk.press(Qt.Key.Key_F4)
    assert filling.citizen.begun == [("verhuizen", FilledBy("34", "counter", "phone", "Omar Aydin"))]


def test_walks_from_the_field_into_the_list_and_back(filling: Filling) -> None:
    filling.shell.go(FILL)
    page = filling.page
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.services
    QTest.keyClick(page.services, Qt.Key.Key_Down)
    assert page.chosen.text() == "Ik wil een paspoort of ID-kaart"
    QTest.keyClick(page.services, Qt.Key.Key_Up)
    QTest.keyClick(page.services, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.search


def test_begins_nothing_where_no_service_was_found(filling: Filling) -> None:
    filling.shell.go(FILL)
    QTest.keyClicks(filling.page.search, "xyz")
    assert not filling.page.start.isEnabled()
    filling.desk.press(Qt.Key.Key_F4)
    assert filling.citizen.begun == []


def test_has_the_focus_on_what_comes_next(filling: Filling) -> None:
    filling.begin()
    assert QApplication.focusWidget() is filling.page.front
    filling.citizen.goes(is_kept=True)
    assert QApplication.focusWidget() is filling.page.next


def test_keeps_the_desk_open_while_somebody_is_being_helped(filling: Filling) -> None:
    filling.begin()
    assert filling.desk.window.visit.is_going_on
    filling.citizen.goes(is_kept=True)
    assert not filling.desk.window.visit.is_going_on


@pytest.mark.parametrize(("is_kept", "key"), [(True, "desk.fill.kept"), (False, "desk.fill.gone")])
def test_tells_only_whether_something_was_kept(filling: Filling, is_kept: bool, key: str) -> None:
    filling.begin().citizen.goes(is_kept=is_kept)
    assert filling.page.state.text() == filling.desk.texts.tr(key)


def test_begins_anew_for_the_next_citizen(filling: Filling) -> None:
    first = filling.begin().page
    filling.citizen.goes(is_kept=True)
    filling.desk.press(Qt.Key.Key_F4)
    assert filling.shell.page_id == FILL
    assert filling.page is not first
    assert filling.page.search.text() == ""
    QTest.keyClicks(filling.page.search, "bel")
    filling.desk.press(Qt.Key.Key_F4)
    assert filling.citizen.begun[-1][0] == "bel"


def test_tells_nothing_of_the_citizen_before_on_the_page_of_the_next(filling: Filling) -> None:
    filling.begin()
    filling.desk.window.visit.end()
    assert "end" in filling.citizen.done
    filling.shell.go(FILL)
    filling.citizen.goes(is_kept=True)  # it took a moment to go
    assert not filling.page.state.isVisibleTo(filling.page)
    assert filling.page.search.isVisibleTo(filling.page)


def test_takes_the_citizens_window_from_the_screen_while_the_desk_is_locked(filling: Filling) -> None:
    filling.begin()
    filling.desk.window.lock()
    assert filling.citizen.done == ["away"]
    filling.desk.window.begin(OMAR)
    assert filling.citizen.done == ["away", "front"]


def test_leaves_the_citizens_window_where_it_is_when_another_page_is_opened(filling: Filling) -> None:
    filling.begin()
    filling.shell.go("call")
    assert filling.citizen.done == []


def test_takes_the_window_along_when_somebody_else_signs_in(filling: Filling) -> None:
    filling.begin()
    filling.desk.window.lock()
    filling.desk.window.begin(RIET)
    assert filling.citizen.done[-1] == "end"


def test_says_that_the_window_went_by_itself(filling: Filling) -> None:
    filling.begin()
    filling.citizen.is_open = False
    filling.citizen.broke.emit()
    assert filling.page.state.text() == filling.desk.texts.tr("desk.fill.broke")
    assert filling.page.next.isVisibleTo(filling.page)
