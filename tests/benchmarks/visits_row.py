# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many visits at the real kiosk: how soon the next start screen stands, and what memory it takes."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.screens.start import SERVICE
from kiosk.view import NEXT, STOP
from tests.benchmarks import browser
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.benchmarks.pages import write_pages
from tests.benchmarks.processes import (
    children,
    command_of,
    environment,
    family,
    loket,
    memory_mb,
    pause,
    running,
    wait_until_idle,
    write_settings,
    x_server,
)
from tests.benchmarks.talk import told_visit
from tests.benchmarks.x_screen import Screen, likeness, settled_at

REMARKS = """End of a visit: from the finger that leaves 'Stoppen' until the screen shows the start screen of the
next visit, a process that waited warm; seen from outside. Memory is the proportional share (PSS). The
window in use, its voice and the supervisor count against the target; the line below it also counts the
warm window behind it and the sync service. The browser shows the start screen only, and has had no
visits."""
BETWEEN_TAPS_S = 0.45  # the window counts a second tap within 0.4 s as the same
ALIKE = 0.98
SERVICE_ID = "verhuizen"
END_TARGET_MS = 50.0
MEMORY_TARGET = 0.3
GROWTH_TARGET = 1.02
FIFTY = 50
FIRST = 10  # visits after which the first look at the memory is taken


@dataclass(frozen=True, slots=True)
class _Memory:
    """Of the window on the screen with its voice and the supervisor, and of all that `loket kiosk` runs."""

    in_use_mb: float
    all_mb: float


def measure(bench: Bench) -> Row:
    room = bench.room("visits")
    settings = write_settings(room)
    visits = 1000 if bench.is_long else bench.rounds(60, 4)
    with x_server() as display, Screen(display) as screen:
        surroundings = environment(display, room)
        with told_visit(surroundings, settings) as talk:
            view = talk.ask("prepare")["view"]
            taps = [talk.where(SERVICE + SERVICE_ID)]
            for item in (NEXT, STOP):
                screen.tap(*taps[-1])
                screen.watch(lambda seen: len(seen) > 1)
                pause(BETWEEN_TAPS_S)
                taps.append(talk.where(item))
        ends_ms: list[float] = []
        remarks = REMARKS
        memories: dict[int, _Memory] = {}
        with running(loket("kiosk", "--simulate", "--config", str(settings)), surroundings) as kiosk:
            start = screen.watch(lambda seen: not seen[-1].is_blank, quiet_ms=700)[-1].picture
            for number in range(1, visits + 1):
                try:
                    ends_ms.append(_visit(screen, kiosk.pid, taps, start))
                except TimeoutError as stuck:
                    remarks += f" Stopped at visit {number}: {stuck}."
                    memories[len(ends_ms)] = _memory(kiosk.pid)
                    break
                if number in {FIRST, FIFTY, visits}:
                    rest(kiosk.pid)
                    memories[number] = _memory(kiosk.pid)
        page = write_pages([view], [None], room / "start.html")
        peer_mb = _browser_memory(screen, surroundings, page, room)
    return Row(
        "visits",
        _figures(ends_ms, memories, peer_mb, is_long=bench.is_long),
        remarks,
        {
            "end_of_visit_ms": ends_ms,
            "in_use_mb": [each.in_use_mb for each in memories.values()],
            "all_mb": [each.all_mb for each in memories.values()],
            "browser_mb": [peer_mb],
        },
    )


def _figures(
    ends_ms: Sequence[float], memories: Mapping[int, _Memory], peer_mb: float, *, is_long: bool
) -> tuple[Figure, ...]:
    visits = len(ends_ms)
    first, then = min(memories), FIFTY if FIFTY in memories else visits
    middle, last = memories[then], memories[visits]
    growth = last.in_use_mb / memories[first].in_use_mb
    return (
        Figure(
            "end of a visit to the next start screen, p95",
            p95(ends_ms),
            "ms",
            target=Target(END_TARGET_MS, is_of_ratio=False),
            missed_because="the median is near the target, so a busy moment is enough: see the load named below",
            samples=len(ends_ms),
        ),
        Figure(
            "end of a visit to the next start screen, median", statistics.median(ends_ms), "ms", samples=len(ends_ms)
        ),
        Figure(
            f"memory after {then} visits: window, voice, supervisor",
            middle.in_use_mb,
            "MB",
            browser.NAME,
            peer_mb,
            middle.in_use_mb / peer_mb,
            Target(MEMORY_TARGET),
            "Qt and Python take most of it before the first visit",
        ),
        Figure(
            "memory of all that `loket kiosk` runs, warm window and sync too",
            middle.all_mb,
            "MB",
            browser.NAME,
            peer_mb,
            middle.all_mb / peer_mb,
        ),
        Figure(
            f"memory after {visits} visits next to that after {first}",
            last.in_use_mb,
            "MB",
            "ourselves, earlier",
            memories[first].in_use_mb,
            growth,
            Target(GROWTH_TARGET) if is_long else None,
            "it grows",
        ),
    )


def _visit(screen: Screen, kiosk: int, taps: Sequence[tuple[int, int]], start: bytes) -> float:
    """Come, begin with a service, and go; give how long it took until the next one could begin."""
    rest(kiosk)
    for tap in taps[:-1]:
        screen.tap(*tap)
        screen.watch(lambda seen: likeness(seen[-1].picture, start) < ALIKE)
        pause(BETWEEN_TAPS_S)
    lifted_ms = screen.tap(*taps[-1])
    seen = screen.watch(lambda seen: likeness(seen[-1].picture, start) >= ALIKE)
    return settled_at(seen, ALIKE).at_ms - lifted_ms


def rest(kiosk: int) -> None:
    """Wait until a warm window stands behind the one on the screen, with nothing to do, as between two people."""
    while len(_visits(kiosk)) < 2:
        pause(0.05)
    wait_until_idle(_visits(kiosk))


def _visits(kiosk: int) -> list[int]:
    return [pid for pid in children(kiosk) if " visit" in command_of(pid)]


def _memory(kiosk: int) -> _Memory:
    shown = _visits(kiosk)[0]  # the elder: the other one is warm
    return _Memory(memory_mb([kiosk, *family(shown)]), memory_mb(family(kiosk)))


def _browser_memory(screen: Screen, surroundings: dict[str, str], page: Path, room: Path) -> float:
    with browser.browser(surroundings, page, room) as process:
        screen.watch(lambda seen: not seen[-1].is_blank, quiet_ms=700)
        wait_until_idle(family(process.pid), still_s=0.5)
        return memory_mb(family(process.pid))
