# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices every key and touch that reaches the window, before anything in it does: somebody is there.

While the idle warning stands, any key and any touch takes it away and does nothing else. Two roads stay open: Help, of
which a long press is "Snel weg", and the buttons on the screen. What is done with it is `kiosk.visit`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from kiosk.key_map import KEYS, Move


class Presence(QObject):
    """Watches the native window of a widget; install it with `watch`."""

    def __init__(
        self,
        window: QWidget,
        *,
        is_warned: Callable[[], bool],
        touched: Callable[[], None],
        is_there: Callable[[], None],
        speaks_on: Callable[[QWidget], bool] = lambda touched: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._is_warned = is_warned
        self._touched = touched  # somebody acts: speech stops too
        self._is_there = is_there  # somebody types: only the idle clock hears of it
        self._speaks_on = speaks_on  # louder and softer are for who listens
        self._held = 0  # a key that took the warning away, as long as it is held down

    def watch(self) -> None:
        """Begin; the widget must have its native window by now."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give True for what took the warning away: it is not to do anything else."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            return self._on_touch(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and event.key() == self._held:
            return True
        self._held = 0
        if not self._is_warned():
            self._is_there()
            return False
        if KEYS.get(event.key()) is Move.HELP:
            return False  # the window takes the warning away, and waits how long it is held
        self._held = event.key()
        self._touched()
        return True

    def _on_touch(self, event: QMouseEvent) -> bool:
        touched = self._window.childAt(event.position().toPoint())
        if not self._is_warned():
            # The voice is silent when the finger comes, and not only when it goes and a button does something.
            if touched is not None and self._speaks_on(touched):
                self._is_there()
            else:
                self._touched()
            return False
        if isinstance(touched, QAbstractButton):
            return False  # it does what it says, when the finger lets go
        self._touched()
        return True
