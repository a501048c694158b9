# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to cases, as a chain of hashes: a row that was changed or taken away shows.

It holds events, ids and slugs only. Who cuts off the newest rows is noticed by nobody but a copy elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import datetime

from domain.clock_doubt import LAST, MADE
from sync.database import Database, moment_of, stamp

_START = b"\0" * 32

CLOCK_CHECKED = "clock-checked"
"""A person, or a server, said that the clock is right now."""


def last_detail(database: Database, case_id: str) -> str:
    """Give the newest detail about a case that says more than its event: an API, a code; never personal data."""
    row = database.row(
        "SELECT detail FROM audit_log WHERE case_id = ? AND detail <> '' AND event <> 'promised'"
        # Where a row is summed up, the detail is for `sync.reconcile` and not for people.
        " AND event <> 'submitted' AND event <> 'delivered' AND event NOT LIKE 'added-%'"
        " AND event NOT LIKE 'carried-%' ORDER BY number DESC LIMIT 1",
        (case_id,),
    )
    return "" if row is None else str(row["detail"])


def last_seen(database: Database) -> datetime | None:
    """Give the latest moment that this device wrote down with a clock that could be right.

    Counted since a person last said that the clock is right, so that one wrong day need not be doubted for years.

    Raises: StoreError and its kinds.
    """
    # From the newest back: a log of a million rows is not read through for it.
    found = database.row(
        "SELECT max(at) AS at FROM (SELECT number, at FROM audit_log ORDER BY number DESC LIMIT 1000)"
        " WHERE at BETWEEN ? AND ?"
        " AND number >= coalesce((SELECT max(number) FROM (SELECT number, event FROM audit_log"
        " ORDER BY number DESC LIMIT 1000) WHERE event = ?), 0)",
        (stamp(MADE), stamp(LAST), CLOCK_CHECKED),
    )
    return moment_of(found["at"]) if found is not None and found["at"] else None


def append(connection: sqlite3.Connection, at: datetime, event: str, case_id: str, detail: str = "") -> None:
    """Add a row; to be called inside the transaction of what it tells about."""
    last = connection.execute("SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1").fetchone()
    number, before = (1, _START) if last is None else (last["number"] + 1, last["hash"])
    written_at = stamp(at)
    connection.execute(
        "INSERT INTO audit_log (number, at, event, case_id, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (number, written_at, event, case_id, detail, _hash(before, (number, written_at, event, case_id, detail))),
    )


def first_broken(database: Database) -> int | None:
    """Give the number of the first row that does not fit the chain, or None when all fit."""
    before, expected = _START, 1
    for row in database.rows("SELECT number, at, event, case_id, detail, hash FROM audit_log ORDER BY number"):
        said = tuple(row[name] for name in ("number", "at", "event", "case_id", "detail"))
        fits = row["hash"] == _hash(before, said)
        if row["number"] != expected or not fits:
            return expected
        before, expected = row["hash"], expected + 1
    return None


def _hash(before: bytes, said: tuple[int | str, ...]) -> bytes:
    return hashlib.sha256(before + json.dumps(said, separators=(",", ":")).encode()).digest()
