# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes cases from the outbox and brings them to the case system, until nothing is due.

Decides what a failure means for a case: time helps, or a person must look. How one case is delivered is left to
`sync.delivery`.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import (
    DeliveryError,
    PracticeError,
    RejectedError,
    SealingError,
    StoreError,
    TamperedError,
    UnauthorisedError,
)
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.practice import is_practice_case
from domain.submission import Submission
from sync import audit_log
from sync.backoff import DEVICES, LONGEST_FOR_CROWD, OUTAGE, Line, wait_for
from sync.catalogue import Catalogue
from sync.clock_witness import ClockWitness
from sync.database import Database
from sync.delivery import Delivery
from sync.delivery_steps import DeliverySteps
from sync.event_log import EventLog
from sync.key_ring import KeyRing
from sync.klantinteracties.api import ContactApi
from sync.klantinteracties.registration import ContactRegistration
from sync.outbox import Claim, ClaimLostError, Counts, Outbox
from sync.parcel import Parcel, open_parcel, sealed_parcel
from sync.sealing import Opener, open_submission
from sync.sole_sender import sole_sender
from sync.transport import NoAnswerError, ServerFailedError
from sync.zgw.api import Api
from sync.zgw.registration import Registration

_log = EventLog("loket.sync")

INTAKE = "intake"
"""The service key of [sync.case_types] under which a library delivers (decision 4)."""

_BACKLOG = timedelta(minutes=10)
"""A case that waits this long when the service starts tells of an outage, maybe of all kiosks at once."""

_BY_CHANCE = random.SystemRandom()

Pack = Callable[[Claim], Parcel]


def opening_pack(
    opener: Opener | KeyRing, case_types: Mapping[str, str], seen: Callable[[Submission], None] = lambda _: None
) -> Pack:
    """Pack cases opened, each for the case type of its service (profile gemeentehuis); `seen` is told of each."""

    def pack(claim: Claim) -> Parcel:
        submission = open_submission(claim.header, claim.sealed, opener.for_key(claim.header.key_id))
        seen(submission)
        return open_parcel(submission, case_types.get(claim.header.service_id, claim.header.service_id))

    return pack


def sealed_pack(case_types: Mapping[str, str]) -> Pack:
    """Pack cases as they are, all for the intake case type (profile bibliotheek)."""
    case_type = case_types.get(INTAKE, INTAKE)
    return lambda claim: sealed_parcel(claim.header, claim.sealed, case_type)


def arrived_pack(
    ring: KeyRing, case_types: Mapping[str, str], seen: Callable[[Submission], None] = lambda _: None
) -> Pack:
    """Pack cases that a library sent sealed: the sealed file that is there already, and then what was in it."""
    case_type = case_types.get(INTAKE, INTAKE)

    def pack(claim: Claim) -> Parcel:
        there = sealed_parcel(claim.header, claim.sealed, case_type).documents
        submission = open_submission(claim.header, claim.sealed, ring.for_key(claim.header.key_id))
        seen(submission)
        opened = open_parcel(submission, case_type)
        return replace(opened, documents=(*there, *opened.documents))

    return pack


