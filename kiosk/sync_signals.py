# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings news of the store to the screen: the state of this visit's case, when another process changed it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from domain.case import CaseId, CaseSummary
from domain.ports import CaseStore
from kiosk.background import Background

EVERY_MS = 1000


class SyncSignals(QObject):
    """Watches the store by its news mark; reads in the store lane, tells in the UI thread."""

    status_changed = Signal(object)  # Emitted when the watched case's summary changed, with the `CaseSummary`.

    def __init__(self, store: CaseStore, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._background = background
        self._case_id: CaseId | None = None
        self._last: tuple[int, CaseSummary | None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def watch(self, case_id: CaseId) -> None:
        """Begin to follow one case."""
        self._case_id = case_id
        self._timer.start()
        self._on_timer_timeout()

    def stop(self) -> None:
        """Follow nothing any more: the visit is over."""
        self._timer.stop()
        self._case_id = None

    def _on_timer_timeout(self) -> None:
        if self._case_id is None:
            return
        case_id, last = self._case_id, self._last

        def look() -> tuple[int, CaseSummary | None]:
            mark = self._store.news_mark()
            if last is not None and mark == last[0]:
                return last
            return mark, self._store.summary(case_id)

        self._background.run(look, self._on_looked, self._on_look_failed)

    def _on_looked(self, found: tuple[int, CaseSummary | None]) -> None:
        changed = self._last is None or found[1] != self._last[1]
        self._last = found
        if changed and found[1] is not None and self._case_id is not None:
            self.status_changed.emit(found[1])

    def _on_look_failed(self, _error: Exception) -> None:
        """Look again at the next tick: a store that is busy now says nothing about the case."""
