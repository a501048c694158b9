# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the sync service does for faults: finds them, tells who must own them, and brings their answers (L04).

One process at a time; a round that fails is tried again.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commands.fault_sources import LogFaults, in_content, in_health
from commands.health import health
from commands.joining import build_transport, configured_contacts, data_dir, key_paths, open_database
from domain.errors import ExpectedError
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.settings import Settings
from resources.service_library import ServiceLibrary
from sync.act_book import SqliteActBook
from sync.counter_file import COUNTER, CounterFile
from sync.event_log import EventLog
from sync.fault_book import SqliteFaultBook
from sync.fault_escalation import FaultEscalation
from sync.fault_teller import FaultTeller
from sync.fault_watch import undelivered, undelivered_acts
from sync.klantinteracties.api import ContactApi
from sync.sealing import read_sealer
from sync.sole_sender import sole_sender

_log = EventLog("loket.faults")
_WHAT = "faults"
_HERE = ZoneInfo("Europe/Amsterdam")


class FaultRounds:
    """Looks after the faults of one device."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._log_faults = LogFaults(data_dir(settings))
        self._content_on: date | None = None

    def round(self) -> None:
        """Find, escalate and tell; one part that fails leaves the others.

        Raises: StoreError when the counter's file cannot be opened.
        """
        path = data_dir(self._settings) / COUNTER
        with sole_sender(path, 0.0, _WHAT) as is_sole:
            if not is_sole:
                return
            with closing(CounterFile(path)) as file:
                for part in (self._find, self._escalate, self._tell, self._forget):
                    try:
                        part(file)
                    except ExpectedError as error:
                        _log.warning(LogEvent.ROUND_FAILED, error=error)

    def _find(self, file: CounterFile) -> None:
        book, now = SqliteFaultBook(file), self._clock.now()
        book.report_all(self._log_faults.new(now))
        book.report_all(in_health(health(self._settings, self._clock), now))
        self._find_content(book, now)
        book.report_all(undelivered_acts(file))
        patience = timedelta(hours=self._settings.sync.alarm_after_hours)
        with closing(open_database(self._settings)) as store:
            book.report_all(undelivered(store, now, patience))

    def _find_content(self, book: SqliteFaultBook, now: datetime) -> None:
        today = now.astimezone(_HERE).date()
        if self._content_on != today:
            book.report_all(in_content(ServiceLibrary.load().closed, now))
            self._content_on = today

    def _escalate(self, file: CounterFile) -> None:
        who, settings = self._settings.desk.escalate_to, self._settings
        contacts = configured_contacts(settings) if who else None
        if contacts is not None:
            api = ContactApi(contacts, build_transport(settings, self._clock, float(settings.sync.timeout_s)))
            FaultEscalation(SqliteFaultBook(file), api, who, settings.device.id, self._clock).tell()

    def _tell(self, file: CounterFile) -> None:
        public = key_paths(self._settings)[0]
        # Without a key nobody sent a case from here, so nobody waits for an answer.
        if public.exists():
            with closing(open_database(self._settings)) as store:
                FaultTeller(file, SqliteActBook(file, read_sealer(public)), store, self._clock).tell()

    def _forget(self, file: CounterFile) -> None:
        days = timedelta(days=self._settings.retention.arrived_days)
        SqliteFaultBook(file).forget(self._clock.now() - days)
