# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store that grows from a thousand to a million cases: a page of the list, a search, the next case to send."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import timedelta

from domain.reference import new_reference
from sync.case_store import SqliteCaseStore
from sync.database import Database, stamp
from sync.outbox import Outbox
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, p95
from tests.benchmarks.processes import REPOSITORY, fresh
from tests.fakes.clock import TUESDAY

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CEILING_MS, GROWTH = 50.0, 2.0
PAGE = 50
REMARKS = """One store that grows through {sizes} cases; sealed parts of 200 bytes, three in a thousand waiting. Each
figure is the p95 of many calls in the warm process: the first page of fifty and one in the middle, a case by its
reference, and whether anything is due. The peer is a store of a thousand cases, asked in turns with the full one, so
its ratio is the growth. In the [picture](pictures/growth.png) each point was measured when the store had that size;
other work on the machine shows in it."""
PLOT = REPOSITORY / "docs" / "pictures" / "growth.png"


def measure(bench: Bench) -> Row:
    sizes = SIZES[:2] if bench.is_quick else SIZES
    chance, room = random.Random(2026), fresh(bench.room("million"))
    with closing(Database(room / "loket.db")) as database, closing(Database(room / "small.db")) as small:
        references: list[str] = []
        series: dict[str, list[float]] = {}
        for size in sizes:
            _grow(database, references, size, chance)
            for name, ask in _questions(database, references, chance).items():
                series.setdefault(name, []).append(_p95_ms(bench.rounds(300, 30), ask)[0])
        few: list[str] = []
        _grow(small, few, sizes[0], chance)
        ours, peers = _questions(database, references, chance), _questions(small, few, chance)
        figures = tuple(
            _figure(name, sizes[-1], *_p95_ms(bench.rounds(1000, 30), ours[name], peers[name])) for name in ours
        )
    if not bench.is_quick:
        _draw(sizes, series)
    return Row("million", figures, REMARKS.format(sizes=", ".join(f"{size:,}" for size in sizes)), series)


def _draw(sizes: Sequence[int], series: Mapping[str, Sequence[float]]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, pane = plt.subplots(figsize=(9, 4))
    for (name, values), mark in zip(series.items(), "osD^", strict=True):
        pane.loglog(sizes, values, label=name, marker=mark)
    pane.axhline(CEILING_MS, color="grey", linestyle="--", label=f"ceiling, {CEILING_MS:g} ms")
    pane.set_xlabel("cases in the store")
    pane.set_ylabel("p95, ms")
    pane.set_title("Growth of one store")
    pane.grid(visible=True, alpha=0.3)
    pane.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(PLOT, dpi=100, metadata={"Software": None})
    plt.close(figure)


def _figure(name: str, size: int, ours: float, small: float) -> Figure:
    # Below a tenth of a millisecond a ratio tells of the clock and not of the store.
    ratio = max(ours, 0.1) / max(small, 0.1)
    is_met = ours <= CEILING_MS
    target = Target(GROWTH) if is_met else Target(CEILING_MS, is_of_ratio=False)
    return Figure(f"{size:,} cases: {name}, p95", ours, "ms", "at 1,000", small, ratio, target, "see the series", 1000)


def _questions(database: Database, references: list[str], chance: random.Random) -> dict[str, Callable[[], object]]:
    store, outbox = SqliteCaseStore(database), Outbox(database)
    middle = outbox.find(references[len(references) // 2])
    return {
        "first page of the list": lambda: store.page(PAGE),
        "a page in the middle": lambda: store.page(PAGE, middle),
        "search by reference": lambda: outbox.find(chance.choice(references)),
        "is anything due": lambda: outbox.has_due(TUESDAY),
    }


def _p95_ms(times: int, *asks: Callable[[], object]) -> list[float]:
    """Ask in turns, so that a busy moment of the machine weighs on all."""
    took: list[list[float]] = [[] for _ in asks]
    for number in range(times + 5):
        for ask, spent in zip(asks, took, strict=True):
            began = time.perf_counter()
            ask()
            if number >= 5:
                spent.append(1000 * (time.perf_counter() - began))
    return [p95(spent) for spent in took]


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
