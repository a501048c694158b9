# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
""" "Snel weg" at the real kiosk: how soon nothing of the visit is on the screen, by finger and by a held key."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from kiosk.key_map import HELP_HOLD_MS
from kiosk.screens.start import SERVICE
from kiosk.view import LEAVE, NEXT
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.benchmarks.processes import (
    environment,
    loket,
    pause,
    running,
    write_settings,
    x_server,
)
from tests.benchmarks.talk import told_visit
from tests.benchmarks.visits_row import rest
from tests.benchmarks.x_screen import Screen, likeness, settled_at

REMARKS = """From the finger that leaves 'Snel weg', or from the moment that help was held for two seconds, until the
screen shows the neutral page; seen from outside, with a question of a service on the screen before."""
SERVICE_ID = "verhuizen"
ALIKE = 0.98
TARGET_MS = 200.0
BETWEEN_TAPS_S = 0.45
HELP_KEY, OK_KEY = "F1", "Return"
SEES_IT_COMING_MS = 100
FINGER, KEY = "by finger", "by a held key"


def measure(bench: Bench) -> Row:
    room = bench.room("leave")
    settings = write_settings(room)
    rounds = bench.rounds(40, 3)
    taken: dict[str, list[float]] = {FINGER: [], KEY: []}
    with x_server() as display, Screen(display) as screen:
        surroundings = environment(display, room)
        with told_visit(surroundings, settings) as talk:
            tile, leave = talk.where(SERVICE + SERVICE_ID), talk.where(LEAVE)
            screen.tap(*tile)
            screen.watch(lambda seen: len(seen) > 1)
            begin = talk.where(NEXT)
        with running(loket("kiosk", "--simulate", "--config", str(settings)), surroundings) as kiosk:
            start = screen.watch(lambda seen: not seen[-1].is_blank, quiet_ms=700)[-1].picture
            neutral = _neutral(screen, kiosk.pid, leave, start)
            for number in range(2 * rounds):
                _come_to_a_question(screen, kiosk.pid, (tile, begin), neutral)
                way = KEY if number % 2 else FINGER
                from_ms = _hold_help(screen) if way == KEY else screen.tap(*leave)
                seen = screen.watch(lambda seen: likeness(seen[-1].picture, neutral) >= ALIKE)
                screen.lift_key(HELP_KEY)
                taken[way].append(settled_at(seen, ALIKE).at_ms - from_ms)
    figures = [figure for way, times in taken.items() for figure in _figures(way, times)]
    return Row("leave", tuple(figures), REMARKS, {f"{way}_ms": times for way, times in taken.items()})


def _figures(way: str, times: Sequence[float]) -> tuple[Figure, ...]:
    return (
        Figure(
            f"'Snel weg' {way} to the neutral screen, p95",
            p95(times),
            "ms",
            target=Target(TARGET_MS, is_of_ratio=False),
            missed_because="see the load named below",
            samples=len(times),
        ),
        Figure(f"'Snel weg' {way} to the neutral screen, median", statistics.median(times), "ms", samples=len(times)),
    )


def _neutral(screen: Screen, kiosk: int, leave: tuple[int, int], start: bytes) -> bytes:
    """Leave once, and see what that looks like."""
    rest(kiosk)
    screen.tap(*leave)
    return screen.watch(lambda seen: likeness(seen[-1].picture, start) < ALIKE, quiet_ms=700)[-1].picture


def _come_to_a_question(screen: Screen, kiosk: int, taps: Sequence[tuple[int, int]], neutral: bytes) -> None:
    rest(kiosk)
    screen.press_key(OK_KEY)  # it stands on "Begin"
    screen.lift_key(OK_KEY)
    screen.watch(lambda seen: likeness(seen[-1].picture, neutral) < ALIKE)
    pause(BETWEEN_TAPS_S)
    for tap in taps:
        before = screen.look().picture
        screen.tap(*tap)
        screen.watch(lambda seen, before=before: seen[-1].picture != before)  # type: ignore[misc]
        pause(BETWEEN_TAPS_S)
    rest(kiosk)


def _hold_help(screen: Screen) -> float:
    """Hold the key of help until just before it counts as held; give when that is."""
    held_from_ms = screen.press_key(HELP_KEY)
    pause((HELP_HOLD_MS - SEES_IT_COMING_MS) / 1000)
    return held_from_ms + HELP_HOLD_MS
