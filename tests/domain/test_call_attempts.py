# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call-back is closed when somebody was reached, or after three attempts on different parts of different days."""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.call_attempts import CallAttempt, DayPart, StillNeeded, may_be_closed, still_needed

HERE = ZoneInfo("Europe/Amsterdam")


def attempt(day: int, hour: int, *, reached: bool = False) -> CallAttempt:
    return CallAttempt(str(uuid.uuid4()), "LK-1", datetime(2026, 11, day, hour, tzinfo=HERE), reached)


@pytest.mark.parametrize(
    ("tries", "needed"),
    [
        ([], StillNeeded(3, another_part=True, another_day=True)),
        ([(23, 9)], StillNeeded(2, another_part=True, another_day=True)),
        ([(23, 9), (23, 14)], StillNeeded(1, another_part=False, another_day=True)),
        ([(23, 9), (23, 14), (23, 19)], StillNeeded(0, another_part=False, another_day=True)),
        ([(23, 9), (24, 10), (25, 11)], StillNeeded(0, another_part=True, another_day=False)),
        ([(23, 9), (24, 10), (24, 14)], StillNeeded(0, another_part=False, another_day=False)),
        ([(23, 9), (24, 14)], StillNeeded(1, another_part=False, another_day=False)),
    ],
)
def test_says_what_is_left_to_try(tries: list[tuple[int, int]], needed: StillNeeded) -> None:
    attempts = [attempt(*each) for each in tries]

    assert still_needed(attempts) == needed
    assert may_be_closed(attempts) is needed.is_nothing


def test_once_somebody_was_reached_nothing_is_left() -> None:
    assert may_be_closed([attempt(23, 9), attempt(23, 10, reached=True)])


def test_the_same_attempt_told_three_times_is_one() -> None:
    one = attempt(23, 9)

    assert still_needed([one, one, one]).attempts == 2


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, DayPart.MORNING), (11, DayPart.MORNING), (12, DayPart.AFTERNOON), (17, DayPart.AFTERNOON), (18, "evening")],
)
def test_the_part_of_the_day_is_that_of_the_netherlands(hour: int, part: str) -> None:
    found = attempt(23, hour)

    assert found.day_part == part
    assert CallAttempt("x", "LK-1", found.at.astimezone(ZoneInfo("Asia/Tokyo")), was_reached=False).day_part == part


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 23)), max_size=6))
def test_never_closes_without_three_attempts_two_parts_and_two_days(tries: list[tuple[int, int]]) -> None:
    attempts = [attempt(*each) for each in tries]
    is_enough = (len(attempts) >= 3 and len({hour // 6 if hour >= 12 else 0 for _, hour in tries}) >= 2) and len(
        {day for day, _ in tries}
    ) >= 2

    assert may_be_closed(attempts) is is_enough
