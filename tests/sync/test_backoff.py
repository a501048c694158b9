# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long one device waits, and what keeps a fleet out of step; the fleet itself is `tests.faults.fleet`."""

from __future__ import annotations

import random
from datetime import timedelta

from sync.backoff import LONGEST, LONGEST_FOR_CROWD, LONGEST_FOR_STAFF, LONGEST_SILENCE, SLOW_START, Line, wait_for

QUICK = timedelta(seconds=1)


def _silent(line: Line, times: int) -> timedelta:
    wait = timedelta(0)
    for _ in range(times):
        wait = line.silent()
    return wait


def test_waits_longer_each_time_and_never_longer_than_the_longest() -> None:
    waits = [wait_for(attempts, lambda: 1.0) for attempts in range(1, 40)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=5), LONGEST)
    assert wait_for(40, lambda: 1.0, needs_staff=True) == LONGEST_FOR_STAFF


def test_pauses_never_while_the_line_is_good() -> None:
    line = Line(lambda: 1.0)
    assert [line.answered(timedelta(seconds=20)) for _ in range(3)] == [timedelta(0)] * 3
    line.silent()
    assert not line.is_down
    assert line.answered(QUICK) == timedelta(0), "one silence is no outage"


def test_begins_slowly_after_an_outage_and_is_soon_at_full_speed() -> None:
    line = Line(lambda: 0.5)
    _silent(line, 5)
    pauses = [line.answered(QUICK).total_seconds() for _ in range(7)]
    assert pauses == [30, 15, 7.5, 3.75, 1.875, 0, 0]


def test_yields_to_a_server_that_is_slow_after_an_outage() -> None:
    line = Line(lambda: 0.5)
    _silent(line, 5)
    line.answered(timedelta(seconds=33))
    assert line.answered(QUICK) == timedelta(seconds=150) > SLOW_START


def test_knocks_less_often_where_the_server_hears_but_drowns() -> None:
    line = Line(lambda: 1.0)
    assert _silent(line, 12) == LONGEST_SILENCE
    assert [line.silent(was_heard=True) for _ in range(4)][-1] == LONGEST_FOR_CROWD
    assert line.silent() == LONGEST_SILENCE, "now the line is dead, which tells nothing of a crowd"


def test_spreads_those_who_went_silent_together_over_the_longest_wait_within_an_hour() -> None:
    moments = []
    for seed in range(400):
        line, at = Line(random.Random(seed).random), 0.0
        while at < 3600:
            at += line.silent().total_seconds()
        moments.append(at - 3600)
    longest = LONGEST_SILENCE.total_seconds()
    quarters = [sum(part * longest / 4 <= at < (part + 1) * longest / 4 for at in moments) for part in range(4)]
    assert min(quarters) > 70, quarters


def test_a_device_that_wakes_with_old_cases_speaks_at_a_moment_of_chance() -> None:
    assert Line(lambda: 0.25).woken() == LONGEST_SILENCE / 4
