# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long one device waits, and what keeps a fleet out of step; the fleet itself is `tests.faults.fleet`."""

from __future__ import annotations

import random
from datetime import timedelta

from sync.backoff import DEVICES, LONGEST, LONGEST_FOR_CROWD, LONGEST_FOR_STAFF, Line, turn_of, wait_for

QUICK = timedelta(seconds=1)
TURN = turn_of(DEVICES)


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


def test_takes_a_turn_after_an_outage_and_dares_more_the_longer_it_waited() -> None:
    line = Line(lambda: 0.5)
    _silent(line, 5)
    assert [line.answered(QUICK) for _ in range(4)] == [TURN, timedelta(0), timedelta(0), timedelta(0)]


def test_goes_on_at_once_by_chance_when_the_server_has_room() -> None:
    line = Line(lambda: 0.05)
    _silent(line, 5)
    assert line.answered(QUICK) == timedelta(0)


def test_waits_for_its_turn_each_time_the_server_has_a_queue() -> None:
    line = Line(lambda: 0.05)
    line.answered(QUICK)
    _silent(line, 5)
    assert line.answered(timedelta(seconds=1.4)) > 0.9 * TURN
    assert line.answered(timedelta(seconds=20)) > 0.9 * TURN


def test_takes_more_for_quick_the_longer_it_waited() -> None:
    slow, line = timedelta(seconds=1.4), Line(lambda: 0.05)
    line.answered(QUICK)
    _silent(line, 5)
    assert line.answered(slow) > timedelta(0)
    assert line.answered(slow) == timedelta(0)
    line.carries(20)
    assert line.answered(slow) > timedelta(0), "where much waits, all wait many turns"


def test_shortens_its_turns_while_the_server_has_room_and_takes_whole_ones_again_when_it_has_none() -> None:
    line, uneven = Line(lambda: 0.99), timedelta(seconds=1.6)
    line.answered(QUICK)
    _silent(line, 5)
    line.carries(20)
    assert len({line.answered(uneven) for _ in range(20)}) == 1
    pauses = [line.answered(uneven) for _ in range(12)]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[-1] < pauses[0] / 2
    crowded = [line.answered(timedelta(seconds=3)) for _ in range(3)]
    assert crowded[-1] > pauses[0]


def test_waits_longer_than_its_turn_where_the_queue_tells_of_more_devices_than_the_settings() -> None:
    line = Line(lambda: 0.5)
    _silent(line, 5)
    assert line.answered(timedelta(seconds=44)) == TURN + timedelta(seconds=200)


def test_is_at_full_speed_again_when_all_that_waited_is_gone() -> None:
    line = Line(lambda: 0.9)
    _silent(line, 5)
    line.carries(3)
    assert line.answered(QUICK) > timedelta(0)
    line.carries(0)
    assert [line.answered(timedelta(seconds=20)) for _ in range(3)] == [timedelta(0)] * 3


def test_takes_longer_turns_in_a_larger_fleet_and_where_much_waits() -> None:
    assert turn_of(500) < turn_of(5000) < turn_of(5000, waiting=8)
    line = Line(lambda: 0.0)
    line.carries(20)
    line.carries(2)
    assert line.turn == turn_of(DEVICES, 20), "what is left of much is still part of it"


def test_knocks_less_often_where_the_server_hears_but_drowns() -> None:
    line = Line(lambda: 1.0)
    assert _silent(line, 12) == TURN
    assert [line.silent(was_heard=True) for _ in range(6)][-1] == LONGEST_FOR_CROWD
    assert line.silent() == TURN, "now the line is dead, which tells nothing of a crowd"


def test_stays_away_for_turns_where_the_server_drowns_after_it_was_heard_once() -> None:
    line = Line(lambda: 0.0)
    _silent(line, 5)
    line.answered(timedelta(seconds=50))
    assert line.silent(was_heard=True) == TURN
    assert line.silent(was_heard=True) == 2 * TURN


def test_spreads_those_who_went_silent_together_over_the_longest_wait_within_an_hour() -> None:
    moments = []
    for seed in range(400):
        line, at = Line(random.Random(seed).random), 0.0
        while at < 3600:
            at += line.silent().total_seconds()
        moments.append(at - 3600)
    longest = TURN.total_seconds()
    quarters = [sum(part * longest / 4 <= at < (part + 1) * longest / 4 for at in moments) for part in range(4)]
    assert min(quarters) > 70, quarters


def test_a_device_that_wakes_with_old_cases_speaks_at_a_moment_of_chance() -> None:
    assert Line(lambda: 0.25).woken() == TURN / 4
