# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a finger does, on each kind of screen: it acts when it lifts, may slide off, and never has to drag."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.onscreen_keyboard import KeyButton
from kiosk.parts.field_entry import FieldEntry
from kiosk.view import Preferences
from tests.accessibility.rooms import Room, one_of_each

ROOT = Path(__file__).parents[2]
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
GESTURES = {
    "QDrag", "QGesture", "grabGesture", "QPinchGesture", "QSwipeGesture", "QScroller", "QTapAndHoldGesture",
    "mouseMoveEvent", "touchEvent", "wheelEvent", "dragEnterEvent", "startDrag",
}  # fmt: skip
POINTING = {"enterEvent", "hoverEnterEvent", "setToolTip", "QToolTip", "setWhatsThis", "setMouseTracking", "WA_Hover"}
SENSORS = {"QtSensors", "QtMultimedia", "QtPositioning", "QAccelerometer", "QGyroscope", "QtQuick", "cv2"}


def test_a_double_tap_is_nothing_but_two_taps() -> None:
    for path in ROOT.glob("kiosk/**/*.py"):
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(found, ast.FunctionDef) and found.name == "mouseDoubleClickEvent":
                calls = [ast.unparse(part) for part in ast.walk(found) if isinstance(part, ast.Call)]
                assert calls == ["self.mousePressEvent(event)"], path.name


def names_in_the_code() -> Iterator[tuple[str, str]]:
    """Give every name that the code of the window uses or defines, with its file."""
    for path in (*ROOT.glob("kiosk/**/*.py"), *ROOT.glob("assisted/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            file = str(path.relative_to(ROOT))
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name) | ast.alias(name=name):
                    yield file, name
                case ast.ImportFrom(module=str(module)):
                    yield from ((file, name) for name in module.split("."))
                case _:
                    pass


def pressables(room: Room) -> list[QWidget]:
    return [item for item in room.window.focus_order() if isinstance(item, QAbstractButton) and item.isVisible()]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_nothing_acts_before_the_finger_lifts_and_nothing_when_it_slid_off(room: Room) -> None:
    pressed = 0
    for station in one_of_each():
        room.show(station)
        for item in pressables(room):
            before = item.isChecked() if isinstance(item, QAbstractButton) else False
            QTest.mousePress(item, LEFT, NO_KEY, item.rect().center())
            assert room.events == [], f"{station.spot}: {item.accessibleName()} acts on the press"
            QTest.mouseRelease(item, LEFT, NO_KEY, QPoint(-400, -400))
            assert room.events == [], f"{station.spot}: {item.accessibleName()} acts beside itself"
            assert isinstance(item, QAbstractButton)
            assert item.isChecked() is before
            pressed += 1
    assert pressed > 400


def test_a_key_on_the_screen_types_when_the_finger_lifts(room: Room) -> None:
    station = next(found for found in one_of_each() if "Field" in str(found.view(Preferences()).parts))
    room.show(station)
    entry = next(found for found in room.window.findChildren(FieldEntry) if found.editor is not None)
    room.window.open_keyboard(entry.field.id)
    keys = [key for key in room.window.keyboard.findChildren(KeyButton) if key.isVisible()]
    for key in keys:
        QTest.mousePress(key, LEFT, NO_KEY, key.rect().center())
        QTest.mouseRelease(key, LEFT, NO_KEY, QPoint(-900, -900))

    assert len(keys) > 10
    assert room.events == []
    assert room.window.keyboard.isVisible()


def test_a_pointer_that_only_points_changes_nothing(room: Room) -> None:
    for station in one_of_each()[::3]:
        room.show(station)
        QApplication.processEvents()
        clean = room.window.grab().toImage()
        for item in pressables(room):
            at = QPointF(item.rect().center())
            QApplication.sendEvent(item, QEnterEvent(at, at, QPointF(item.mapToGlobal(item.rect().center()))))
            QTest.mouseMove(item, item.rect().center())
            QApplication.sendEvent(item, QEvent(QEvent.Type.ToolTip))
            assert item.toolTip() == ""
        assert room.window.grab().toImage() == clean, station.spot
        assert room.events == []


def test_nothing_asks_to_drag_to_hold_or_for_two_fingers() -> None:
    assert [found for found in names_in_the_code() if found[1] in GESTURES] == []


def test_nothing_waits_for_a_pointer_that_hovers() -> None:
    assert [found for found in names_in_the_code() if found[1] in POINTING] == []


def test_no_movement_of_the_device_or_of_a_body_does_anything() -> None:
    assert [found for found in names_in_the_code() if found[1] in SENSORS] == []


def test_the_look_through_the_code_sees_what_is_there() -> None:
    seen = {name for _, name in names_in_the_code()}

    assert {"mousePressEvent", "QtWidgets", "QAbstractButton"} <= seen
