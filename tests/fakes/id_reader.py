# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An ID reader in the hand of a test, which tells its news on a thread of its own, as the real one does."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.devices.emrtd.document import AccessKey, Reading
from kiosk.devices.id_reader_port import Presence, Progress


class FakeIdReader:
    """Does nothing by itself: the test tells how far a reading is and how it ends."""

    def __init__(self, presence: Presence = Presence.EMPTY) -> None:
        self.presence = presence
        self.keys: list[AccessKey] = []
        self.cancelled = 0
        self.is_closed = False
        self._changed: Callable[[Presence], None] = lambda presence: None
        self._progress: list[Callable[[Progress], None]] = []
        self._done: list[Callable[[Reading], None]] = []

    def watch(self, changed: Callable[[Presence], None]) -> None:
        self._changed = changed

    def read(self, key: AccessKey, progress: Callable[[Progress], None], done: Callable[[Reading], None]) -> None:
        self.keys.append(key)
        self._progress.append(progress)
        self._done.append(done)

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.is_closed = True

    def lays(self, presence: Presence) -> None:
        self.presence = presence
        self._elsewhere(lambda: self._changed(presence))

    def comes_to(self, progress: Progress, *, reading: int = -1) -> None:
        self._elsewhere(lambda: self._progress[reading](progress))

    def ends(self, found: Reading, *, reading: int = -1) -> None:
        self._elsewhere(lambda: self._done[reading](found))

    @staticmethod
    def _elsewhere(call: Callable[[], None]) -> None:
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
