# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the sync service does for cases that arrived: bring what citizens added and staff did, ask how far they are.

In a thread of its own with connections of its own, so that no waiting case waits for it. One process at a time does it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import closing

from commands.joining import build_transport, data_dir, key_paths
from domain.errors import ExpectedError
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.settings import Profile, Settings
from sync.act_sender import ActSender
from sync.call_attempt_sender import CallAttemptSender
from sync.clock_witness import ClockWitness
from sync.counter_file import COUNTER, open_counter_file
from sync.database import Database
from sync.engine import INTAKE
from sync.event_log import EventLog
from sync.follow_up_sender import FollowUpSender
from sync.key_ring import read_key_ring
from sync.klantinteracties.api import ContactApi, ContactSettings
from sync.sealing import read_sealer
from sync.sole_sender import sole_sender
from sync.status_back import StatusBack
from sync.zgw.api import Api, ApiSettings
from sync.zgw.handling import HandlingTypes

_log = EventLog("loket.afterwards")

EVERY_S = 20.0  # one case at most is asked about each time
_MOST_AT_ONCE = 50
_WHAT = "afterwards"


class Afterwards:
    """Looks after the delivered cases of one store."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        case_system: ApiSettings,
        contacts: ContactSettings | None = None,
    ) -> None:
        self._database = database
        named = settings.sync
        transport = build_transport(settings, clock, float(named.timeout_s))
        api = Api(case_system, transport)
        self._transport = transport
        self._witness = ClockWitness(database, clock)
        is_library = settings.device.profile is Profile.LIBRARY
        private = None if is_library else key_paths(settings)[1]
        self._sender = FollowUpSender(
            database,
            api,
            named.document_type,
            named.case_types,
            clock,
            opener=read_key_ring(private) if private is not None else None,
            intake=named.case_types.get(INTAKE, INTAKE) if is_library else "",
            contacts=ContactApi(contacts, build_transport(settings, clock, float(named.timeout_s)))
            if contacts is not None
            else None,
        )
        self._settings = settings
        self._clock = clock
        self._api = api
        self._private = private
        self._types = HandlingTypes(api, named.document_type, named.result_types)
        self._contacts = (
            ContactApi(contacts, build_transport(settings, clock, float(named.timeout_s)))
            if contacts is not None
            else None
        )
        self._calls = (
            CallAttemptSender(
                database, api, ContactApi(contacts, build_transport(settings, clock, float(named.timeout_s))), clock
            )
            if contacts is not None
            else None
        )
        # A library's intake case is closed when somebody opened it: that says nothing about an answer.
        self._status = None if is_library else StatusBack(database, api, clock)

    def start(self, stop: threading.Event) -> threading.Thread:
        """Run until the event is set."""

        def rounds() -> None:
            while not stop.is_set():
                self._try_round()
                stop.wait(EVERY_S)

        thread = threading.Thread(target=rounds, name="loket-afterwards", daemon=True)
        thread.start()
        return thread

    def round(self, most: int = sys.maxsize) -> None:
        """Send what was added and what staff did, so much of each at most, and ask about one case.

        Without a limit somebody asks for it now: what waits only for the network is tried too.
        Raises: StoreError and its kinds.
        """
        with sole_sender(self._database.path, 0.0, _WHAT) as is_sole:
            if not is_sole:
                return
            _send(self._sender.send_one, most)
            if self._status is not None:
                self._status.ask_one()
            is_back = self._send_acts(most)
            if self._calls is not None:
                if is_back or most == sys.maxsize:
                    self._calls.knock()
                _send(self._calls.send_one, most)
            self._witness.hear(self._transport.clock_gap)

    def _send_acts(self, most: int) -> bool:
        """Tell what staff did, where a counter is: its file is the desk's to make. Tell whether something arrived."""
        path = data_dir(self._settings) / COUNTER
        if self._private is None or not path.exists():
            return False
        with closing(open_counter_file(path)) as file:
            sender = ActSender(
                file,
                self._database,
                self._api,
                self._settings.sync.document_type,
                self._clock,
                keys=read_key_ring(self._private),
                sealer=read_sealer(key_paths(self._settings)[0]),
                contacts=self._contacts,
                types=self._types,
            )
            if most == sys.maxsize:
                sender.knock()
            return _send(sender.send_one, most) > 0

    def _try_round(self) -> None:
        try:
            self.round(_MOST_AT_ONCE)
        except ExpectedError as error:
            _log.warning(LogEvent.ROUND_FAILED, error=error)
        except Exception as error:  # noqa: BLE001 - the thread's door: it outlives a failed round
            # The name only: a trace could hold what was sent.
            _log.error(LogEvent.ROUND_FAILED, error=error)


def _send(send_one: Callable[[], bool], most: int) -> int:
    """Send one after the other; give how many went."""
    number = 0
    while number < most and send_one():
        number += 1
    return number
