# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the places at fixed hours of help (`domain.slot_plan.SlotBook`), beside what other devices said of theirs.

How their files travel is `sync.slot_folder`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.handover import new_handover_code
from domain.slot_plan import Booking, SlotClash, clashes
from sync.database import Row, moment_of, stamp
from sync.handover_book import HandoverFile

_OURS = ""


class SqliteSlotBook:
    """The places of one device; safe from any thread, and beside other processes. `device_id` is its own name."""

    def __init__(self, file: HandoverFile, device_id: str) -> None:
        self._file = file
        self._device_id = device_id

    def book(self, slot: str, on: date, places: int, at: datetime) -> str:
        """Give a place away and give its code; nothing when all are. Durable on return.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            taken = connection.execute(
                "SELECT count(*) AS number FROM slot_bookings WHERE slot = ? AND on_day = ?", (slot, on.isoformat())
            ).fetchone()["number"]
            if taken >= places:
                return ""
            known = {row["code"] for row in connection.execute("SELECT code FROM slot_bookings").fetchall()}
            code = new_handover_code()
            while code in known:
                code = new_handover_code()
            connection.execute(
                "INSERT INTO slot_bookings (device_id, code, slot, on_day, at, places) VALUES (?, ?, ?, ?, ?, ?)",
                (_OURS, code, slot, on.isoformat(), stamp(at), places),
            )
        return code

    def booked(self, today: date) -> dict[tuple[str, date], int]:
        """Give how many places are given away, of today and later; what is over is forgotten.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute("DELETE FROM slot_bookings WHERE on_day < ?", (today.isoformat(),))
        rows = self._file.rows("SELECT slot, on_day, count(*) AS number FROM slot_bookings GROUP BY slot, on_day")
        return {(row["slot"], date.fromisoformat(row["on_day"])): row["number"] for row in rows}

    def clashing(self, today: date) -> Sequence[SlotClash]:
        """Give what was given away too often, of today and later.

        Raises: StoreError and its kinds.
        """
        rows = self._file.rows("SELECT * FROM slot_bookings WHERE on_day >= ?", (today.isoformat(),))
        ours = [self._booking(row) for row in rows if row["device_id"] == _OURS]
        return clashes(ours, [self._booking(row) for row in rows if row["device_id"] != _OURS])

    def take_back(self, code: str) -> bool:
        """Give a place of ours back. False where there is none.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            return bool(
                connection.execute("DELETE FROM slot_bookings WHERE device_id = ? AND code = ?", (_OURS, code)).rowcount
            )

    def ours(self, today: date) -> Sequence[Booking]:
        """Give what this device gave away, for the others.

        Raises: StoreError and its kinds.
        """
        rows = self._file.rows(
            "SELECT * FROM slot_bookings WHERE device_id = ? AND on_day >= ? ORDER BY on_day, code",
            (_OURS, today.isoformat()),
        )
        return [self._booking(row) for row in rows]

    def hear(self, others: Sequence[Booking]) -> None:
        """Take what the others said now instead of what they said before.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute("DELETE FROM slot_bookings WHERE device_id <> ?", (_OURS,))
            connection.executemany(
                "INSERT INTO slot_bookings (device_id, code, slot, on_day, at, places) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [
                    (one.device_id, one.code, one.slot, one.on.isoformat(), stamp(one.at), one.places)
                    for one in others
                    if one.device_id not in (_OURS, self._device_id)
                ],
            )

    def _booking(self, row: Row) -> Booking:
        return Booking(
            code=row["code"],
            slot=row["slot"],
            on=date.fromisoformat(row["on_day"]),
            at=moment_of(row["at"]),
            places=row["places"],
            device_id=row["device_id"] or self._device_id,
        )
