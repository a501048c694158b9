# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a tap to the next question painted, next to the same pages in a browser."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import browser
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95, paired_ratio
from tests.benchmarks.pages import write_pages
from tests.benchmarks.processes import environment, pause, wait_until_idle, write_settings, x_server
from tests.benchmarks.talk import told_visit
from tests.benchmarks.x_screen import Screen, now_ms, settled_at

FRAME_MS = 16.7
TARGET = 0.3
BETWEEN_TAPS_MS = 450.0  # the window counts a second tap within 400 ms as the same
REMARKS = """From the finger that leaves the button until the whole next page stands, seen from outside; the look
itself takes up to a millisecond, which is in both figures. The browser swaps pages that lie ready in
memory; we build ours. Inside: from the press that reached the visit until Qt had painted and handed
over the window."""
LAST = "check"  # what comes after it writes a case: that is not a question


def measure(bench: Bench) -> Row:
    room = bench.room("tap")
    settings = write_settings(room)
    taps = bench.rounds(16, 4)
    ours: list[float] = []
    inside: list[float] = []
    peers: list[float] = []
    ratios: list[float] = []
    with x_server() as display, Screen(display) as screen:
        surroundings = environment(display, room)
        for _ in range(bench.rounds(3, 1)):
            told: list[Mapping[str, Any]] = []
            mine = _tap_through_loket(screen, surroundings, settings, taps, told)
            inside.extend(each for tell in told for each in tell["painted_after_ms"])
            page = write_pages([tell["view"] for tell in told], [tell["spot"] for tell in told], room / "pages.html")
            theirs = _tap_through_browser(
                screen, surroundings, page, room, [tell["spot"] for tell in told][: len(mine)]
            )
            ours.extend(mine)
            peers.extend(theirs)
            ratios.append(paired_ratio(mine, theirs))
    return Row(
        "tap",
        _figures(ours, inside, peers, ratios),
        REMARKS,
        {"ours_ms": ours, "browser_ms": peers, "inside_ms": inside},
    )


def _figures(
    ours: Sequence[float], inside: Sequence[float], peers: Sequence[float], ratios: Sequence[float]
) -> tuple[Figure, ...]:
    return (
        Figure(
            "tap to next question painted, p95",
            p95(ours),
            "ms",
            browser.NAME,
            p95(peers),
            target=Target(FRAME_MS, is_of_ratio=False),
            missed_because="each tap builds and paints a page anew in Python; the load named below makes it longer",
            samples=len(ours),
        ),
        Figure(
            "tap to next question painted, median",
            statistics.median(ours),
            "ms",
            browser.NAME,
            statistics.median(peers),
            statistics.median(ratios),
            Target(TARGET),
            "the browser swaps a page that lies ready, we build ours",
            len(ours),
        ),
        Figure("tap to painted, inside, p95", p95(inside), "ms", samples=len(inside)),
    )


def _tap_through_loket(
    screen: Screen, surroundings: Mapping[str, str], settings: Path, most: int, told: list[Mapping[str, Any]]
) -> list[float]:
    taken: list[float] = []
    with told_visit(surroundings, settings) as talk:
        wait_until_idle([talk.process.pid])
        tell = talk.ask("prepare")
        for _ in range(most):
            told.append(tell)
            taken.append(_tap(screen, tell["spot"]))
            tell = talk.ask("prepare")
            if tell["view"]["name"] == told[-1]["view"]["name"]:
                raise AssertionError(f"a tap on {tell['view']['name']} was not taken")
            if tell["spot"] is None or tell["view"]["name"].endswith(LAST):
                break
        told.append(tell)
    return taken


def _tap_through_browser(
    screen: Screen, surroundings: Mapping[str, str], page: Path, room: Path, spots: Sequence[Sequence[int]]
) -> list[float]:
    with browser.browser(surroundings, page, room):
        screen.watch(lambda seen: not seen[-1].is_blank, quiet_ms=700)
        return [_tap(screen, spot) for spot in spots]


def _tap(screen: Screen, spot: Sequence[int]) -> float:
    before = screen.watch(lambda seen: True)[-1].picture
    began_ms = now_ms()
    lifted_ms = screen.tap(spot[0], spot[1])
    seen = screen.watch(lambda seen: seen[-1].picture != before, quiet_ms=200)
    pause(max(0.0, began_ms + BETWEEN_TAPS_MS - now_ms()) / 1000)
    return settled_at(seen).at_ms - lifted_ms
