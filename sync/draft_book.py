# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps drafts in a SQLite file of their own (`domain.draft.DraftBook`), each whole or not at all.

A draft goes when its case is filed, when its owner says so, and on the night after its last day. How it is closed is
`sync.draft_seal`'s. When its day is not sure, because the clock was doubted, it counts from the first night that is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from domain.draft import Draft, DraftOutcome, DraftReply, KeptDraft, from_bytes, to_bytes
from domain.draft_code import new_draft_code
from domain.errors import SealingError, StoreDamagedError
from domain.status_check import LOCKED_FOR, MOST_TRIES
from sync.database import Database, Row, moment_of, stamp
from sync.draft_seal import draft_id_of, new_salt, opened, seal, stretched
from sync.wrong_tries import after_wrong, locked_until

DRAFTS = "drafts.db"
_HERE = ZoneInfo("Europe/Amsterdam")
_ROOMY = 4


class DraftFile(Database):
    """The file that drafts lie in."""

    application_id = 0x4C4F4B44  # "LOKD"
    migrations: Mapping[int, str] = MappingProxyType({})
    schema = Path(__file__).with_name("drafts.sql")


@dataclass(frozen=True, slots=True)
class ClearedDrafts:
    """What was taken away, counted."""

    removed: int
    kept: int
    overdue: int  # what should have gone and is still there: 0, or something is wrong
    is_log_empty: bool


def open_draft_file(path: Path) -> DraftFile:
    """Open the file; a damaged one is thrown away, for nothing in it may outlive its day.

    Raises: StoreError and its kinds.
    """
    try:
        return DraftFile(path)
    except StoreDamagedError:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + ending).unlink()
        return DraftFile(path)


class SqliteDraftBook:
    """The drafts of one machine; safe from any thread, and beside other processes."""

    def __init__(self, file: DraftFile, days: int) -> None:
        self._file = file
        self._days = days

    def keep(self, draft: Draft, now: datetime, *, is_clock_doubtful: bool, instead_of: str = "") -> KeptDraft:
        """Keep a draft durably under a new code; the one it replaces goes in the same transaction.

        Raises: StoreError and its kinds, SealingError; then nothing changed.
        """
        plain, code = to_bytes(draft), new_draft_code()
        secret, salt = stretched(code, self._device_salt()), new_salt()
        draft_id, sealed = draft_id_of(secret), seal(secret, salt, plain)
        last_day = _today(now) + timedelta(days=self._days)
        with self._file.writing() as connection:
            # Twice the same code is as likely as one guess at it; the second is then refused, and asked for again.
            connection.execute(
                "INSERT INTO drafts VALUES (?, ?, ?, ?, ?)",
                (draft_id, salt, sealed, last_day.isoformat(), not is_clock_doubtful),
            )
            if instead_of:
                connection.execute("DELETE FROM drafts WHERE draft_id = ?", (bytes.fromhex(instead_of),))
        if instead_of:
            self._file.empty_log()
        return KeptDraft(draft_id.hex(), code, self._days, None if is_clock_doubtful else last_day)

    def open(self, code: str, now: datetime, *, is_clock_doubtful: bool) -> DraftReply:
        """Answer a code; counts wrong ones, durably, and locks after five.

        Raises: StoreError and its kinds, SealingError.
        """
        salt = self._device_salt()
        with self._file.writing() as connection:
            locked = _locked(connection, now)
        if locked is not None:
            return DraftReply(DraftOutcome.LOCKED, locked_until=locked)
        secret = stretched(code, salt)
        draft_id = draft_id_of(secret)
        with self._file.writing() as connection:
            # Asked again: somebody may have tried beside us while the code was worked out.
            locked = _locked(connection, now)
            if locked is not None:
                return DraftReply(DraftOutcome.LOCKED, locked_until=locked)
            row = connection.execute("SELECT * FROM drafts WHERE draft_id = ?", (draft_id,)).fetchone()
            if row is None:
                return _wrong(connection, now)
            connection.execute("UPDATE codes SET tries = 0, tried_at = '', locked_until = ''")
            is_over = row["is_day_sure"] and not is_clock_doubtful and row["last_day"] < _today(now).isoformat()
            if is_over:
                connection.execute("DELETE FROM drafts WHERE draft_id = ?", (draft_id,))
        if is_over:
            self._file.empty_log()
            return DraftReply(DraftOutcome.EXPIRED)
        try:
            draft = from_bytes(opened(secret, row["salt"], row["sealed"]))
        except ValueError:
            raise SealingError("a draft is of another Loket", "it cannot be opened any more") from None
        return DraftReply(DraftOutcome.OPENED, draft=draft, draft_id=draft_id.hex())

    def forget(self, draft_id: str) -> None:
        """Take a draft away; nothing happens when it is gone already.

        Raises: StoreError and its kinds; then it is still there.
        """
        with self._file.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE draft_id = ?", (bytes.fromhex(draft_id),))
        self._file.empty_log()

    def _codes(self) -> Row:
        found = self._file.row("SELECT * FROM codes")
        if found is None:
            with self._file.writing() as connection:
                connection.execute("INSERT OR IGNORE INTO codes (id, salt) VALUES (1, ?)", (new_salt(),))
            found = self._file.row("SELECT * FROM codes")
        if found is None:  # it was just written
            raise AssertionError
        return found

    def _device_salt(self) -> bytes:
        salt: bytes = self._codes()["salt"]
        return salt


def clear_drafts(file: DraftFile, days: int, now: datetime) -> ClearedDrafts:
    """Take away every draft whose last day is over; only with a clock that is right.

    Raises: StoreError and its kinds.
    """
    today = _today(now)
    with file.writing() as connection:
        connection.execute(
            "UPDATE drafts SET last_day = ?, is_day_sure = 1 WHERE is_day_sure = 0",
            ((today + timedelta(days=days)).isoformat(),),
        )
        removed = connection.execute("DELETE FROM drafts WHERE last_day < ?", (today.isoformat(),)).rowcount
    file.give_back_room(_ROOMY)
    is_log_empty = file.empty_log()
    row = file.row(
        "SELECT count(*) AS kept, coalesce(sum(last_day < ?), 0) AS overdue FROM drafts", (today.isoformat(),)
    )
    kept, overdue = (row["kept"], row["overdue"]) if row is not None else (0, 0)
    return ClearedDrafts(removed, kept, overdue, is_log_empty)


def _locked(connection: sqlite3.Connection, now: datetime) -> datetime | None:
    written = connection.execute("SELECT locked_until FROM codes").fetchone()["locked_until"]
    until = locked_until(written, now)
    if until is not None and stamp(until) != written:  # a clock that jumped back; it counts from now, once
        connection.execute("UPDATE codes SET locked_until = ?", (stamp(until),))
    return until


def _wrong(connection: sqlite3.Connection, now: datetime) -> DraftReply:
    codes = connection.execute("SELECT * FROM codes").fetchone()
    # One count for the whole device, for a wrong code is nobody's; what was tried a while ago was somebody else.
    is_recent = codes["tried_at"] and abs(now - moment_of(codes["tried_at"])) <= LOCKED_FOR
    tries, locked = after_wrong(codes["tries"] if is_recent else 0, codes["locked_until"], now)
    connection.execute("UPDATE codes SET tries = ?, tried_at = ?, locked_until = ?", (tries, stamp(now), locked))
    if locked:
        return DraftReply(DraftOutcome.LOCKED, locked_until=moment_of(locked))
    return DraftReply(DraftOutcome.WRONG_CODE, tries_left=MOST_TRIES - tries)


def _today(now: datetime) -> date:
    return now.astimezone(_HERE).date()
