# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings what a citizen added to a case (a correction, withdrawal or reminder) to that case, after it and in order.

It becomes one more document of the zaak, by the same steps as the documents before it (`sync.delivery`), and a contact
with a task where the municipality keeps those. What nobody here can open goes as it is, sealed (decision 4). A closed
zaak takes nothing more: then a person has to look, and gets a task where those are kept.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.case import CaseId, CaseState, may_move
from domain.errors import DeliveryError, ExpectedError, RejectedError, TamperedError, UnauthorisedError
from domain.follow_up import FollowUp, FollowUpHeader, FollowUpKind, from_bytes
from domain.log_line import LogEvent
from domain.ports import Clock
from domain.submission import Document
from sync import audit_log
from sync.backoff import LATEST_TRY, wait_for
from sync.catalogue import Catalogue
from sync.database import Database, Row, moment_of, stamp
from sync.delivery import Delivery
from sync.delivery_steps import DeliverySteps
from sync.event_log import EventLog
from sync.key_ring import KeyRing
from sync.klantinteracties.api import ContactApi
from sync.klantinteracties.registration import ContactRegistration
from sync.outbox import Claim, header_of
from sync.parcel import Parcel
from sync.sealing import Opener
from sync.zgw.api import Api
from sync.zgw.registration import Registration

_log = EventLog("loket.added")
_BY_CHANCE = random.SystemRandom()
SEALED_FROM = 100
"""Documents of the case itself are numbered from 1; what is added from 101, so that neither is taken for the other."""
OPENED_FROM = 1000
"""At the municipality, where what a library sent sealed is numbered from 101 already."""

_FILE_NAMES = {
    FollowUpKind.CORRECTION: "verbetering",
    FollowUpKind.WITHDRAWAL: "intrekking",
    FollowUpKind.REMINDER: "herinnering",
}


