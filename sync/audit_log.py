# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to cases, as a chain of hashes: a row that was changed or taken away shows.

It holds events, ids, slugs and sums only. Who cuts off the newest rows, or replaces them all, is noticed by the
signatures of `sync.audit_heads`; whether the store fits what is told here is for `sync.reconcile`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from json.encoder import encode_basestring_ascii as _quoted

from domain.clock_doubt import LAST, MADE
from sync.database import Database, Row, moment_of, stamp

START = b"\0" * 32
"""Stands before the first line."""

_AT_ONCE = 500
"""Lines in memory at once; what a long log once took, its process would keep."""

CLOCK_CHECKED = "clock-checked"
"""A person, or a server, said that the clock is right now."""

CLOCK_DIFFERS = "clock-differs"
"""A server said by how many seconds it is not: the detail."""

_LINE = "SELECT number, at, event, case_id, detail, hash FROM audit_log"


def last_detail(database: Database, case_id: str) -> str:
    """Give the newest detail about a case that says more than its event: an API, a code; never personal data."""
    row = database.row(
        "SELECT detail FROM audit_log WHERE case_id = ? AND detail <> '' AND event <> 'promised'"
        # Where a row is summed up, the detail is for `sync.reconcile` and not for people.
        " AND event NOT IN ('submitted', 'delivered', 'arrived') AND event NOT LIKE 'added-%'"
        " AND event NOT LIKE 'arrived-%' AND event NOT LIKE 'carried-%' ORDER BY number DESC LIMIT 1",
        (case_id,),
    )
    return "" if row is None else str(row["detail"])


def details_of(database: Database, event: str) -> frozenset[str]:
    """Give what was told with every line of an event that is about no case.

    Raises: StoreError and its kinds.
    """
    rows = database.rows("SELECT DISTINCT detail FROM audit_log WHERE event = ? AND case_id = ''", (event,))
    return frozenset(str(row["detail"]) for row in rows)


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


def clock_gap(database: Database) -> timedelta | None:
    """Give how far a server's clock was ahead of ours last; None when nothing was said since the clock was right.

    Raises: StoreError and its kinds.
    """
    # From the newest back; who still differs after a thousand rows is told of anew (`sync.clock_witness`).
    found = database.row(
        "SELECT event, detail FROM (SELECT number, event, detail FROM audit_log ORDER BY number DESC LIMIT 1000)"
        " WHERE event IN (?, ?) ORDER BY number DESC LIMIT 1",
        (CLOCK_CHECKED, CLOCK_DIFFERS),
    )
    return timedelta(seconds=int(found["detail"])) if found is not None and found["event"] == CLOCK_DIFFERS else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands there; whether it is right is seen by `fits`."""

    number: int
    at: str
    event: str
    case_id: str
    detail: str
    hash: bytes

    def fits(self, before: bytes) -> bool:
        """Tell whether it comes after the line with this hash, and was not changed."""
        return self.hash == _hash(before, (self.number, self.at, self.event, self.case_id, self.detail))


def append(connection: sqlite3.Connection, at: datetime, event: str, case_id: str, detail: str = "") -> None:
    """Add a row; to be called inside the transaction of what it tells about."""
    last = newest(connection)
    number, before = (1, START) if last is None else (last.number + 1, last.hash)
    written_at = stamp(at)
    connection.execute(
        "INSERT INTO audit_log (number, at, event, case_id, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (number, written_at, event, case_id, detail, _hash(before, (number, written_at, event, case_id, detail))),
    )


def newest(connection: sqlite3.Connection) -> Line | None:
    """Give the last line."""
    row = connection.execute(f"{_LINE} ORDER BY number DESC LIMIT 1").fetchone()
    return None if row is None else _line(row)


def line_at(connection: sqlite3.Connection, number: int) -> Line | None:
    """Give one line."""
    row = connection.execute(f"{_LINE} WHERE number = ?", (number,)).fetchone()
    return None if row is None else _line(row)


def _line(row: Row) -> Line:
    return Line(row["number"], row["at"], row["event"], row["case_id"], row["detail"], row["hash"])


def lines(connection: sqlite3.Connection, after: int = 0) -> Iterator[Line]:
    """Give all lines after one, in order, without having them all in memory."""
    while rows := connection.execute(f"{_LINE} WHERE number > ? ORDER BY number LIMIT ?", (after, _AT_ONCE)).fetchall():
        for row in rows:
            yield Line(*row)
        after = rows[-1][0]


def first_broken(database: Database) -> int | None:
    """Give the number of the first row that does not fit the chain, or None when all fit; for a log never shortened."""
    before, expected = START, 1
    for row in database.rows(f"{_LINE} ORDER BY number"):
        line = Line(**row)
        if line.number != expected or not line.fits(before):
            return expected
        before, expected = line.hash, expected + 1
    return None


def _hash(before: bytes, said: tuple[int, str, str, str, str]) -> bytes:
    # JSON without spaces, put together by hand: each confirm waits for it, and a million lines are checked by it.
    number, *words = said
    return hashlib.sha256(before + f"[{number},{','.join(map(_quoted, words))}]".encode()).digest()
