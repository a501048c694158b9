# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What monitoring may know of the store: counts, ages and moments. No case is named, and nothing of a citizen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.case import CaseState
from sync import audit_log
from sync.database import Database, moment_of
from sync.outbox import Outbox


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """How the store stands."""

    cases: Mapping[str, int]  # by state; every state is there
    added_waiting: int  # corrections and withdrawals on their way
    oldest_unsent_s: int
    alarming: int  # wait longer than the settings allow
    last_delivered_at: datetime | None
    last_seen_at: datetime | None
    clock_gap: timedelta | None  # how far a server's clock is ahead of ours, where it said that ours is not right


def figures_of(database: Database, now: datetime, patience: timedelta) -> StoreFigures:
    """Count.

    Raises: StoreError and its kinds.
    """
    outbox = Outbox(database)
    rows = database.rows("SELECT state, count(*) AS number FROM outbox GROUP BY state")
    counted: dict[str, int] = {row["state"]: row["number"] for row in rows}
    oldest = database.row(
        "SELECT min(submitted_at) AS at FROM submissions JOIN outbox USING (case_id)"
        " WHERE state IN ('pending', 'sending', 'retrying', 'rejected')"
    )
    added = database.row("SELECT count(*) AS number FROM follow_ups WHERE state <> 'delivered'")
    delivered = database.row("SELECT max(at) AS at FROM audit_log WHERE event = 'delivered'")
    first = _moment(oldest)
    return StoreFigures(
        cases={state.value: counted.get(state.value, 0) for state in CaseState if state is not CaseState.DRAFT},
        added_waiting=added["number"] if added is not None else 0,
        oldest_unsent_s=max(0, int((now - first).total_seconds())) if first is not None else 0,
        alarming=len(outbox.alarming(now, patience)),
        last_delivered_at=_moment(delivered),
        last_seen_at=audit_log.last_seen(database),
        clock_gap=audit_log.clock_gap(database),
    )


def clock_checked(database: Database, now: datetime) -> None:
    """Write down that a person said that the clock is right now; a server's word comes by `sync.clock_witness`.

    Raises: StoreError and its kinds.
    """
    with database.writing() as connection:
        audit_log.append(connection, now, audit_log.CLOCK_CHECKED, "")


def _moment(row: Mapping[str, str | None] | None) -> datetime | None:
    return moment_of(row["at"]) if row is not None and row["at"] else None
