# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures on a start screen that nobody touched: gone at the first touch, which does nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from commands.window_words import window_words
from kiosk.attract import SLIDE_S, Attract
from kiosk.navigator import Navigator
from kiosk.screens.attract import SLIDES, STILL, attract_view
from kiosk.screens.language import names_of
from kiosk.view import Event, Preferences, View
from kiosk.window import KioskWindow
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of

AFTER_S = 60
LANGUAGES = ("nl", "en", "ar")


@dataclass
class Room:
    """A real window with a start screen; seconds pass when the test says so."""

    qtbot: QtBot
    slides: int = len(SLIDES)
    after_s: int = AFTER_S
    is_free: bool = True
    events: list[Event] = field(default_factory=list)
    shown: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.navigator = Navigator(library(), texts_of, PLACE, FakeClock())
        self.window = KioskWindow(self.events.append, words=window_words(texts_of))
        self.qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show_view(self.navigator.view)
        self.window.show()
        self.attract = Attract(
            self.window,
            after_s=self.after_s,
            languages=LANGUAGES,
            is_free=lambda: self.is_free,
            make=self._make,
            show=self._show,
            ended=lambda: self.window.show_view(self.navigator.view),
            is_still_button=self._is_still_button,
            slides=self.slides,
            tick_ms=3_600_000,
        )
        self.attract.guard(self.handle)

    @property
    def handle(self) -> QWindow:
        return self.window.windowHandle()

    @property
    def name(self) -> str:
        view = self.window.view
        return view.name if view is not None else ""

    def _make(self, slide: int, language: str, is_still: bool) -> View:
        words = replace(self.navigator.words, texts=texts_of(language), preferences=Preferences(language=language))
        names = names_of(LANGUAGES, texts_of)
        return attract_view(words, slide, names, is_still=is_still, may_change=self.slides > 1)

    def _show(self, view: View) -> None:
        self.shown.append(view)
        self.window.show_view(view)

    def _is_still_button(self, at: QPoint) -> bool:
        button = self.window.item(STILL)
        touched = self.window.childAt(at)
        return button is not None and touched is not None and (button is touched or button.isAncestorOf(touched))

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.attract.tick()

    def tap(self, at: QPoint) -> None:
        QTest.mousePress(self.handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseRelease(self.handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def middle_of(self, item_id: str) -> QPoint:
        item = self.window.item(item_id)
        assert item is not None
        return item.mapTo(self.window, item.rect().center())


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_comes_only_after_the_set_time_without_a_touch(room: Room) -> None:
    room.wait(AFTER_S - 1)
    assert room.name == "start"
    QTest.keyClick(room.handle, Qt.Key.Key_Down)
    room.wait(AFTER_S - 1)
    assert room.name == "start"
    room.wait(1)
    assert room.name == "attract-ask"


def test_never_comes_when_it_is_not_set(qtbot: QtBot) -> None:
    room = Room(qtbot, after_s=0)
    assert not room.attract._timer.isActive()


def test_shows_three_pictures_slowly_in_each_language_in_turn(room: Room) -> None:
    room.wait(AFTER_S + 6 * SLIDE_S)
    assert [view.name for view in room.shown] == [f"attract-{name}" for name in (*SLIDES, *SLIDES, "ask")]
    assert [view.language for view in room.shown] == ["nl"] * 3 + ["en"] * 3 + ["ar"]
    assert SLIDE_S >= 5


def test_one_picture_never_changes(qtbot: QtBot) -> None:
    room = Room(qtbot, slides=1)
    room.wait(AFTER_S + 10 * SLIDE_S)
    assert [(view.name, view.language) for view in room.shown] == [("attract-ask", "nl")]
    assert room.window.item(STILL) is None


@pytest.mark.parametrize("service", ["service:verhuizen", "service:bel"])
def test_goes_at_a_touch_that_does_nothing_else(room: Room, service: str) -> None:
    at = room.middle_of(service)  # where a tile of the start screen lies beneath
    room.wait(AFTER_S)
    room.tap(at)
    assert (room.name, room.events) == ("start", [])
    QTest.qWait(450)  # past the time of a double tap
    room.tap(at)
    assert [event.id for event in room.events] == [service]  # type: ignore[union-attr]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_A])
def test_goes_at_a_key_that_does_nothing_else(room: Room, key: Qt.Key) -> None:
    room.wait(AFTER_S)
    QTest.keyClick(room.handle, key)
    assert (room.name, room.events) == ("start", [])


def test_goes_with_the_press_and_not_when_it_is_let_go(room: Room) -> None:
    room.wait(AFTER_S)
    QTest.mousePress(room.handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(600, 400))
    assert room.name == "start"


@pytest.mark.parametrize("way", ["button", "key"])
def test_stands_still_when_asked_and_goes_on_when_asked_again(room: Room, way: str) -> None:
    room.wait(AFTER_S + SLIDE_S)

    def ask() -> None:
        if way == "button":
            room.tap(room.middle_of(STILL))
        else:
            QTest.keyClick(room.handle, Qt.Key.Key_Space)

    ask()
    number = len(room.shown)
    room.wait(20 * SLIDE_S)
    assert (room.name, len(room.shown)) == ("attract-languages", number)
    ask()
    room.wait(SLIDE_S)
    assert (room.name, room.events) == ("attract-listen", [])


def test_goes_when_the_kiosk_is_wanted_for_something_else(room: Room) -> None:
    room.wait(AFTER_S)
    room.is_free = False
    room.wait(1)
    assert not room.attract.is_showing
    room.tap(room.middle_of(STILL))  # nothing is swallowed any more
    assert not room.attract.is_showing


def test_shows_each_language_in_its_own_script(room: Room) -> None:
    texts = {getattr(part, "text", "") for part in room._make(1, "nl", is_still=False).parts}
    assert any("العربية" in text for text in texts)
