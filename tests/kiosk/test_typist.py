# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.onscreen_keyboard import ACCENTS, DELETE, ENTER
from kiosk.view import Field, Heading, Keyboard, View
from kiosk.window import KioskWindow
from tests.kiosk.window_views import LANDSCAPE, WORDS, view_of


class SpeakingPage:
    """A window whose keys are said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Privacy]] = []
        self.window = KioskWindow(
            lambda event: None,
            words=lambda language: WORDS,
            said=lambda text, privacy: self.said.append((text, privacy)),
        )
        self.window.resize(*LANDSCAPE)
        self.window.show()

    def key(self, wanted: str) -> QWidget | None:
        keys = self.window.keyboard.keys()
        return next((key for key in keys if wanted in (key.key, key.text_on_key)), None)

    def tap_key(self, wanted: str) -> None:
        key = self.key(wanted)
        assert key is not None, wanted
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    def text(self) -> str:
        entry = self.window.field_entry("story")
        assert entry is not None
        editor = entry.control
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""


def view(lines: int, privacy: Privacy = Privacy.PERSONAL, keyboard: Keyboard = Keyboard.TEXT) -> View:
    field = Field("story", "Uw verhaal", keyboard=keyboard, lines=lines, privacy=privacy)
    return view_of((Heading("heading", "Wat is er?"), field))


@pytest.fixture
def page(qtbot: QtBot) -> SpeakingPage:
    made = SpeakingPage()
    qtbot.addWidget(made.window)
    return made


def test_a_key_makes_a_new_line_where_there_are_lines(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=4))
    page.window.open_keyboard("story")
    for wanted in ("A", ENTER, "b"):
        page.tap_key(wanted)

    assert page.text() == "A\nb"


def test_the_key_for_a_new_line_stays_on_the_page_with_accents(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=4))
    page.window.open_keyboard("story")
    page.tap_key(ACCENTS)

    assert page.key(ENTER) is not None


def test_a_field_of_one_line_has_no_key_for_a_new_line(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1))
    page.window.open_keyboard("story")

    assert page.key(ENTER) is None


def test_a_key_that_is_typed_is_as_private_as_its_field(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=4))
    page.window.open_keyboard("story")
    for wanted in ("A", DELETE):
        page.tap_key(wanted)

    assert page.said == [("A", Privacy.PERSONAL), ("Wissen", Privacy.OPEN)]


def test_says_every_key_that_the_arrows_come_to(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1, keyboard=Keyboard.DIGITS))
    page.window.open_keyboard("story")
    page.window.keyboard.enter()
    QTest.keyClick(page.window, Qt.Key.Key_Right)
    QTest.keyClick(page.window, Qt.Key.Key_Right)
    QTest.keyClick(page.window, Qt.Key.Key_Right)  # the edge: nothing new

    assert page.said == [("1", Privacy.OPEN), ("2", Privacy.OPEN), ("3", Privacy.OPEN)]


@pytest.mark.parametrize(("key", "text", "left"), [(Qt.Key.Key_A, "a", "bba"), (Qt.Key.Key_Backspace, "\b", "")])
def test_a_key_that_is_held_types_once_but_wipes_on(page: SpeakingPage, key: Qt.Key, text: str, left: str) -> None:
    page.window.show_view(view(lines=4))
    entry = page.window.field_entry("story")
    assert entry is not None
    entry.control.setFocus()
    QTest.keyClicks(entry.control, "bb")
    for is_again in (False, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, is_again)
        QApplication.sendEvent(entry.control, held)

    assert page.text() == left
