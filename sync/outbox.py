# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which case goes next, who sends it, and what came of it; every move is one of `domain.case.ALLOWED_MOVES`.

Decides nothing about servers: that is `sync.engine`. The remote steps of a case are `sync.delivery_steps`'.
"""

from __future__ import annotations

import base64
import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import CaseId, CaseState, CaseSummary, may_move, raises_alarm
from domain.errors import StoreError
from domain.submission import SubmissionHeader
from sync import audit_log, fingerprints
from sync.backoff import LATEST_TRY
from sync.case_store import SUMMARY, summary_of
from sync.database import Database, Row, moment_of, stamp

LEASE = timedelta(minutes=10)
"""Longer than the slowest answer that a sender waits for; each step renews it."""

_QUEUES = [(state, is_urgent) for state in (CaseState.PENDING, CaseState.RETRYING) for is_urgent in (0, 1)]
# Straight from the index: sorting ten thousand waiting cases for each claim would take seconds.
_HEADS = " UNION ALL ".join(
    "SELECT * FROM (SELECT case_id, is_urgent, next_try_at FROM outbox"  # noqa: S608  words of ours
    f" WHERE state = '{state}' AND is_urgent = {is_urgent} AND next_try_at <= :now"
    " ORDER BY next_try_at, case_id LIMIT 1)"
    for state, is_urgent in _QUEUES
)
_FIRST_TRIES = " UNION ALL ".join(
    f"SELECT min(next_try_at) AS at FROM outbox WHERE state = '{state}' AND is_urgent = {is_urgent}"  # noqa: S608
    for state, is_urgent in _QUEUES
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One case that one sender holds; `token` proves it is still ours."""

    token: str
    header: SubmissionHeader
    sealed: bytes
    attempts: int  # this one included
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases are in each state that a person of the town hall asks about."""

    delivered: int
    retrying: int
    rejected: int
    pending: int

    @property
    def needs_attention(self) -> bool:
        """Tell whether anything does not go as it should."""
        return bool(self.retrying or self.rejected)


class ClaimLostError(StoreError):
    """Another sender took the case up; this one must leave it alone."""

    slug = "claim-lost"


class Outbox:
    """The cases on their way to the case system."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, now: datetime) -> Claim | None:
        """Take the next case that is due: urgent ones first, then who waited longest."""
        token = secrets.token_hex(16)
        if not self.has_due(now):
            return None
        with self._database.writing() as connection:
            self._take_up_dead(connection, now, is_sole_sender=False)
            self._take_up_put_off(connection, now)
            heads = connection.execute(_HEADS, {"now": stamp(now)}).fetchall()
            if not heads:
                return None
            case = min(heads, key=lambda head: (not head["is_urgent"], head["next_try_at"], head["case_id"]))
            connection.execute(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, claimed_by = ?, claimed_until = ?,"
                " changed_at = ? WHERE case_id = ?",
                (token, stamp(now + LEASE), stamp(now), case["case_id"]),
            )
        found = self._database.row(
            "SELECT s.*, o.attempts, o.is_urgent FROM submissions AS s JOIN outbox AS o USING (case_id)"
            " WHERE case_id = ?",
            (case["case_id"],),
        )
        if found is None:
            raise ClaimLostError("the case was taken away", "nothing to do")
        return Claim(token, header_of(found), found["sealed"], found["attempts"], bool(found["is_urgent"]))

    def take_up_dead(self, now: datetime) -> int:
        """Release every case that is marked as being sent; only for who knows to be the sole sender. Gives how many."""
        with self._database.writing() as connection:
            return self._take_up_dead(connection, now, is_sole_sender=True)

    def delivered(self, claim: Claim, now: datetime) -> None:
        """Write down that the case system has all of it.

        Raises: ClaimLostError.
        """
        with self._database.writing() as connection:
            self.settle_delivered(connection, claim, now)

    @staticmethod
    def settle_delivered(connection: sqlite3.Connection, claim: Claim, now: datetime) -> None:
        """Do what `delivered` does, inside a transaction that writes more.

        Raises: ClaimLostError.
        """
        step = connection.execute(
            "SELECT identifier, result FROM delivery_steps WHERE case_id = ? AND step = 'case'",
            (claim.header.case_id,),
        ).fetchone()
        # Where the case lies now: what is added later must go there and nowhere else.
        where = fingerprints.of_address(step["identifier"], step["result"]) if step is not None else ""
        _finish(connection, claim, CaseState.DELIVERED, now, detail=where)

    def retrying(self, claim: Claim, now: datetime, reason: str, wait: timedelta, detail: str = "") -> None:
        """Write down that it did not work now, and when to try again.

        Raises: ClaimLostError.
        """
        with self._database.writing() as connection:
            _finish(connection, claim, CaseState.RETRYING, now, wait, reason, detail)

    def rejected(self, claim: Claim, now: datetime, reason: str, detail: str = "") -> None:
        """Write down that a person must look.

        Raises: ClaimLostError.
        """
        with self._database.writing() as connection:
            _finish(connection, claim, CaseState.REJECTED, now, reason=reason, detail=detail)

    def retry(self, case_id: CaseId, now: datetime) -> bool:
        """Make a case, or what was added to it, due at once, after a person looked; tell whether anything waited."""
        with self._database.writing() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'retrying', next_try_at = ?, changed_at = ?"
                " WHERE case_id = ? AND state IN ('retrying', 'rejected')",
                (stamp(now), stamp(now), case_id),
            ).rowcount
            changed += connection.execute(
                "UPDATE follow_ups SET state = 'retrying', next_try_at = ?"
                " WHERE case_id = ? AND state IN ('retrying', 'rejected')",
                (stamp(now), case_id),
            ).rowcount
            if changed:
                audit_log.append(connection, now, "released", case_id)
        return bool(changed)

    def counts(self) -> Counts:
        """Count the cases; one that is being sent counts as pending."""
        rows = self._database.rows("SELECT state, count(*) AS number FROM outbox GROUP BY state")
        found = {row["state"]: row["number"] for row in rows}
        return Counts(
            delivered=found.get("delivered", 0),
            retrying=found.get("retrying", 0),
            rejected=found.get("rejected", 0),
            pending=found.get("pending", 0) + found.get("sending", 0),
        )

    def number(self) -> int:
        """Give how many cases there are, in any state."""
        row = self._database.row("SELECT count(*) AS number FROM outbox")
        return 0 if row is None else int(row["number"])

    def next_due_at(self) -> datetime | None:
        """Tell when the first waiting case may be tried; None when nothing waits."""
        first = [row["at"] for row in self._database.rows(_FIRST_TRIES) if row["at"] is not None]
        return moment_of(min(first)) if first else None

    def waiting_since(self) -> datetime | None:
        """Tell since when the oldest case waits that may be sent; None when none does."""
        row = self._database.row(
            "SELECT min(s.submitted_at) AS at FROM outbox AS o JOIN submissions AS s USING (case_id)"
            " WHERE o.state IN ('pending', 'retrying')"
        )
        return None if row is None or row["at"] is None else moment_of(row["at"])

    def waiting(self) -> Sequence[CaseSummary]:
        """Give the cases that the case system does not have yet, oldest first."""
        waiting = "o.state IN ('pending', 'sending', 'retrying', 'rejected')"
        rows = self._database.rows(f"{SUMMARY} WHERE {waiting} ORDER BY s.submitted_at, s.case_id")
        return [summary_of(row) for row in rows]

    def alarming(self, now: datetime, after: timedelta) -> Sequence[CaseSummary]:
        """Give the cases that wait longer than they may, oldest first."""
        return [case for case in self.waiting() if raises_alarm(case, now, after)]

    def delete(self, case_id: CaseId, now: datetime, why: str) -> bool:
        """Take a waiting case away for good, with all that was known of it; the audit log keeps that, and why.

        Gives False when it does not wait, or is being sent at this moment. `why` is a slug, never a sentence.
        """
        with self._database.writing() as connection:
            deleted = connection.execute(
                "DELETE FROM submissions WHERE case_id = ? AND case_id IN"
                " (SELECT case_id FROM outbox WHERE state IN ('pending', 'retrying', 'rejected'))",
                (case_id,),
            ).rowcount
            if deleted:
                audit_log.append(connection, now, "deleted", case_id, why)
        return bool(deleted)

    def sealed(self, case_id: CaseId) -> tuple[SubmissionHeader, bytes]:
        """Give a case as it lies there, for who has the key.

        Raises: StoreError when there is no such case.
        """
        row = self._submission(case_id)
        return header_of(row), row["sealed"]

    def put_on_paper(self, case_id: CaseId, now: datetime, how: str) -> None:
        """Write down that a case was handed to a person; `how` is a slug."""
        with self._database.writing() as connection:
            audit_log.append(connection, now, "put-on-paper", case_id, how)

    def find(self, name: str) -> CaseSummary | None:
        """Find a case by its reference or its id."""
        row = self._database.row(f"{SUMMARY} WHERE s.reference = :name OR s.case_id = :name", {"name": name})
        return None if row is None else summary_of(row)

    def export(self, case_id: CaseId) -> bytes:
        """Give a case as a file that another machine with the key can take in; sealed as it is.

        Raises: StoreError when there is no such case.
        """
        row = self._submission(case_id)
        names = ("case_id", "reference", "service_id", "service_version", "submitted_at", "key_id")
        header = {name: row[name] for name in names}
        sealed = base64.b64encode(row["sealed"]).decode()
        return json.dumps({"format": 1, "header": header, "sealed": sealed}, indent=2).encode()

    def _submission(self, case_id: CaseId) -> Row:
        row = self._database.row("SELECT * FROM submissions WHERE case_id = ?", (case_id,))
        if row is None:
            raise StoreError("there is no such case", "`loket outbox` lists them")
        return row

    def has_due(self, now: datetime) -> bool:
        """Tell whether there is anything to send; without the write lock, so that looking disturbs no submit."""
        row = self._database.row(
            "SELECT EXISTS (SELECT 1 FROM outbox"
            " WHERE state IN ('pending', 'retrying') AND is_urgent IN (0, 1)"
            " AND (next_try_at <= :now OR next_try_at > :latest))"
            " OR EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND claimed_until < :now) AS is_due",
            {"now": stamp(now), "latest": stamp(now + LATEST_TRY)},
        )
        return row is not None and bool(row["is_due"])

    @staticmethod
    def _take_up_put_off(connection: sqlite3.Connection, now: datetime) -> None:
        """Let nobody's case wait for a year that a wrong clock told of."""
        connection.execute(
            "UPDATE outbox SET next_try_at = ? WHERE state IN ('pending', 'retrying') AND is_urgent IN (0, 1)"
            " AND next_try_at > ?",
            (stamp(now), stamp(now + LATEST_TRY)),
        )

    def _take_up_dead(self, connection: sqlite3.Connection, now: datetime, *, is_sole_sender: bool) -> int:
        return connection.execute(
            "UPDATE outbox SET state = 'retrying', claimed_by = '', claimed_until = '', next_try_at = :now,"
            " changed_at = :now WHERE state = 'sending' AND (:is_sole_sender OR claimed_until < :now)",
            {"now": stamp(now), "is_sole_sender": is_sole_sender},
        ).rowcount


