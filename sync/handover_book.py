# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps warm handovers until the partner took them up (`domain.handover.HandoverBook`), in a file of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from domain.handover import FORGOTTEN_AFTER, Handover
from sync.database import Database

HANDOVERS = "handovers.db"


class HandoverFile(Database):
    """The file that they are in."""

    application_id = 0x4C4F4B48  # "LOKH"
    migrations: Mapping[int, str] = MappingProxyType({})
    schema = Path(__file__).with_name("handovers.sql")


class SqliteHandoverBook:
    """The handovers of one desk; safe from any thread."""

    def __init__(self, file: HandoverFile) -> None:
        self._file = file

    def add(self, handover: Handover) -> None:
        """Keep one; durable on return.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO handovers (code, partner, on_day) VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET partner = excluded.partner, on_day = excluded.on_day",
                (handover.code, handover.partner, handover.on.isoformat()),
            )

    def waiting(self, today: date) -> Sequence[Handover]:
        """Give those that wait for word, oldest first; what waits for 60 days is forgotten.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            connection.execute("DELETE FROM handovers WHERE on_day < ?", ((today - FORGOTTEN_AFTER).isoformat(),))
        rows = self._file.rows("SELECT * FROM handovers ORDER BY on_day, code")
        return [Handover(row["code"], row["partner"], date.fromisoformat(row["on_day"])) for row in rows]

    def picked_up(self, code: str) -> bool:
        """Forget one: the partner says "opgepakt". False where there is none.

        Raises: StoreError and its kinds.
        """
        with self._file.writing() as connection:
            return bool(connection.execute("DELETE FROM handovers WHERE code = ?", (code,)).rowcount)
