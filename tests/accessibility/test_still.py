# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing flashes and nothing moves by itself: each kind of screen is watched for three seconds."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.parts.typing_line import TypingArea, TypingLine
from tests.accessibility.rooms import Room, one_of_each

ROOT = Path(__file__).parents[2]
WATCHED_MS = 3_000
MOST_FLASHES = 3  # a second, WCAG 2.3.1; a flash is a change and a change back
MOVERS = {"QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie", "QSequentialAnimationGroup", "QVideoWidget"}


class Watch(QObject):
    """Counts how often each widget is painted while nobody does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: Counter[QWidget] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.painted[watched] += 1
        return False


def watch(qtbot: QtBot) -> Counter[QWidget]:
    """Let the time pass; the screens have settled by then."""
    QApplication.processEvents()
    seen, timer = Watch(), QElapsedTimer()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(seen)
    timer.start()
    qtbot.waitUntil(lambda: timer.elapsed() >= WATCHED_MS, timeout=4 * WATCHED_MS)
    application.removeEventFilter(seen)
    return seen.painted


def test_nothing_changes_by_itself_on_any_kind_of_screen(qtbot: QtBot) -> None:
    rooms = []
    for station in one_of_each():
        room = Room(qtbot)
        room.show(station)
        rooms.append((room, station.spot))
    painted = watch(qtbot)

    moving = []
    for room, spot in rooms:
        for widget in (room.window, *room.window.findChildren(QWidget)):
            # The cursor in a field is the one thing that comes and goes, twice in two seconds.
            field = next(
                (up for up in (widget, widget.parentWidget()) if isinstance(up, TypingLine | TypingArea)), None
            )
            most = 2 * MOST_FLASHES if field is not None else 1  # the first paint may come late
            if painted[widget] > most:
                moving.append(f"{spot}: {type(widget).__name__} {widget.accessibleName()} {painted[widget]} times")
    assert len(rooms) > 40
    assert moving == []


def test_a_planted_flash_is_found(qtbot: QtBot) -> None:
    room = Room(qtbot)
    room.show(one_of_each()[0])
    with qtbot.waitExposed(room.window):
        room.window.show()
    button = room.window.focus_order()[0]
    timer = QTimer(button)
    timer.setInterval(100)
    timer.timeout.connect(button.repaint)
    timer.start()

    assert watch(qtbot)[button] > 2 * MOST_FLASHES


def test_the_code_knows_no_animation_and_no_video() -> None:
    moving = [
        f"{path.relative_to(ROOT)}: {node.id}"
        for path in (*ROOT.glob("kiosk/**/*.py"), *ROOT.glob("assisted/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id in MOVERS
    ]

    assert moving == []
