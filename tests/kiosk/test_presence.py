# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Any key and any touch takes the idle warning away, and the screen comes back exactly as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.parts.typing_line import TypingLine
from kiosk.presence import Presence
from kiosk.screens.ending import STAY, idle_view
from kiosk.screens.words import Words
from kiosk.view import BACK, Button, Event, Field, Heading, Paragraph, Preferences, Pressed, View
from kiosk.window import KioskWindow
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of

LINES = tuple(Paragraph(f"line.{number}", "Een regel tekst. " * 12) for number in range(12))
PAGE = View(
    "page",
    "Een vraag",
    (Heading("title", "Hoe heet u?"), *LINES, Field("name", "Uw naam", "Sam Voorbeeld")),
    bar=(Button(BACK, "Terug"),),
)
WARNING = idle_view(Words(texts_of("nl"), library(), PLACE, Preferences(), FakeClock().now().date()), 60)


class Room:
    """A window, and a visit that only shows and hides the warning."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.there = 0
        self.window = KioskWindow(self.events.append, touched=self.stay)
        self.touches = 0
        self.loud: QWidget | None = None
        self.presence = Presence(
            self.window,
            is_warned=lambda: self.is_warned,
            touched=self.on_touched,
            is_there=self.notice,
            speaks_on=lambda touched: touched is self.loud,
        )
        self.window.resize(1366, 768)
        self.window.show_view(PAGE)
        self.window.show()
        self.presence.watch()

    def on_touched(self) -> None:
        self.touches += 1
        self.stay()

    def notice(self) -> None:
        self.there += 1

    @property
    def is_warned(self) -> bool:
        return self.window.view is not None and self.window.view.is_over

    def warn(self) -> None:
        self.window.show_view(WARNING)
        self.window.show_view(WARNING)

    def stay(self) -> None:
        self.window.show_view(PAGE)

    def key(self, key: Qt.Key, *, is_held: bool = False) -> None:
        """Press a key as the window system does: the native window hears of it first."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", is_held)
            QApplication.sendEvent(self.window.windowHandle(), event)

    def touch(self, place: QPoint) -> None:
        left = Qt.MouseButton.LeftButton
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, left)):
            spot = QPointF(place)
            event = QMouseEvent(kind, spot, spot, left, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.window.windowHandle(), event)

    @property
    def line(self) -> TypingLine:
        entry = self.window.field_entry("name")
        assert entry is not None
        assert isinstance(entry.editor, TypingLine)
        return entry.editor


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made.window)
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    return made


KEYS = [Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_A, Qt.Key.Key_Shift, Qt.Key.Key_F7]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_any_key_takes_the_warning_away_and_does_nothing_else(room: Room, key: Qt.Key) -> None:
    room.window.open_keyboard("name")
    put = room.line
    put.setCursorPosition(3)
    scroll = room.window._content.scroll_place
    room.warn()
    room.key(key)

    assert room.window.view == PAGE
    assert room.window.focusWidget() is room.line
    assert (room.line.text(), room.line.cursorPosition()) == ("Sam Voorbeeld", 3)
    assert not room.window.keyboard.isHidden()
    assert room.window._content.scroll_place == scroll
    assert scroll > 0
    assert room.events == []


def test_a_key_that_is_held_down_does_not_walk_on_after_the_warning(room: Room) -> None:
    room.warn()
    room.key(Qt.Key.Key_Down)
    focused = room.window.focusWidget()
    for _ in range(20):
        room.key(Qt.Key.Key_Down, is_held=True)
    assert room.window.focusWidget() is focused
    room.key(Qt.Key.Key_Down)

    assert room.there > 0


def test_a_touch_beside_the_buttons_takes_the_warning_away(room: Room) -> None:
    room.warn()
    room.touch(QPoint(1360, 400))

    assert room.window.view == PAGE
    assert room.events == []


def test_a_touch_on_a_button_of_the_warning_does_what_the_button_says(room: Room) -> None:
    room.warn()
    button = room.window.item(STAY)
    assert button is not None
    room.touch(button.mapTo(room.window, button.rect().center()))

    assert room.events == [Pressed(STAY)]


def test_help_can_still_be_held_for_leaving_in_a_hurry(room: Room) -> None:
    room.window.show_view(replace(WARNING, parts=WARNING.parts))
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)

    assert not room.presence.eventFilter(room.window, event)


def test_typing_tells_that_somebody_is_there(room: Room) -> None:
    room.window.open_keyboard("name")
    room.key(Qt.Key.Key_A)

    assert room.there == 1


def test_the_voice_falls_silent_when_the_finger_comes_and_not_only_when_it_goes(room: Room) -> None:
    left = Qt.MouseButton.LeftButton
    spot = QPointF(700, 300)
    event = QMouseEvent(QEvent.Type.MouseButtonPress, spot, spot, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(room.window.windowHandle(), event)

    assert room.touches == 1


def test_louder_and_softer_leave_the_voice_speaking(room: Room) -> None:
    button = room.window.item(BACK)
    assert button is not None
    spot = button.mapTo(room.window, button.rect().center())
    room.loud = room.window.childAt(spot)
    room.touch(spot)

    assert (room.touches, room.there) == (0, 1)
