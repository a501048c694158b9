# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes down what a server said of this device's clock: that it is right, or by how much it differs.

Only a server whose certificate was trusted is heard (`sync.transport`). What follows from it: `domain.clock_doubt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from domain.clock_doubt import CLOSE_ENOUGH, clock_doubt
from domain.ports import Clock
from sync import audit_log
from sync.database import Database

_SAME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ClockWitness:
    """Keeps what was heard for one store."""

    database: Database
    clock: Clock

    def hear(self, gap: timedelta | None) -> None:
        """Take how far the server's clock is ahead of ours; None when no trusted server told it.

        Raises: StoreError and its kinds.
        """
        if gap is None:
            return
        now, known = self.clock.now(), audit_log.clock_gap(self.database)
        if abs(gap) <= CLOSE_ENOUGH:
            # Told only where somebody doubts: a row for each answer would fill the log.
            if known is not None or clock_doubt(now, audit_log.last_seen(self.database)) is not None:
                self._write(audit_log.CLOCK_CHECKED, "")
        elif known is None or abs(gap - known) > _SAME:
            self._write(audit_log.CLOCK_DIFFERS, str(round(gap.total_seconds())))

    def _write(self, event: str, detail: str) -> None:
        with self.database.writing() as connection:
            audit_log.append(connection, self.clock.now(), event, "", detail)
