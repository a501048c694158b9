# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes down what is done at the case system for a case: each step before it is sent and after it is answered.

A row that says "sent" and no more means: ask the case system before sending again. So does a second attempt, for these
rows are not forced onto the disk one by one: a power cut may take the last of them, but never the claim, which counts
the attempts. That saves a dozen waits for the disk a case (decision 4).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sync.database import Database, stamp
from sync.outbox import LEASE, Claim, ClaimLostError

_RENEW_AFTER = LEASE / 10


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What is known of one step."""

    step: str
    identifier: str
    state: str  # sent, done, left_out
    result: str
    sends: int

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left to do for it."""
        return self.state != "sent"


class DeliverySteps:
    """The remote steps of the case that a sender holds.

    Each write renews the claim, and fails with ClaimLostError when another sender took the case up.
    An outcome is written together with the start of the next step: one trip to the disk instead of two.
    """

    def __init__(self, database: Database, claim: Claim) -> None:
        self._database = database
        self._claim = claim
        self._case_id = claim.header.case_id
        self._records = {record.step: record for record in self._read()}
        self._unwritten: list[tuple[StepRecord, datetime]] = []
        self._renewed_at: datetime | None = None
        self._adopted: set[str] = set()
        self._is_all_doubtful = False

    def may_be_there(self, step: str) -> bool:
        """Tell whether an earlier attempt may have sent this step."""
        return self._is_all_doubtful or step in self._records or self._claim.attempts > 1

    def adopted(self, step: str) -> None:
        """Remember that what a step makes was there already."""
        self._adopted.add(step)

    def was_there(self, step: str) -> bool:
        """Tell whether this attempt found what a step makes."""
        return step in self._adopted

    def doubt_all(self) -> None:
        """Take it that every step may have been sent before."""
        self._is_all_doubtful = True

    def get(self, step: str) -> StepRecord | None:
        """Give what is known of a step."""
        return self._records.get(step)

    def before(self, step: str, identifier: str, now: datetime) -> StepRecord:
        """Write down that a step is about to be sent; its first identifier stays, whatever comes later."""
        known = self._records.get(step)
        first, sends = (known.identifier, known.sends + 1) if known else (identifier, 1)
        record = StepRecord(step, first, "sent", "", sends)
        self._unwritten.append((record, now))
        self._records[step] = record
        self.write(now)
        return record

    def after(self, step: str, now: datetime, result: str, *, is_left_out: bool = False) -> None:
        """Remember how a step ended; `write` or the next `before` puts it on the disk."""
        known = self._records[step]
        record = StepRecord(step, known.identifier, "left_out" if is_left_out else "done", result, known.sends)
        self._unwritten.append((record, now))
        self._records[step] = record

    def write(self, now: datetime) -> None:
        """Put what is not on the disk yet there, in one transaction.

        Raises: ClaimLostError.
        """
        if self._unwritten:
            with self._database.writing(survives_power_cut=False) as connection:
                self._renew(connection, now)
                self._put(connection)
            self._unwritten.clear()

    def write_with(self, more: Callable[[sqlite3.Connection], None]) -> None:
        """Put what is not on the disk yet there, and more, in one transaction.

        Raises: what `more` raises; then nothing was written.
        """
        with self._database.writing(survives_power_cut=False) as connection:
            self._put(connection)
            more(connection)
        self._unwritten.clear()

    def _put(self, connection: sqlite3.Connection) -> None:
        for record, at in self._unwritten:
            connection.execute(
                "INSERT INTO delivery_steps (case_id, step, identifier, state, result, sends, sent_at, done_at)"
                " VALUES (:case_id, :step, :identifier, :state, :result, :sends, :at, :done_at)"
                " ON CONFLICT (case_id, step) DO UPDATE SET state = excluded.state, result = excluded.result,"
                " sends = excluded.sends, done_at = excluded.done_at,"
                " sent_at = iif(excluded.state = 'sent', excluded.sent_at, sent_at)",
                {
                    "case_id": self._case_id,
                    "step": record.step,
                    "identifier": record.identifier,
                    "state": record.state,
                    "result": record.result,
                    "sends": record.sends,
                    "at": stamp(at),
                    "done_at": stamp(at) if record.is_settled else "",
                },
            )

    def _renew(self, connection: sqlite3.Connection, now: datetime) -> None:
        ours = (self._case_id, self._claim.token)
        row = connection.execute(
            "SELECT 1 FROM outbox WHERE case_id = ? AND state = 'sending' AND claimed_by = ?", ours
        ).fetchone()
        if row is None:
            raise ClaimLostError("another sender took the case up", "nothing to do")
        if self._renewed_at is None or now - self._renewed_at > _RENEW_AFTER:
            connection.execute(
                "UPDATE outbox SET claimed_until = ? WHERE case_id = ? AND claimed_by = ?", (stamp(now + LEASE), *ours)
            )
            self._renewed_at = now

    def _read(self) -> list[StepRecord]:
        rows = self._database.rows(
            "SELECT step, identifier, state, result, sends FROM delivery_steps WHERE case_id = ?", (self._case_id,)
        )
        return [StepRecord(**row) for row in rows]
