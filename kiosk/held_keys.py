# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Knows a key that is held from one that is pressed again: a resting hand presses once, and help can be held.

X11 tells of a held key as let go and pressed in the same millisecond, many times a second, and Qt sees through that
only when both are read at once. What a held key does is `key_presses.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QWindow

_WAIT_MS = 60  # that a letting go waits for the press that would belong to it; nobody lets go and presses as fast
_SAME_MS = 1


@dataclass(frozen=True, slots=True)
class _LetGo:
    window: QWindow
    event: QKeyEvent
    at_ms: int


class HeldKeys(QObject):
    """Stands before every window of the application, and before its `Keypad`: make it after that one."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._let_go: _LetGo | None = None
        self._is_sending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._send_let_go)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a letting go back for a moment, and say of a press that came with it that it is the same one."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow) or self._is_sending:
            return False
        # What has no time was not sent by the window system.
        if event.isAutoRepeat() or not event.timestamp():
            return False
        before = self._let_go
        if event.type() == QEvent.Type.KeyRelease:
            self._send_let_go()
            self._let_go = _LetGo(watched, _copy(event), event.timestamp())
            self._timer.start()
            return True
        if event.type() != QEvent.Type.KeyPress or before is None:
            return False
        if before.event.key() == event.key() and abs(event.timestamp() - before.at_ms) <= _SAME_MS:
            self._timer.stop()
            self._let_go = None
            self._send(watched, _copy(event, is_repeat=True))
            return True
        self._send_let_go()
        return False

    def _send_let_go(self) -> None:
        self._timer.stop()
        before, self._let_go = self._let_go, None
        if before is not None:
            self._send(before.window, before.event)

    def _send(self, window: QWindow, event: QKeyEvent) -> None:
        self._is_sending = True
        try:
            QCoreApplication.sendEvent(window, event)
        finally:
            self._is_sending = False


def _copy(event: QKeyEvent, *, is_repeat: bool = False) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), is_repeat, event.count())
