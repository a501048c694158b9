# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A disk that can lose power: keeps what was asked of it, and gives the files as any power cut could leave them.

SQLite runs on it through apsw, whose VFS is Python; the store's own code and SQL stay as they are, behind a thin
connection. apsw offers no shared memory, so the one connection locks the file for itself: what is written to the disk,
and when it is synced, is the same. What a power cut left is opened afterwards by the program's own SQLite.
"""

# ruff: noqa: N802  the names are those that apsw asks for
from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

import apsw

from sync.database import Database

SECTOR = 512  # a disk writes a sector whole or not at all
_POWERSAFE_OVERWRITE = 0x1000  # what SQLite takes for granted of every disk by default


class Act(Enum):
    """What can be asked of a disk; TOLD is no request: somebody was told that something is kept."""

    CREATE = auto()
    WRITE = auto()
    TRUNCATE = auto()
    SYNC = auto()
    DELETE = auto()
    TOLD = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """One request, in the order in which it came."""

    act: Act
    file: str = ""
    at: int = 0
    data: bytes = b""
    told: str = ""


class Disk:
    """The files as the program sees them, and the log of all that was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytearray] = {}
        self.log: list[Entry] = []
        self.fails_to_sync = 0  # so many syncs still answer with an error, after the write came through

    def told(self, what: str) -> None:
        """Note that somebody was told: from here on it may not be lost."""
        self.log.append(Entry(Act.TOLD, told=what))

    def do(self, entry: Entry) -> None:
        """Do a request and write it down."""
        self.log.append(entry)
        _apply(self.files, entry)

    def after_power_cut(self, moment: int, chance: random.Random) -> dict[str, bytes]:
        """Give the files as a power cut before entry `moment` could leave them.

        What was synced is there. Of the rest each write is there, is not, or only its first sectors are.
        """
        before = self.log[:moment]
        synced: dict[str, int] = {}
        for number, entry in enumerate(before):
            if entry.act in (Act.SYNC, Act.DELETE):
                synced[entry.file] = number
        luck = chance.choice((0.0, 0.5, 0.9, 1.0))
        files: dict[str, bytearray] = {}
        for number, entry in enumerate(before):
            if number <= synced.get(entry.file, -1):
                _apply(files, entry)
            elif chance.random() < luck:
                _apply(files, _torn(entry, chance))
        return {name: bytes(content) for name, content in files.items()}


def _torn(entry: Entry, chance: random.Random) -> Entry:
    sectors = len(entry.data) // SECTOR
    if entry.act is not Act.WRITE or sectors < 2 or chance.random() < 0.7:
        return entry
    return Entry(entry.act, entry.file, entry.at, entry.data[: SECTOR * chance.randint(1, sectors)])


def _apply(files: dict[str, bytearray], entry: Entry) -> None:
    if entry.act in (Act.TOLD, Act.SYNC):
        return
    if entry.act is Act.DELETE:
        files.pop(entry.file, None)
        return
    content = files.setdefault(entry.file, bytearray())
    if entry.act is Act.WRITE:
        content.extend(bytes(max(0, entry.at + len(entry.data) - len(content))))
        content[entry.at : entry.at + len(entry.data)] = entry.data
    elif entry.act is Act.TRUNCATE:
        del content[entry.at :]


class _File:
    """One open file on the disk, as apsw asks for it."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk = disk
        self._name = name
        if name not in disk.files:
            disk.do(Entry(Act.CREATE, name))

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._disk.files.get(self._name, b"")[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.do(Entry(Act.WRITE, self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        self._disk.do(Entry(Act.TRUNCATE, self._name, size))

    def xSync(self, _flags: int) -> None:
        if self._disk.fails_to_sync:
            self._disk.fails_to_sync -= 1
            raise apsw.IOError
        self._disk.do(Entry(Act.SYNC, self._name))

    def xFileSize(self) -> int:
        return len(self._disk.files.get(self._name, b""))

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return _POWERSAFE_OVERWRITE

    def xFileControl(self, _operation: int, _pointer: int) -> bool:
        return False

    def xCheckReservedLock(self) -> bool:
        return False

    def xLock(self, _level: int) -> None: ...

    def xUnlock(self, _level: int) -> None: ...

    def xClose(self) -> None: ...


class _DiskSystem(apsw.VFS):
    """Where SQLite finds the files of the disk."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        flags[1] = flags[0]
        file = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(self._disk, Path(file or "temporary").name)

    def xAccess(self, pathname: str, _flags: int) -> bool:
        return Path(pathname).name in self._disk.files

    def xDelete(self, filename: str, _syncdir: bool) -> None:
        self._disk.do(Entry(Act.DELETE, Path(filename).name))

    def xFullPathname(self, name: str) -> str:
        return name


class _Row:
    """A row as sqlite3 gives it: by name and by number; walked through, it gives its values."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]) -> None:
        self._names, self._values = list(names), tuple(values)

    def __getitem__(self, key: Any) -> Any:
        return self._values[key if isinstance(key, int) else self._names.index(key)]

    def keys(self) -> list[str]:
        return self._names

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._names)


class _Cursor:
    """The answer to one statement."""

    def __init__(self, rows: list[_Row], rowcount: int) -> None:
        self._rows = iter(rows)
        self.rowcount = rowcount

    def fetchone(self) -> _Row | None:
        return next(self._rows, None)

    def fetchall(self) -> list[_Row]:
        return list(self._rows)

    def __iter__(self) -> Iterator[_Row]:
        return self._rows


class _Connection:
    """As much of `sqlite3.Connection` as the store uses."""

    def __init__(self, path: Path, system: str) -> None:
        self._connection = apsw.Connection(str(path), vfs=system)
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Often, so that many power cuts fall into a checkpoint.
        self._connection.execute("PRAGMA wal_autocheckpoint = 24")
        self.row_factory: object = None

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, values: Any = ()) -> _Cursor:
        try:
            cursor = self._connection.execute(sql, values)
            rows = [_Row([each[0] for each in cursor.get_description()], row) for row in cursor]
        except apsw.Error as error:
            told = sqlite3.OperationalError("on the disk of the test")
            told.sqlite_errorcode = sqlite3.SQLITE_IOERR if isinstance(error, apsw.IOError) else sqlite3.SQLITE_ERROR
            raise told from error
        return _Cursor(rows, self._connection.changes())

    def close(self) -> None:
        self._connection.close()


class _CarelessConnection(_Connection):
    def execute(self, sql: str, values: Any = ()) -> _Cursor:
        return super().execute(sql.replace("synchronous = FULL", "synchronous = NORMAL"), values)


class DatabaseOnDisk(Database):
    """The store as it is, on a disk that can lose power."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._system = _DiskSystem(disk, f"disk-{id(disk)}")
        super().__init__(path)

    def _connect(self, path: Path) -> Any:
        return _Connection(path, f"disk-{id(self._system._disk)}")


class CarelessDatabase(DatabaseOnDisk):
    """The control: the same store with synchronous = NORMAL all along, which a power cut does harm."""

    def _connect(self, path: Path) -> Any:
        return _CarelessConnection(path, f"disk-{id(self._system._disk)}")
