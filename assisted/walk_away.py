# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sees that nobody touched the desk for a while, and says so: but never while a visit is going on beside it (H16)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class WalkAway(QObject):
    """Counts from the last touch of this program. Lives in the UI thread."""

    def __init__(
        self, window: QObject, after_ms: int, waits: Callable[[], bool], went_away: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._waits = waits
        self._went_away = went_away
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self._on_timeout)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def watch(self) -> None:
        """Begin to count: somebody is signed in."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more: nobody is signed in."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _on_timeout(self) -> None:
        if self._waits():
            self._timer.start()
        else:
            self._went_away()
