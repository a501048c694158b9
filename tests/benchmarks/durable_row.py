# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From confirming to durable, next to appending the same bytes to a file, and next to two queue libraries.

What ours costs more than a queue is taken apart: `tests.benchmarks.bare_rows` writes the same rows without our code.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import litequeue
import persistqueue

from domain.intake import Intake, Prepared
from domain.submission import to_bytes
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.sealing import PublicSealer, make_key_pair, read_sealer
from sync.second_copy import SecondCopies
from tests.benchmarks.bare_rows import bare_rows, pages_a_put
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Row, Target, paired_ratio
from tests.benchmarks.processes import fresh
from tests.benchmarks.queued_cases import CODE, beside, make_tables
from tests.sync.samples import submission, summary

SEALED_TARGET = 0.35
OPEN_TARGET = 0.5
AS_QUICK = 0.95  # decision 3: as quick as a queue that keeps a case, within what two runs differ
ANSWERS = 24
REMARKS = """Durable cases a second, one after another; {size:,} bytes each, answers and no PDF. Each round runs
every way, in another order, on the same disk. Ours writes three rows, a salted hash of the status code and
the sums by which a changed row is noticed in one transaction, WAL and synchronous=FULL. A kiosk writes a
second copy, a sealed file of its own, right after the receipt: in the row of the kiosk it is written between
the cases and not counted, in the row below it everything is. It takes {copy:.1f} ms a case; nobody waits for it.
'As an outbox' hands the store the same bytes as the queues get; the queues run with FULL too (litequeue's
default, NORMAL, loses cases at a power cut). 'Bare SQL' writes our three rows with our indexes and nothing
else: no sums, no chain, no look whether the file is still the one at its path. 'A case in' a queue is like for like:
the message, and in the same transaction what makes a case of it, found by its number and by its id, listed by time,
with its readable header, the hash of its code, the sums and the line in the log, made by our own functions. A case
writes {ours:.1f} pages of the log, {bare:.1f} in bare SQL, {lite_case:.1f} in litequeue, {persist_case:.1f} in
persist-queue; a message alone {lite:.1f} and {persist:.1f}."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to keep a case; `after` is what comes when the citizen was told, and is not waited for."""

    keep: Callable[[Prepared, bytes], object]
    after: Callable[[], object] | None = None
    connection: sqlite3.Connection | None = None


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
        # Many short rounds: a disk that is shared flushes ten times slower from one second to the next.
        burst = bench.rounds(40, 20)
        for number in range(bench.rounds(45, 2) + 1):
            for name, way in _turned(list(ways.items()), number):
                waited, after = _seconds(way, _cases(sealer, burst))
                if number:  # the first round makes files and pages
                    series[name].append(burst / waited)
                    if way.after is not None:
                        series.setdefault(BOTH, []).append(burst / (waited + after))
                        series.setdefault(COPY, []).append(after / burst * 1000)
        pages = {
            name: pages_a_put(way.connection, lambda way=way: _seconds(way, _cases(sealer, PAGES_OF)), PAGES_OF)  # type: ignore[misc]
            for name, way in ways.items()
            if way.connection is not None
        }
    size = len(sealer.seal(to_bytes(_cases(sealer, 1)[0].submission)))
    return Row(
        "durable",
        _figures(series),
        REMARKS.format(
            size=size,
            copy=statistics.median(series[COPY]),
            ours=pages["outbox"],
            bare=pages[BARE],
            lite_case=pages[LITE_CASE],
            persist_case=pages[PERSIST_CASE],
            lite=pages[LITEQUEUE],
            persist=pages[PERSIST_QUEUE],
        ),
        series,
    )


def _figures(series: dict[str, list[float]]) -> tuple[Figure, ...]:
    def figure(what: str, ours: str, peer: str, target: float | None, because: str = "") -> Figure:
        return Figure(
            what,
            statistics.median(series[ours]),
            "a second",
            peer,
            statistics.median(series[peer]),
            paired_ratio(series[ours], series[peer]),
            None if target is None else Target(target, is_ceiling=False),
            because,
            len(series[ours]),
        )

    pages = "three rows with their indexes are a dozen pages of the log, one plain append is two blocks of a file"
    return (
        figure("confirm to durable, sealed", "sealed", RAW, SEALED_TARGET, pages),
        figure("confirm to durable, sealed, at a kiosk that keeps second copies", "copied", RAW, SEALED_TARGET, pages),
        figure("the same, and its second copy, for which nobody waits", BOTH, RAW, None),
        figure("confirm to durable, not sealed", "open", RAW, OPEN_TARGET, pages),
        figure("confirm to durable, as an outbox", "outbox", LITE_CASE, AS_QUICK, pages),
        figure("confirm to durable, as an outbox", "outbox", PERSIST_CASE, AS_QUICK, pages),
        figure("confirm to durable, as an outbox, next to a message and no case", "outbox", LITEQUEUE, None),
        figure("confirm to durable, as an outbox, next to a message and no case", "outbox", PERSIST_QUEUE, None),
        figure("confirm to durable, as an outbox, next to its rows in bare SQL", "outbox", BARE, None),
        figure("three rows in bare SQL next to one message", BARE, LITEQUEUE, None),
    )


