# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From confirming to durable, next to appending the same bytes to a file, and next to two queue libraries."""

from __future__ import annotations

import itertools
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import litequeue
import persistqueue

from domain.intake import Intake, Prepared
from domain.submission import to_bytes
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.sealing import PublicSealer, make_key_pair, read_sealer
from sync.second_copy import SecondCopies
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, paired_ratio
from tests.benchmarks.processes import fresh
from tests.sync.samples import submission, summary

SEALED_TARGET = 0.35
OPEN_TARGET = 0.5
EQUAL = 1.0
CODE = "4711"
ANSWERS = 24
REMARKS = """Durable cases a second, one after another; {size:,} bytes each, answers and no PDF. Each round runs
every way, in another order, on the same disk. Ours writes three rows and a salted hash of the status
code in one transaction, WAL and synchronous=FULL. 'As an outbox' hands the store the same bytes as the
queues get; the queues run with FULL too (litequeue's default, NORMAL, loses cases at a power cut).
A kiosk also writes a second copy, a sealed file of its own, before it shows the receipt: that row is what a
kiosk does, some milliseconds once a visit. 'Bewaard' rests on the transaction; the copy is for a store that
is damaged later."""

Keep = Callable[[Prepared, bytes], object]


class _Unsealed:
    """Seals nothing, to see what sealing costs."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id

    def seal(self, plain: bytes) -> bytes:
        return plain


def measure(bench: Bench) -> Row:
    room = fresh(bench.room("durable"))
    make_key_pair(room / "loket.pub", room / "loket.key")
    sealer = read_sealer(room / "loket.pub")
    with ExitStack() as stack:
        ways = _ways(room, sealer, stack)
        series: dict[str, list[float]] = {name: [] for name in ways}
        burst = bench.rounds(150, 20)
        for number in range(bench.rounds(9, 2) + 1):
            for name, keep in _turned(list(ways.items()), number):
                rate = _rate(keep, _cases(sealer, burst))
                if number:  # the first round makes files and pages
                    series[name].append(rate)
    size = len(sealer.seal(to_bytes(_cases(sealer, 1)[0].submission)))
    return Row(
        "durable",
        _figures(series),
        REMARKS.format(size=size),
        series,
    )


def _figures(series: dict[str, list[float]]) -> tuple[Figure, ...]:
    def figure(what: str, ours: str, peer: str, target: float, because: str) -> Figure:
        return Figure(
            what,
            statistics.median(series[ours]),
            "a second",
            peer,
            statistics.median(series[peer]),
            paired_ratio(series[ours], series[peer]),
            Target(target, is_ceiling=False),
            because,
            len(series[ours]),
        )

    pages = "three rows with their indexes in SQLite next to one plain append; not taken apart further"
    copy = "the copy costs six reads, a file, a new name and two more flushes to the disk, before the receipt"
    rows = "a queue writes one row, ours three with their indexes; not taken apart further"
    return (
        figure("confirm to durable, sealed", "sealed", RAW, SEALED_TARGET, pages),
        figure("confirm to durable and to its second copy, sealed", "copied", RAW, SEALED_TARGET, copy),
        figure("confirm to durable, not sealed", "open", RAW, OPEN_TARGET, pages),
        figure("confirm to durable, as an outbox", "outbox", LITEQUEUE, EQUAL, rows),
        figure("confirm to durable, as an outbox", "outbox", PERSIST_QUEUE, EQUAL, rows),
    )


RAW = "append + fdatasync"
LITEQUEUE = "litequeue, FULL"
PERSIST_QUEUE = "persist-queue, FULL"


def _ways(room: Path, sealer: PublicSealer, stack: ExitStack) -> dict[str, Keep]:
    def store(name: str, copies: SecondCopies | None = None) -> SqliteCaseStore:
        database = Database(room / f"{name}.db")
        stack.callback(database.close)
        return SqliteCaseStore(database, copies)

    sealed = Intake(store("sealed"), sealer)
    copied = Intake(store("copied", SecondCopies(room / "waiting")), sealer)
    unsealed = Intake(store("open"), _Unsealed(sealer.key_id))
    outbox = store("outbox")
    file = stack.enter_context((room / "raw.bin").open("ab", buffering=0))
    lite = litequeue.LiteQueue(str(room / "lite.db"))
    lite.conn.execute("PRAGMA synchronous = FULL")
    persist = persistqueue.SQLiteAckQueue(str(room / "persist"), auto_commit=True)
    _make_durable(persist)

    def append(_case: Prepared, content: bytes) -> None:
        file.write(content)
        os.fdatasync(file.fileno())

    return {
        RAW: append,
        "sealed": lambda case, _content: sealed.submit(case, CODE),
        "copied": lambda case, _content: copied.submit(case, CODE),
        "open": lambda case, _content: unsealed.submit(case, CODE),
        "outbox": lambda case, content: outbox.submit(case.submission.header, content, case.summary, CODE),
        LITEQUEUE: lambda _case, content: lite.put(content),
        PERSIST_QUEUE: lambda _case, content: persist.put(content),
    }


def _make_durable(queue: object) -> None:
    for name in ("_conn", "_putter", "_getter"):
        connection = getattr(queue, name, None)
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")


def _cases(sealer: PublicSealer, number: int) -> list[Prepared]:
    """Make complete cases of the size of a real one, without a PDF."""
    cases = []
    for _ in range(number):
        made = submission(key_id=sealer.key_id, documents=())
        made = submission(key_id=sealer.key_id, documents=(), lines=made.lines * ANSWERS)
        cases.append(Prepared(made, summary(made)))
    return cases


def _rate(keep: Keep, cases: Sequence[Prepared]) -> float:
    ready = [(case, b"0" * 48 + to_bytes(case.submission)) for case in cases]  # as long as sealed
    began = time.perf_counter()
    for case, content in ready:
        keep(case, content)
    return len(ready) / (time.perf_counter() - began)


def _turned(ways: list[tuple[str, Keep]], by: int) -> list[tuple[str, Keep]]:
    return list(itertools.islice(itertools.cycle(ways), by % len(ways), by % len(ways) + len(ways)))
