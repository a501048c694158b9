# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers in the store how far the messages of a signer have come (S14).

So whoever takes the file of what was heard away cannot bring an older message back. What one says: `sync.outages`.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from domain.errors import StoreError
from sync.database import Database


@dataclass(frozen=True, slots=True)
class OutageMark:
    """The newest message that was taken."""

    serial: int
    digest: str


class OutageMarks:
    """The mark of one signer in one store; opens the store for each question, for there are few."""

    def __init__(self, store: Path, signer: str) -> None:
        self._store = store
        self._signer = signer

    def newest(self) -> OutageMark | None:
        """Give the mark; None when there is none, or no store that can be read. Writes nothing, never raises."""
        if not self._store.exists():
            return None
        try:
            with closing(Database(self._store)) as database:
                return self._mark(database)
        except StoreError:
            return None

    def keep(self, mark: OutageMark) -> None:
        """Write the mark down, unless a newer one is there.

        Raises: StoreError and its kinds.
        """
        with closing(Database(self._store)) as database:
            if self._mark(database) == mark:
                return
            with database.writing() as connection:
                connection.execute(
                    "INSERT INTO outage_marks (signer, serial, digest) VALUES (?, ?, ?) ON CONFLICT (signer) DO UPDATE"
                    " SET serial = excluded.serial, digest = excluded.digest WHERE excluded.serial > serial",
                    (self._signer, mark.serial, mark.digest),
                )

    def _mark(self, database: Database) -> OutageMark | None:
        row = database.row("SELECT serial, digest FROM outage_marks WHERE signer = ?", (self._signer,))
        return None if row is None else OutageMark(row["serial"], row["digest"])
