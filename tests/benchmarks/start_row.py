# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From starting the program to the painted start screen, next to a browser with the same page."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from contextlib import AbstractContextManager
from subprocess import Popen

from tests.benchmarks import browser
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, paired_ratio
from tests.benchmarks.pages import write_pages
from tests.benchmarks.processes import environment, loket, running, write_settings, x_server
from tests.benchmarks.talk import told_visit
from tests.benchmarks.x_screen import Screen, now_ms, settled_at

ALIKE = 0.98  # a caret or a tooltip does not make another screen
TARGET = 0.35
REMARKS = """From the moment the process is started until the screen shows, in 98 % of its pixels, what it shows at
rest. Seen from outside, both programs the same way; a new browser profile each time; files in the disk
cache."""


def measure(bench: Bench) -> Row:
    room = bench.room("start")
    settings = write_settings(room)
    with x_server() as display, Screen(display) as screen:
        surroundings = environment(display, room)
        with told_visit(surroundings, settings) as talk:
            view = talk.ask("prepare")["view"]
        page = write_pages([view], [None], room / "start.html")
        programs: dict[str, Callable[[], AbstractContextManager[Popen[str]]]] = {
            "kiosk": lambda: running(loket("kiosk", "--simulate", "--config", str(settings)), surroundings),
            "visit": lambda: running(
                loket("visit", "--simulate", "--show", "start", "--config", str(settings)), surroundings
            ),
            "browser": lambda: browser.browser(surroundings, page, room),
        }
        series: dict[str, list[float]] = {name: [] for name in programs}
        for start in programs.values():  # once for the disk cache; not counted
            _start_to_painted(screen, start)
        for _ in range(bench.rounds(8, 1)):
            for name, start in programs.items():
                series[name].append(_start_to_painted(screen, start))
    return Row(
        "start",
        _figures(series),
        REMARKS,
        series,
    )


def _figures(series: dict[str, list[float]]) -> tuple[Figure, ...]:
    whats = {
        "kiosk": "start: `loket kiosk` to painted start screen",
        "visit": "start: one visit to painted start screen",
    }
    return tuple(
        Figure(
            what,
            statistics.median(series[name]),
            "ms",
            browser.NAME,
            statistics.median(series["browser"]),
            paired_ratio(series[name], series["browser"]),
            Target(TARGET),
            "of some 300 ms of work Python and Qt's libraries take 105, our modules 90, first view and paint 80",
            len(series[name]),
        )
        for name, what in whats.items()
    )


def _start_to_painted(screen: Screen, start: Callable[[], AbstractContextManager[Popen[str]]]) -> float:
    screen.watch(lambda seen: seen[-1].is_blank, quiet_ms=150)
    began_ms = now_ms()
    with start():
        seen = screen.watch(lambda seen: not seen[-1].is_blank, quiet_ms=700)
        return settled_at(seen, ALIKE).at_ms - began_ms
