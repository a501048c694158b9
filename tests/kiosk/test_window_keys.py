# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys in the window while they are only practised, and while the screen is off."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from domain.key_names import KeyAction
from kiosk.key_map import KEYS, STANDARD, Move
from kiosk.view import EAR, LEAVE, LOUDER, SCREEN, SOFTER, TRIED, Pressed, View
from kiosk.window import KioskWindow
from tests.kiosk.window_views import LANDSCAPE, WORDS, Page, choice_view, field_view


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made.window)
    return made


def trying() -> View:
    return replace(choice_view(name="keys"), is_trying_keys=True, is_over=True)


def dark(view: View) -> View:
    return replace(view, preferences=replace(view.preferences, is_screen_off=True, is_reading=True))


def press(page: Page, key: Qt.Key) -> None:
    focused: QWidget | None = page.window.focusWidget()
    QTest.keyClick(page.window if focused is None else focused, key)


@pytest.mark.parametrize("action", KeyAction)
def test_a_key_that_is_practised_is_told_and_does_nothing(page: Page, action: KeyAction) -> None:
    page.show(trying())
    focused = page.window.focusWidget()
    press(page, STANDARD[action])

    assert page.events == [Pressed(TRIED + action.value)]
    assert page.window.focusWidget() is focused


@pytest.mark.parametrize("key", [Qt.Key.Key_Q, Qt.Key.Key_F20, Qt.Key.Key_PageDown])
def test_a_key_without_a_meaning_is_told_as_such(page: Page, key: Qt.Key) -> None:
    page.show(trying())
    press(page, key)

    assert page.events == [Pressed(TRIED + "other")]


def test_tab_goes_nowhere_while_keys_are_practised(page: Page) -> None:
    page.show(trying())
    focused = page.window.focusWidget()
    press(page, Qt.Key.Key_Tab)

    assert page.window.focusWidget() is focused


def test_holding_help_leaves_at_once_while_keys_are_practised(page: Page, qtbot: QtBot) -> None:
    page.show(trying())
    focused = page.window.focusWidget()
    QTest.keyPress(focused, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(page.events), timeout=4000)
    QTest.keyRelease(focused, Qt.Key.Key_F1)

    assert page.events == [Pressed(LEAVE)]


def test_the_keys_of_the_voice_mean_the_same_everywhere(page: Page) -> None:
    page.show(field_view())
    press(page, Qt.Key.Key_F2)
    press(page, Qt.Key.Key_VolumeUp)

    assert page.events == [Pressed(EAR), Pressed(LOUDER)]


def test_every_key_stops_the_voice_but_louder_and_softer(qtbot: QtBot) -> None:
    touched: list[None] = []
    window = KioskWindow(lambda event: None, words=lambda _: WORDS, touched=lambda: touched.append(None))
    qtbot.addWidget(window)
    window.resize(*LANDSCAPE)
    window.show()
    window.show_view(choice_view())
    window.setFocus()
    for key, move in KEYS.items():
        touched.clear()
        QTest.keyClick(window, Qt.Key(key))
        assert bool(touched) is (move not in (Move.LOUDER, Move.SOFTER)), key
    window.show_view(trying())
    touched.clear()
    QTest.keyClick(window, Qt.Key.Key_Up)
    assert touched


def test_a_dark_screen_shows_nothing_of_the_visit(page: Page) -> None:
    page.show(dark(field_view("Sam Voorbeeld")))
    picture = page.window.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, 300, 3)}

    assert colours == {"#000000"}


def test_keys_go_on_behind_a_dark_screen(page: Page) -> None:
    page.show(dark(choice_view()))
    press(page, Qt.Key.Key_Return)

    assert len(page.events) == 1


def test_a_touch_asks_for_the_screen_back_and_does_nothing_else(page: Page) -> None:
    page.show(dark(choice_view()))
    button = page.item("bar.next")
    at = button.mapTo(page.window, button.rect().center())
    covering = page.window.childAt(at)
    assert covering is not None
    QTest.mouseClick(covering, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert page.events == [Pressed(SCREEN)]
    page.show(choice_view())

    assert page.window.childAt(at) is not covering


def test_the_dark_screen_covers_the_keyboard_on_the_screen_too(page: Page) -> None:
    page.show(dark(field_view()))
    page.window.open_keyboard("name")
    picture = page.window.grab().toImage()

    assert picture.pixelColor(40, picture.height() - 40).name() == "#000000"


def test_softer_is_no_press_of_what_has_the_focus(page: Page) -> None:
    page.show(choice_view())
    press(page, Qt.Key.Key_VolumeDown)

    assert page.events == [Pressed(SOFTER)]
