# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the case system what staff did, in order for each case and each act once; notices what another did meanwhile.

An act that waits, is rejected or in conflict holds back those behind it of its case, and of no other. What an act
becomes there is `sync.act_plan`'s; a person solves a conflict (`domain.case_act.ActBook.resolve`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from domain.case_act import CHANGES_THE_CASE, ActHeader, ActState, CaseAct, ConflictChoice
from domain.errors import DeliveryError, ExpectedError, PracticeError, RejectedError, TamperedError, UnauthorisedError
from domain.log_line import LogEvent
from domain.ports import Clock, Sealer
from domain.practice import is_practice_case
from sync.act_book import AT_ONCE, header_of, opened_of
from sync.act_conflict import (
    SEEN,
    THEIRS,
    VERSION,
    ActConflictError,
    CaseClosedError,
    Seen,
    accepted,
    conflict_of,
    is_foreign,
    is_untouched,
    ours_of,
    sealed_change,
    slug_of,
    their_change,
    told,
)
from sync.act_ledger import ActLedger
from sync.act_plan import ActPlan, page_step
from sync.act_words import TITLES
from sync.backoff import LONGEST_FOR_STAFF, wait_for
from sync.counter_file import CounterFile
from sync.database import Database, Row, stamp
from sync.event_log import EventLog
from sync.key_ring import KeyRing
from sync.klantinteracties.act_contact import ActContact
from sync.klantinteracties.api import ContactApi
from sync.sealing import Opener
from sync.sure_steps import SureSteps
from sync.transport import NoAnswerError
from sync.zgw.act_steps import ActSteps, member, parcel_of
from sync.zgw.api import Api
from sync.zgw.case_look import CaseLook, look_at
from sync.zgw.catalogi import items_of
from sync.zgw.handling import HandlingTypes

_log = EventLog("loket.acts")
_BY_CHANCE = random.SystemRandom()
_NO_NETWORK = NoAnswerError.slug
_LONGEST_SILENCE = timedelta(minutes=1)
"""A laptop that comes back to its network is not to wait; counters are few, unlike kiosks."""


class ActCaseNotThereError(DeliveryError):
    """The case system does not have the case whole yet; this or another device still sends it."""

    slug = "case-not-there"


