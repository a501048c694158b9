# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps submitted cases in SQLite (`domain.ports.CaseStore`): all of a case in one transaction, or nothing.

What happens to a case afterwards is `sync.outbox`'s.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from domain.case import CaseId, CaseState, CaseSummary
from domain.submission import SubmissionHeader
from sync import audit_log, fingerprints
from sync.database import Database, Row, moment_of, stamp
from sync.second_copy import SecondCopies, Tables

SUMMARY = """
    SELECT s.case_id, s.reference, s.service_id, s.service_version, s.submitted_at,
           o.state, o.promised_on, o.is_urgent, o.attempts, o.reason
    FROM submissions AS s JOIN outbox AS o USING (case_id)
"""


def summary_of(row: Row) -> CaseSummary:
    """Read a row of `SUMMARY`."""
    return CaseSummary(
        case_id=CaseId(row["case_id"]),
        reference=row["reference"],
        service_id=row["service_id"],
        service_version=row["service_version"],
        state=CaseState(row["state"]),
        submitted_at=moment_of(row["submitted_at"]),
        promised_on=date.fromisoformat(row["promised_on"]),
        attempts=row["attempts"],
        reason=row["reason"],
        is_urgent=bool(row["is_urgent"]),
    )


class SqliteCaseStore:
    """The case store of one machine; safe from any thread, and beside other processes."""

    def __init__(self, database: Database, copies: SecondCopies | None = None) -> None:
        self._database = database
        self._copies = copies
        self._uncopied: dict[CaseId, Tables] = {}

    def submit(self, header: SubmissionHeader, sealed: bytes, details: CaseSummary, status_code: str) -> None:
        """Write submission, outbox row and audit row in one transaction; durable on return.

        Raises: StoreFullError, StoreReadOnlyError, StoreDamagedError, StoreError; then nothing was written.
        """
        submitted_at = stamp(header.submitted_at)
        promised_on = details.promised_on.isoformat()
        salt = secrets.token_bytes(16)
        submission = {
            "case_id": header.case_id,
            "reference": header.reference,
            "service_id": header.service_id,
            "service_version": header.service_version,
            "submitted_at": submitted_at,
            "key_id": header.key_id,
            "sealed": sealed,
            "code_salt": salt,
            "code_hash": code_hash(status_code, salt),
        }
        waiting = {
            "case_id": header.case_id,
            "state": CaseState.PENDING.value,
            "promised_on": promised_on,
            "is_urgent": int(details.is_urgent),
            "attempts": 0,
            "next_try_at": submitted_at,
            "changed_at": submitted_at,
        }
        # What was written is summed up in the log, so that a row that somebody changes or puts in is noticed.
        sums = f"{fingerprints.of_submission({**submission, **waiting})} {fingerprints.of_sealed(sealed)} {promised_on}"
        with self._database.writing() as connection:
            connection.execute("INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*submission.values(),))
            connection.execute(
                "INSERT INTO outbox (case_id, state, promised_on, is_urgent, attempts, next_try_at, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*waiting.values(),),
            )
            audit_log.append(connection, header.submitted_at, "submitted", header.case_id, sums)
        if self._copies is not None:
            self._uncopied[header.case_id] = {"submissions": [submission], "outbox": [waiting]}

    def write_copies(self) -> None:
        """Write the second copy of what was submitted here; after a kill before this, `SecondCopies.complete` does."""
        # From what was handed in, and not from the store: a disk that spoils it meanwhile spoils no copy.
        while self._copies is not None and self._uncopied:
            self._copies.write(*self._uncopied.popitem())

    def forget(self, case_id: CaseId) -> bool:
        """Take away a case of which nobody was told, unless a sender has it; tell whether it is certainly not there.

        Raises: StoreError and its kinds.
        """
        with self._database.writing() as connection:
            found = connection.execute(
                "SELECT state, attempts, submitted_at FROM outbox JOIN submissions USING (case_id) WHERE case_id = ?",
                (case_id,),
            ).fetchone()
            if found is None:
                return True
            if found["state"] != CaseState.PENDING or found["attempts"]:
                return False
            connection.execute("DELETE FROM submissions WHERE case_id = ?", (case_id,))
            audit_log.append(connection, moment_of(found["submitted_at"]), "forgotten", case_id)
        self._uncopied.pop(case_id, None)
        if self._copies is not None:
            self._copies.drop(case_id)
        return True

    def summary(self, case_id: CaseId) -> CaseSummary | None:
        """Give what is known of a case, without opening it."""
        row = self._database.row(f"{SUMMARY} WHERE s.case_id = ?", (case_id,))
        return None if row is None else summary_of(row)

    def summaries(self) -> Sequence[CaseSummary]:
        """Give all cases, oldest first."""
        return [summary_of(row) for row in self._database.rows(f"{SUMMARY} ORDER BY s.submitted_at, s.case_id")]

    def page(self, limit: int, before: CaseSummary | None = None) -> Sequence[CaseSummary]:
        """Give one page of all cases, newest first; the next one begins before the last of this one."""
        # By place and not by number: a million cases deep is as quick as the first.
        place = ("9999", "") if before is None else (stamp(before.submitted_at), before.case_id)
        rows = self._database.rows(
            f"{SUMMARY} WHERE (s.submitted_at, s.case_id) < (?, ?)"
            " ORDER BY s.submitted_at DESC, s.case_id DESC LIMIT ?",
            (*place, limit),
        )
        return [summary_of(row) for row in rows]

    def in_order(self, at_once: int = 500) -> Iterator[CaseSummary]:
        """Give all cases, oldest first, without having them all in memory."""
        place = ("", "")
        while rows := self._database.rows(
            f"{SUMMARY} WHERE (s.submitted_at, s.case_id) > (?, ?) ORDER BY s.submitted_at, s.case_id LIMIT ?",
            (*place, at_once),
        ):
            yield from map(summary_of, rows)
            place = (rows[-1]["submitted_at"], rows[-1]["case_id"])

    def has_status_code(self, reference: str, status_code: str) -> bool:
        """Tell whether these are the four digits on the receipt with this reference."""
        row = self._database.row("SELECT code_salt, code_hash FROM submissions WHERE reference = ?", (reference,))
        return row is not None and hmac.compare_digest(row["code_hash"], code_hash(status_code, row["code_salt"]))

    def last_seen(self) -> datetime | None:
        """Give the latest moment that was written down here with a clock that could be right."""
        return audit_log.last_seen(self._database)

    def clock_gap(self) -> timedelta | None:
        """Give how far a server's clock was ahead of ours, where the last one that told it said that ours is wrong."""
        return audit_log.clock_gap(self._database)

    def news_mark(self) -> int:
        """Give a number that changes whenever another process changed the store."""
        return self._database.data_version()


def code_hash(status_code: str, salt: bytes) -> bytes:
    """Give what is kept of the four digits on a receipt."""
    # Deliberately quick: four digits are guessed in a moment however slow the hash, and the citizen waits for this
    # transaction. What the code guards (a status, no answers) lies readable in the same file (decision 3).
    return hashlib.blake2b(status_code.encode(), salt=salt).digest()
