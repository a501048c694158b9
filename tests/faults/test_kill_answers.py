# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers lost, late, broken or refused in any order: every case is at the municipality exactly once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sync.practice import Fault, FaultKind
from tests.fakes.clock import FakeClock
from tests.faults.figures import count
from tests.sync.road import built_road
from tests.sync.test_delivery import CALLS, TROUBLES


def random_fault(chance: random.Random) -> Fault:
    method, path = chance.choice([*CALLS.values(), ("GET", "/zaken"), ("GET", "/documenten"), (".*", ".*")])
    trouble = TROUBLES[chance.choice(list(TROUBLES))]
    times = chance.choice((1, 1, 1, 2, 5))
    return Fault(trouble.kind, method, path, times, trouble.status, trouble.code, trouble.param, trouble.seconds)


def play(folder: Path, seed: int) -> int:
    """Play one schedule; give how many faults came."""
    chance = random.Random(seed)
    folder.mkdir()
    with built_road(folder, FakeClock()) as road:
        road.read_timeout_s = 0.4
        for _ in range(chance.randint(1, 4)):
            road.submit()
        faults = [random_fault(chance) for _ in range(chance.randint(1, 12))]
        for fault in faults:
            road.back_end.faults.add(fault)
        counts = road.sync_until_done(rounds=60)
        assert counts.delivered == len(road.submitted), f"seed {seed}: {counts}"
        road.assert_once()
        return sum(fault.times for fault in faults) - road.back_end.faults.left()


@pytest.mark.parametrize("seed", range(12))
def test_registers_every_case_once_in_any_order_of_trouble(tmp_path: Path, seed: int) -> None:
    assert play(tmp_path / "road", seed) >= 0


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_registers_every_case_once_in_hundreds_of_orders_of_trouble(tmp_path: Path) -> None:
    schedules = 400
    came = sum(play(tmp_path / str(seed), 1000 + seed) for seed in range(schedules))
    assert came > schedules
    count(schedules=schedules, faults=came)


def test_knows_every_kind_of_fault_that_the_practice_back_end_has() -> None:
    played = {fault.kind for fault in TROUBLES.values()}
    assert played == set(FaultKind) - {FaultKind.MEET}
