# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the staff in a SQLite file of their own and answers who signs in (`domain.staff.StaffBook`).

Each try and its count is one transaction: who tries in two windows at once, or pulls the plug, has no more tries than
anybody else. What signing in and out leaves in the audit log is for who made this to write (`told`): ids only.
"""

from __future__ import annotations

import hmac
import sqlite3
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from domain.errors import StaffError
from domain.staff import (
    FIRST_NUMBER,
    LAST_NUMBER,
    Role,
    SignInOutcome,
    SignInPlace,
    SignInReply,
    StaffId,
    StaffMember,
    badge_of,
    number_of,
    pin_problem,
)
from domain.status_check import LOCKED_FOR
from sync.database import Database, Row, moment_of, stamp
from sync.draft_seal import new_salt
from sync.staff_seal import StaffSeal
from sync.wrong_tries import after_wrong, locked_until

STAFF, STAFF_KEY = "staff.db", "staff.key"

_TRIES = "SELECT * FROM tries WHERE subject = ?"

Told = Callable[[str, StaffId | None, datetime], None]
"""Hears of an event and of whom; None where nobody is known, as with a lock."""


class StaffFile(Database):
    """The file that the staff is in."""

    application_id = 0x4C4F4B53  # "LOKS"
    migrations: Mapping[int, str] = MappingProxyType({})
    schema = Path(__file__).with_name("staff.sql")


def _nobody_told(_event: str, _staff_id: StaffId | None, _at: datetime) -> None:
    return None


class SqliteStaffBook:
    """The staff of one machine; safe from any thread, and beside other processes."""

    def __init__(self, file: StaffFile, seal: StaffSeal, told: Told = _nobody_told) -> None:
        self._file = file
        self._seal = seal
        self._told = told

    # -- signing in ------------------------------------------------------------------------------------------------

    def sign_in(self, number: str, pin: str, place: SignInPlace, now: datetime) -> SignInReply:
        """Answer a number with its PIN; counts wrong tries, durably, and locks after five.

        Raises: StoreError and its kinds, SealingError.
        """
        meant = number_of(number)
        subjects = (*_place(place), f"number:{meant or 0}")
        until = self._locked(subjects, now)
        if until is not None:
            return SignInReply(SignInOutcome.LOCKED, locked_until=until)
        row = self._file.row("SELECT * FROM members WHERE number = ?", (meant or 0,))
        is_right = self._seal.is_pin(None if row is None else row["pin_hash"], _digits(pin))
        return self._answer(row if is_right else None, subjects, now)

    def sign_in_by_badge(self, badge: str, place: SignInPlace, now: datetime) -> SignInReply:
        """Answer what a badge reader typed, in the same way.

        Raises: StoreError and its kinds, SealingError.
        """
        subjects = (f"badge:{place.value}", *_place(place))
        until = self._locked(subjects, now)
        if until is not None:
            return SignInReply(SignInOutcome.LOCKED, locked_until=until)
        found = self._seal.badge_hash(badge_of(badge), self._salt())
        row = self._file.row("SELECT * FROM members WHERE badge_hash = ?", (found,)) if badge_of(badge) else None
        return self._answer(row, subjects, now)

    def confirm(self, number: str, secret: str, place: SignInPlace, now: datetime) -> SignInReply:
        """Answer a number with its PIN or its badge, for who was let in a moment ago; counts as a try all the same.

        Raises: StoreError and its kinds, SealingError.
        """
        meant = number_of(number) or 0
        subjects = (*_place(place), f"number:{meant}")
        until = self._locked(subjects, now)
        if until is not None:
            return SignInReply(SignInOutcome.LOCKED, locked_until=until)
        row = self._file.row("SELECT * FROM members WHERE number = ?", (meant,))
        is_right = self._seal.is_pin(None if row is None else row["pin_hash"], _digits(secret))
        if not is_right and row is not None and row["badge_hash"] is not None and badge_of(secret):
            found = self._seal.badge_hash(badge_of(secret), self._salt())
            is_right = hmac.compare_digest(found, row["badge_hash"])
        return self._answer(row if is_right else None, subjects, now, "staff-sitting-begun")

    def signed_out(self, staff_id: StaffId, place: SignInPlace, now: datetime) -> None:
        """Know that a member left."""
        self._told(f"staff-signed-out-{place.value}", staff_id, now)

    def _answer(
        self, row: Row | None, subjects: tuple[str, ...], now: datetime, welcome: str = "staff-signed-in"
    ) -> SignInReply:
        is_lock_new = False
        with self._file.writing() as connection:
            # Asked again: somebody may have tried beside us while the PIN was worked out.
            locked = _locks([connection.execute(_TRIES, (subject,)).fetchone() for subject in subjects], now)
            if not locked and row is not None:
                connection.executemany("DELETE FROM tries WHERE subject = ?", [(subject,) for subject in subjects])
            elif not locked:
                locked = _count(connection, subjects, now)
                is_lock_new = bool(locked)
        if is_lock_new:
            self._told("staff-locked", None, now)
        if locked:
            return SignInReply(SignInOutcome.LOCKED, locked_until=max(locked))
        if row is None:
            return SignInReply(SignInOutcome.WRONG)
        member = _member(row)
        self._told(welcome, member.staff_id, now)
        return SignInReply(SignInOutcome.WELCOME, member)

    def _locked(self, subjects: tuple[str, ...], now: datetime) -> datetime | None:
        rows = [self._file.row(_TRIES, (subject,)) for subject in subjects]
        return max(_locks(rows, now), default=None)

    def _salt(self) -> bytes:
        with self._file.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO device (id, salt) VALUES (1, ?)", (new_salt(),))
            salt: bytes = connection.execute("SELECT salt FROM device").fetchone()["salt"]
        return salt

    # -- keeping the staff -----------------------------------------------------------------------------------------

    def members(self) -> Sequence[StaffMember]:
        """Give all members by number.

        Raises: StoreError and its kinds.
        """
        return [_member(row) for row in self._file.rows("SELECT * FROM members ORDER BY number")]

    def add(
        self, name: str, role: Role, pin: str, now: datetime, *, is_start_pin: bool, number: int = 0
    ) -> StaffMember:
        """Add a member under a number of theirs, else the first that is free.

        Raises: StaffError when the PIN or the number cannot be chosen; StoreError and its kinds, SealingError.
        """
        _check(pin)
        if number and not FIRST_NUMBER <= number <= LAST_NUMBER:
            raise StaffError(f"a number lies between {FIRST_NUMBER} and {LAST_NUMBER}", "choose another")
        kept, staff_id = self._seal.pin_hash(pin), StaffId(uuid.uuid4().hex)
        with self._file.writing() as connection:
            taken = {row["number"] for row in connection.execute("SELECT number FROM members")}
            if number in taken:
                raise StaffError("somebody here has this number", "choose another, or see `loket staff list`")
            number = number or next((free for free in range(FIRST_NUMBER, LAST_NUMBER) if free not in taken), 0)
            if not number:
                raise StaffError("there is no number left", "remove who left")
            connection.execute(
                "INSERT INTO members (staff_id, number, name, role, pin_hash, is_start_pin) VALUES (?, ?, ?, ?, ?, ?)",
                (staff_id, number, name, role.value, kept, is_start_pin),
            )
        self._told("staff-added", staff_id, now)
        return StaffMember(staff_id, number, name, role, has_start_pin=is_start_pin)

    def remove(self, number: int, now: datetime) -> StaffId:
        """Take a member away: name, PIN and badge with it.

        Raises: StaffError when there is no such member; StoreError and its kinds.
        """
        member = self._known(number)
        with self._file.writing() as connection:
            connection.execute("DELETE FROM members WHERE staff_id = ?", (member.staff_id,))
        self._file.empty_log()
        self._told("staff-removed", member.staff_id, now)
        return member.staff_id

    def unlock(self, now: datetime) -> int:
        """Forget all wrong tries; give how many numbers and places were locked.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            rows = connection.execute("SELECT locked_until FROM tries").fetchall()
            connection.execute("DELETE FROM tries")
        self._told("staff-unlocked", None, now)
        return sum(locked_until(row["locked_until"], now) is not None for row in rows)

    def change_pin(self, staff_id: StaffId, pin: str, now: datetime, *, is_start_pin: bool = False) -> None:
        """Give a member another PIN.

        Raises: StaffError when it cannot be chosen or there is no such member; StoreError and its kinds.
        """
        _check(pin)
        kept = self._seal.pin_hash(pin)
        with self._file.writing() as connection:
            changed = connection.execute(
                "UPDATE members SET pin_hash = ?, is_start_pin = ? WHERE staff_id = ?", (kept, is_start_pin, staff_id)
            ).rowcount
        if not changed:
            raise _unknown()
        self._told("staff-pin-changed", staff_id, now)

    def give_badge(self, number: int, badge: str, now: datetime) -> None:
        """Let a badge open for a member; an empty one takes theirs away.

        Raises: StaffError when it can be no badge, or is another's; StoreError and its kinds, SealingError.
        """
        member = self._known(number)
        if badge and not badge_of(badge):
            raise StaffError("that is no badge", "let the reader type it; 6 to 64 letters and digits")
        found = self._seal.badge_hash(badge_of(badge), self._salt()) if badge else None
        with self._file.writing() as connection:
            other = connection.execute(
                "SELECT 1 FROM members WHERE badge_hash = ? AND number <> ?", (found, number)
            ).fetchone()
            if other is not None:
                raise StaffError("that badge is another's", "take it from them first")
            connection.execute("UPDATE members SET badge_hash = ? WHERE number = ?", (found, number))
        self._told("staff-badge-given" if badge else "staff-badge-taken", member.staff_id, now)

    def member(self, number: int) -> StaffMember:
        """Find a member.

        Raises: StaffError when there is no such member; StoreError and its kinds.
        """
        return self._known(number)

    def _known(self, number: int) -> StaffMember:
        row = self._file.row("SELECT * FROM members WHERE number = ?", (number,))
        if row is None:
            raise _unknown()
        return _member(row)


