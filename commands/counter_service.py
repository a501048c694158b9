# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the sync service does for desks: it lets counter staff open cases, and keeps the work list new while they do.

It lives beside the sender, with threads and connections of its own; when it cannot begin, cases are sent all the same.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta

from commands.counter_desk import service_titles
from commands.joining import (
    build_transport,
    data_dir,
    is_sealed_for_elsewhere,
    key_paths,
    open_counter,
    read_public_key,
)
from commands.open import take_in_now
from commands.profile_standing import refuse_to_open
from commands.staff import book_on
from domain.case_act import CHANGES_THE_CASE, ActConflict
from domain.counter import CounterCase
from domain.errors import CounterError, ExpectedError
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.settings import Settings
from domain.staff import Role, SignInOutcome, SignInPlace, StaffId, StaffMember
from resources.service_library import ServiceLibrary
from sync.case_opening import CaseOpening
from sync.counter_file import CounterFile
from sync.database import Database, stamp
from sync.desk_channel import DeskChannel
from sync.engine import INTAKE
from sync.event_log import EventLog
from sync.key_ring import KeyRing, read_key_ring
from sync.staff_book import STAFF, StaffFile
from sync.work_fetch import WorkFetch, forget_round, tell_reason
from sync.work_list import SqliteWorkList
from sync.zgw.api import Api, ApiSettings

_log = EventLog("loket.counter")

EVERY_S = 180.0
SOON_S = 20.0  # after an act was told, so that a case does not stay behind what was done to it
REFRESH_S = 100.0
_LOOK_S = 0.5
_TOLD_LATELY = timedelta(hours=12)
_PRACTICE = StaffId("practice")


