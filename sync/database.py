# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens the SQLite file of the store and gives transactions on it.

Says what is wrong with a disk or a file in the words of `domain.errors`; the tables are those of `schema.sql`, and
`migrations` brings older ones there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.errors import (
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreReadOnlyError,
    StoreUnsureError,
)
from domain.log_line import LogEvent
from sync.event_log import EventLog
from sync.migrations import MIGRATIONS, SCHEMA, bring_up_to_date
from sync.shared_folder import fit, make_folder
from sync.sole_sender import sole_sender

_log = EventLog("loket.store")

APPLICATION_ID = 0x4C4F4B45  # "LOKE": tells our file from any other SQLite file
_BUSY_S = 10.0
_KEEP = "keep the file; `loket sync` sets it aside and begins a new one, see docs/health.md"

Row = Mapping[str, Any]
Values = Sequence[Any] | Mapping[str, Any]


def stamp(moment: datetime) -> str:
    """Write a moment so that text order is time order."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """Read a moment back."""
    return datetime.fromisoformat(text)


class Database:
    """One connection to the store. Safe from any thread; each transaction has it alone.

    Raises at opening: StoreDamagedError, StoreReadOnlyError, StoreFullError, StoreError.
    """

    application_id = APPLICATION_ID
    migrations: Mapping[int, str] = MIGRATIONS
    schema = SCHEMA

    def __init__(self, path: Path, group: str | None = None) -> None:
        self.path = path
        self._group = group
        self._lock = threading.RLock()
        self._open()

    def _open(self) -> None:
        self._is_full = True
        with _STORE_ERRORS:
            _make_file(self.path, self._group)
            self._device, self._file = self.path.parent.stat().st_dev, _file_at(self.path)
            self._connection = self._connect(self.path)
        self._connection.row_factory = sqlite3.Row
        try:
            with _STORE_ERRORS:
                self._set_up()
                bring_up_to_date(self._connection, self.application_id, self.migrations, self.schema)
        except BaseException:
            self._connection.close()
            raise

    def _connect(self, path: Path) -> sqlite3.Connection:
        """Open the file; a test opens it on a disk that can lose power."""
        return sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)

    def _set_up(self) -> None:
        for pragma in (
            "journal_mode = WAL",
            # NORMAL loses acknowledged cases at a power cut; FULL lost none of 180 (decision 3).
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "trusted_schema = OFF",
            # Who confirms waits for the checkpoint that falls to them: one in four hundred, not one in ninety.
            "wal_autocheckpoint = 4000",
        ):
            self._connection.execute(f"PRAGMA {pragma}")

    @contextmanager
    def writing(self, *, survives_power_cut: bool = True) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction, durable when it ends; nothing is kept when it raises.

        It begins IMMEDIATE: a transaction that first reads and then writes would else fail at once when another process
        wrote in between, without waiting. What need not survive a power cut still survives the death of the process.

        Raises: StoreFullError, StoreReadOnlyError, StoreDamagedError, StoreError; StoreUnsureError when it is not
        certain that nothing was kept.
        """
        with self._lock, _STORE_ERRORS:
            self._begin(survives_power_cut=survives_power_cut)
            try:
                yield self._connection
            except BaseException:
                self._roll_back()
                raise
            self._commit()
            if _file_at(self.path) != self._file:
                raise StoreUnsureError("the store was taken away while a case was being kept", "try again")

    def _begin(self, *, survives_power_cut: bool) -> None:
        while True:
            # Who puts another store in its place holds the lock meanwhile (`sync.rescue`): so look inside it.
            try:
                if survives_power_cut is not self._is_full:
                    self._connection.execute(f"PRAGMA synchronous = {'FULL' if survives_power_cut else 'NORMAL'}")
                    self._is_full = survives_power_cut
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error:
                if _file_at(self.path) == self._file:
                    raise
            if _file_at(self.path) == self._file:
                return
            self._roll_back()
            self._follow()

    def _follow(self) -> None:
        """Go on with the store that is at the path now: another process mended it, or somebody took it away.

        Raises: StoreGoneError when its whole folder is gone.
        """
        there = _file_at(self.path)
        if there == self._file:
            return
        if there is None:
            self._put_back()
        self._connection.close()
        self._open()

    def _put_back(self) -> None:
        """Write all that this connection still sees to the path that lost its file."""
        folder = self.path.parent
        if not folder.is_dir() or folder.stat().st_dev != self._device:
            raise StoreGoneError("the folder of the store is gone", "connect its disk again, then start Loket again")
        with sole_sender(self.path, _BUSY_S, what="rescue") as is_mine:
            if not is_mine or self.path.exists():
                return
            draft = self.path.with_name(f"{self.path.name}.back")
            draft.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(draft)) as copy:
                self._connection.backup(copy)
            draft.chmod(0o660 if self._group else 0o600)
            fit(draft, folder)
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            draft.rename(self.path)
        _log.error(LogEvent.STORE_PUT_BACK)

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            if _code_of(error) == sqlite3.SQLITE_IOERR:
                self._write_over()
            raise

    def _roll_back(self) -> None:
        # A full disk or a trigger may have rolled back already.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _write_over(self) -> None:
        """Write over what a commit that failed left at the end of the log.

        A disk that takes the write and fails the sync leaves a whole transaction there: no reader sees it, but the
        recovery after a power cut would bring it to life, though somebody was told that nothing is kept.
        """
        try:
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(f"PRAGMA user_version = {version}")
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise StoreUnsureError("the disk failed while a case was being kept", "look at the disk") from error

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Give all rows of a question."""
        with self._lock, _STORE_ERRORS:
            self._follow()
            return [dict(row) for row in self._connection.execute(sql, values)]

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Give the first row of a question."""
        with self._lock, _STORE_ERRORS:
            self._follow()
            found = self._connection.execute(sql, values).fetchone()
            return None if found is None else dict(found)

    def data_version(self) -> int:
        """Give a number that changes when another connection wrote."""
        with self._lock, _STORE_ERRORS:
            self._follow()
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def check(self, *, is_quick: bool = False) -> None:
        """Read the whole file and every reference in it; quick: without holding indexes against their tables.

        Raises: StoreDamagedError.
        """
        with self._lock, _STORE_ERRORS:
            self._follow()
            kind = "quick_check" if is_quick else "integrity_check"
            found = self._connection.execute(f"PRAGMA {kind}(1)").fetchone()[0]
            orphans = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or orphans is not None:
            raise StoreDamagedError("the store does not pass its integrity check", _KEEP)

    def give_back_room(self, share: int) -> None:
        """Make the file smaller when at least one in `share` of its pages is empty.

        Raises: StoreFullError, StoreError.
        """
        with self._lock, _STORE_ERRORS:
            self._follow()
            free, all_pages = (
                int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("freelist_count", "page_count")
            )
            if free and free * share >= all_pages:
                self._connection.execute("VACUUM")

    def empty_log(self) -> bool:
        """Bring all into the main file and cut the log off, where older pages lie; False when somebody reads in it.

        Raises: StoreError.
        """
        with self._lock, _STORE_ERRORS:
            self._follow()
            is_busy, _pages, _moved = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not is_busy

    def close(self) -> None:
        """Close the connection; the store can be opened again."""
        with self._lock:
            self._connection.close()


