# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The work list counts working days to the first of a case's days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.counter import Stage, WorkItem

FRIDAY = date(2026, 11, 20)
ITEM = WorkItem("LK-1", "verhuizen", "Verhuizing", Stage.NEW, datetime(2026, 11, 2, 9, 0, tzinfo=UTC), FRIDAY)


def test_counts_working_days_to_the_first_of_its_days() -> None:
    case = replace(ITEM, due_on=date(2026, 11, 27), planned_on=date(2026, 11, 24))
    assert case.days_left(FRIDAY) == 2
    assert not case.is_late(FRIDAY)


def test_is_late_after_its_day_and_not_on_it() -> None:
    assert not ITEM.is_late(FRIDAY)
    assert ITEM.is_late(date(2026, 11, 23))
    assert ITEM.days_left(date(2026, 11, 23)) == -1


def test_is_never_late_when_nobody_named_a_day() -> None:
    case = replace(ITEM, due_on=None)
    assert case.days_left(FRIDAY) is None
    assert not case.is_late(FRIDAY)