def _check(pin: str) -> None:
    problem = pin_problem(pin)
    if problem is not None:
        raise StaffError(
            f"this PIN cannot be chosen: {problem.value}", "6 to 12 digits; no run, no repetition, no year or birthday"
        )


def _unknown() -> StaffError:
    return StaffError("nobody has this number", "see `loket staff list`")


def _digits(typed: str) -> str:
    # Digits of any script count: an Arabic keyboard types others.
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed if not sign.isspace())


def _member(row: Row) -> StaffMember:
    return StaffMember(
        staff_id=StaffId(row["staff_id"]),
        number=row["number"],
        name=row["name"],
        role=Role(row["role"]),
        has_badge=row["badge_hash"] is not None,
        has_start_pin=bool(row["is_start_pin"]),
    )


def _place(place: SignInPlace) -> tuple[str, ...]:
    """Name a place where all tries count together: nobody there is known, so all of them are the same visitor's."""
    return (f"place:{place.value}",) if place is SignInPlace.KIOSK else ()


def _locks(rows: Sequence[Row | None], now: datetime) -> list[datetime]:
    found = [locked_until(row["locked_until"], now) for row in rows if row is not None]
    return [until for until in found if until is not None]


def _count(connection: sqlite3.Connection, subjects: tuple[str, ...], now: datetime) -> list[datetime]:
    """Count one more wrong try for each; give what is locked by it."""
    locked = []
    for subject in subjects:
        row = connection.execute(_TRIES, (subject,)).fetchone()
        is_recent = row is not None and abs(now - moment_of(row["tried_at"])) <= LOCKED_FOR
        tries, until = after_wrong(row["tries"], row["locked_until"], now) if is_recent else after_wrong(0, "", now)
        connection.execute(
            "INSERT OR REPLACE INTO tries (subject, tries, tried_at, locked_until) VALUES (?, ?, ?, ?)",
            (subject, tries, stamp(now), until),
        )
        if until:
            locked.append(moment_of(until))
    return locked
