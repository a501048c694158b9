# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is no part of Loket never reaches the window: keys, buttons, fingers, things dropped on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QTouchEvent,
    QWheelEvent,
    QWindow,
)

from kiosk.key_map import KEYS
from kiosk.no_way_out import StrayInput, may_pass

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NONE = Modifier.NoModifier


class _Behind(QObject):
    """Stands behind the filter and notes what comes through."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ChildAdded:
            self.came.append(event.type())
        return True


@pytest.fixture
def window(qapp: QCoreApplication) -> Iterator[QWindow]:
    window = QWindow()
    yield window
    window.deleteLater()


@pytest.fixture
def behind(window: QWindow) -> _Behind:
    """Guard the window; gives what stands behind the guard."""
    behind = _Behind()
    window.installEventFilter(behind)
    StrayInput(window).guard(window)
    return behind


def _key(key: int, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize("key", sorted(KEYS))
def test_lets_every_key_of_loket_through(key: int) -> None:
    assert may_pass(_key(key))
    assert may_pass(_key(key, Modifier.KeypadModifier))


@pytest.mark.parametrize("text", ["a", "Z", "7", "@", "é", "ж", "ب", " "])
def test_lets_what_types_a_sign_through(text: str) -> None:
    assert may_pass(_key(0, NONE, text))
    assert may_pass(_key(0, Modifier.ShiftModifier, text))
    assert may_pass(_key(0, Modifier.GroupSwitchModifier, text))


@pytest.mark.parametrize("modifier", [Modifier.ControlModifier, Modifier.AltModifier, Modifier.MetaModifier])
@pytest.mark.parametrize("key", [Key.Key_A, Key.Key_C, Key.Key_V, Key.Key_F4, Key.Key_Return, Key.Key_Tab])
def test_stops_every_key_that_is_held_with_a_modifier(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    assert not may_pass(_key(key, modifier, "a"))
    assert not may_pass(_key(key, modifier | Modifier.ShiftModifier))


@pytest.mark.parametrize(
    "key", [Key.Key_F11, Key.Key_F12, Key.Key_Menu, Key.Key_Print, Key.Key_Super_L, Key.Key_Copy, Key.Key_Paste]
)
def test_stops_keys_that_loket_does_not_know(key: Qt.Key) -> None:
    assert not may_pass(_key(key))


@pytest.mark.parametrize("key", [Key.Key_F1, Key.Key_F10, Key.Key_Insert, Key.Key_Delete, Key.Key_Left, Key.Key_Home])
def test_stops_what_is_asked_with_shift_beside_typing(key: Qt.Key) -> None:
    assert not may_pass(_key(key, Modifier.ShiftModifier))


def test_tells_a_key_that_loket_does_not_know_to_who_practises(window: QWindow) -> None:
    behind = _Behind()
    window.installEventFilter(behind)
    StrayInput(window, hears_all=lambda: True).guard(window)
    QCoreApplication.sendEvent(window, _key(Key.Key_F11))
    QCoreApplication.sendEvent(window, _key(Key.Key_F4, Modifier.AltModifier))
    assert behind.came == [QEvent.Type.KeyPress]


@pytest.mark.parametrize(
    "button", [button for button in Qt.MouseButton if button.name not in ("NoButton", "AllButtons")]
)
def test_hears_of_the_left_button_only(window: QWindow, behind: _Behind, button: Qt.MouseButton) -> None:
    at = QPointF(5, 5)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
        QCoreApplication.sendEvent(window, QMouseEvent(kind, at, at, button, button, NONE))
    assert len(behind.came) == (3 if button is Qt.MouseButton.LeftButton else 0)


def test_turns_the_wheel_but_does_not_zoom(window: QWindow, behind: _Behind) -> None:
    for modifiers in (NONE, Modifier.ControlModifier, Modifier.AltModifier):
        turned = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QCoreApplication.sendEvent(window, turned)
    assert behind.came == [QEvent.Type.Wheel]


def test_hears_one_finger_and_not_two(window: QWindow, behind: _Behind) -> None:
    device = QPointingDevice.primaryPointingDevice()
    one, two = (QEventPoint(number, QEventPoint.State.Pressed, QPointF(5, 5), QPointF(5, 5)) for number in (1, 2))
    for fingers in ([one], [one, two]):
        QCoreApplication.sendEvent(window, QTouchEvent(QEvent.Type.TouchBegin, device, NONE, fingers))
    assert behind.came == [QEvent.Type.TouchBegin]


def test_refuses_what_is_dropped_and_shows_no_menu(window: QWindow, behind: _Behind) -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///etc/hostname")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    events = (
        QDragEnterEvent(QPoint(5, 5), copy, data, left, NONE),
        QDropEvent(QPointF(5, 5), copy, data, left, NONE),
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)),
    )
    for event in events:
        QCoreApplication.sendEvent(window, event)
        assert not event.isAccepted()
    assert behind.came == []


# A dialog, a menu or an opened link is a way out: the screens have none of them, whoever writes the next one.
_WAYS_OUT = re.compile(
    r"\b(QDesktopServices|QFileDialog|QPrintDialog|QMessageBox|QInputDialog|QColorDialog|QFontDialog|QErrorMessage"
    r"|QMenu|QMenuBar|QWhatsThis|QShortcut|QToolTip|QDrag|QSystemTrayIcon|setToolTip|setWhatsThis|setOpenExternalLinks"
    r"|webbrowser|startDetached)\b"
)


def test_has_no_dialog_menu_or_link_anywhere_in_the_kiosk(repository: Path) -> None:
    found = [
        f"{path.relative_to(repository)}: {match.group()}"
        for folder in ("kiosk", "assisted")
        for path in sorted((repository / folder).rglob("*.py"))
        for match in _WAYS_OUT.finditer(path.read_text(encoding="utf-8"))
        # Staff sit at the desk: their keys lead nowhere that a button does not.
        if (folder, match.group()) != ("assisted", "QShortcut")
    ]
    assert found == []


def test_finds_a_dialog_that_is_planted() -> None:
    assert _WAYS_OUT.search("from PySide6.QtWidgets import QFileDialog")
