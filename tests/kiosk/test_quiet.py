# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nobody is at the kiosk only when it lies untouched and gave no sign of anybody for a while."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.quiet import QUIET_MS, Quiet


@dataclass
class Room:
    """A window, with time and rest as the test has them."""

    qtbot: QtBot
    now_ms: int = 0
    is_at_rest: bool = True

    def __post_init__(self) -> None:
        self.window = QWidget()
        self.qtbot.addWidget(self.window)
        self.window.show()
        self.quiet = Quiet(self.window, is_at_rest=lambda: self.is_at_rest, clock_ms=lambda: self.now_ms)
        handle = self.window.windowHandle()
        assert handle is not None
        self.handle = handle
        self.quiet.guard(handle)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_nobody_is_here_once_it_was_quiet_for_a_while(room: Room) -> None:
    assert not room.quiet.is_nobody_here()
    room.now_ms = QUIET_MS - 1
    assert not room.quiet.is_nobody_here()
    room.now_ms = QUIET_MS
    assert room.quiet.is_nobody_here()


def test_a_key_or_a_touch_that_changes_nothing_is_somebody(room: Room) -> None:
    room.now_ms = QUIET_MS
    QTest.keyClick(room.handle, Qt.Key.Key_Right)
    assert not room.quiet.is_nobody_here()
    room.now_ms = 2 * QUIET_MS
    assert room.quiet.is_nobody_here()
    QTest.mouseClick(room.handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(9, 9))
    assert not room.quiet.is_nobody_here()


def test_a_visit_is_somebody_however_still_it_lies_and_for_a_while_after_it(room: Room) -> None:
    room.is_at_rest = False
    room.now_ms = 100 * QUIET_MS
    assert not room.quiet.is_nobody_here()
    room.is_at_rest = True
    assert not room.quiet.is_nobody_here()
    room.now_ms += QUIET_MS
    assert room.quiet.is_nobody_here()


def test_headphones_that_come_are_somebody(room: Room) -> None:
    room.now_ms = QUIET_MS
    room.quiet.stirred()
    assert not room.quiet.is_nobody_here()
