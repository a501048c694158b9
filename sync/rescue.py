# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a damaged store: it is set aside as it is, a new one is begun, and what can be read is carried over.

Nothing is ever thrown away here. What the damage took is brought back from the second copies (`sync.second_copy`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.errors import StoreDamagedError, StoreError, StoreFullError, StoreReadOnlyError
from domain.log_line import LogEvent
from sync import audit_log
from sync.database import Database
from sync.event_log import EventLog
from sync.second_copy import TABLES, SecondCopies, insert
from sync.shared_folder import fit, make_folder
from sync.sole_sender import sole_sender

_log = EventLog("loket.store")

ASIDE = "damaged-"
_CARRIED = "carried-over"
_PATIENCE_S = 10.0
_WITHOUT_CASE = ("call_attempts", "outage_marks")


@dataclass(frozen=True, slots=True)
class Rescue:
    """What came of it."""

    folder: Path
    carried: int  # cases that could be read
    restored: int  # cases that came back from their second copy


def set_aside_in(folder: Path) -> list[Path]:
    """Give the folders with stores that were set aside, oldest first."""
    return sorted(found for found in folder.glob(f"{ASIDE}*") if found.is_dir()) if folder.is_dir() else []


def rescue(path: Path, copies: SecondCopies, now: datetime) -> Rescue | None:
    """Mend a damaged store; None when it is whole, for another process was first.

    Raises: StoreFullError, StoreReadOnlyError, StoreError; then everything lies as it lay.
    """
    with sole_sender(path, _PATIENCE_S, what="rescue") as is_mine:
        if not is_mine:
            raise StoreError("another process is mending the store", "try again")
        if _is_whole(path):
            return None
        try:
            return _rescue(path, copies, now)
        except OSError as error:
            if error.errno in (28, 122):
                raise StoreFullError("there is no room to mend the store", "make room; nothing was lost") from error
            raise StoreReadOnlyError("the store cannot be mended", "give the user of Loket the folder") from error


def _rescue(path: Path, copies: SecondCopies, now: datetime) -> Rescue:
    with _locked(path):
        folder = _set_aside(path, now)
        new = path.with_name(f"{path.name}.new")
        for ending in ("", "-wal", "-shm"):
            new.with_name(new.name + ending).unlink(missing_ok=True)
        with closing(Database(new)) as database:
            waiting = [found for found in set_aside_in(path.parent) if not (found / _CARRIED).exists()]
            carried = sum(_carry_over(found / path.name, database) for found in waiting)
            with database.writing() as connection:
                audit_log.append(connection, now, "store-set-aside", "", f"{folder.name}: {carried} cases carried over")
            restored = copies.restore(database, now)
        new.chmod(path.stat().st_mode & 0o777)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        new.replace(path)
        for found in waiting:
            (found / _CARRIED).touch()
    _log.error(LogEvent.STORE_SET_ASIDE, carried=carried, restored=restored)
    return Rescue(folder, carried, restored)


def _is_whole(path: Path) -> bool:
    try:
        with closing(Database(path)) as database:
            database.check()
    except StoreDamagedError:
        return False
    return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep others from writing to the damaged file meanwhile; one that cannot be locked takes no case either."""
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as connection:
        with contextlib.suppress(sqlite3.DatabaseError):
            connection.execute("BEGIN IMMEDIATE")
        yield
        with contextlib.suppress(sqlite3.DatabaseError):
            connection.execute("ROLLBACK")


def _set_aside(path: Path, now: datetime) -> Path:
    name = f"{ASIDE}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    folder, number = path.parent / name, 1
    while folder.exists():
        number += 1
        folder = path.parent / f"{name}-{number}"
    draft = folder.with_name(f"{folder.name}.draft".removeprefix(ASIDE))
    shutil.rmtree(draft, ignore_errors=True)
    make_folder(draft)
    for ending in ("", "-wal"):
        found = path.with_name(path.name + ending)
        if found.exists():
            shutil.copyfile(found, draft / found.name)
            (draft / found.name).chmod(0o600)
            fit(draft / found.name, draft)
            with (draft / found.name).open("rb") as copied:
                os.fsync(copied.fileno())
    draft.rename(folder)
    return folder


def _carry_over(old: Path, database: Database) -> int:
    """Read what can be read, row by row; give how many cases came over whole."""
    with closing(sqlite3.connect(f"file:{old}?mode=ro", uri=True, isolation_level=None)) as source:
        source.row_factory = sqlite3.Row
        found = {case_id for sql in _ways_to_the_cases() for case_id in _values(source, sql)}
        carried = sum(_carry_case(source, database, case_id) for case_id in sorted(found))
        for table in _WITHOUT_CASE:
            _carry_table(source, database, table)
    for ending in ("-wal", "-shm"):  # what only reading made
        leftover = old.with_name(old.name + ending)
        if leftover.exists() and leftover.stat().st_size == 0:
            leftover.unlink()
    return carried


def _ways_to_the_cases() -> Iterator[str]:
    # From both ends and by every index, so that one bad page hides as little as can be.
    for table in ("submissions", "outbox"):
        for way in ("NOT INDEXED ORDER BY rowid", "ORDER BY case_id"):
            for order in ("ASC", "DESC"):
                yield f"SELECT case_id FROM {table} {way} {order}"  # noqa: S608  words of ours


def _values(source: sqlite3.Connection, sql: str) -> Iterator[str]:
    try:
        for row in source.execute(sql):
            if isinstance(row[0], str):
                yield row[0]
    except sqlite3.DatabaseError:
        return


def _carry_case(source: sqlite3.Connection, database: Database, case_id: str) -> bool:
    if database.row("SELECT 1 FROM submissions WHERE case_id = ?", (case_id,)) is not None:
        return False
    rows = {table: _rows_of(source, table, case_id) for table in TABLES}
    if not rows["submissions"] or not rows["outbox"]:
        return False
    try:
        with database.writing() as connection:
            for table in TABLES:
                for row in rows[table]:
                    insert(connection, table, row)
    except StoreError:
        return False  # half a row, such as the damage leaves: its second copy comes instead
    return True


def _carry_table(source: sqlite3.Connection, database: Database, table: str) -> None:
    """Bring over the rows of a table that belongs to no case, up to the first that cannot be read, from both ends."""
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.DatabaseError):
            for row in source.execute(f"SELECT * FROM {table} ORDER BY 1 {order}"):  # noqa: S608  words of ours
                with contextlib.suppress(StoreError), database.writing() as connection:
                    insert(connection, table, dict(row))


def _rows_of(source: sqlite3.Connection, table: str, case_id: str) -> list[dict[str, Any]]:
    for way in ("", " NOT INDEXED"):
        try:
            sql = f"SELECT * FROM {table}{way} WHERE case_id = ?"  # noqa: S608  a name of `TABLES`
            return [dict(row) for row in source.execute(sql, (case_id,))]
        except sqlite3.DatabaseError:
            continue
    return []
