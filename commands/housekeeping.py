# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the sync service does beside sending: see that the store is whole, clear up at night, give a heartbeat.

It hears which services the municipality closed for now, too (`commands.outage_rounds`), looks after faults
(`commands.fault_rounds`), and takes newer content at night (`commands.content_rounds`).
In a thread and on a connection of its own, so that neither the start of a window nor a delivery waits for it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.audit_rounds import HEARTBEAT, AuditRounds
from commands.content_rounds import ContentRounds
from commands.device_alarms import DeviceAlarms
from commands.fault_rounds import FaultRounds
from commands.health import health
from commands.health_file import write_whole
from commands.joining import data_dir, mend_store, open_database, second_copies
from commands.outage_rounds import OutageRounds
from commands.practice_room import wipe_left
from commands.retention import clear_and_report
from commands.wipe_rounds import WipeRounds
from domain.errors import ExpectedError, StoreDamagedError
from domain.log_line import LogEvent, Slug
from domain.ports import Clock
from domain.settings import Settings
from sync.database import Database
from sync.event_log import EventLog

_log = EventLog("loket.housekeeping")

HERE = ZoneInfo("Europe/Amsterdam")
EVERY_S = 300.0
NIGHT = range(2, 5)
LONGEST_WITHOUT = timedelta(hours=36)  # a device that is off at night clears up when it is on


class Housekeeping:
    """Keeps one device's store in order; each round does what is due."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        wipe_rounds: WipeRounds | None = None,
        content_rounds: ContentRounds | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._checked_on: datetime | None = None
        self._cleared_at: datetime | None = None
        self._outage_rounds = OutageRounds(settings, clock)
        self._wipe_rounds = wipe_rounds
        self._audit_rounds = AuditRounds(settings, clock)
        self._fault_rounds = FaultRounds(settings, clock)
        self._device_alarms = DeviceAlarms(settings, clock)
        self._content_rounds = content_rounds

    def start(self, stop: threading.Event) -> threading.Thread:
        """Run until the event is set."""

        def rounds() -> None:
            while not stop.is_set():
                self.round()
                stop.wait(EVERY_S)

        thread = threading.Thread(target=rounds, name="loket-housekeeping", daemon=True)
        thread.start()
        return thread

    def round(self) -> None:
        """Do what is due; what fails is told, and tried again the next time."""
        for work in (self._look, self._clear_up, self._audit, self._beat, self._outage_rounds.round):
            _try(work)
        _try(self._device_alarms.round)
        _try(self._fault_rounds.round)
        if self._content_rounds is not None:
            _try(self._content_rounds.round)
        _try(self._end_practice)
        if self._wipe_rounds is not None:
            _try(self._wipe_rounds.round)

    def _look(self) -> None:
        """Check the whole store at the start and once a day, and bring back what a lost file took."""
        now = self._clock.now()
        database = open_database(self._settings)
        try:
            if self._checked_on is None or now - self._checked_on > timedelta(days=1):
                database = self._mended(database)
                self._checked_on = now
            copies = second_copies(self._settings)
            restored = copies.restore(database, now)
            if restored:
                _log.error(LogEvent.CASES_RESTORED, number=restored)
            made_up = copies.complete(database)
            if made_up:
                _log.warning(LogEvent.COPIES_MADE, number=made_up)
            copies.tidy(database)
        finally:
            database.close()

    def _audit(self) -> None:
        """Hold store, keys, settings and content against the log of what happened."""
        report = self._audit_rounds.round()
        for slug in sorted({finding.slug for finding in report.findings} if report is not None else ()):
            _log.error(LogEvent.AUDIT_FINDING, slug=Slug(slug))

    def _mended(self, database: Database) -> Database:
        try:
            database.check(is_quick=True)
        except StoreDamagedError:
            database.close()
            mend_store(self._settings)
            return open_database(self._settings)
        return database

    def _clear_up(self) -> None:
        now = self._clock.now()
        last = self._cleared_at or self._last_report()
        is_night = now.astimezone(HERE).hour in NIGHT and (last is None or now - last > timedelta(hours=12))
        if not is_night and last is not None and now - last <= LONGEST_WITHOUT:
            return
        database = open_database(self._settings)
        try:
            clear_and_report(self._settings, database, self._clock)
        finally:
            database.close()
        self._cleared_at = now

    def _end_practice(self) -> None:
        """Wipe what practice left behind, should it have ended by a power cut."""
        if self._clock.now().astimezone(HERE).hour in NIGHT:
            wipe_left(self._settings)

    def _last_report(self) -> datetime | None:
        said = health(self._settings, self._clock)["last_retention_at"]
        return datetime.fromisoformat(said) if said else None

    def _beat(self) -> None:
        folder: Path = data_dir(self._settings)
        write_whole(folder / HEARTBEAT, json.dumps(health(self._settings, self._clock), indent=2))


def _try(work: Callable[[], None]) -> None:
    try:
        work()
    except ExpectedError as error:
        _log.error(LogEvent.ROUND_FAILED, error=error)
    except Exception as error:  # noqa: BLE001  the thread's door: the next round tries again
        _log.error(LogEvent.ROUND_FAILED, error=error)
