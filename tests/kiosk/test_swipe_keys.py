# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A reader that types is heard as lines; a hand that types is not, and loses no key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from pytestqt.qtbot import QtBot

from kiosk.swipe_keys import SwipeKeys

# ICAO's specimen, and its optional part with a published test BSN.
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159999990019<<<<<26\n"


class Typed(QWindow):
    """What reaches the window."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.text += event.text()
        return super().event(event)


class Machine:
    def __init__(self) -> None:
        application = QGuiApplication.instance()
        assert application is not None
        self.is_wanted = True
        self.lines: list[str] = []
        self.window = Typed()
        self.keys = SwipeKeys(application, is_wanted=lambda: self.is_wanted, swiped=self.lines.append)

    def types(self, text: str) -> None:
        application = QGuiApplication.instance()
        assert application is not None
        for sign in text:
            key = Qt.Key.Key_Return if sign == "\n" else Qt.Key(ord(sign.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r" if sign == "\n" else sign)
                application.sendEvent(self.window, event)


@pytest.fixture
def machine(qtbot: QtBot) -> Iterator[Machine]:
    made = Machine()
    yield made
    application = QGuiApplication.instance()
    assert application is not None
    application.removeEventFilter(made.keys)
    QObject.deleteLater(made.keys)


def test_hears_lines_that_come_faster_than_any_hand(machine: Machine, qtbot: QtBot) -> None:
    machine.types(TD3)

    qtbot.waitUntil(lambda: machine.lines == [TD3], timeout=3000)
    assert machine.window.text == ""


def test_hears_lines_without_breaks(machine: Machine, qtbot: QtBot) -> None:
    machine.types(TD3.replace("\n", ""))

    qtbot.waitUntil(lambda: machine.lines == [TD3.replace("\n", "")], timeout=3000)


def test_lets_a_hand_type(machine: Machine, qtbot: QtBot) -> None:
    machine.types("12")
    qtbot.waitUntil(lambda: machine.window.text == "12", timeout=3000)
    machine.types("3")
    qtbot.waitUntil(lambda: machine.window.text == "123", timeout=3000)

    assert machine.lines == []


def test_lets_the_key_that_presses_a_button_through_at_once(machine: Machine) -> None:
    machine.types("\n")

    assert machine.window.text == "\r"


def test_keeps_the_order_when_a_hand_types_and_presses_on(machine: Machine) -> None:
    machine.types("12\n")

    assert machine.window.text == "12\r"


def test_hears_nothing_where_nobody_asked(machine: Machine) -> None:
    machine.is_wanted = False
    machine.types(TD3)

    assert machine.window.text.replace("\r", "\n") == TD3
    assert machine.lines == []


def test_forgets_what_is_longer_than_any_document(machine: Machine, qtbot: QtBot) -> None:
    machine.types("A" * 450)
    machine.types("\n")

    assert len(machine.keys._lines) <= 200
    assert machine.window.text == ""


def test_keeps_nothing_of_the_lines(machine: Machine, qtbot: QtBot) -> None:
    machine.types(TD3)
    qtbot.waitUntil(lambda: bool(machine.lines), timeout=3000)

    assert "999990019" not in repr(vars(machine.keys))
    assert not machine.keys._held
