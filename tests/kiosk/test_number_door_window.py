# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door through the real window: real keys, the keyboard on the screen, a paste; what is shown, said and remembered.

Only numbers that were published for testing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from commands.window_words import window_words
from domain.service import Privacy
from kiosk.background import Background
from kiosk.navigator import Navigator
from kiosk.onscreen_keyboard import KeyButton
from kiosk.view import NEXT, READ, ErrorText, Event, Pressed, View
from kiosk.visit import Visit
from kiosk.window import KioskWindow
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_visit import HeldOffice, RememberingEar

BSN = "999990019"


class Kiosk:
    """A real window with a real visit behind it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.seen: list[str] = []
        self.said: list[str] = []
        self.now_ms = 0
        clock = FakeClock()
        self.ear = RememberingEar()
        self.office = HeldOffice(clock)
        self.background = Background()
        self.navigator = Navigator(library(), texts_of, PLACE, clock)
        self.window = KioskWindow(
            self._on_event, words=window_words(texts_of), said=self._on_said, clock_ms=self._ticking
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.visit = Visit(self.navigator, self.window, self.ear, self.office, self.background, lambda at: None)
        self.visit.begin()

    def _ticking(self) -> int:
        self.now_ms += 1_000
        return self.now_ms

    def _on_event(self, event: Event) -> None:
        self.visit.handle(event)
        self.seen.append(repr(self.navigator.view))

    def _on_said(self, text: str, privacy: Privacy) -> None:
        self.said.append(text)
        self.visit.key_said(text, privacy)

    @property
    def view(self) -> View:
        return self.navigator.view

    def go_to(self, service_id: str, question_id: str) -> None:
        self.visit.handle(Pressed(f"service:{service_id}"))
        self.visit.handle(Pressed(NEXT))
        for _ in range(40):
            if self.view.name == f"{service_id}.{question_id}":
                return
            self.visit.handle(Pressed("offer.unknown"))
            self.visit.handle(Pressed(NEXT))
        raise AssertionError(self.view.name)

    def editor(self, field_id: str) -> QWidget:
        entry = self.window.field_entry(field_id)
        assert entry is not None
        entry.control.setFocus()
        return entry.control

    def text(self, field_id: str) -> str:
        editor = self.editor(field_id)
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def tap(self, wanted: str) -> None:
        keys: list[KeyButton] = self.window.keyboard.keys()
        key = next(key for key in keys if wanted in (key.key, key.text_on_key))
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    def holds(self, number: str) -> list[str]:
        """Name every place that knows the number."""
        places = {
            "seen": "".join(self.seen),
            "view": repr(self.view),
            "speech": repr(vars(self.ear)),
            "said": "".join(self.said),
            "answers": repr([*self.navigator.journey.answers]),
            "store": repr(self.office.store.summaries()),
            "widgets": "".join(
                [
                    *(each.toPlainText() for each in self.window.findChildren(QPlainTextEdit)),
                    *(each.text() for each in self.window.findChildren(QLineEdit)),
                ]
            ),
        }
        return [place for place, text in places.items() if number in text]


@pytest.fixture
def kiosk(qtbot: QtBot) -> Iterator[Kiosk]:
    made = Kiosk(qtbot)
    yield made
    made.background.close(waits=True)


@pytest.mark.parametrize(
    ("service_id", "question_id", "field_id"), [("straat", "meer", "text"), ("bel", "telefoon", "phone")]
)
def test_nine_digits_that_are_keyed_stand_nowhere(
    kiosk: Kiosk, service_id: str, question_id: str, field_id: str
) -> None:
    kiosk.go_to(service_id, question_id)
    shown = []
    for sign in BSN:
        QTest.keyClicks(kiosk.editor(field_id), sign)
        shown.append(kiosk.text(field_id))
    assert BSN not in shown
    assert kiosk.holds(BSN) == []
    kiosk.visit.handle(Pressed(NEXT))
    assert kiosk.text(field_id) == ""
    assert any(isinstance(part, ErrorText) and "(BSN)" in part.text for part in kiosk.view.parts)
    assert kiosk.holds(BSN[:-1]) == ["seen"]  # eight of them stood there while they might have become a longer number


def test_undo_brings_nothing_back(kiosk: Kiosk) -> None:
    kiosk.go_to("straat", "meer")
    QTest.keyClicks(kiosk.editor("text"), f"a {BSN} b")
    for _ in range(20):
        QTest.keyClick(kiosk.editor("text"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert BSN not in kiosk.text("text")
    assert kiosk.holds(BSN) == []


def test_a_number_that_is_pasted_or_scanned_whole_is_gone_before_it_is_drawn(kiosk: Kiosk) -> None:
    kiosk.go_to("straat", "meer")
    editor = kiosk.editor("text")
    assert isinstance(editor, QPlainTextEdit)
    editor.insertPlainText(f"Ik ben Jan ({BSN}).")
    assert kiosk.text("text") == "Ik ben Jan ()."
    assert kiosk.holds(BSN) == []


def test_the_keyboard_on_the_screen_says_no_ninth_digit(kiosk: Kiosk) -> None:
    kiosk.go_to("bel", "telefoon")
    kiosk.visit.handle(Pressed(READ))
    kiosk.editor("phone")
    kiosk.window.open_keyboard("phone")
    for sign in BSN:
        kiosk.tap(sign)
    assert "".join(kiosk.said) == BSN[:-1]
    assert kiosk.holds(BSN) == []
    kiosk.said.clear()
    kiosk.tap("7")  # so it was a longer number: nothing was taken from it
    assert kiosk.text("phone") == f"{BSN}7"
    assert kiosk.said == ["7"]


def test_who_stops_typing_is_told_aloud(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.go_to("straat", "meer")
    kiosk.visit.handle(Pressed(READ))
    kiosk.visit._digit_timer.setInterval(1)
    QTest.keyClicks(kiosk.editor("text"), BSN)
    qtbot.waitUntil(lambda: kiosk.text("text") == "", timeout=5_000)
    assert kiosk.holds(BSN) == []
    assert "problem" in repr(vars(kiosk.ear))