class AddedTooLateError(RejectedError):
    """The case is closed, and the case system adds nothing to a closed one."""

    slug = "case-closed"

    def __init__(self) -> None:
        super().__init__("the case is closed", "call the citizen, or open a new case; then `loket outbox retry`")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One addition whose turn it is."""

    header: FollowUpHeader
    number: int
    sealed: bytes
    attempts: int
    case: str  # the address of the zaak
    claim: Claim
    document_number: int


class _AddedSteps(DeliverySteps):
    """Steps after a case was delivered: nobody claims it any more, and one process sends what is added."""

    def _renew(self, connection: sqlite3.Connection, now: datetime) -> None:
        """Nothing to renew."""


class FollowUpSender:
    """Sends additions of one store; for one thread of one process (`sync.sole_sender`)."""

    def __init__(
        self,
        database: Database,
        api: Api,
        document_type: str,
        case_types: Mapping[str, str],
        clock: Clock,
        *,
        opener: Opener | KeyRing | None,
        intake: str = "",
        first_number: int = SEALED_FROM,
        contacts: ContactApi | None = None,
        spread: Callable[[], float] = _BY_CHANCE.random,
    ) -> None:
        self._database = database
        self._api = api
        self._catalogue = Catalogue(api, document_type)
        self._case_types = case_types
        self._clock = clock
        self._opener = opener
        self._intake = intake  # at a library every case is of this type
        self._first_number = first_number
        self._contacts = contacts
        self._spread = spread

    def send_one(self) -> bool:
        """Send the addition whose turn it is; tell whether there was one.

        Raises: StoreError and its kinds.
        """
        waiting = self._next()
        if waiting is None:
            return False
        try:
            self._send(waiting)
        except (ExpectedError, ValueError, KeyError, TypeError) as error:
            self._conclude(waiting, error)
        else:
            self._conclude(waiting, None)
        finally:
            self._api.transport.rest()
            if self._contacts is not None:
                self._contacts.transport.rest()
        return True

    def _next(self) -> _Waiting | None:
        now = self._clock.now()
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT s.*, f.follow_up_id, f.number, f.kind, f.made_at, f.key_id AS added_key_id,"
                " f.sealed AS added, f.attempts, c.result AS address, o.is_urgent"
                " FROM follow_ups AS f JOIN submissions AS s USING (case_id) JOIN outbox AS o USING (case_id)"
                " JOIN delivery_steps AS c ON c.case_id = f.case_id AND c.step = 'case' AND c.state = 'done'"
                " WHERE f.state IN ('pending', 'retrying') AND (f.next_try_at <= ? OR f.next_try_at > ?)"
                " AND o.state IN ('delivered', 'in_progress', 'done')"
                " AND NOT EXISTS (SELECT 1 FROM follow_ups AS b WHERE b.case_id = f.case_id AND b.number < f.number"
                # What came too late comes too late for itself alone: what follows it is told of too.
                " AND b.state <> 'delivered' AND b.reason <> ?) ORDER BY f.next_try_at, f.rowid LIMIT 1",
                (stamp(now), stamp(now + LATEST_TRY), AddedTooLateError.slug),
            ).fetchone()
            if row is None:
                return None
            # Counted before anything is sent: a second attempt looks first.
            connection.execute(
                "UPDATE follow_ups SET attempts = attempts + 1, state = 'retrying' WHERE follow_up_id = ?",
                (row["follow_up_id"],),
            )
        return _waiting(dict(row), self._first_number)

    def _send(self, waiting: _Waiting) -> None:
        steps = _AddedSteps(self._database, waiting.claim)
        follow_up = self._opened(waiting)
        document = _document(waiting, follow_up)
        parcel = self._parcel(waiting, document, follow_up)
        registration = Registration(self._api, parcel, self._catalogue.case_type(parcel.case_type))

        def note(event: str, detail: str) -> None:
            with self._database.writing() as connection:
                audit_log.append(connection, self._clock.now(), event, waiting.header.case_id, detail)

        case, is_closed = self._case_today(waiting.case)
        delivery = Delivery(registration, steps, self._clock, note)
        contact = ContactRegistration(self._contacts, parcel) if self._contacts and follow_up is not None else None
        try:
            if is_closed and steps.get(f"link-{waiting.document_number}") is None:
                raise AddedTooLateError  # before anything of it lies about loose
            address = delivery.do(registration.added(waiting.document_number, document))
            delivery.do(registration.link(case, waiting.document_number, document, address))
        except (RejectedError, UnauthorisedError):
            if not is_closed and not self._case_today(waiting.case)[1]:
                raise
            if contact is not None and follow_up is not None:
                contact.walk_closed(case, waiting.document_number, _told(follow_up), delivery.do)
            steps.write(self._clock.now())
            raise AddedTooLateError from None
        if contact is not None:
            contact.walk_added(case, waiting.document_number, delivery.do)
        steps.write(self._clock.now())

    def _case_today(self, address: str) -> tuple[str, bool]:
        """Give the address of the zaak now, for the case system may have moved, and whether it is closed."""
        found = self._api.get_one("zaken", self._api.path_of(address)).data
        known = found if isinstance(found, dict) else {}
        url = known.get("url")
        return url if isinstance(url, str) and url else address, bool(known.get("einddatum"))

    def _opened(self, waiting: _Waiting) -> FollowUp | None:
        if self._opener is None:
            return None
        found = from_bytes(self._opener.open(waiting.sealed))
        if found.header != waiting.header:
            raise TamperedError("an addition was changed on the disk", "keep the file; see the runbook, damaged store")
        return found

    def _parcel(self, waiting: _Waiting, document: Document, follow_up: FollowUp | None) -> Parcel:
        header = waiting.claim.header
        service = header.service_id
        return Parcel(
            case_id=header.case_id,
            reference=header.reference,
            case_type=self._intake or self._case_types.get(service, service),
            title=document.title,
            explanation=follow_up.text if follow_up is not None else "",
            submitted_at=waiting.header.made_at,
            language="nl",
            documents=(document,),
            service_id=service,
        )

    def _conclude(self, waiting: _Waiting, failure: Exception | None) -> None:
        now, header = self._clock.now(), waiting.header
        if failure is None:
            with self._database.writing() as connection:
                connection.execute(
                    "UPDATE follow_ups SET state = 'delivered', reason = '' WHERE follow_up_id = ?",
                    (header.follow_up_id,),
                )
                audit_log.append(connection, now, f"delivered-{header.kind.value}", header.case_id)
                if header.kind is FollowUpKind.WITHDRAWAL:
                    self._withdraw(connection, header.case_id, now)
            _log.info(LogEvent.ADDED, kind=header.kind, case=header.case_id)
            return
        slug = getattr(failure, "slug", None)
        reason = slug if isinstance(slug, str) else f"mistake-{type(failure).__name__}"
        _log.warning(LogEvent.NOT_ADDED, case=header.case_id, error=failure)
        is_final = isinstance(failure, RejectedError | TamperedError)
        if is_final:
            self._catalogue.forget()
        needs_staff = not isinstance(failure, DeliveryError) or isinstance(failure, UnauthorisedError)
        wait = wait_for(waiting.attempts, self._spread, needs_staff=needs_staff)
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE follow_ups SET state = ?, reason = ?, next_try_at = ? WHERE follow_up_id = ?",
                ("rejected" if is_final else "retrying", reason, stamp(now + wait), header.follow_up_id),
            )
            if is_final:
                audit_log.append(connection, now, f"rejected-{header.kind.value}", header.case_id, reason)

    @staticmethod
    def _withdraw(connection: sqlite3.Connection, case_id: CaseId, now: datetime) -> None:
        row = connection.execute("SELECT state FROM outbox WHERE case_id = ?", (case_id,)).fetchone()
        if row is not None and may_move(CaseState(row["state"]), CaseState.WITHDRAWN):
            connection.execute(
                "UPDATE outbox SET state = 'withdrawn', changed_at = ? WHERE case_id = ?", (stamp(now), case_id)
            )
            audit_log.append(connection, now, "withdrawn", case_id)


def _waiting(row: Row, first_number: int) -> _Waiting:
    header = header_of(row)
    return _Waiting(
        header=FollowUpHeader(
            follow_up_id=row["follow_up_id"],
            case_id=header.case_id,
            kind=FollowUpKind(row["kind"]),
            made_at=moment_of(row["made_at"]),
            key_id=row["added_key_id"],
        ),
        number=row["number"],
        sealed=row["added"],
        attempts=row["attempts"] + 1,
        case=row["address"],
        claim=Claim("", header, b"", row["attempts"] + 1, bool(row["is_urgent"])),
        document_number=first_number + row["number"],
    )


def _document(waiting: _Waiting, follow_up: FollowUp | None) -> Document:
    reference, kind = waiting.claim.header.reference, waiting.header.kind
    name = f"{reference}-{_FILE_NAMES[kind]}-{waiting.number}"
    if follow_up is None:
        title = f"Loket {reference} {_FILE_NAMES[kind]}"
        return Document(title, f"{name}.loket", "application/octet-stream", waiting.sealed)
    lines = [follow_up.title, "", follow_up.text, f"Nummer: {reference}"]
    for line in follow_up.lines:
        lines += ["", line.question, line.answer]
    return Document(follow_up.title, f"{name}.txt", "text/plain", "\n".join([*lines, ""]).encode())


def _told(follow_up: FollowUp) -> str:
    """Say it in one line, for a task."""
    lines = (f"{line.question} {line.answer}" for line in follow_up.lines)
    return " ".join(filter(None, (follow_up.title, follow_up.text, *lines)))
