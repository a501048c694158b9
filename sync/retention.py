# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes away what this device need not know any more, so that nothing of it lingers in the store's files.

When the municipality has a case its sealed answers go; reference, service, state and promise date stay for a while, so
that "Hoe ver is mijn vraag?" can be answered. What waits is never removed by age: it raises an alarm instead
(`sync.outbox`). Who is told of it is left to `commands.retention`. The same holds for what `loket open` remembers.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import CaseState
from domain.settings import RetentionSettings
from sync import audit_log
from sync.database import Database, stamp
from sync.second_copy import SecondCopies

_ARRIVED = (CaseState.DELIVERED, CaseState.IN_PROGRESS, CaseState.DONE)
_OVER = (*_ARRIVED, CaseState.WITHDRAWN)
_AHEAD = timedelta(days=1)
_ROOMY = 4  # a store that is empty for a quarter is made smaller


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was taken away, counted by state; no case is named."""

    emptied: Mapping[str, int]  # the sealed answers went
    removed: Mapping[str, int]  # all of it went
    kept: Mapping[str, int]
    overdue: int  # what should have gone and is still there: 0, or something is wrong
    is_log_empty: bool  # the write-ahead log, in which older pages lie, was cut off


def clear(database: Database, copies: SecondCopies | None, settings: RetentionSettings, now: datetime) -> Cleared:
    """Take away everything that is older than the settings allow; `copies` is None for a store that keeps none.

    Raises: StoreError and its kinds.
    """
    if copies is not None:
        copies.tidy(database)
    with database.writing() as connection:
        _put_right(connection, now)
        emptied = _empty(connection, now - timedelta(days=settings.content_days))
        removed = Counter[str]()
        for state in _OVER:
            before = now - timedelta(days=_days(settings, state))
            removed.update(_remove(connection, state, before, now))
        # Nobody calls any more for a case that old; what the contact register refused stays for a person.
        connection.execute(
            "DELETE FROM call_attempts WHERE state IN ('pending', 'delivered') AND at <= ?",
            (stamp(now - timedelta(days=settings.arrived_days)),),
        )
        audit_log.append(
            connection, now, "retention", "", f"emptied {sum(emptied.values())}, removed {removed.total()}"
        )
    database.give_back_room(_ROOMY)
    is_log_empty = database.empty_log()
    rows = database.rows("SELECT state, count(*) AS number FROM outbox GROUP BY state ORDER BY state")
    return Cleared(
        emptied=emptied,
        removed=dict(removed),
        kept={row["state"]: row["number"] for row in rows},
        overdue=_overdue(database, settings, now),
        is_log_empty=is_log_empty,
    )


def _put_right(connection: sqlite3.Connection, now: datetime) -> None:
    """Count from now what a clock that was years ahead wrote down, or it would stay for those years."""
    ahead = stamp(now + _AHEAD)
    connection.execute(
        f"UPDATE outbox SET changed_at = ? WHERE state IN ({_marks(_OVER)}) AND changed_at > ?",  # noqa: S608  as below
        (stamp(now), *_OVER, ahead),
    )
    # When it was made is part of what was signed for; so it goes at once.
    connection.execute(
        "UPDATE follow_ups SET sealed = x'' WHERE state = 'delivered' AND made_at > ? AND sealed <> x''"
        " AND case_id IN (SELECT case_id FROM submissions WHERE sealed = x'')",
        (ahead,),
    )
    connection.execute("DELETE FROM call_attempts WHERE state = 'delivered' AND at > ?", (ahead,))


def _empty(connection: sqlite3.Connection, before: datetime) -> Mapping[str, int]:
    found = connection.execute(
        f"SELECT case_id, state FROM outbox JOIN submissions USING (case_id)"  # noqa: S608  only question marks
        f" WHERE state IN ({_marks(_OVER)}) AND changed_at <= ? AND sealed <> x''"
        # What was added to a case may still need it.
        " AND NOT EXISTS (SELECT 1 FROM follow_ups AS f WHERE f.case_id = outbox.case_id AND f.state <> 'delivered')",
        (*_OVER, stamp(before)),
    ).fetchall()
    for row in found:
        connection.execute("UPDATE submissions SET sealed = x'' WHERE case_id = ?", (row["case_id"],))
        connection.execute("UPDATE follow_ups SET sealed = x'' WHERE case_id = ?", (row["case_id"],))
    # What was added later, after the case itself was emptied.
    connection.execute(
        "UPDATE follow_ups SET sealed = x'' WHERE state = 'delivered' AND made_at <= ? AND sealed <> x''"
        " AND case_id IN (SELECT case_id FROM submissions WHERE sealed = x'')",
        (stamp(before),),
    )
    return dict(Counter(row["state"] for row in found))


def _remove(connection: sqlite3.Connection, state: CaseState, before: datetime, now: datetime) -> Counter[str]:
    found = connection.execute(
        "SELECT case_id, coalesce(n.etag, '') AS mark FROM outbox LEFT JOIN case_news AS n USING (case_id)"
        " WHERE state = ? AND changed_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM follow_ups AS f WHERE f.case_id = outbox.case_id AND f.state <> 'delivered')",
        (state, stamp(before)),
    ).fetchall()
    for row in found:
        connection.execute("DELETE FROM submissions WHERE case_id = ?", (row["case_id"],))
        # With the mark that it had last: what comes to it later is noticed by another one (`sync.arrivals`).
        audit_log.append(connection, now, "removed", row["case_id"], f"{state} {row['mark']}".rstrip())
    return Counter({state.value: len(found)} if found else {})


def _overdue(database: Database, settings: RetentionSettings, now: datetime) -> int:
    number = 0
    for state in _OVER:
        row = database.row(
            "SELECT count(*) AS number FROM outbox WHERE state = ? AND changed_at <= ?",
            (state, stamp(now - timedelta(days=_days(settings, state)))),
        )
        number += row["number"] if row is not None else 0
    return number


def _days(settings: RetentionSettings, state: CaseState) -> int:
    return settings.arrived_days if state in _ARRIVED else settings.withdrawn_days


def _marks(values: tuple[CaseState, ...]) -> str:
    return ", ".join("?" * len(values))
