# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place of the desk for work that takes a while: it runs off the UI thread, and shows itself after a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from assisted.desk_parts import DeskText
from kiosk.background import Background, Lane

T = TypeVar("T")
SHOWN_AFTER_MS = 1000


class Progress(QWidget):
    """Words and a bar that moves while work is under way; hidden when nothing is."""

    def __init__(
        self, background: Background, failed: Callable[[Exception], None], *, shown_after_ms: int = SHOWN_AFTER_MS
    ) -> None:
        super().__init__()
        self._background = background
        self._failed = failed
        self._open: list[str] = []
        self._round = 0  # of one visitor
        self._words = DeskText("")
        self._words.setWordWrap(False)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_after_ms)
        self._timer.timeout.connect(self._on_timeout)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Tell whether any work is under way."""
        return bool(self._open)

    def run(
        self,
        says: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        lane: Lane = Lane.STORE,
    ) -> None:
        """Do the work; `says` is what stands there when it takes longer than a second ("Ik zoek").

        `done` and `failed` come in the UI thread; without a `failed` the window says that it did not work.
        """
        self._open.append(says)
        asked_in = self._round
        if not self._timer.isActive() and not self.isVisible():
            self._timer.start()

        def on_done(outcome: T) -> None:
            if asked_in == self._round:
                self._close(says)
                done(outcome)

        def on_failed(error: Exception) -> None:
            if asked_in == self._round:
                self._close(says)
                (failed or self._failed)(error)

        self._background.run(work, on_done, on_failed, lane)

    def forget(self) -> None:
        """Finish what is under way, but tell nobody: the pages that asked are gone, and the visitor with them."""
        self._round += 1
        self._open.clear()
        self._words.setText("")
        self._bar.setAccessibleName("")
        self._timer.stop()
        self.hide()

    def _close(self, says: str) -> None:
        self._open.remove(says)
        if self._open:
            self._say()
        else:
            self._timer.stop()
            self.hide()

    def _on_timeout(self) -> None:
        if self._open:
            self._say()
            self.show()

    def _say(self) -> None:
        self._words.setText(self._open[0])
        self._bar.setAccessibleName(self._open[0])
