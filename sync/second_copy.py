# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each case that the municipality does not have yet lies beside the store once more, as a sealed file of its own.

So a damaged page, or a log that was lost, loses no case that somebody was told of. A copy is written right after the
citizen was told, and one that is missing then is made up by `complete`; it goes when the case has arrived. What stands
in it is what stands in the store: nothing readable of a citizen.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.case import CaseId, CaseState
from domain.log_line import LogEvent
from sync import audit_log
from sync.database import Database, stamp
from sync.event_log import EventLog
from sync.shared_folder import fit, make_folder

_log = EventLog("loket.store")

ENDING = ".case"
_DRAFT = ".draft"

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows of a case by the name of their table."""

TABLES = ("submissions", "outbox", "delivery_steps", "status_tries", "case_news", "follow_ups")
"""All that is known of a case, in the order in which rows refer to each other."""

TAKEN_AWAY = ("forgotten", "deleted", "removed", "withdrawn")
"""What last happened to a case that is gone on purpose; its copy never brings it back."""

_WAITING = "state IN ('pending', 'sending', 'retrying', 'rejected')"  # names each state, so that an index serves it
_ARRIVED = (CaseState.DELIVERED, CaseState.IN_PROGRESS, CaseState.DONE, CaseState.WITHDRAWN)


class SecondCopies:
    """The folder with a file for each case that is still here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, database: Database, case_id: CaseId) -> bool:
        """Write the copy of a case that is durable already, from the store; tells and never raises, as `write`."""
        try:
            tables = {table: database.rows(_of_case(table), (case_id,)) for table in TABLES}
        except Exception as error:  # noqa: BLE001 - the case is safe in the store; its copy is a second net
            _log.warning(LogEvent.COPY_NOT_WRITTEN, error=error)
            return False
        return bool(tables["submissions"] and tables["outbox"]) and self.write(case_id, tables)

    def write(self, case_id: CaseId, tables: Tables) -> bool:
        """Write a copy of these rows and tell whether it lies there; losing a copy loses no case: it never raises."""
        try:
            make_folder(self.folder)
            kept = {table: [plain(row) for row in rows] for table, rows in tables.items()}
            _write(self._file(case_id), json.dumps({"format": 1, "tables": kept}).encode())
        except Exception as error:  # noqa: BLE001 - the case is safe in the store; its copy is a second net
            _log.warning(LogEvent.COPY_NOT_WRITTEN, error=error)
            return False
        return True

    def complete(self, database: Database) -> int:
        """Write each copy that is missing, or lacks what was added since: its writer was killed; gives how many.

        Raises: StoreError and its kinds.
        """
        there = {file.stem for file in self._files()}
        waiting = {row["case_id"] for row in database.rows(f"SELECT case_id FROM outbox WHERE {_WAITING}")}  # noqa: S608
        added: dict[str, set[str]] = {}
        for row in database.rows("SELECT case_id, follow_up_id FROM follow_ups WHERE state <> 'delivered'"):
            added.setdefault(row["case_id"], set()).add(row["follow_up_id"])
        missing = (waiting | added.keys()) - there
        missing |= {case_id for case_id in added.keys() & there if not added[case_id] <= self._added_in(case_id)}
        return sum(self.keep(database, CaseId(case_id)) for case_id in sorted(missing))

    def drop(self, case_id: CaseId) -> None:
        """Take the copy of a case away."""
        with contextlib.suppress(OSError):
            self._file(case_id).unlink(missing_ok=True)

    def tidy(self, database: Database) -> int:
        """Take away the copies of cases that arrived, with all that was added, or were taken away; gives how many."""
        gone = 0
        for file in self._files():
            row = database.row("SELECT state FROM outbox WHERE case_id = ?", (file.stem,))
            waiting = database.row("SELECT 1 FROM follow_ups WHERE case_id = ? AND state <> 'delivered'", (file.stem,))
            has_arrived = row is not None and row["state"] in _ARRIVED and waiting is None
            if has_arrived or (row is None and _was_taken_away(database, file.stem)):
                file.unlink(missing_ok=True)
                gone += 1
        # What a killed process left half written. Who is writing at this moment fails, and `complete` makes it up.
        for draft in self.folder.glob(f"*{_DRAFT}") if self.folder.is_dir() else ():
            draft.unlink(missing_ok=True)
        return gone

    def restore(self, database: Database, now: datetime) -> int:
        """Bring back every case that has a copy and is not in the store, unless it was taken away; gives how many.

        What was added to a case that is there comes back too.
        """
        return sum(self._restore_one(database, file, now) for file in self._files())

    def _restore_one(self, database: Database, file: Path, now: datetime) -> bool:
        case_id = file.stem
        is_there = database.row("SELECT 1 FROM submissions WHERE case_id = ?", (case_id,)) is not None
        if _was_taken_away(database, case_id):
            return False
        try:
            tables = json.loads(file.read_bytes())["tables"]
            rows = {table: [unplain(row) for row in tables.get(table, ())] for table in TABLES}
        except (OSError, ValueError, KeyError, TypeError):
            _log.warning(LogEvent.COPY_NOT_READ, case=CaseId(file.stem))
            return False
        added = [row for row in rows["follow_ups"] if not _has_follow_up(database, row["follow_up_id"])]
        if is_there and not added:
            return False
        with database.writing() as connection:
            if not is_there:
                for table in TABLES[:-1]:
                    for row in rows[table]:
                        insert(connection, table, _as_restored(row, now) if table == "outbox" else row)
            for row in added:
                # As with a case: who sends it looks first.
                again = {"state": CaseState.RETRYING.value, "attempts": max(1, row["attempts"])}
                insert(connection, "follow_ups", {**row, **again, "next_try_at": stamp(now)})
            audit_log.append(connection, now, "restored", case_id)
        return True

    def _added_in(self, case_id: str) -> set[str]:
        try:
            return {row["follow_up_id"] for row in json.loads(self._file(case_id).read_bytes())["tables"]["follow_ups"]}
        except (OSError, ValueError, KeyError, TypeError):
            return set()

    def _file(self, case_id: str) -> Path:
        return self.folder / f"{case_id}{ENDING}"

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from sorted(self.folder.glob(f"*{ENDING}"))


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make a row fit for JSON."""
    return {
        name: {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for name, value in row.items()
    }


def unplain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Undo `plain`."""
    return {
        name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value for name, value in row.items()
    }


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Put a row into a table of which it may lack columns, or know older ones."""
    there = {column["name"] for column in connection.execute(f"PRAGMA table_info({table})")}
    names = [name for name in row if name in there]
    places = ", ".join("?" * len(names))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608  the names are the table's own
        [row[name] for name in names],
    )


def _of_case(table: str) -> str:
    more = " AND state <> 'delivered'" if table == "follow_ups" else ""
    return f"SELECT * FROM {table} WHERE case_id = ?{more}"  # noqa: S608  a name of `TABLES`


def _has_follow_up(database: Database, follow_up_id: str) -> bool:
    return database.row("SELECT 1 FROM follow_ups WHERE follow_up_id = ?", (follow_up_id,)) is not None


def _as_restored(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    if row["state"] in _ARRIVED:
        return dict(row)
    # Marked as tried before: the sender then looks whether the case system has it already.
    return {
        **row,
        "state": CaseState.RETRYING.value,
        "attempts": max(1, row["attempts"]),
        "reason": "restored",
        "claimed_by": "",
        "claimed_until": "",
        "next_try_at": stamp(now),
        "changed_at": stamp(now),
    }


def _was_taken_away(database: Database, case_id: str) -> bool:
    last = database.row("SELECT event FROM audit_log WHERE case_id = ? ORDER BY number DESC LIMIT 1", (case_id,))
    return last is not None and last["event"] in TAKEN_AWAY


def _write(file: Path, content: bytes) -> None:
    # Two processes may write the copy of one case at once: each has a draft of its own.
    draft = file.with_suffix(f".{secrets.token_hex(4)}{_DRAFT}")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        fit(descriptor, file.parent)
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