class CounterService:
    """The counter's half of one sync service (`sync.desk_channel.DeskOffice`)."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        store: Database,
        case_system: ApiSettings | None,
        every_s: float = EVERY_S,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._store = store
        # What cannot be opened here is not fetched either: a library sees no cases of the municipality.
        self._is_library = is_sealed_for_elsewhere(settings)
        self._case_system = None if self._is_library else case_system
        self._every_s = every_s
        self._file: CounterFile = open_counter(settings)
        self._channel = DeskChannel(data_dir(settings), self)
        self._news = threading.Condition()
        self._sittings = 0
        self._asked = self._heard = 0
        self._library = threading.Lock()
        self._fetcher: WorkFetch | None = None
        self._last_at, self._waited = clock.now(), 0  # of the last round: when, and what waited then
        self._thread: threading.Thread | None = None

    def start(self, stop: threading.Event) -> None:
        """Serve desks, and refresh the list while one sits, until the event is set and `close` is called.

        Raises: OSError when there is no room to wait in; StoreError and its kinds.
        """
        forget_round(self._file)
        self._channel.start()
        self._thread = threading.Thread(target=self._rounds, args=(stop,), name="loket-counter", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End every sitting."""
        self._channel.stop()
        if self._thread is not None:
            self._thread.join(_LOOK_S * 10)
        self._file.close()

    # -- what a desk asks --------------------------------------------------------------------------------------------

    def admit(self, number: str, secret: str) -> StaffMember:
        """Give who it is, when they may open cases. In practice everyone may."""
        member = self._practising(number) if self._settings.device.is_practice else self._known(number, secret)
        with self._news:
            self._sittings += 1
            self._asked += 1
            self._news.notify_all()
        return member

    def left(self, member: StaffMember) -> None:
        """Know that a sitting ended."""
        del member
        with self._news:
            self._sittings -= 1

    def open(self, reference: str, member: StaffMember) -> CounterCase:
        """Give a case."""
        return self._opening().open(reference, member.staff_id)

    def document(self, reference: str, key: str, member: StaffMember) -> bytes:
        """Give a file."""
        return self._opening().document(reference, key, member.staff_id)

    def conflicts(self, reference: str) -> Sequence[ActConflict]:
        """Give what two changed."""
        return self._opening().conflicts(reference)

    def refresh(self) -> None:
        """Ask the case system, and wait for it; what came of it is in the news of the list."""
        if self._is_library:
            raise CounterError("a library shows no cases of the municipality", "see them at the town hall")
        if self._case_system is None:
            raise CounterError("no case system is configured", "see [sync] in the settings")
        with self._news:
            self._asked += 1
            asked = self._asked
            self._news.notify_all()
            self._news.wait_for(lambda: self._heard >= asked, REFRESH_S)

    def take_in_library(self) -> tuple[int, int]:
        """Open what libraries sent."""
        if not self._settings.sync.is_configured:
            raise CounterError("no case system is configured, so libraries send nothing here", "see [sync]")
        if self._ring() is None:
            raise CounterError("the key is not on this device", "only the municipality opens what libraries send")
        if not self._library.acquire(blocking=False):
            raise CounterError("somebody else opens them now", "wait a moment")
        try:
            found = take_in_now(self._settings)
        finally:
            self._library.release()
        self._ask()
        return found

    # -- behind it ---------------------------------------------------------------------------------------------------

    def _known(self, number: str, secret: str) -> StaffMember:
        with closing(StaffFile(data_dir(self._settings) / STAFF)) as file:
            reply = book_on(file, self._settings).confirm(number, secret, SignInPlace.DESK, self._clock.now())
        if reply.outcome is SignInOutcome.LOCKED:
            raise CounterError("too many wrong tries", "wait a quarter of an hour, or `loket staff unlock`")
        if reply.member is None:
            raise CounterError("number and PIN or badge do not belong together", "sign in again")
        if reply.member.role is not Role.COUNTER:
            raise CounterError("only counter staff may open cases", "sign in as counter staff")
        return reply.member

    @staticmethod
    def _practising(number: str) -> StaffMember:
        return StaffMember(_PRACTICE, int(number) if number.isascii() and number.isdigit() else 0, "", Role.COUNTER)

    def _opening(self) -> CaseOpening:
        fetch = None
        if self._case_system is not None:
            case_system = self._case_system

            def fetch(address: str) -> bytes:
                transport = build_transport(self._settings, self._clock, float(self._settings.sync.timeout_s))
                try:
                    api = Api(case_system, transport)
                    return api.file("documenten", f"{api.path_of(address)}/download")
                finally:
                    transport.rest()

        # Not before somebody opens a case: a kiosk's service starts without reading its services.
        work = SqliteWorkList(self._file, self._store, service_titles(), device_id=self._settings.device.id)
        return CaseOpening(self._file, self._store, work, self._ring(), self._clock, fetch)

    def _ring(self) -> KeyRing | None:
        """Give the keys, when they are here and may be used: read each time, for `loket keys rotate` may come between.

        Raises: ProfileError, SealingError.
        """
        if self._is_library:
            return None
        refuse_to_open(self._settings, self._clock)
        private = key_paths(self._settings)[1]
        return read_key_ring(private) if private is not None and private.exists() else None

    def _ask(self) -> None:
        with self._news:
            self._asked += 1
            self._news.notify_all()

    def _rounds(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self._round(stop)
            except ExpectedError as error:
                _log.warning(LogEvent.ROUND_FAILED, error=error)
                self._begin_anew(error.slug)
            except Exception as error:  # noqa: BLE001  the thread's door: it outlives a failed round
                # The name only: a trace could hold what was read.
                _log.error(LogEvent.ROUND_FAILED, error=error)
                self._begin_anew("counter")

    def _begin_anew(self, reason: str) -> None:
        """Wait as after a round, and look everything up again at the next: whoever asked for this one hears of it."""
        self._fetcher = None
        self._last_at = self._clock.now()
        with contextlib.suppress(ExpectedError):
            tell_reason(self._file, reason)
        self._tell(self._asked)

    def _round(self, stop: threading.Event) -> None:
        with self._news:
            is_due = self._news.wait_for(lambda: self._asked > self._heard, _LOOK_S) or self._is_stale()
            asked = self._asked
        if stop.is_set() or not is_due:
            return
        if self._case_system is not None:
            self._fetcher = self._fetcher or self._fetch(self._case_system)
            self._fetcher.round(stop)
        self._last_at, self._waited = self._clock.now(), self._waiting()
        self._tell(asked)

    def _tell(self, asked: int) -> None:
        with self._news:
            self._heard = max(self._heard, asked)
            self._news.notify_all()

    def _is_stale(self) -> bool:
        age = abs((self._clock.now() - self._last_at).total_seconds())
        if self._sittings <= 0 or age < min(SOON_S, self._every_s):
            return False
        return age >= self._every_s or self._was_told()

    def _was_told(self) -> bool:
        """Tell whether the case system got something from here since the last round: a case, or an act of staff."""
        waiting = self._waiting()
        if waiting < self._waited:
            return True
        self._waited = waiting
        row = self._file.row(
            "SELECT 1 FROM counter_acts AS a JOIN counter_cases AS c USING (reference)"
            " WHERE a.state = 'delivered' AND a.based_on = c.version AND a.at >= ?"
            " AND a.kind IN (SELECT value FROM json_each(?)) LIMIT 1",
            (stamp(self._clock.now() - _TOLD_LATELY), json.dumps(sorted(CHANGES_THE_CASE))),
        )
        return row is not None

    def _waiting(self) -> int:
        row = self._store.row(
            "SELECT count(*) AS number FROM outbox WHERE state IN ('pending', 'sending', 'retrying', 'rejected')"
        )
        return 0 if row is None else int(row["number"])

    def _fetch(self, case_system: ApiSettings) -> WorkFetch:
        transport = build_transport(self._settings, self._clock, float(self._settings.sync.timeout_s))
        api = Api(case_system, transport)
        sealer, ring = read_public_key(self._settings), self._ring()
        return WorkFetch(self._file, api, _case_types(self._settings), service_titles(), sealer, ring, self._clock)


def _case_types(settings: Settings) -> Mapping[str, str]:
    """Give the case types to look at, each with its service; with none where several share one, as libraries' do."""
    found: dict[str, str] = {settings.sync.case_type_of(INTAKE): ""}
    for service in ServiceLibrary.load().services:
        case_type = settings.sync.case_type_of(service.id)
        found[case_type] = "" if case_type in found else service.id
    return found
