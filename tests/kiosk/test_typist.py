# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from kiosk.onscreen_keyboard import ACCENTS, DELETE, DONE, ENTER, SPACE
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
    for wanted in ("A", DELETE, DELETE):
        page.tap_key(wanted)

    assert page.said == [
        ("A", Privacy.PERSONAL),
        ("A is weg", Privacy.PERSONAL),
        ("Er staat nog niets", Privacy.OPEN),
    ]


def test_delete_never_says_what_it_takes_from_a_secret_field(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1, privacy=Privacy.SECRET))
    page.window.open_keyboard("story")
    for wanted in ("A", DELETE):
        page.tap_key(wanted)
    page.window.typist.say_so_far()
    page.tap_key("c")
    page.window.typist.say_so_far()

    # The one place that decides leaves out what is secret (`kiosk.speech.privacy`).
    assert [text for text, privacy in page.said if privacy is not Privacy.SECRET] == [
        "Wissen",
        "Er staat nog niets",
        "Dat zeg ik niet.",
    ]


def test_says_what_was_typed_when_the_keys_close_and_with_its_privacy(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1))
    page.window.open_keyboard("story")
    for wanted in ("A", "b", SPACE, "c", DONE):
        page.tap_key(wanted)

    assert page.said[-1] == ("U typte: Ab c", Privacy.PERSONAL)
    assert page.window.keyboard.isHidden()


def test_help_says_what_was_typed_so_far_to_who_is_typing(page: SpeakingPage) -> None:
    shown = view(lines=1)
    page.window.show_view(replace(shown, preferences=replace(shown.preferences, is_reading=True)))
    page.window.open_keyboard("story")
    page.tap_key("A")
    QTest.keyClick(page.window, Qt.Key.Key_F1)

    assert page.said[-1] == ("U typte: A", Privacy.PERSONAL)


def test_explains_the_keys_the_first_time_that_they_are_walked_over(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1, keyboard=Keyboard.DIGITS))
    for _ in range(2):
        page.window.open_keyboard("story")
        page.window.typist.enter()
        page.window.close_keyboard()

    assert [text for text, _privacy in page.said] == ["Loop langs de letters. 1", "1"]


def test_says_every_key_that_the_arrows_come_to(page: SpeakingPage) -> None:
    page.window.show_view(view(lines=1, keyboard=Keyboard.DIGITS))
    page.window.open_keyboard("story")
    page.window.keyboard.enter()
    QTest.keyClick(page.window, Qt.Key.Key_Right)
    QTest.keyClick(page.window, Qt.Key.Key_Right)
    QTest.keyClick(page.window, Qt.Key.Key_Right)  # past the edge: the other side

    assert page.said == [("1", Privacy.OPEN), ("2", Privacy.OPEN), ("3", Privacy.OPEN), ("1", Privacy.OPEN)]


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
