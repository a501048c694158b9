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

from sync.database import Database, stamp

_START = b"\0" * 32


def last_detail(database: Database, case_id: str) -> str:
    """Give the newest detail about a case that says more than its event: an API, a code; never personal data."""
    row = database.row(
        "SELECT detail FROM audit_log WHERE case_id = ? AND detail <> '' ORDER BY number DESC LIMIT 1", (case_id,)
    )
    return "" if row is None else str(row["detail"])


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