class ActSender:
    """Sends the acts of one counter file; for one thread of one process (`sync.sole_sender`)."""

    def __init__(
        self,
        file: CounterFile,
        store: Database | None,
        api: Api,
        document_type: str,
        clock: Clock,
        *,
        keys: KeyRing | Opener,
        sealer: Sealer,
        contacts: ContactApi | None = None,
        types: HandlingTypes | None = None,
        spread: Callable[[], float] = _BY_CHANCE.random,
    ) -> None:
        """Take `types` where what the catalogue says is remembered longer than this sender lives."""
        self._file = file
        self._store = store
        self._api = api
        self._types = types or HandlingTypes(api, document_type)
        self._clock = clock
        self._keys = keys
        self._sealer = sealer
        self._contacts = contacts
        self._spread = spread

    def knock(self) -> None:
        """Make due what waits only because nobody answered: somebody asks for it now.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET next_try_at = ? WHERE state = 'retrying' AND reason = ?",
                (AT_ONCE, _NO_NETWORK),
            )

    def send_one(self) -> bool:
        """Send the act whose turn it is; tell whether another may go now: not without one, nor without a network.

        Raises: StoreError and its kinds.
        """
        row = self._next()
        if row is None:
            return False
        try:
            reason = self._send(row)
        except ActConflictError as conflict:
            self._in_conflict(row, conflict)
        except (ExpectedError, ValueError, KeyError, TypeError) as error:
            self._failed(row, error)
            return not isinstance(error, NoAnswerError)
        else:
            is_dropped = row["choice"] == ConflictChoice.THEIRS
            self._settle(row, ActState.DROPPED if is_dropped else ActState.DELIVERED, reason)
            self.knock()
        finally:
            self._api.transport.rest()
            if self._contacts is not None:
                self._contacts.transport.rest()
        return True

    def _next(self) -> Row | None:
        now = self._clock.now()
        with self._file.writing() as connection:
            row = connection.execute(
                "SELECT a.* FROM counter_acts AS a WHERE a.state IN ('pending', 'retrying')"
                # A clock that was set back must not make a year of an hour.
                " AND (a.next_try_at <= ? OR a.next_try_at > ?)"
                " AND (a.reference = '' OR NOT EXISTS (SELECT 1 FROM counter_acts AS b WHERE b.reference = a.reference"
                " AND b.number < a.number AND b.state NOT IN ('delivered', 'dropped')))"
                " ORDER BY a.next_try_at, a.number LIMIT 1",
                (stamp(now), stamp(now + 2 * LONGEST_FOR_STAFF)),
            ).fetchone()
            if row is None:
                return None
            connection.execute(
                "UPDATE counter_acts SET attempts = attempts + 1, state = 'retrying' WHERE number = ?", (row["number"],)
            )
        return dict(row)

    def _send(self, row: Row) -> str:
        header = header_of(row)
        if is_practice_case(header.act_id):
            raise PracticeError("this act is only practice", "nothing to do: it is never sent")
        act, ledger = opened_of(row, self._keys), ActLedger(self._file, header.act_id)
        if not header.reference:
            return self._without_case(act, ledger)
        look = look_at(self._api, self._address_of(header.reference))
        choice, own = row["choice"], ours_of(ledger, look)
        changes = header.kind in CHANGES_THE_CASE and choice in ("", ConflictChoice.MINE)
        base = self._base(row, header, ledger, look) if changes else None
        me = member(header.staff_number, act.staff_name)
        plan = ActPlan(
            act=act,
            me=me,
            look=look,
            base=base,
            type=self._types.of(str(look.zaak.get("zaaktype") or "")),
            steps=ActSteps(self._api, header.act_id, look),
            ledger=ledger,
            do=self._sure(ledger),
            contact=self._contact(act, look),
        )
        try:
            if choice == ConflictChoice.THEIRS:
                plan.undo()
            elif choice == ConflictChoice.BOTH:
                conflict = conflict_of(self._file, header.act_id, self._keys)
                plan.note(told(conflict) if conflict is not None else "")
            else:
                plan.run()
        except (RejectedError, UnauthorisedError):
            # Perhaps because of what somebody else did a moment ago: then that is what a person has to know.
            look = look_at(self._api, look.url)
            own = ours_of(ledger, look)
            if base is not None and is_foreign(base, look, own):
                raise ActConflictError(base, look, own) from None
            if look.standing.ended_on and not own.may_end:
                raise CaseClosedError(base, look, own) from None
            raise
        if base is not None:
            self._look_again(base, ledger, look)
        return ledger.left_out()

    def _base(self, row: Row, header: ActHeader, ledger: ActLedger, look: CaseLook) -> Seen:
        """Give what the act is based on, when nobody else changed that.

        Raises: ActConflictError.
        """
        own = ours_of(ledger, look)
        known = ledger.get(THEIRS if row["choice"] == ConflictChoice.MINE else SEEN)
        if known is not None:
            base = Seen.read(known.identifier)
            if is_foreign(base, look, own):
                raise ActConflictError(base, look, own)
            return base
        versions = accepted(self._file, header, row["number"])
        if look.standing.version not in versions and not ("" in versions and is_untouched(look)):
            raise ActConflictError(None, look, own)
        base = Seen.of(look)
        ledger.write(SEEN, base.written())
        return base

    def _look_again(self, base: Seen, ledger: ActLedger, look: CaseLook) -> None:
        after = look_at(self._api, look.url)
        own = ours_of(ledger, after)
        if is_foreign(base, after, own):
            raise ActConflictError(base, after, own)
        ledger.write(VERSION, base.standing.version, f"{after.standing.version} {stamp(self._clock.now())}")

    def _without_case(self, act: CaseAct, ledger: ActLedger) -> str:
        do, title = self._sure(ledger), TITLES[act.header.kind]
        contact = self._contact(act, None)
        if contact is not None:
            if act.given.get("to"):
                contact.call_back(do)
            else:
                contact.walk(do)
        if contact is None or not contact.has_room():
            steps = ActSteps(self._api, act.header.act_id, CaseLook({}, (), ()))
            given = tuple(f"{name}: {value}" for name, value in act.given.items() if value)
            do(page_step(steps, act, title, given, self._types.loose_document_type()))
        return ledger.left_out()

    def _sure(self, ledger: ActLedger) -> Callable[..., str]:
        return SureSteps(ledger, self._clock, lambda _event, _detail: None).do

    def _contact(self, act: CaseAct, look: CaseLook | None) -> ActContact | None:
        if self._contacts is None:
            return None
        parcel = parcel_of(act.header.act_id, act.header.reference or act.header.act_id[:8], act.header.at)
        case_uuid, citizen = (look.uuid, look.citizen) if look is not None else ("", "")
        return ActContact(self._contacts, parcel, act, case_uuid, citizen)

    def _address_of(self, reference: str) -> str:
        """Give where the case is.

        Raises: PracticeError, ActCaseNotThereError.
        """
        if self._store is not None:
            ours = self._store.row(
                "SELECT s.case_id, o.state FROM submissions AS s JOIN outbox AS o USING (case_id)"
                " WHERE s.reference = ?",
                (reference,),
            )
            if ours is not None and is_practice_case(ours["case_id"]):
                raise PracticeError("this case is only practice", "nothing to do: it is never sent")
            # What is still being sent is not whole there: its first status would seem somebody else's.
            if ours is not None and ours["state"] in ("draft", "pending", "sending", "retrying", "rejected"):
                raise ActCaseNotThereError("this device still has the case to send", "waits and tries again")
        query = {"identificatie": reference, "bronorganisatie": self._api.settings.rsin}
        found = items_of(self._api.get("zaken", "zaken", query))
        address = next((str(item.get("url")) for item in found if item.get("url")), "")
        if not address:
            raise ActCaseNotThereError("the case system does not have this case", "waits and tries again")
        return address

    def _in_conflict(self, row: Row, conflict: ActConflictError) -> None:
        header = header_of(row)
        name = ""
        try:
            name = opened_of(row, self._keys).staff_name
        except ExpectedError as error:
            self._failed(row, error)
            return
        me = member(header.staff_number, name).mark
        change = their_change(conflict.base, conflict.look, conflict.own, me)
        ActLedger(self._file, header.act_id).write(THEIRS, Seen.of(conflict.look).written())
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET state = 'conflict', theirs = ?, choice = '', reason = ? WHERE number = ?",
                (sealed_change(self._sealer, change), conflict.slug, row["number"]),
            )
        _log.warning(LogEvent.ACT_CONFLICT, kind=header.kind)

    def _failed(self, row: Row, failure: Exception) -> None:
        kind = header_of(row).kind
        _log.warning(LogEvent.ACT_NOT_SENT, kind=kind, error=failure)
        if isinstance(failure, RejectedError | TamperedError):
            # The catalogue may have changed under us.
            self._types.forget()
            self._settle(row, ActState.REJECTED, slug_of(failure))
            return
        needs_staff = not isinstance(failure, DeliveryError) or isinstance(failure, UnauthorisedError)
        wait = wait_for(row["attempts"] + 1, self._spread, needs_staff=needs_staff)
        if isinstance(failure, NoAnswerError):
            wait = min(wait, _LONGEST_SILENCE)
        wait = max(wait, getattr(failure, "retry_after", timedelta(0)))
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET reason = ?, next_try_at = ? WHERE number = ?",
                (slug_of(failure), stamp(self._clock.now() + wait), row["number"]),
            )

    def _settle(self, row: Row, state: ActState, reason: str) -> None:
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE counter_acts SET state = ?, reason = ? WHERE number = ?", (state.value, reason, row["number"])
            )
        if state is not ActState.REJECTED:
            event = LogEvent.ACT_DROPPED if state is ActState.DROPPED else LogEvent.ACT_SENT
            _log.info(event, kind=header_of(row).kind)
