# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One clip on its way to be heard: how far it is, who is told, and the lock that makes `stop` mean stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip

Positioned = Callable[[int], None]
Ended = Callable[[], None]


@dataclass(slots=True)
class Performance:
    """Belongs to an output; `stop` may come from any thread, and after it nobody is told anything."""

    clip: Clip
    on_position: Positioned
    on_end: Ended
    is_private: bool = False  # for headphones only
    lock: threading.RLock = field(default_factory=threading.RLock)
    over: threading.Event = field(default_factory=threading.Event)
    handed: int = 0
    reported: int = -1

    def report(self, position: int) -> None:
        """Tell how far it is, when that is further than before."""
        position = min(max(position, 0), self.clip.n_samples)
        with self.lock:
            if position > self.reported and not self.over.is_set():
                self.reported = position
                self.on_position(position)

    def hand_over(self, wanted: int, buffered: int) -> bytes:
        """Give the next samples, and report what of the earlier ones is heard by now; nothing once it is over."""
        with self.lock:
            if self.over.is_set():
                return b""
            start = self.handed
            self.handed += wanted
            self.report(start - buffered)
            if start - buffered >= self.clip.n_samples:
                self.end()
            return self.clip.pcm[start * BYTES_PER_SAMPLE : (start + wanted) * BYTES_PER_SAMPLE]

    def end(self) -> None:
        """Know that all was heard."""
        with self.lock:
            if not self.over.is_set():
                self.over.set()
                self.on_end()

    def stop(self) -> None:
        """End it here."""
        with self.lock:
            self.over.set()