RAW = "append + fdatasync"
BARE = "the same rows in bare SQL, FULL"
BOTH = "copied, copy and all"
COPY = "second copy, ms"
PAGES_OF = 100
LITEQUEUE = "litequeue, FULL"
PERSIST_QUEUE = "persist-queue, FULL"
LITE_CASE = "a case in litequeue, FULL"
PERSIST_CASE = "a case in persist-queue, FULL"


def _ways(room: Path, sealer: PublicSealer, stack: ExitStack) -> dict[str, Way]:
    def opened(name: str) -> Database:
        database = Database(room / f"{name}.db")
        stack.callback(database.close)
        return database

    sealed = Intake(SqliteCaseStore(opened("sealed")), sealer)
    copying = SqliteCaseStore(opened("copied"), SecondCopies(room / "waiting"))
    copied = Intake(copying, sealer)
    unsealed = Intake(SqliteCaseStore(opened("open")), _Unsealed(sealer.key_id))
    database, bare = opened("outbox"), opened("bare")
    outbox = SqliteCaseStore(database)
    file = stack.enter_context((room / "raw.bin").open("ab", buffering=0))
    lite, lite_case = _litequeue(room / "lite.db"), _litequeue(room / "lite-case.db")
    persist, persist_case = _persist_queue(room / "persist"), _persist_queue(room / "persist-case")
    make_tables(lite_case.conn)
    putter = _putter_of(persist_case)
    make_tables(putter)
    beside_lite, beside_persist = beside(lite_case.conn), beside(putter)

    def put_case(case: Prepared, content: bytes) -> None:
        with lite_case.transaction(mode="IMMEDIATE"):
            lite_case.put(content)
            beside_lite(case, content)

    def persist_case_put(case: Prepared, content: bytes) -> None:
        beside_persist(case, content)  # opens the transaction that the queue commits
        persist_case.put(content)

    def append(_case: Prepared, content: bytes) -> None:
        file.write(content)
        os.fdatasync(file.fileno())

    return {
        RAW: Way(append),
        "sealed": Way(lambda case, _content: sealed.submit(case, CODE)),
        "copied": Way(lambda case, _content: copied.submit(case, CODE), copying.write_copies),
        "open": Way(lambda case, _content: unsealed.submit(case, CODE)),
        "outbox": Way(
            lambda case, content: outbox.submit(case.submission.header, content, case.summary, CODE),
            connection=database._connection,
        ),
        BARE: Way(bare_rows(bare._connection), connection=bare._connection),
        LITEQUEUE: Way(lambda _case, content: lite.put(content), connection=lite.conn),
        PERSIST_QUEUE: Way(lambda _case, content: persist.put(content), connection=persist._putter),
        LITE_CASE: Way(put_case, connection=lite_case.conn),
        PERSIST_CASE: Way(persist_case_put, connection=putter),
    }


def _putter_of(queue: object) -> sqlite3.Connection:
    found = vars(queue)["_putter"]
    assert isinstance(found, sqlite3.Connection)
    return found


def _litequeue(path: Path) -> litequeue.LiteQueue:
    queue = litequeue.LiteQueue(str(path))
    queue.conn.execute("PRAGMA synchronous = FULL")
    return queue


def _persist_queue(path: Path) -> persistqueue.SQLiteAckQueue:
    queue = persistqueue.SQLiteAckQueue(str(path), auto_commit=True)
    for name in ("_conn", "_putter", "_getter"):
        connection = getattr(queue, name, None)
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    return queue


def _cases(sealer: PublicSealer, number: int) -> list[Prepared]:
    """Make complete cases of the size of a real one, without a PDF."""
    cases = []
    for _ in range(number):
        made = submission(key_id=sealer.key_id, documents=())
        made = submission(key_id=sealer.key_id, documents=(), lines=made.lines * ANSWERS)
        cases.append(Prepared(made, summary(made)))
    return cases


def _seconds(way: Way, cases: Sequence[Prepared]) -> tuple[float, float]:
    """Give how long was waited for the cases, and how long what came after them took."""
    ready = [(case, b"0" * 48 + to_bytes(case.submission)) for case in cases]  # as long as sealed
    waited = took = 0.0
    for case, content in ready:
        began = time.perf_counter()
        way.keep(case, content)
        kept = time.perf_counter()
        waited += kept - began
        if way.after is not None:
            way.after()
            took += time.perf_counter() - kept
    return waited, took


def _turned(ways: list[tuple[str, Way]], by: int) -> list[tuple[str, Way]]:
    return list(itertools.islice(itertools.cycle(ways), by % len(ways), by % len(ways) + len(ways)))
