# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store that grows from a thousand to a million cases: a page of the list, a search, the next case to send."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from domain.reference import new_reference
from sync.case_store import SqliteCaseStore
from sync.database import Database, stamp
from sync.outbox import Outbox
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.benchmarks.processes import fresh
from tests.fakes.clock import TUESDAY

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CEILING_MS, GROWTH = 50.0, 2.0
PAGE = 50
REMARKS = """One store that grows through {sizes} cases; sealed parts of 200 bytes, three in a thousand waiting. Each
figure is the p95 of many calls in the warm process: the first page of fifty and one in the middle, a case by its
reference, and whether anything is due. The peer is the same store at a thousand cases, so its ratio is the growth."""


def measure(bench: Bench) -> Row:
    sizes = SIZES[:2] if bench.is_quick else SIZES
    chance = random.Random(2026)
    with closing(Database(fresh(bench.room("million")) / "loket.db")) as database:
        references: list[str] = []
        series: dict[str, list[float]] = {}
        for size in sizes:
            _grow(database, references, size, chance)
            for name, ask in _questions(database, references, chance).items():
                series.setdefault(name, []).append(_p95_ms(ask, bench.rounds(300, 30)))
    figures = tuple(_figure(name, sizes[-1], values) for name, values in series.items())
    return Row("million", figures, REMARKS.format(sizes=", ".join(f"{size:,}" for size in sizes)), series)


def _figure(name: str, size: int, values: list[float]) -> Figure:
    # Below a tenth of a millisecond a ratio tells of the clock and not of the store.
    ratio = max(values[-1], 0.1) / max(values[0], 0.1)
    is_met = values[-1] <= CEILING_MS
    target = Target(GROWTH) if is_met else Target(CEILING_MS, is_of_ratio=False)
    return Figure(
        f"{size:,} cases: {name}, p95", values[-1], "ms", "at 1,000", values[0], ratio, target, "see the series", 300
    )


def _questions(database: Database, references: list[str], chance: random.Random) -> dict[str, Callable[[], object]]:
    store, outbox = SqliteCaseStore(database), Outbox(database)
    middle = outbox.find(references[len(references) // 2])
    return {
        "first page of the list": lambda: store.page(PAGE),
        "a page in the middle": lambda: store.page(PAGE, middle),
        "search by reference": lambda: outbox.find(chance.choice(references)),
        "is anything due": lambda: outbox.has_due(TUESDAY),
    }


def _p95_ms(ask: Callable[[], object], times: int) -> float:
    took = []
    for number in range(times + 5):
        began = time.perf_counter()
        ask()
        if number >= 5:
            took.append(1000 * (time.perf_counter() - began))
    return p95(took)


def _grow(database: Database, references: list[str], size: int, chance: random.Random) -> None:
    with database.writing(survives_power_cut=False) as connection:
        for number in range(len(references), size):
            case_id = str(uuid.UUID(int=chance.getrandbits(128)))
            reference = new_reference(lambda below: int(chance.random() * below))
            at = stamp(TUESDAY + timedelta(seconds=20 * number))
            state = ("pending", "retrying", "rejected")[number % 3] if number % 1000 < 3 else "delivered"
            connection.execute(
                "INSERT INTO submissions VALUES (?, ?, 'bel', 3, ?, ?, ?, ?, ?)",
                (case_id, reference, at, "0" * 16, b"x" * 200, b"s" * 16, b"h" * 64),
            )
            connection.execute(
                "INSERT INTO outbox (case_id, state, promised_on, is_urgent, next_try_at, changed_at)"
                " VALUES (?, ?, '2026-12-01', 0, ?, ?)",
                (case_id, state, at, at),
            )
            references.append(reference)
