# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rows of one case by themselves, in the tables of the store: what SQLite takes for them, without our code."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from domain.intake import Prepared

_FRAME = 4096 + 24
_HEADER = 32
_AT = "2026-11-22T09:00:00.000000+00:00"
_ROWS = (
    "INSERT INTO submissions VALUES (:case_id, :reference, :service, 3, :at, :key, :sealed, :salt, :hash)",
    "INSERT INTO outbox VALUES (:case_id, 'pending', '2026-12-01', 0, 0, '', :at, '', '', :at)",
    "INSERT INTO audit_log VALUES (NULL, :at, 'submitted', :case_id, :sums, :salt)",
)


def bare_rows(connection: sqlite3.Connection) -> Callable[[Prepared, bytes], None]:
    """Give what writes the three rows of a case in one transaction, and does nothing else."""

    def write(case: Prepared, content: bytes) -> None:
        header = case.submission.header
        values = {
            "case_id": header.case_id,
            "reference": header.reference,
            "service": header.service_id,
            "at": _AT,
            "key": header.key_id,
            "sealed": content,
            "salt": b"s" * 32,
            "hash": b"h" * 64,
            "sums": "s" * 76,
        }
        connection.execute("BEGIN IMMEDIATE")
        for row in _ROWS:
            connection.execute(row, values)
        connection.execute("COMMIT")

    return write


def pages_a_put(connection: sqlite3.Connection, put_all: Callable[[], object], number: int) -> float:
    """Give how many pages of the write-ahead log one put writes."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    put_all()
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    return (Path(f"{file}-wal").stat().st_size - _HEADER) / _FRAME / number
