# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Has Python look for garbage in the UI thread only.

By itself it looks in whichever thread makes something at that moment, and would take a widget away there that lies in
a circle of references: Qt ends the program for it, once in a long while.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageRound(QObject):
    """One for a process, made in the UI thread; what is there when it begins stays, and is not looked through."""

    def __init__(self, parent: QObject, every_ms: int = EVERY_MS) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        for generation, (number, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if number > most:
                gc.collect(generation)
