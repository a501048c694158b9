# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""2,000 devices that come back: what they offer stays near what the server can take, and all of it arrives in time."""

from __future__ import annotations

import pytest

import tests.faults.fleet
from sync.backoff import Line
from tests.faults.figures import count
from tests.faults.fleet import Fleet, Run, simulate

PEAK, STRETCH = 1.2, 1.5


def assert_fits(run: Run) -> None:
    assert len(run.delivered) == run.cases
    assert run.peak() <= PEAK, run.figures
    assert run.stretch <= STRETCH, run.figures


@pytest.mark.parametrize("is_woken", [False, True], ids=["a day without network", "the power was out"])
def test_a_fleet_comes_back_without_drowning_the_server(is_woken: bool) -> None:
    assert_fits(simulate(Fleet(wakes=is_woken)))


def test_a_fleet_without_chance_drowns_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tests.faults.fleet, "Line", lambda _spread: Line(lambda: 0.5))
    assert simulate(Fleet(wakes=True, devices=300)).peak() > PEAK, "the control: it must be the chance that does it"


@pytest.mark.long
def test_other_fleets_and_other_days() -> None:
    for seed in range(20):
        for fleet in (Fleet(seed=seed), Fleet(seed=seed, wakes=True), Fleet(seed=seed, outage_s=3600)):
            run = simulate(fleet)
            assert_fits(run)
            count(fleets_come_back=1, cases_of_fleets=run.cases)


@pytest.mark.long
def test_a_fleet_too_large_for_the_server_still_delivers_everything() -> None:
    for fleet in (Fleet(devices=4000), Fleet(devices=4000, wakes=True)):
        run = simulate(fleet)
        assert len(run.delivered) == run.cases
