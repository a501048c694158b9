# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The corner that the staff holds: only there, only long enough, and nothing under the finger is pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.no_way_out import StrayInput
from kiosk.staff_hold import CORNER, StaffHold

HOLD_MS = 60
LEFT = Qt.MouseButton.LeftButton


class Corner:
    """A window with a button under the corner."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(600, 400)
        self.button = QPushButton("Lees voor", self.window)
        self.button.setGeometry(0, 0, CORNER, CORNER)
        self.pressed = self.asked = 0
        self.button.clicked.connect(self._on_button_clicked)
        qtbot.addWidget(self.window)
        self.window.show()
        handle = self.window.windowHandle()
        StrayInput(self.window).guard(handle)
        StaffHold(self.window, self._ask, HOLD_MS).guard(handle)
        self.handle = handle

    def _on_button_clicked(self) -> None:
        self.pressed += 1

    def _ask(self) -> None:
        self.asked += 1

    def hold(self, at: QPoint, ms: int, to: QPoint | None = None) -> None:
        QTest.mousePress(self.handle, LEFT, Qt.KeyboardModifier.NoModifier, at)
        if to is not None:
            QTest.mouseMove(self.handle, to)
        QTest.qWait(ms)
        QTest.mouseRelease(self.handle, LEFT, Qt.KeyboardModifier.NoModifier, to or at)


@pytest.fixture
def corner(qtbot: QtBot) -> Corner:
    return Corner(qtbot)


def test_asks_who_is_there_and_presses_nothing_when_the_corner_was_held(corner: Corner) -> None:
    corner.hold(QPoint(20, 20), 3 * HOLD_MS)
    assert (corner.asked, corner.pressed) == (1, 0)
    assert not corner.button.isDown()


def test_presses_what_is_there_when_the_finger_goes_sooner(corner: Corner) -> None:
    corner.hold(QPoint(20, 20), 0)
    QTest.qWait(2 * HOLD_MS)
    assert (corner.asked, corner.pressed) == (0, 1)


def test_presses_again_after_the_corner_was_held(corner: Corner) -> None:
    corner.hold(QPoint(20, 20), 3 * HOLD_MS)
    corner.hold(QPoint(20, 20), 0)
    assert (corner.asked, corner.pressed) == (1, 1)


def test_hears_nothing_elsewhere_or_of_a_finger_that_slides_away(corner: Corner) -> None:
    corner.hold(QPoint(300, 300), 3 * HOLD_MS)
    corner.hold(QPoint(CORNER + 5, 20), 3 * HOLD_MS)
    corner.hold(QPoint(20, 20), 3 * HOLD_MS, to=QPoint(300, 300))
    assert corner.asked == 0


def test_knows_the_keys_of_the_staff_and_no_others(corner: Corner) -> None:
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    for modifiers in (Qt.KeyboardModifier.NoModifier, control, alt, control | alt | Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(corner.handle, Qt.Key.Key_Home, modifiers)
    assert corner.asked == 0
    QTest.keyClick(corner.handle, Qt.Key.Key_Home, control | alt)
    assert corner.asked == 1
