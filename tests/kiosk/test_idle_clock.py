# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The idle clock with the time in the test's hand; how a visit uses it is in `test_visit.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kiosk.idle_clock import IdleClock, IdleTimes


class Room:
    def __init__(self) -> None:
        self.now_ms = 0
        self.told: list[int | str] = []
        self.is_at_work = False
        self.is_untouched = False
        self.clock = IdleClock(
            IdleTimes(),
            is_untouched=lambda: self.is_untouched,
            is_at_work=lambda: self.is_at_work,
            warned=self.told.append,
            ended=lambda: self.told.append("end"),
            clock_ms=lambda: self.now_ms,
        )
        self.clock.restart()

    def wait(self, seconds: int, step_ms: int = 1000) -> None:
        for _ in range(seconds * 1000 // step_ms):
            self.now_ms += step_ms
            self.clock.tick()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room()


def test_warns_and_ends_at_the_times_of_the_settings(room: Room) -> None:
    room.wait(179)
    assert room.told == []
    room.wait(61)

    assert room.told == [60, 50, 40, 30, 20, 10, "end"]
    assert not room.clock.is_running


def test_a_machine_that_slept_takes_no_time_from_anybody(room: Room) -> None:
    room.wait(170)
    room.now_ms += 8 * 3600 * 1000
    room.clock.tick()

    assert room.told == []


def test_ticks_that_come_late_count_for_what_they_are(room: Room) -> None:
    room.wait(240, step_ms=1500)

    assert room.told[-1] == "end"


@pytest.mark.parametrize("sign", ["work", "untouched"])
def test_time_that_is_not_the_visitors_does_not_count(room: Room, sign: str) -> None:
    room.is_at_work = sign == "work"
    room.is_untouched = sign == "untouched"
    room.wait(800)

    assert room.told == []


@pytest.mark.parametrize("make", [lambda: IdleTimes(240, 19), lambda: IdleTimes(60, 60)])
def test_refuses_times_that_leave_nobody_time(make: Callable[[], IdleTimes]) -> None:
    with pytest.raises(ValueError, match="20 seconds"):
        make()
