# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case kept with a queue library and, in the same transaction, what else a case needs: the like-for-like peer.

A message in a queue is known by a number of the queue. A case must be found by its reference and by its id, keep its
readable header and the hash of its code, be listed by time, and have its line in the chained log, with the sums by
which a changed row is noticed. So only the queue is another: log, sums and hash are made by our own functions.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable

from domain.intake import Prepared
from sync import audit_log, fingerprints
from sync.case_store import code_hash
from sync.database import stamp

CODE = "4711"
_KNOWN = (
    "CREATE TABLE known (case_id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, service_id TEXT,"
    " service_version INTEGER, submitted_at TEXT, key_id TEXT, code_salt BLOB, code_hash BLOB, promised_on TEXT)"
)
_TABLES = (
    _KNOWN,
    "CREATE INDEX known_by_time ON known (submitted_at)",
    "CREATE TABLE audit_log (number INTEGER PRIMARY KEY, at TEXT, event TEXT, case_id TEXT, detail TEXT, hash BLOB)",
)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make what a case needs besides its message, in the file of the queue."""
    for table in _TABLES:
        connection.execute(table)
    connection.commit()


def beside(connection: sqlite3.Connection) -> Callable[[Prepared, bytes], None]:
    """Give what writes it, inside a transaction that is open or that its first row opens."""
    connection.row_factory = sqlite3.Row

    def write(case: Prepared, content: bytes) -> None:
        header, salt = case.submission.header, secrets.token_bytes(16)
        promised_on = case.summary.promised_on.isoformat()
        row = {
            "case_id": header.case_id,
            "reference": header.reference,
            "service_id": header.service_id,
            "service_version": header.service_version,
            "submitted_at": stamp(header.submitted_at),
            "key_id": header.key_id,
            "code_salt": salt,
            "code_hash": code_hash(CODE, salt),
        }
        urgent = {"is_urgent": int(case.summary.is_urgent)}
        sums = f"{fingerprints.of_submission({**row, **urgent})} {fingerprints.of_sealed(content)} {promised_on}"
        connection.execute("INSERT INTO known VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row.values(), promised_on))
        audit_log.append(connection, header.submitted_at, "submitted", header.case_id, sums)

    return write
