# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts what staff did and where it is: for the report of a round and for who watches. No personal data."""

from __future__ import annotations

from dataclasses import dataclass

from domain.case_act import ActState
from sync.counter_file import CounterFile


@dataclass(frozen=True, slots=True)
class ActCounts:
    """How many acts are where; no personal data."""

    waiting: int = 0
    conflict: int = 0
    rejected: int = 0
    done: int = 0

    @property
    def has_any(self) -> bool:
        """Tell whether there is a counter here at all."""
        return self.needs_attention or bool(self.done)

    @property
    def needs_attention(self) -> bool:
        """Tell whether something did not arrive."""
        return bool(self.waiting or self.conflict or self.rejected)


def act_counts(file: CounterFile) -> ActCounts:
    """Count the acts that are not done.

    Raises: StoreError and its kinds.
    """
    rows = file.rows("SELECT state, count(*) AS number FROM counter_acts GROUP BY state")
    found = {row["state"]: row["number"] for row in rows}

    def of(*states: ActState) -> int:
        return sum(found.get(state.value, 0) for state in states)

    return ActCounts(
        waiting=of(ActState.PENDING, ActState.RETRYING),
        conflict=of(ActState.CONFLICT),
        rejected=of(ActState.REJECTED),
        done=of(ActState.DELIVERED, ActState.DROPPED),
    )
