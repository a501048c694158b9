# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dark screen for cleaning and the test of the corners: nothing goes through, and both go by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.maintenance_cover import CLEANS_S, CleaningCover, CornerTest

TICK_MS = 5


class Window(QWidget):
    """A window with a button over all of it."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        qtbot.addWidget(self)
        self.resize(1080, 1920)
        self.presses = 0
        button = QPushButton("x", self)
        button.resize(self.size())
        button.clicked.connect(self._count)
        self.show()
        button.setFocus()

    def _count(self) -> None:
        self.presses += 1

    def tap(self, at: QPoint) -> None:
        QTest.mouseClick(self.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def key(self) -> None:
        QTest.keyClick(self.windowHandle(), Qt.Key.Key_Space)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_is_dark_for_two_minutes() -> None:
    assert CLEANS_S == 120


def test_lets_no_touch_and_no_key_through_while_it_is_cleaned(window: Window, qtbot: QtBot) -> None:
    over: list[bool] = []
    window.tap(QPoint(500, 900))
    window.key()
    assert window.presses == 2
    CleaningCover(window, "schoon", lambda: over.append(True), seconds=40, tick_ms=TICK_MS).lay()
    window.tap(QPoint(500, 900))
    window.key()
    assert (window.presses, over) == (2, [])
    qtbot.waitUntil(lambda: over == [True])
    window.tap(QPoint(500, 900))
    window.key()
    assert window.presses == 4


def test_paints_dark_with_the_time_that_is_left(window: Window) -> None:
    cover = CleaningCover(window, "schoon", lambda: None)
    cover.lay()
    picture = cover.grab().toImage()
    assert picture.pixelColor(2, 2).name() == "#000000"
    colours = {picture.pixelColor(x, y).name() for x in range(300, 780, 3) for y in range(800, 960, 3)}
    assert len(colours) > 1
    cover.deleteLater()


def test_is_done_when_every_corner_was_touched(window: Window) -> None:
    over: list[bool] = []
    test = CornerTest(window, "hoeken", over.append, seconds=1000)
    test.lay()
    for at in test.targets():
        assert over == []
        window.tap(at.toPoint())
    assert (over, window.presses) == ([True], 0)


def test_is_not_done_when_a_corner_feels_nothing(window: Window, qtbot: QtBot) -> None:
    over: list[bool] = []
    test = CornerTest(window, "hoeken", over.append, seconds=20, tick_ms=TICK_MS)
    test.lay()
    for at in test.targets()[1:]:
        window.tap(at.toPoint())
    window.tap(QPoint(500, 500))
    qtbot.waitUntil(lambda: over == [False])
