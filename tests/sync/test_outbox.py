# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which case goes next, who holds it, and every allowed move."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.errors import StoreError
from domain.submission import Submission
from sync import audit_log
from sync.backoff import FIRST_FOR_STAFF, LATEST_TRY, LONGEST, wait_for
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.delivery_steps import DeliverySteps
from sync.outbox import LEASE, Claim, ClaimLostError, Outbox
from tests.fakes.clock import FakeClock
from tests.sync.samples import MARK, submission, summary


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


def put(database: Database, clock: FakeClock, *, is_urgent: bool = False) -> Submission:
    made = submission(at=clock.now(), is_urgent=is_urgent)
    SqliteCaseStore(database).submit(made.header, b"sealed " + made.header.reference.encode(), summary(made), "1234")
    return made


def claimed(outbox: Outbox, clock: FakeClock) -> Claim:
    claim = outbox.claim(clock.now())
    assert claim is not None
    return claim


def state(outbox: Outbox, made: Submission) -> CaseState:
    found = outbox.find(made.header.reference)
    assert found is not None
    return found.state


def test_gives_urgent_cases_first_and_then_who_waited_longest(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    first = put(database, clock)
    clock.advance(timedelta(minutes=1))
    second = put(database, clock)
    urgent = put(database, clock, is_urgent=True)
    order = [claimed(outbox, clock).header for _ in range(3)]
    assert order == [urgent.header, first.header, second.header]
    assert outbox.claim(clock.now()) is None


def test_gives_a_claim_with_the_sealed_part_and_all_readable_columns(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    made = put(database, clock)
    claim = claimed(outbox, clock)
    assert claim.header == made.header
    assert claim.sealed == b"sealed " + made.header.reference.encode()
    assert claim.attempts == 1
    assert state(outbox, made) is CaseState.SENDING


def test_leaves_a_retrying_case_alone_until_its_time(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    made = put(database, clock)
    outbox.retrying(claimed(outbox, clock), clock.now(), "unreachable", timedelta(seconds=30))
    assert outbox.claim(clock.now()) is None
    assert outbox.next_due_at() == clock.now() + timedelta(seconds=30)
    clock.advance(timedelta(seconds=30))
    assert claimed(outbox, clock).attempts == 2
    assert state(outbox, made) is CaseState.SENDING


def test_takes_a_case_up_again_when_its_sender_died(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    put(database, clock)
    dead = claimed(outbox, clock)
    clock.advance(LEASE)
    assert outbox.claim(clock.now()) is None, "until the lease ran out the sender counts as alive"
    clock.advance(timedelta(seconds=1))
    assert claimed(outbox, clock).attempts == 2
    for finish in (
        lambda: outbox.delivered(dead, clock.now()),
        lambda: outbox.rejected(dead, clock.now(), "rejected"),
        lambda: outbox.retrying(dead, clock.now(), "unreachable", LEASE),
        lambda: DeliverySteps(database, dead).before("case", "x", clock.now()),
    ):
        with pytest.raises(ClaimLostError):
            finish()


def test_takes_a_case_up_at_once_when_there_is_only_one_sender(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    put(database, clock)
    claimed(outbox, clock)
    assert outbox.take_up_dead(clock.now()) == 1
    assert claimed(outbox, clock).attempts == 2


def test_keeps_a_claim_alive_with_each_step(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    put(database, clock)
    steps = DeliverySteps(database, claimed(outbox, clock))
    for number in range(5):
        clock.advance(LEASE)
        steps.before(f"step-{number}", "x", clock.now())
        assert outbox.claim(clock.now()) is None


def test_remembers_steps_and_their_first_identifier_for_the_next_sender(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    put(database, clock)
    steps = DeliverySteps(database, claimed(outbox, clock))
    steps.before("case", "first", clock.now())
    steps.after("case", clock.now(), "https://case")
    steps.before("status", "10:00", clock.now())
    outbox.take_up_dead(clock.now())
    again = DeliverySteps(database, claimed(outbox, clock))
    case, status = again.get("case"), again.get("status")
    assert case is not None
    assert (case.is_settled, case.result) == (True, "https://case")
    assert status is not None
    assert not status.is_settled
    assert again.before("status", "11:00", clock.now()).identifier == "10:00"
    assert again.get("document") is None


def test_gives_each_case_to_one_sender_when_many_ask_at_once(tmp_path: Path, clock: FakeClock) -> None:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = {put(database, clock).header.case_id for _ in range(40)}
    taken: list[str] = []
    start = threading.Barrier(4)

    def take() -> None:
        with closing(Database(tmp_path / "loket.db")) as own:
            start.wait()
            while claim := Outbox(own).claim(clock.now()):
                taken.append(claim.header.case_id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(made)


def test_releases_a_rejected_case_at_once_when_a_person_says_so(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    made = put(database, clock)
    outbox.rejected(claimed(outbox, clock), clock.now(), "catalogue", "no case type")
    assert outbox.claim(clock.now()) is None
    assert outbox.counts().needs_attention
    assert outbox.retry(made.header.case_id, clock.now())
    outbox.delivered(claimed(outbox, clock), clock.now())
    assert state(outbox, made) is CaseState.DELIVERED
    assert not outbox.retry(made.header.case_id, clock.now()), "a delivered case is not sent again"
    assert not outbox.counts().needs_attention


def test_keeps_the_chain_of_events_and_notes_an_outage_once(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    put(database, clock)
    for _ in range(5):
        outbox.retrying(claimed(outbox, clock), clock.now(), "unreachable", timedelta(0))
    outbox.delivered(claimed(outbox, clock), clock.now())
    events = [row["event"] for row in database.rows("SELECT event FROM audit_log ORDER BY number")]
    assert events == ["submitted", "retrying", "delivered"]
    assert audit_log.first_broken(database) is None


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit_log SET event = 'delivered' WHERE number = 2", 2),
        ("DELETE FROM audit_log WHERE number = 2", 2),
        ("UPDATE audit_log SET at = '2020' WHERE number = 1", 1),
        ("UPDATE audit_log SET number = 9 WHERE number = 3", 3),
    ],
)
def test_shows_where_the_audit_log_was_changed(database: Database, clock: FakeClock, sql: str, broken: int) -> None:
    for _ in range(3):
        put(database, clock)
    with database.writing() as connection:
        connection.execute(sql)
    assert audit_log.first_broken(database) == broken


def test_finds_the_next_case_without_sorting_those_that_wait(database: Database, clock: FakeClock) -> None:
    asked: list[str] = []
    database._connection.set_trace_callback(asked.append)
    put(database, clock)
    claimed(Outbox(database), clock)
    database._connection.set_trace_callback(None)
    reads = [sql for sql in asked if "SELECT" in sql and "outbox" in sql]
    assert len(reads) >= 3
    for sql in reads:
        plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [detail for detail in plan if "TEMP B-TREE" in detail or detail == "SCAN outbox"], sql


def test_exports_a_case_sealed_and_without_personal_data(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    made = put(database, clock)
    exported = outbox.export(made.header.case_id)
    assert json.loads(exported)["header"]["reference"] == made.header.reference
    assert MARK.encode() not in exported
    with pytest.raises(StoreError):
        outbox.export(submission().header.case_id)


def test_waits_longer_each_time_and_spreads_a_fleet() -> None:
    waits = [wait_for(attempt, lambda: 1.0) for attempt in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=5)
    assert waits[-1] == LONGEST
    assert wait_for(1, lambda: 1.0, needs_staff=True) == FIRST_FOR_STAFF
    assert wait_for(3, lambda: 0.0) == wait_for(3, lambda: 1.0) / 2
    assert wait_for(10**9, lambda: 0.5) < LONGEST


def test_nobodys_case_waits_for_the_years_that_a_wrong_clock_told_of(
    database: Database, outbox: Outbox, clock: FakeClock
) -> None:
    right = clock.now()
    failed = put(database, clock)
    clock.advance(timedelta(days=25 * 365))
    outbox.retrying(claimed(outbox, clock), clock.now(), "server-failed", timedelta(minutes=5))
    handed_in = put(database, clock)
    clock.advance(right - clock.now())
    assert outbox.has_due(right)
    assert {claimed(outbox, clock).header, claimed(outbox, clock).header} == {failed.header, handed_in.header}
    assert not outbox.has_due(right)


def test_the_longest_wait_is_waited(database: Database, outbox: Outbox, clock: FakeClock) -> None:
    put(database, clock)
    outbox.retrying(claimed(outbox, clock), clock.now(), "unreachable", LATEST_TRY)
    assert not outbox.has_due(clock.now())
    assert outbox.claim(clock.now()) is None