def _finish(
    connection: sqlite3.Connection,
    claim: Claim,
    state: CaseState,
    now: datetime,
    wait: timedelta = timedelta(0),
    reason: str = "",
    detail: str = "",
) -> None:
    if not may_move(CaseState.SENDING, state):
        raise StoreError(f"a case that is being sent does not become {state}", "a mistake in the program")
    case_id = claim.header.case_id
    before = connection.execute(
        "SELECT reason FROM outbox WHERE case_id = ? AND state = 'sending' AND claimed_by = ?", (case_id, claim.token)
    ).fetchone()
    if before is None:
        raise ClaimLostError("another sender took the case up", "nothing to do")
    connection.execute(
        "UPDATE outbox SET state = ?, reason = ?, next_try_at = ?, changed_at = ?, claimed_by = '', claimed_until = ''"
        " WHERE case_id = ?",
        (state, reason, stamp(now + wait), stamp(now), case_id),
    )
    # A month without a network is one row, not one for each attempt.
    if state is not CaseState.RETRYING or reason != before["reason"]:
        audit_log.append(
            connection, now, state, case_id, f"{reason}: {detail}" if reason and detail else reason or detail
        )


def header_of(row: Row) -> SubmissionHeader:
    """Read the readable columns of a submission."""
    return SubmissionHeader(
        case_id=CaseId(row["case_id"]),
        reference=row["reference"],
        service_id=row["service_id"],
        service_version=row["service_version"],
        submitted_at=moment_of(row["submitted_at"]),
        key_id=row["key_id"],
    )
