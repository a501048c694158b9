# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who asks an ID reader in a test: keeps what it was told, and waits for it."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Condition
from time import monotonic

from kiosk.devices.emrtd.document import AccessKey, Can, Reading
from kiosk.devices.emrtd.states import Step
from kiosk.devices.id_reader_port import IdReaderPort, Presence, Progress

LATE_S = 20  # nothing here should take so long, whatever else this machine does
KEY = Can("123456")


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Window:
    """Who asks: keeps what it was told."""

    def __init__(self, reader: IdReaderPort) -> None:
        self.reader = reader
        self.news = Condition()
        self.presences: list[Presence] = []
        self.steps: list[Progress] = []
        self.readings: list[Reading] = []

    def watch(self) -> None:
        self.reader.watch(self._on_presence)

    def ask(self, key: AccessKey = KEY) -> None:
        self.reader.read(key, self._on_progress, self._on_done)

    def _on_presence(self, presence: Presence) -> None:
        with self.news:
            self.presences.append(presence)
            self.news.notify_all()

    def _on_progress(self, progress: Progress) -> None:
        with self.news:
            self.steps.append(progress)
            self.news.notify_all()

    def _on_done(self, reading: Reading) -> None:
        with self.news:
            self.readings.append(reading)
            self.news.notify_all()

    def reading(self, count: int = 1) -> Reading:
        with self.news:
            assert self.news.wait_for(lambda: len(self.readings) >= count, LATE_S), "no end"
            return self.readings[count - 1]

    def sees(self, presence: Presence) -> bool:
        with self.news:
            return self.news.wait_for(lambda: presence in self.presences, LATE_S)

    def hears(self, step: Step) -> bool:
        with self.news:
            return self.news.wait_for(lambda: any(told.step is step for told in self.steps), LATE_S)

    def comes_to(self, presence: Presence, within_s: float = LATE_S) -> float:
        """Wait until it is so; give how many seconds that took."""
        began = monotonic()
        with self.news:
            assert self.news.wait_for(lambda: self.reader.presence is presence, within_s), (
                f"{self.reader.presence} and not {presence} after {within_s} s"
            )
        return monotonic() - began
