# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers how far a case is, and takes what a citizen adds to it (`domain.ports.StatusBook`).

Each question and its count of wrong codes is one transaction: who tries in two windows at once, or pulls the plug, has
no more tries than anybody else.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.case import CaseId, CaseState
from domain.errors import StoreError
from domain.follow_up import FollowUpHeader, FollowUpKind
from domain.status_check import LOCKED_FOR, MOST_TRIES, FoundCase, StatusOutcome, StatusReply
from sync import audit_log, fingerprints
from sync.case_store import code_hash
from sync.database import Database, Row, moment_of, stamp
from sync.second_copy import SecondCopies
from sync.wrong_tries import after_wrong, locked_until

_DUTCH = ZoneInfo("Europe/Amsterdam")
_OPEN_FOR_MORE = frozenset(CaseState) - {CaseState.WITHDRAWN, CaseState.DRAFT}
_CASES = """
    SELECT s.case_id, s.reference, s.service_id, s.service_version, s.code_salt, s.code_hash, o.state, o.promised_on,
           coalesce(n.checked_at, '') AS checked_at,
           coalesce(t.tries, 0) AS tries, coalesce(t.locked_until, '') AS locked_until,
           (SELECT max(made_on) FROM follow_ups AS f WHERE f.case_id = s.case_id AND kind = 'reminder') AS reminded_on,
           (SELECT count(*) FROM follow_ups AS f WHERE f.case_id = s.case_id AND kind = 'withdrawal') AS withdrawals,
           (SELECT count(*) FROM follow_ups AS f WHERE f.case_id = s.case_id AND kind = 'correction') AS corrections
    FROM submissions AS s JOIN outbox AS o USING (case_id)
    LEFT JOIN case_news AS n USING (case_id) LEFT JOIN status_tries AS t USING (case_id)
"""
_CASE = f"{_CASES} WHERE s.reference = ?"
_PASSED = (
    f"{_CASES} WHERE o.promised_on < ? AND o.state NOT IN ('done', 'withdrawn')"
    " ORDER BY o.promised_on, s.reference LIMIT ?"
)
MOST_PASSED = 500


