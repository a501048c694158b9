# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""2,000 devices that come back: what they offer stays near what the server can take, and all of it arrives in time."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

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
    monkeypatch.setattr(tests.faults.fleet, "Line", lambda _spread, devices: Line(lambda: 0.5, devices))
    assert simulate(Fleet(wakes=True, devices=300)).peak() > PEAK, "the control: it must be the chance that does it"


@pytest.mark.parametrize("backlog", [(1, 1), (1, 20), (8, 12), (20, 20)], ids=lambda pair: f"{pair[0]} to {pair[1]}")
def test_a_small_fleet_comes_back_whatever_waits_on_each_device(backlog: tuple[int, int]) -> None:
    assert_fits(simulate(Fleet(500, *backlog)))


BACKLOGS = ((1, 1), (2, 2), (1, 5), (8, 12), (1, 20), (20, 20))
SOME_HAVE_TWO = (1, 2)


def told_sizes(devices: int, told: int) -> list[Run]:
    """Let a fleet come back of which the settings tell another size, the power gone and the network gone."""
    fleets = [Fleet(devices, told=told, seed=seed, wakes=wakes) for seed in range(2) for wakes in (False, True)]
    runs = [simulate(replace(fleet, outage_s=3600)) for fleet in fleets]
    for run in runs:
        assert len(run.delivered) == run.cases
        count(fleets_come_back=1, cases_of_fleets=run.cases)
    return runs


@pytest.mark.long
@pytest.mark.parametrize("devices", [500, 1000, 2000, 4000, 5000])
def test_fleets_of_all_sizes_come_back_whatever_waits_on_each_device(devices: int) -> None:
    """Hold 1.2 and 1.5 for every size that the settings tell right, but for chance: one run in ten may reach 1.25."""
    peaks, missed = [], []
    for backlog, seed in itertools.product(BACKLOGS, range(2)):
        for fleet in (Fleet(devices, *backlog, seed=seed), Fleet(devices, *backlog, seed=seed, wakes=True)):
            run = simulate(fleet)
            assert len(run.delivered) == run.cases
            peaks.append(run.peak(1.0))
            assert run.peak() <= 1.25, run.figures
            assert run.stretch <= STRETCH, run.figures
            if run.peak() > PEAK:
                missed.append(run.figures)
            count(fleets_come_back=1, cases_of_fleets=run.cases)
    assert len(missed) <= 0.1 * len(peaks), missed
    # Devices that cannot consult each other arrive by chance: in one second now and then twice as many as in the mean.
    # The server holds them in its queue for less than two seconds.
    assert max(peaks) < 3


@pytest.mark.long
def test_other_days() -> None:
    for seed in range(20):
        for fleet in (Fleet(seed=seed), Fleet(seed=seed, wakes=True), Fleet(seed=seed, outage_s=3600)):
            run = simulate(fleet)
            assert_fits(run)
            count(fleets_come_back=1, cases_of_fleets=run.cases)


@pytest.mark.long
@pytest.mark.parametrize("outage_s", [300, 900, 1800, 7200, 14_400])
def test_outages_of_all_lengths(outage_s: int) -> None:
    for seed in range(4):
        run = simulate(Fleet(seed=seed, outage_s=outage_s))
        assert_fits(run)
        count(fleets_come_back=1, cases_of_fleets=run.cases)


@pytest.mark.long
def test_where_some_have_two_cases_the_last_waits_twice_the_ideal() -> None:
    """Not met: 1.5. A turn is two thirds of the ideal time of the whole then, and a second case may take a second."""
    for devices in (500, 2000, 5000):
        run = simulate(Fleet(devices, *SOME_HAVE_TWO, wakes=True))
        assert len(run.delivered) == run.cases
        assert run.peak() <= PEAK, run.figures
        assert run.stretch <= 2.0, run.figures
        count(fleets_come_back=1, cases_of_fleets=run.cases)


@pytest.mark.long
@pytest.mark.parametrize(
    ("devices", "told", "peak", "stretch"),
    [
        (3000, 2000, 1.6, 1.5),
        (4000, 2000, 2.0, 1.5),
        (8000, 2000, 4.0, 4.5),
        (1000, 2000, 1.0, 3.0),
        (500, 2000, 0.6, 6.0),
    ],
)
def test_a_fleet_of_another_size_than_the_settings_say(devices: int, told: int, peak: float, stretch: float) -> None:
    """Not met with a wrong size: 1.2 when the fleet is larger, 1.5 when it is smaller or four times as large.

    The first turn is as long as the settings make it. Then who finds a queue waits longer, so that the server does not
    drown of twice the fleet; of four times the fleet it answers part of the first turn too late.
    """
    for run in told_sizes(devices, told):
        assert run.peak() <= peak, run.figures
        assert run.stretch <= stretch, run.figures


@pytest.mark.long
def test_a_server_of_uneven_answers_is_not_drowned() -> None:
    """Not met: 1.5. A long answer looks like a queue, and who sees a queue waits for its turn."""
    for backlog in ((1, 5), (8, 12), (20, 20)):
        run = simulate(Fleet(2000, *backlog, wakes=True, varies=0.4))
        assert len(run.delivered) == run.cases
        assert run.peak() <= PEAK, run.figures
        assert run.stretch <= 2.5, run.figures
        count(fleets_come_back=1, cases_of_fleets=run.cases)


def test_one_kiosk_with_hundreds_of_cases_does_not_wait_for_a_fleet_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = Fleet(1, 300, 300, told=2000, wakes=True, varies=0.4)
    assert max(simulate(alone).delivered) < 5 * 3600
    monkeypatch.setattr("sync.backoff._SOONER", 1.0)
    assert max(simulate(alone).delivered) > 8 * 3600, "the control: it is the shortening of the turn that does it"


@pytest.mark.long
def test_a_fleet_that_yields_to_no_queue_drowns_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above: it is the yielding that brings twice the fleet home in time."""

    class Stubborn(Line):
        def silent(self, attempts: int = 0, *, was_heard: bool = False) -> timedelta:
            self.is_catching_up = False
            return super().silent(attempts, was_heard=was_heard and self.is_down)

        def answered(self, took: timedelta) -> timedelta:
            return super().answered(min(took, timedelta(seconds=2)))

    monkeypatch.setattr(tests.faults.fleet, "Line", Stubborn)
    assert max(run.stretch for run in told_sizes(4000, 2000)) > 2.0
