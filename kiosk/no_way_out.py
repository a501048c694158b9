# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps a visitor inside the window: keys, buttons and gestures that are no part of Loket never reach it (I02).

`StrayInput` stands before the native window and lets only typing, the keys of Loket, one finger and the wheel through.
`HeldScreen` keeps the window over the whole screen. The staff's own way out is `staff_hold.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QScreen,
    QTouchEvent,
    QWheelEvent,
    QWindow,
)
from PySide6.QtWidgets import QWidget

from kiosk.key_map import KEYS

_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
# What a keypad or the third level of a keyboard sets, and no way to a shortcut.
_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_EDITING = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End}
)
_WITH_SHIFT = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Space})
_WITH_SHIFT_TOO = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Shift})
_TO_TYPE = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_DEAD = range(int(Qt.Key.Key_Dead_Grave), int(Qt.Key.Key_Dead_Longsolidusoverlay) + 1)

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_BUTTONS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick})
_TOUCHES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd})
_NEVER = frozenset(
    {
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.DragLeave,
        QEvent.Type.Drop,
        QEvent.Type.NativeGesture,
        QEvent.Type.Gesture,
        QEvent.Type.Shortcut,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
        QEvent.Type.QueryWhatsThis,
        QEvent.Type.EnterWhatsThisMode,
        QEvent.Type.HelpRequest,
    }
)
_LOOKS_MS = 400  # between two looks whether the window still has the screen and the keys


def may_pass(event: QKeyEvent) -> bool:
    """Tell whether a key is one of Loket's or types a sign; all others end here."""
    key, modifiers = event.key(), event.modifiers() & ~_HARMLESS
    if modifiers not in (_PLAIN, _SHIFT):
        return False
    text = event.text()
    if key in _TO_TYPE or key in _DEAD or (text and text.isprintable()):
        return True
    if modifiers == _SHIFT:
        return key in _WITH_SHIFT or key in _WITH_SHIFT_TOO
    return key in KEYS or key in _EDITING


class StrayInput(QObject):
    """Stands before one native window; who is to hear the staff's keys stands before it, and is made later."""

    def __init__(self, parent: QObject, *, hears_all: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._hears_all = hears_all  # keys are being practised, and do nothing

    def guard(self, window: QWindow) -> None:
        """Begin."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give True for what is to go no further."""
        kind = event.type()
        if kind in _KEYS:
            return isinstance(event, QKeyEvent) and not may_pass(event) and not self._is_practised(event)
        if kind in _BUTTONS:
            return isinstance(event, QMouseEvent) and event.button() != Qt.MouseButton.LeftButton
        if kind == QEvent.Type.Wheel:
            return isinstance(event, QWheelEvent) and event.modifiers() != _PLAIN
        if kind in _TOUCHES:
            # A second finger is swallowed with the first: no pinch, no turn.
            return isinstance(event, QTouchEvent) and len(event.points()) > 1
        if kind in _NEVER:
            event.ignore()
            return True
        return False

    def _is_practised(self, event: QKeyEvent) -> bool:
        return event.modifiers() & ~_HARMLESS == _PLAIN and self._hears_all()


class HeldScreen(QObject):
    """Keeps one window over the whole screen, before all others, with the keys to itself; lets go when the visit ends.

    Under X11 the window stands outside the window manager, so that none of its menus and keys are about it, and the
    keyboard is grabbed, so that none of them are heard. A compositor for one window (cage) needs neither.
    """

    def __init__(self, window: QWidget, screen: QScreen, come_to_front: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._screen = screen
        self._come_to_front = come_to_front
        self._is_x11 = QGuiApplication.platformName() == "xcb"
        self._has_keys = False
        self._is_holding = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_MS)
        self._timer.timeout.connect(self._look)
        if self._is_x11:
            window.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)

    def hold(self) -> None:
        """Begin; the window is on the screen."""
        self._is_holding = True
        self._screen.geometryChanged.connect(self._on_screen_geometry_changed)
        self._window.installEventFilter(self)
        self._timer.start()
        self._look()

    def let_go(self) -> None:
        """Leave screen and keys to the next visit."""
        self._is_holding = False
        self._timer.stop()
        self._window.removeEventFilter(self)
        self._grab(is_wanted=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at once when the window was made smaller, put away or left."""
        if event.type() == QEvent.Type.Hide:
            self._has_keys = False  # X11 gives them back for a window that is not seen
        if event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            QTimer.singleShot(0, self._look)
        return False

    def _on_screen_geometry_changed(self, geometry: QRect) -> None:
        if self._is_holding:
            self._window.setGeometry(geometry)

    def _look(self) -> None:
        if not self._is_holding:
            return
        window = self._window
        is_small = window.isMinimized() or not window.isFullScreen()
        is_elsewhere = self._is_x11 and window.geometry() != self._screen.geometry()
        if is_small or is_elsewhere or not window.isVisible():
            window.setGeometry(self._screen.geometry())
            self._come_to_front()
        if not self._is_x11:
            return
        window.raise_()
        if not window.isActiveWindow():
            window.activateWindow()
        # Asked for again each time: who held the keyboard when we asked first may have let go of it since.
        self._grab(is_wanted=True)

    def _grab(self, *, is_wanted: bool) -> None:
        if self._is_x11 and self._has_keys is not is_wanted:
            self._has_keys = self._window.windowHandle().setKeyboardGrabEnabled(is_wanted) and is_wanted