class SqliteStatusBook:
    """The status book of one machine; safe from any thread, and beside other processes."""

    def __init__(self, database: Database, copies: SecondCopies | None = None) -> None:
        self._database = database
        self._copies = copies

    def look_up(self, reference: str, status_code: str, now: datetime) -> StatusReply:
        """Tell how far a case is to who has its number and code.

        Raises: StoreError and its kinds.
        """
        with self._database.writing() as connection:
            row = connection.execute(_CASE, (reference,)).fetchone()
            if row is None:
                return StatusReply(StatusOutcome.UNKNOWN)
            locked = locked_until(row["locked_until"], now)
            if locked is not None:
                if stamp(locked) != row["locked_until"]:
                    _count(connection, row["case_id"], row["tries"], stamp(locked))
                return StatusReply(StatusOutcome.LOCKED, locked_until=locked)
            if hmac.compare_digest(row["code_hash"], code_hash(status_code, row["code_salt"])):
                connection.execute("DELETE FROM status_tries WHERE case_id = ?", (row["case_id"],))
                return StatusReply(StatusOutcome.FOUND, case=_found(row))
            return self._wrong(connection, row, now)

    def passed(self, today: date) -> Sequence[FoundCase]:
        """Give the cases that are not over and whose promised day is before today, the longest ago first.

        For staff: it asks for no code and gives nothing that says whose a case is.
        Raises: StoreError and its kinds.
        """
        return [_found(row) for row in self._database.rows(_PASSED, (today.isoformat(), MOST_PASSED))]

    @staticmethod
    def _wrong(connection: sqlite3.Connection, row: Row, now: datetime) -> StatusReply:
        tries, locked = after_wrong(row["tries"], row["locked_until"], now)
        _count(connection, row["case_id"], tries, locked)
        if not locked:
            return StatusReply(StatusOutcome.WRONG_CODE, tries_left=MOST_TRIES - tries)
        audit_log.append(connection, now, "status-locked", row["case_id"])
        return StatusReply(StatusOutcome.LOCKED, locked_until=now + LOCKED_FOR)

    def add(self, header: FollowUpHeader, sealed: bytes) -> bool:
        """Keep what a citizen adds; durable on return. False when it is there already: one reminder a day.

        Raises: StoreError and its kinds, also when there is no such case or it is over; then nothing was kept.
        """
        made_at = stamp(header.made_at)
        made_on = header.made_at.astimezone(_DUTCH).date().isoformat()
        with self._database.writing() as connection:
            case = connection.execute(
                "SELECT state, attempts FROM outbox WHERE case_id = ?", (header.case_id,)
            ).fetchone()
            is_withdrawal = header.kind is FollowUpKind.WITHDRAWAL
            if case is not None and is_withdrawal and case["state"] == CaseState.WITHDRAWN:
                return False
            if case is None or CaseState(case["state"]) not in _OPEN_FOR_MORE:
                raise StoreError("nothing can be added to this case", "it is over, or not of this device")
            if is_withdrawal and case["state"] == CaseState.PENDING and not case["attempts"]:
                # Nobody else has heard of it yet, and nobody will.
                _stop(connection, header)
                return True
            known = connection.execute(
                "SELECT 1 FROM follow_ups WHERE follow_up_id = ?"
                " OR (kind = 'reminder' AND ? = 'reminder' AND case_id = ? AND made_on = ?)",
                (header.follow_up_id, header.kind.value, header.case_id, made_on),
            ).fetchone()
            if known is not None:
                return False
            connection.execute(
                "INSERT INTO follow_ups (follow_up_id, case_id, number, kind, made_at, made_on, key_id, sealed, state,"
                " next_try_at) SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, 'pending', ?"
                " FROM follow_ups WHERE case_id = ?",
                (
                    header.follow_up_id,
                    header.case_id,
                    header.kind.value,
                    made_at,
                    made_on,
                    header.key_id,
                    sealed,
                    made_at,
                    header.case_id,
                ),
            )
            written = connection.execute(
                "SELECT * FROM follow_ups WHERE follow_up_id = ?", (header.follow_up_id,)
            ).fetchone()
            sums = f"{fingerprints.of_follow_up(written)} {fingerprints.of_sealed(sealed)}"
            audit_log.append(connection, header.made_at, f"added-{header.kind.value}", header.case_id, sums)
        if self._copies is not None:
            self._copies.keep(self._database, header.case_id)
        return True


def _stop(connection: sqlite3.Connection, header: FollowUpHeader) -> None:
    connection.execute(
        "UPDATE outbox SET state = 'withdrawn', changed_at = ? WHERE case_id = ?",
        (stamp(header.made_at), header.case_id),
    )
    connection.execute("DELETE FROM follow_ups WHERE case_id = ?", (header.case_id,))
    audit_log.append(connection, header.made_at, "withdrawn", header.case_id)


def _count(connection: sqlite3.Connection, case_id: str, tries: int, locked_until: str) -> None:
    connection.execute(
        "INSERT INTO status_tries (case_id, tries, locked_until) VALUES (?, ?, ?)"
        " ON CONFLICT (case_id) DO UPDATE SET tries = excluded.tries, locked_until = excluded.locked_until",
        (case_id, tries, locked_until),
    )


def _found(row: Row) -> FoundCase:
    return FoundCase(
        case_id=CaseId(row["case_id"]),
        reference=row["reference"],
        service_id=row["service_id"],
        service_version=row["service_version"],
        state=CaseState(row["state"]),
        promised_on=date.fromisoformat(row["promised_on"]),
        checked_at=moment_of(row["checked_at"]) if row["checked_at"] else None,
        reminded_on=date.fromisoformat(row["reminded_on"]) if row["reminded_on"] else None,
        is_withdrawn=bool(row["withdrawals"]),
        corrections=row["corrections"],
    )
