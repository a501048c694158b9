# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way in for the staff, hidden but simple: a finger on the top left corner for five seconds, or Ctrl+Alt+Home.

It only asks; who may pass is told by number and PIN. A finger or key let go earlier does what it always does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow

HOLD_MS = 5000
CORNER = 120  # of the window, as wide as a fingertip that cannot aim
_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_OUTSIDE = QPointF(-1000, -1000)


class StaffHold(QObject):
    """Stands before one native window; make it guard after `StrayInput`, which would keep the keys out."""

    def __init__(self, parent: QObject, asked: Callable[[], None], hold_ms: int = HOLD_MS) -> None:
        super().__init__(parent)
        self._asked = asked
        self._window: QWindow | None = None
        self._swallows_release = self._is_sending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(hold_ms)
        self._timer.timeout.connect(self._on_timer_timeout)

    def guard(self, window: QWindow) -> None:
        """Begin."""
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the corner and the keys; give True for what is answered here."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() != Qt.Key.Key_Home or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != _KEYS:
                return False
            if not event.isAutoRepeat():
                self._asked()
            return True
        if not isinstance(event, QMouseEvent) or self._is_sending:
            return False
        at = event.position()
        is_in_corner = 0 <= at.x() <= CORNER and 0 <= at.y() <= CORNER
        if kind == QEvent.Type.MouseButtonPress:
            self._swallows_release = False
            if is_in_corner and event.button() == Qt.MouseButton.LeftButton:
                self._timer.start()
        elif kind == QEvent.Type.MouseMove and not is_in_corner:
            self._timer.stop()
        elif kind == QEvent.Type.MouseButtonRelease:
            self._timer.stop()
            if self._swallows_release:
                self._swallows_release = False
                return True
        return False

    def _on_timer_timeout(self) -> None:
        # What lies under the finger must not be pressed by it: it hears of a finger that slid away.
        self._swallows_release = True
        left = Qt.MouseButton.LeftButton
        away = QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            _OUTSIDE,
            _OUTSIDE,
            left,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        if self._window is not None:
            self._is_sending = True
            QCoreApplication.sendEvent(self._window, away)
            self._is_sending = False
        self._asked()