class Engine:
    """The sync service of one store; for one thread."""

    def __init__(
        self,
        database: Database,
        api: Api,
        document_type: str,
        pack: Pack,
        clock: Clock,
        spread: Callable[[], float] = _BY_CHANCE.random,
        contacts: ContactApi | None = None,
        devices: int = DEVICES,
    ) -> None:
        self._database = database
        self._outbox = Outbox(database)
        self._api = api
        self._catalogue = Catalogue(api, document_type)
        self._pack = pack
        self._clock = clock
        self._spread = spread
        self._contacts = contacts
        self._witness = ClockWitness(database, clock)
        self._line = Line(spread, devices)
        self._quiet_until: datetime | None = None

    def run_once(self, stop: threading.Event | None = None, patience_s: float = 60.0) -> Counts:
        """Send until nothing is due; give how things stand. Waits a while for another process that is sending.

        Raises: StoreError and its kinds.
        """
        with sole_sender(self._database.path, patience_s) as is_sole:
            if is_sole:
                try:
                    self._send_all(stop or threading.Event())
                finally:
                    self._rest()
        return self._outbox.counts()

    def run_forever(self, stop: threading.Event, pause_s: float = 1.0) -> None:
        """Send what is due, now and later, until the event is set; beside a whole fleet that may do the same."""
        is_awake = False
        while not stop.is_set():
            try:
                if not is_awake:
                    self.wake()
                    is_awake = True
                self.run_round(stop)
            except Exception as error:  # noqa: BLE001 - the loop's door: the service outlives a failed round
                # The name only: a trace could hold what was sent.
                _log.error(LogEvent.ROUND_FAILED, error=error)
            stop.wait(pause_s)

    def wake(self) -> None:
        """Begin as a service; with cases that wait since long, at a moment of chance."""
        oldest = self._outbox.waiting_since()
        if oldest is not None and self._clock.now() - oldest > _BACKLOG:
            self._tell_the_line()
            self._rest_for(self._line.woken())

    def run_round(self, stop: threading.Event) -> None:
        """Send what is due, unless it is a time to be quiet.

        Raises: StoreError and its kinds.
        """
        now = self._clock.now()
        # A clock that was set back must not make an hour of a minute.
        if self._quiet_until is not None and now < self._quiet_until < now + 2 * LONGEST_FOR_CROWD:
            return
        self._quiet_until = None
        if self._outbox.has_due(now):
            with sole_sender(self._database.path, 0.0) as is_sole:
                if is_sole:
                    if self._line.is_down or self._line.is_catching_up:
                        self._tell_the_line()
                    try:
                        self._send_all(stop, is_paced=True)
                    finally:
                        self._rest()

    def _tell_the_line(self) -> None:
        counts = self._outbox.counts()
        self._line.carries(counts.pending + counts.retrying)

    def _see_the_end(self, now: datetime) -> None:
        # A poisoned case stays for days; what an outage left is due again within a turn.
        due = self._outbox.next_due_at()
        if due is None or due - now > self._line.turn:
            self._line.carries(0)

    def _rest_for(self, pause: timedelta) -> None:
        self._quiet_until = self._clock.now() + pause

    def _send_all(self, stop: threading.Event, *, is_paced: bool = False) -> None:
        # Whoever marked a case as being sent is dead: this process alone may send now.
        self._outbox.take_up_dead(self._clock.now())
        silent = 0
        while not stop.is_set() and silent < OUTAGE:
            began = self._clock.now()
            claim = self._outbox.claim(began)
            if claim is None:
                if is_paced and self._line.is_catching_up:
                    self._see_the_end(began)
                return
            wait = self._send(claim)
            if wait is None:
                silent, pause = 0, self._line.answered(self._clock.now() - began)
            else:
                silent, pause = silent + 1, wait if self._line.is_down else timedelta(0)
            if is_paced and pause:
                self._rest_for(pause)
                return

    def _rest(self) -> None:
        self._api.transport.rest()
        if self._contacts is not None:
            self._contacts.transport.rest()
        self._witness.hear(self._api.transport.clock_gap)

    def _send(self, claim: Claim) -> timedelta | None:
        """Send one case and write down what came of it; where the server was silent, give the wait until a next."""
        failure: Exception | None = None
        heard = self._api.transport.answers
        try:
            self._deliver(claim)
        except ClaimLostError:
            _log.warning(LogEvent.CLAIM_LOST, case=claim.header.case_id)
            return None
        except TamperedError as error:
            failure = error
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the loop's door: one poisoned case must not block the others
            failure = error
        is_alive = self._api.transport.answers > heard
        silence = self._silence(failure, claim.attempts, is_alive=is_alive)
        self._conclude(claim, failure, silence)
        return silence

    def _silence(self, failure: Exception | None, attempts: int, *, is_alive: bool) -> timedelta | None:
        # A case that gets no answer while our other questions do is poison and no outage: it may not stop the others.
        if isinstance(failure, NoAnswerError) and not is_alive:
            return self._line.silent(attempts, was_heard=failure.may_have_arrived)
        if isinstance(failure, ServerFailedError) and failure.is_away:
            return _asked_for(failure, self._line.silent(attempts))
        return None

    def _deliver(self, claim: Claim) -> None:
        def note(event: str, detail: str) -> None:
            with self._database.writing() as connection:
                audit_log.append(connection, self._clock.now(), event, claim.header.case_id, detail)

        if is_practice_case(claim.header.case_id):
            raise PracticeError("this case is only practice", "nothing to do: it is never sent")
        parcel = self._pack(claim)
        steps = DeliverySteps(self._database, claim)
        registration = Registration(self._api, parcel, self._catalogue.case_type(parcel.case_type))
        contact = ContactRegistration(self._contacts, parcel) if self._contacts is not None else None
        Delivery(registration, steps, self._clock, note, contact).run()
        steps.write_with(lambda connection: self._outbox.settle_delivered(connection, claim, self._clock.now()))

    def _conclude(self, claim: Claim, failure: Exception | None, silence: timedelta | None) -> None:
        case_id, now = claim.header.case_id, self._clock.now()
        if failure is None:
            _log.info(LogEvent.DELIVERED, case=case_id)
            return
        reason = _name_of(failure)
        detail = failure.says if isinstance(failure, DeliveryError | SealingError | TamperedError) else ""
        _log.warning(LogEvent.NOT_DELIVERED, case=case_id, error=failure)
        if isinstance(failure, RejectedError | TamperedError):
            # The catalogue may have changed under us; the next case looks again.
            self._catalogue.forget()
            self._outbox.rejected(claim, now, reason, detail)
            return
        if silence is not None:
            # Due when the line is tried again; a whole fleet that is back must not wait for the wait of each case.
            self._outbox.retrying(claim, now, reason, silence, detail)
            return
        # A person must mend a credential, a key or this program; but once mended, every case goes by itself.
        needs_staff = not isinstance(failure, DeliveryError) or isinstance(failure, UnauthorisedError)
        wait = wait_for(claim.attempts, self._spread, needs_staff=needs_staff)
        self._outbox.retrying(claim, now, reason, _asked_for(failure, wait), detail)


def _asked_for(failure: Exception, wait: timedelta) -> timedelta:
    """Give the longer of our wait and the one that the server asked for."""
    return max(wait, failure.retry_after) if isinstance(failure, ServerFailedError) else wait


def _name_of(error: Exception) -> str:
    """Name an error without its text, which could hold anything."""
    slug = getattr(error, "slug", None)
    return slug if isinstance(slug, str) else f"mistake-{type(error).__name__}"
