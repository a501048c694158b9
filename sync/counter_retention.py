# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes away what a counter need not have any more: closed cases, cases not heard of for long, acts that are done.

What staff did and the case system does not know yet is never removed by age: it waits, and shows above the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.counter_file import CounterFile
from sync.database import stamp

_ROOMY = 4
# Who chooses in a conflict, or waits for an act to arrive, needs the case beside it.
_GOES = (
    "(stage = 'answered' OR fetched_at <= ?) AND NOT EXISTS (SELECT 1 FROM counter_acts AS a"
    " WHERE a.reference = counter_cases.reference AND a.state NOT IN ('delivered', 'dropped'))"
)


@dataclass(frozen=True, slots=True)
class ClearedCounter:
    """What was taken away, counted."""

    cases: int
    acts: int
    kept: int
    overdue: int  # what should have gone and is still there: 0, or something is wrong
    is_log_empty: bool


def clear_counter(file: CounterFile, days: int, now: datetime) -> ClearedCounter:
    """Take away everything that is older than the settings allow; only with a clock that is right.

    Raises: StoreError and its kinds.
    """
    before = stamp(now - timedelta(days=days))
    with file.writing() as connection:
        cases = connection.execute(f"DELETE FROM counter_cases WHERE {_GOES}", (before,)).rowcount  # noqa: S608
        # As long as the case is here, a later act leans on what was done before it.
        acts = connection.execute(
            "DELETE FROM counter_acts WHERE state IN ('delivered', 'dropped')"
            " AND reference NOT IN (SELECT reference FROM counter_cases) AND reference NOT IN"
            " (SELECT reference FROM counter_acts WHERE state NOT IN ('delivered', 'dropped'))"
        ).rowcount
    file.give_back_room(_ROOMY)
    is_log_empty = file.empty_log()
    counted = f"SELECT count(*) AS kept, coalesce(sum({_GOES}), 0) AS overdue FROM counter_cases"  # noqa: S608
    row = file.row(counted, (before,))
    kept, overdue = (row["kept"], row["overdue"]) if row is not None else (0, 0)
    return ClearedCounter(cases, acts, kept, overdue, is_log_empty)
