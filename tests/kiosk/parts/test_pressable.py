# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing without a finger or a key: the action of assistive technology counts as a press, once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from kiosk.parts.choices import CheckOption, RadioOption
from kiosk.view import Choices, Chose, Event, Heading, Option, View
from kiosk.window import KioskWindow

OPTIONS = (Option("a", "Ja"), Option("b", "Nee"))


class Room:
    def __init__(self, qtbot: QtBot, *, is_multiple: bool) -> None:
        self.events: list[Event] = []
        self.now = 0
        self.window = KioskWindow(self.events.append, clock_ms=lambda: self.now)
        qtbot.addWidget(self.window)
        self._is_multiple = is_multiple
        self._qtbot = qtbot
        self.show()

    def show(self, chosen: str = "") -> None:
        part = Choices("c", OPTIONS, frozenset({chosen} - {""}), is_multiple=self._is_multiple)
        self.window.show_view(View("v", "V", (Heading("title", "Vraag"), part)))

    def toggle(self, index: int) -> None:
        self.now += 1_000
        kind = CheckOption if self._is_multiple else RadioOption
        button: QAbstractButton = self.window.findChildren(kind)[index]
        action = QAccessible.queryAccessibleInterface(button).actionInterface()
        action.doAction(next(name for name in action.actionNames() if name != "SetFocus"))
        before = len(self.events)
        self._qtbot.waitUntil(lambda: len(self.events) > before)


@pytest.mark.parametrize("is_multiple", [False, True], ids=["one", "several"])
def test_a_toggle_from_outside_is_a_choice_once(qtbot: QtBot, is_multiple: bool) -> None:
    room = Room(qtbot, is_multiple=is_multiple)
    room.toggle(0)
    room.toggle(1)
    assert room.events == [Chose("c", "a"), Chose("c", "b")]


def test_showing_a_choice_is_nobodys_choice(qtbot: QtBot) -> None:
    room = Room(qtbot, is_multiple=False)
    room.show("b")
    room.show("a")
    room.toggle(1)  # comes after anything that showing would have sent
    assert room.events == [Chose("c", "b")]
