# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether nobody is at the kiosk: its start screen lies untouched, and for a while there was no press, touch or sound.

Who listens to the start screen, or walks over it by key, changed nothing and is there all the same. What is done when
nobody is there, new content or an upgrade, is the supervisor's (`commands.kiosk`). Lives in the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QWindow

QUIET_MS = 15_000  # somebody may still look for a purse, or read that everything is gone
_SIGNS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


def _elapsed() -> Callable[[], int]:
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed


class Quiet(QObject):
    """Remembers the last sign of somebody."""

    def __init__(
        self, parent: QObject, *, is_at_rest: Callable[[], bool], clock_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(parent)
        self._is_at_rest = is_at_rest  # nothing was begun, and nothing is being said
        self._clock_ms = clock_ms or _elapsed()
        self._stirred_ms = self._clock_ms()

    def guard(self, window: QWindow) -> None:
        """Begin; install it last, for it must see every sign and keeps none back."""
        self.stirred()
        window.installEventFilter(self)

    def stirred(self) -> None:
        """Know that somebody is there."""
        self._stirred_ms = self._clock_ms()

    def is_nobody_here(self) -> bool:
        """Tell whether nobody is there now."""
        if not self._is_at_rest():
            self.stirred()
            return False
        return self._clock_ms() - self._stirred_ms >= QUIET_MS

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of every sign, and keep none back."""
        if event.type() in _SIGNS:
            self.stirred()
        return False
