# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work off the UI thread: one lane for the store and paper, one for devices. The UI thread never waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Lane(StrEnum):
    """Which thread does the work; work in one lane is done in order."""

    STORE = "store"
    DEVICES = "devices"


class Background(QObject):
    """Runs work in two lanes and brings the outcome back to the thread it lives in (the UI thread)."""

    _came_back = Signal(object)  # Emitted when work is done, with a callable to run in the UI thread.

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=f"loket-{lane.value}") for lane in Lane}
        self._open = 0
        self._is_closed = False
        self._came_back.connect(self._on_came_back, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Tell whether any work is still under way."""
        return self._open > 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        lane: Lane = Lane.STORE,
    ) -> None:
        """Do the work in a lane; then call `done` or `failed` in the UI thread. Once closed, do nothing."""
        if self._is_closed:
            return
        self._open += 1

        def finish(future: Future[T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is None:
                self._came_back.emit(lambda: done(future.result()))
            else:
                # Whoever waits for this must not wait for ever, whatever it was.
                caught = error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
                self._came_back.emit(lambda: failed(caught))

        self._lanes[lane].submit(work).add_done_callback(finish)

    def close(self, *, waits: bool) -> None:
        """Take no more work; `waits` lets what is under way come to its end."""
        self._is_closed = True
        for lane in self._lanes.values():
            lane.shutdown(wait=waits, cancel_futures=not waits)

    def _on_came_back(self, call: Callable[[], None]) -> None:
        self._open -= 1
        call()
