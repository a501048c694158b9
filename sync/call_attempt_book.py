# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the attempts to call somebody back in the store (`domain.call_attempts.CallAttemptBook`).

The case need not be in this store: a counter calls for what the case system has. `sync.call_attempt_sender` tells the
contact register.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.call_attempts import CallAttempt
from sync.database import Database, Row, moment_of, stamp


class SqliteCallAttemptBook:
    """The attempts that this machine knows of; safe from any thread, and beside other processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, attempt: CallAttempt) -> bool:
        """Keep an attempt; durable on return. False when it is there already.

        Raises: StoreError and its kinds; then nothing was kept.
        """
        at = stamp(attempt.at)
        with self._database.writing() as connection:
            kept = connection.execute(
                "INSERT INTO call_attempts (attempt_id, reference, at, day_part, was_reached, state, next_try_at)"
                " VALUES (?, ?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
                (attempt.attempt_id, attempt.reference, at, attempt.day_part.value, attempt.was_reached, at),
            ).rowcount
        return bool(kept)

    def attempts(self, reference: str) -> Sequence[CallAttempt]:
        """Give the attempts for a case, oldest first."""
        rows = self._database.rows(
            "SELECT * FROM call_attempts WHERE reference = ? ORDER BY at, attempt_id", (reference,)
        )
        return [attempt_of(row) for row in rows]


def attempt_of(row: Row) -> CallAttempt:
    """Read a row."""
    return CallAttempt(row["attempt_id"], row["reference"], moment_of(row["at"]), bool(row["was_reached"]))
