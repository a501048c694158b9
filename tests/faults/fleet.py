# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A fleet of kiosks that comes back after an outage: the back-off of `sync.backoff` itself, in simulated time.

Each device keeps the rounds of `sync.engine`: one case at a time, a knock at a time while the line is down. The case
system takes so many cases a second, in the order of their coming; who waits longer than the time-out hears nothing,
though his case was work all the same. `python -m tests.faults.fleet` prints the figures and draws them (matplotlib).
"""

from __future__ import annotations

import heapq
import itertools
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sync.backoff import FIRST, OUTAGE, Line

PLOT = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "fleet.png"
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """What comes back, and to what. `wakes`: the power was out, so all start at the same moment."""

    devices: int = 2000
    fewest: int = 1
    most: int = 5
    capacity: float = 15.0  # cases a second (FACTS: Open Zaak)
    outage_s: float = DAY_S
    wakes: bool = False
    answer_s: float = 0.85
    varies: float = 0.0  # how unlike the answers are (sigma of a lognormal); a real server has small and large cases
    time_out_s: float = 60.0
    seed: int = 2026
    told: int = 0  # what the settings say of its size; 0: the truth


@dataclass(slots=True)
class Run:
    """What came of it; times in seconds after the network was there again."""

    fleet: Fleet
    cases: int
    offered: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)

    @property
    def ideal_s(self) -> float:
        """The time of a server that is busy from the first second to the last."""
        return self.cases / self.fleet.capacity

    @property
    def stretch(self) -> float:
        """How many times the ideal it took until the last case was there."""
        return max(self.delivered) / self.ideal_s

    def peak(self, window_s: float = 10.0) -> float:
        """Give the most that was offered in any such window, next to the capacity."""
        most = first = 0
        for last, at in enumerate(self.offered):
            while self.offered[first] <= at - window_s:
                first += 1
            most = max(most, last - first + 1)
        return most / window_s / self.fleet.capacity

    @property
    def figures(self) -> str:
        fleet = self.fleet
        how = "woken together" if fleet.wakes else f"after {fleet.outage_s / 3600:.1f} h without network"
        return (
            f"{fleet.devices} devices, {self.cases} cases, {how}: peak {self.peak():.2f} x the capacity"
            f" (in one second {self.peak(1.0):.2f}), delivered in {self.stretch:.2f} x the ideal {self.ideal_s:.0f} s"
        )


class _Device:
    """One kiosk: what waits, and its own line."""

    def __init__(self, cases: int, chance: random.Random, devices: int) -> None:
        self.cases = cases
        self.line = Line(chance.random, devices)
        self.line.carries(cases)


def simulate(fleet: Fleet) -> Run:
    """Let the fleet come back, until all is delivered."""
    chance = random.Random(fleet.seed)
    devices = [
        _Device(chance.randint(fleet.fewest, fleet.most), chance, fleet.told or fleet.devices)
        for _ in range(fleet.devices)
    ]
    run = Run(fleet, sum(device.cases for device in devices))
    order = itertools.count()
    agenda: list[tuple[float, int, _Device]] = []
    for device in devices:
        heapq.heappush(agenda, (_first_knock(device, fleet, chance), next(order), device))
    free_at = 0.0
    while agenda:
        at, _, device = heapq.heappop(agenda)
        run.offered.append(at)
        free_at = max(at, free_at) + 1 / fleet.capacity
        took = free_at - at + fleet.answer_s * (chance.lognormvariate(0.0, fleet.varies) if fleet.varies else 1.0)
        if took > fleet.time_out_s:
            wait = fleet.time_out_s + device.line.silent(was_heard=True).total_seconds()
        else:
            device.cases -= 1
            run.delivered.append(at + took)
            wait = took + device.line.answered(timedelta(seconds=took)).total_seconds()
        if device.cases:
            heapq.heappush(agenda, (at + wait, next(order), device))
    return run


def _first_knock(device: _Device, fleet: Fleet, chance: random.Random) -> float:
    """Live through the outage; give the moment of the first knock that is heard."""
    if fleet.wakes:
        return device.line.woken().total_seconds()
    # The network is gone for all at one moment, and all have something to send within one first wait: the worst case.
    at = -fleet.outage_s + chance.random() * FIRST.total_seconds()
    while at < 0:
        at += device.line.silent().total_seconds()
    if not device.line.is_down:
        raise AssertionError(f"an outage is {OUTAGE} silences, and this one was too short for that")
    return at


def draw(runs: Sequence[Run], file: Path) -> None:
    """Draw what was offered and delivered, second by second."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, panes = plt.subplots(len(runs), 1, figsize=(9, 3.4 * len(runs)), sharex=True, squeeze=False)
    for pane, run in zip(panes[:, 0], runs, strict=True):
        capacity, end = run.fleet.capacity, int(1.6 * run.ideal_s)
        for times, name, colour in ((run.offered, "offered", "#b35900"), (run.delivered, "delivered", "#00575e")):
            per = [sum(second <= at < second + 10 for at in times) / 10 for second in range(0, end, 5)]
            pane.plot(range(0, end, 5), per, label=f"{name}, cases a second", color=colour)
        pane.axhline(capacity, color="black", linewidth=1, label="capacity")
        pane.axhline(1.2 * capacity, color="black", linewidth=1, linestyle=":", label="1.2 x the capacity")
        pane.axvline(1.5 * run.ideal_s, color="grey", linewidth=1, linestyle="--", label="1.5 x the ideal time")
        pane.set_title(run.figures, fontsize=8)
        pane.set_ylim(0, 1.6 * capacity)
        pane.legend(fontsize=7, loc="upper right", ncols=2)
    panes[-1, 0].set_xlabel("seconds after the network was there again")
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110, metadata={"Software": None})


def main() -> int:
    runs = [simulate(Fleet()), simulate(Fleet(wakes=True))]
    others = [Fleet(outage_s=3600), Fleet(fewest=1, most=1), Fleet(fewest=1, most=2), Fleet(fewest=8, most=12)]
    others += [Fleet(devices, fewest=1, most=20) for devices in (500, 5000)] + [Fleet(4000), Fleet(4000, told=2000)]
    for run in [*runs, *map(simulate, others)]:
        print(run.figures)
    draw(runs, PLOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