def _file_at(path: Path) -> tuple[int, int] | None:
    """Name the file at a path, so that another one there is noticed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_file(path: Path, group: str | None) -> None:
    # SQLite gives its -wal and -shm files the mode of the main file, so it is made first, and closed to others.
    make_folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        fit(path, path.parent)
    if group is not None and os.name == "posix" and path.stat().st_uid == os.getuid():
        shutil.chown(path, group=group)
        path.chmod(0o660)


class _StoreErrors:
    """Says what SQLite and the system raise in our words; their own texts are not passed on.

    A class and not a generator: each time a citizen confirms goes through it.
    """

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        """Raise ours instead."""
        if isinstance(error, sqlite3.Error):
            raise _named(error) from error
        if isinstance(error, PermissionError):
            raise StoreReadOnlyError("the store may not be written", "give the user of Loket the folder") from error
        if isinstance(error, OSError):
            if error.errno in (28, 122):  # ENOSPC, EDQUOT
                raise StoreFullError("the disk is full", "make room; nothing was lost") from error
            raise StoreError("the store cannot be opened", "look at data_dir in the settings") from error


_STORE_ERRORS = _StoreErrors()


def _code_of(error: sqlite3.Error) -> int:
    # Extended codes keep the primary one in their lowest byte.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _named(error: sqlite3.Error) -> StoreError:
    code = _code_of(error)
    if code == sqlite3.SQLITE_FULL:
        return StoreFullError("the disk is full", "make room; nothing was lost")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StoreReadOnlyError("the store may not be written", "give the user of Loket the folder")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamagedError("the store is damaged", _KEEP)
    if code == sqlite3.SQLITE_BUSY:
        return StoreError("the store is busy", "try again")
    if code == sqlite3.SQLITE_CONSTRAINT:
        return StoreError("the store refuses this row", "is it there already?")
    return StoreError(f"the store failed with SQLite code {code}", "see the runbook, store")
