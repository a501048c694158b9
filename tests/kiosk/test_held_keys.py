# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys as X11 tells of them: a held key is let go and pressed in the same millisecond, again and again."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.held_keys import HeldKeys
from kiosk.view import LEAVE, SOUND, STOP, Pressed, Typed
from tests.kiosk.window_views import Page, choice_view, field_view

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class Keyboard:
    """Sends keys as the window system does: to the native window, with the time of each."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.now_ms = 1_000_000

    def send(self, kind: QEvent.Type, key: Qt.Key, text: str = "") -> None:
        handle = self._page.window.windowHandle()
        assert handle is not None
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(self.now_ms)
        QApplication.sendEvent(handle, event)

    def repeat(self, key: Qt.Key, times: int, text: str = "") -> None:
        for _ in range(times):
            self.now_ms += 40
            self.send(RELEASE, key, text)
            self.send(PRESS, key, text)

    def tap(self, key: Qt.Key, text: str = "") -> None:
        self.now_ms += 100
        self.send(PRESS, key, text)
        self.now_ms += 80
        self.send(RELEASE, key, text)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page()
    qtbot.addWidget(made.window)
    made.show(choice_view())
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    application = QApplication.instance()
    assert application is not None
    held = HeldKeys(application)
    yield made
    application.removeEventFilter(held)
    held.deleteLater()


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


def test_help_that_is_held_leaves_at_once_although_it_is_told_as_many_presses(
    page: Page, keyboard: Keyboard, qtbot: QtBot
) -> None:
    keyboard.send(PRESS, Qt.Key.Key_F1)
    keyboard.repeat(Qt.Key.Key_F1, 30)
    qtbot.waitUntil(lambda: bool(page.events), timeout=4000)
    keyboard.send(RELEASE, Qt.Key.Key_F1)

    assert page.events == [Pressed(LEAVE)]


def test_a_short_press_of_help_still_says_where_one_is(page: Page, keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.tap(Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: page.events == [Pressed(SOUND)])


def test_a_hand_that_rests_on_ok_presses_once(page: Page, keyboard: Keyboard) -> None:
    page.item(STOP).setFocus()
    keyboard.send(PRESS, Qt.Key.Key_Return)
    page.clock.now_ms += 1000
    keyboard.repeat(Qt.Key.Key_Return, 30)

    assert page.events == [Pressed(STOP)]


def test_a_letter_that_is_held_is_typed_once_and_one_that_is_pressed_twice_is_typed_twice(
    page: Page, keyboard: Keyboard
) -> None:
    page.show(field_view())
    page.item("name").setFocus()
    keyboard.send(PRESS, Qt.Key.Key_A, "a")
    keyboard.repeat(Qt.Key.Key_A, 10, "a")
    keyboard.send(RELEASE, Qt.Key.Key_A, "a")
    keyboard.tap(Qt.Key.Key_A, "a")
    keyboard.tap(Qt.Key.Key_B, "b")

    assert page.events[-1] == Typed("name", "aab")
