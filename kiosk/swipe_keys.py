# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hears a reader that types: the lines of a document, arriving as keys faster than any hand.

Keys are held back for a moment while a card's key is asked. What is slower than a machine goes on its way as if nothing
had been; lines go nowhere else than to who asked, so that no number in them ever stands in a field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow

_WAIT_MS = 60  # between two keys of one line; nobody types as fast for long
_LINES_MS = 400  # between two lines
_SURELY = 8  # keys in a row that no hand types this fast
_LONGEST = 200  # signs; the lines of a document have 90 at most
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<abcdefghijklmnopqrstuvwxyz")
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


@dataclass(frozen=True, slots=True)
class _Held:
    window: QWindow
    event: QKeyEvent


class SwipeKeys(QObject):
    """Stands before every window of the application; make it before its `HeldKeys`, so that it hears after them."""

    def __init__(
        self, application: QCoreApplication, *, is_wanted: Callable[[], bool], swiped: Callable[[str], None]
    ) -> None:
        super().__init__(application)
        self._is_wanted = is_wanted
        self._swiped = swiped
        self._held: list[_Held] = []
        self._lines = ""
        self._count = 0  # keys of the line that comes in
        self._is_sending = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a key back until it is clear whose it is."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow) or self._is_sending:
            return False
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not self._is_wanted():
            self._let_go()
            return False
        is_press = event.type() == QEvent.Type.KeyPress
        is_going_on = bool(self._held or self._lines)
        if is_press and not self._is_of_line(event, is_going_on=is_going_on):
            self._let_go()
            return False
        if not is_press and not is_going_on:
            return False
        self._held.append(_Held(watched, _copy(event)))
        if is_press:
            self._take(event)
        self._timer.start(_LINES_MS if self._is_line else _WAIT_MS)
        return True

    @property
    def _is_line(self) -> bool:
        """Tell whether it is surely no hand."""
        return self._count >= _SURELY or "\n" in self._lines

    def _is_of_line(self, event: QKeyEvent, *, is_going_on: bool) -> bool:
        if event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_Shift:
            return is_going_on
        if event.key() in _ENDS:
            return self._is_line
        return event.text() in _SIGNS and bool(event.text())

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _ENDS:
            self._lines += "\n"
            self._count = 0
        elif event.key() != Qt.Key.Key_Shift:
            self._lines += event.text().upper()
            self._count += 1
        if len(self._lines) > _LONGEST:
            self._forget()

    def _on_timer_timeout(self) -> None:
        if not self._is_line:
            self._let_go()
            return
        lines = self._lines
        self._forget()
        self._swiped(lines)

    def _forget(self) -> None:
        self._held.clear()
        self._lines, self._count = "", 0
        self._timer.stop()

    def _let_go(self) -> None:
        """Send on what a hand typed."""
        held, self._held = self._held, []
        self._forget()
        self._is_sending = True
        try:
            for each in held:
                QCoreApplication.sendEvent(each.window, each.event)
        finally:
            self._is_sending = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
