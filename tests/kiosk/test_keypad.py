# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys by the names of the settings, and a keypad whose own keys mean ours."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from domain.key_names import KEY_NAMES, KeyAction
from kiosk.key_map import ASKS, KEYS, STANDARD, Move, action_of, code_of
from kiosk.keypad import Keypad
from kiosk.view import EAR, SOUND, Pressed
from tests.kiosk.window_views import Page, choice_view


@pytest.mark.parametrize("name", sorted(KEY_NAMES))
def test_every_name_of_a_key_is_one_of_the_window_system(name: str) -> None:
    assert code_of(name) > 0


@pytest.mark.parametrize("action", KeyAction)
def test_every_action_has_a_key_that_the_window_knows(action: KeyAction) -> None:
    move = KEYS[STANDARD[action]]

    assert action_of(move) == action.value
    six = (Move.UP, Move.DOWN, Move.LEFT, Move.RIGHT, Move.PRESS, Move.HELP, Move.BACK)
    assert move in ASKS or move in six


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page()
    qtbot.addWidget(made.window)
    made.show(choice_view())
    application = QApplication.instance()
    assert application is not None
    keypad = Keypad(application, {"F13": KeyAction.DOWN, "F14": KeyAction.HELP, "F15": KeyAction.EAR})
    yield made
    application.removeEventFilter(keypad)
    keypad.deleteLater()


def type_on_keypad(page: Page, key: Qt.Key) -> None:
    """Send a key as the system does: to the native window."""
    handle = page.window.windowHandle()
    assert handle is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(handle, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def test_a_key_of_the_keypad_does_what_the_settings_say(page: Page, qtbot: QtBot) -> None:
    page.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    before = page.window.focusWidget()
    type_on_keypad(page, Qt.Key.Key_F13)

    assert page.window.focusWidget() is not before


def test_help_and_ear_of_the_keypad_are_those_of_the_window(page: Page, qtbot: QtBot) -> None:
    page.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    type_on_keypad(page, Qt.Key.Key_F14)
    type_on_keypad(page, Qt.Key.Key_F15)

    assert page.events == [Pressed(SOUND), Pressed(EAR)]


def test_a_key_that_no_setting_names_does_nothing(page: Page) -> None:
    type_on_keypad(page, Qt.Key.Key_F20)

    assert page.events == []
