# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fifty posts of one case give one, and a poisoned case delays no other by more than its own attempts."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.submission import Submission
from sync.database import Database
from sync.practice import Fault, FaultKind
from tests.fakes.clock import FakeClock
from tests.faults.fault_proxy import Decide, FaultProxy, Seen, Trouble
from tests.faults.test_fault_proxy import engine_through
from tests.sync.road import Road, built_road

TIMES = 50
OTHERS, WRITES, CATALOGUE = 6, 9, 5
POISONS = (
    Trouble.REFUSED, Trouble.HTML_500, Trouble.DROPPED, Trouble.REDIRECT,
    Trouble.BLACK_HOLE,
)  # fmt: skip


def on_a_store_of_its_own(road: Road, number: int) -> Database:
    """Copy the store, as a backup that is put back, or a disk that was cloned."""
    file = road.folder / f"copy-{number}" / "loket.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(road.database.path)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
    return Database(file)


def test_registers_one_when_fifty_senders_of_one_store_start_at_once(tmp_path: Path) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        road.submit()
        start = threading.Barrier(TIMES)

        def send() -> None:
            with closing(Database(road.database.path)) as own:
                mine = Road(road.folder, road.clock, road.back_end, road.recorder, own, road.pack)
                start.wait(20)
                mine.sync()

        together = [threading.Thread(target=send) for _ in range(TIMES)]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        assert road.outbox.counts().delivered == 1
        road.assert_once()
        posted = [request for request in road.recorder.seen if request.method == "POST"]
        assert len(posted) == WRITES, "nothing was even tried twice"


def test_registers_one_when_the_same_case_is_sent_fifty_times_from_nothing(tmp_path: Path) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        road.submit()
        for number in range(TIMES):
            with closing(on_a_store_of_its_own(road, number)) as copy:
                mine = Road(road.folder, road.clock, road.back_end, road.recorder, copy, road.pack)
                assert mine.sync_until_done().delivered == 1
            shutil.rmtree(copy.path.parent)
        road.assert_once()


def test_registers_one_case_when_cloned_disks_send_it_at_the_same_moment(tmp_path: Path) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        made = road.submit()
        copies = [on_a_store_of_its_own(road, number) for number in range(8)]
        start = threading.Barrier(len(copies))
        # Uploads race at real servers and double there (FACTS); here each register but theirs holds by itself.
        road.back_end.faults.add(Fault(FaultKind.MEET, "POST", r"/zaken$", times=len(copies), seconds=2))

        def send(copy: Database) -> None:
            mine = Road(road.folder, road.clock, road.back_end, road.recorder, copy, road.pack)
            start.wait(20)
            for _ in range(6):
                if mine.sync().delivered:
                    return
                with copy.writing() as connection:
                    connection.execute("UPDATE outbox SET next_try_at = '' WHERE state = 'retrying'")

        together = [threading.Thread(target=send, args=(copy,)) for copy in copies]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        for copy in copies:
            assert (
                Road(road.folder, road.clock, road.back_end, road.recorder, copy, road.pack).outbox.counts().delivered
            )
            copy.close()
        [case] = road.arrived(made)
        assert (case.statuses, case.rollen) == (("Ontvangen",), 1)
        assert road.back_end.totals().zaken == 1


def poisoned_by(case: Submission, trouble: Trouble) -> Decide:
    mark = case.header.reference.encode()

    def decide(seen: Seen) -> Trouble:
        is_it = seen.method == "POST" and seen.path.endswith("/zaken") and mark in seen.body
        return trouble if is_it else Trouble.NONE

    return decide


@pytest.mark.parametrize("trouble", POISONS)
def test_delivers_the_others_at_once_when_one_case_is_poison_to_the_server(tmp_path: Path, trouble: Trouble) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        poison = road.submit(is_urgent=True)
        for _ in range(OTHERS):
            road.submit()
        road.submitted.remove(poison)
        decide = poisoned_by(poison, trouble)
        with FaultProxy(road.back_end.port, decide) as line:
            engine = engine_through(line, road)
            assert engine.run_once().delivered == OTHERS
            found = road.outbox.find(poison.header.reference)
            assert found is not None
            assert found.attempts == 1, "one attempt of its own is all that the others waited for"
            assert found.state is (CaseState.REJECTED if trouble is Trouble.REFUSED else CaseState.RETRYING)
            assert sum(line.befell.values()) <= OTHERS * WRITES + 2 * CATALOGUE + 3
            # Hours of it: it is tried now and then, and who comes in between never waits.
            for _ in range(8):
                road.clock.advance(timedelta(hours=1))
                late = road.submit()
                engine.run_once()
                arrived = road.outbox.find(late.header.reference)
                assert arrived is not None
                assert arrived.state is CaseState.DELIVERED
            assert line.befell[trouble] <= 9
        road.assert_once()


@pytest.mark.parametrize("trouble", [Trouble.DROPPED, Trouble.HTML_500])
def test_sends_a_new_case_at_once_however_long_poison_has_been_tried(tmp_path: Path, trouble: Trouble) -> None:
    with built_road(tmp_path, FakeClock()) as road:
        poisons = [road.submit() for _ in range(4)]
        marks = [each.header.reference.encode() for each in poisons]

        def decide(seen: Seen) -> Trouble:
            is_it = seen.method == "POST" and seen.path.endswith("/zaken") and any(mark in seen.body for mark in marks)
            return trouble if is_it else Trouble.NONE

        with FaultProxy(road.back_end.port, decide) as line:
            service, stop = engine_through(line, road), threading.Event()
            for _ in range(60):
                service.run_round(stop)
                road.clock.advance(timedelta(seconds=30))
            assert line.befell[trouble] > len(poisons), "they are tried now and then"
            road.submitted.clear()
            made = road.submit()
            for _ in range(5):
                road.clock.advance(timedelta(seconds=1))
                service.run_round(stop)
            found = road.outbox.find(made.header.reference)
            assert found is not None
            assert found.state is CaseState.DELIVERED
