# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits on a device: cases, what was added to them and what staff did; sent again, or taken away for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.case_act import ActHeader, ActKind, CaseAct, GiveUpReason
from domain.deliveries import DeleteReason, DeliveryKind, DeliveryState, WaitingDelivery
from domain.submission import Submission
from sync.act_book import SqliteActBook
from sync.case_store import SqliteCaseStore
from sync.counter_file import COUNTER, CounterFile
from sync.database import Database, stamp
from sync.delivery_list import DeliveryList
from sync.sealing import make_key_pair, read_sealer
from sync.second_copy import SecondCopies
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.samples import hand_in

PATIENCE = timedelta(hours=24)
HOUR = timedelta(hours=1)


class Device:
    """One device with a store, copies, a book of acts, and the list of what waits."""

    def __init__(self, folder: Path, database: Database, file: CounterFile) -> None:
        make_key_pair(folder / "loket.pub", folder / "loket.key")
        self.sealer = read_sealer(folder / "loket.pub")
        self.database, self.file = database, file
        self.copies = SecondCopies(folder / "waiting")
        self.acts = SqliteActBook(file, self.sealer)
        self.clock = FakeClock()
        self.list = DeliveryList(database, self.copies, self.acts, self.clock, PATIENCE)

    def submit(self, hours_ago: float = 0.0) -> Submission:
        at = TUESDAY - hours_ago * HOUR
        return hand_in(SqliteCaseStore(self.database, self.copies), self.sealer, at=at)

    def set(self, made: Submission, state: str, reason: str = "") -> None:
        with self.database.writing() as connection:
            connection.execute(
                "UPDATE outbox SET state = ?, reason = ?, next_try_at = '9999' WHERE case_id = ?",
                (state, reason, made.header.case_id),
            )

    def act(self, act_id: str, state: str = "pending", hours_ago: float = 0.0) -> None:
        at = TUESDAY - hours_ago * HOUR
        header = ActHeader(act_id, "LK-ACT", ActKind.ANSWER, at, "34", "v1", "")
        self.acts.record(CaseAct(header, "Omar"))
        with self.file.writing() as connection:
            connection.execute("UPDATE counter_acts SET state = ? WHERE act_id = ?", (state, act_id))

    def add(self, made: Submission, state: str) -> None:
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO follow_ups (follow_up_id, case_id, number, kind, made_at, made_on, key_id, sealed, state,"
                " reason, next_try_at) VALUES ('f', ?, 1, 'correction', ?, '', '', x'', ?, 'rejected', '9999')",
                (made.header.case_id, stamp(TUESDAY), state),
            )

    def state(self, made: Submission) -> str:
        row = self.database.row("SELECT state FROM outbox WHERE case_id = ?", (made.header.case_id,))
        return "" if row is None else str(row["state"])


@pytest.fixture
def device(tmp_path: Path, database: Database) -> Iterator[Device]:
    file = CounterFile(tmp_path / COUNTER)
    yield Device(tmp_path, database, file)
    file.close()


def found(device: Device) -> dict[str, WaitingDelivery]:
    return {one.key: one for one in device.list.waiting()}


def test_what_needs_a_person_stands_first_then_the_oldest(device: Device) -> None:
    new, late, refused, gone = device.submit(), device.submit(25), device.submit(1), device.submit(2)
    device.set(late, "retrying", "unreachable")
    device.set(refused, "rejected", "catalogue")
    device.set(gone, "delivered")
    device.act("act-1", "conflict", hours_ago=3)
    device.act("act-2", "delivered")
    keys = [one.key for one in device.list.waiting()]
    assert keys == [late.header.reference, "act-1", refused.header.reference, new.header.reference]
    by_key = found(device)
    assert (by_key["act-1"].kind, by_key["act-1"].state) == (DeliveryKind.ACT, DeliveryState.CONFLICT)
    assert by_key[late.header.reference].is_late
    assert by_key[refused.header.reference].reason == "catalogue"
    assert by_key[new.header.reference].state is DeliveryState.WAITING


def test_an_answer_that_could_not_close_its_case_needs_a_person_until_the_case_is_closed(device: Device) -> None:
    device.act("act-1", "delivered")
    device.act("act-2", "delivered")
    with device.file.writing() as connection:
        connection.execute("UPDATE counter_acts SET reason = 'no-result-type' WHERE act_id = 'act-1'")
        connection.execute(
            "INSERT INTO counter_cases (reference, address, service_id, title, stage, submitted_at, due_on, planned_on,"
            " first_day, owner, owner_name, language, is_urgent, asks_call, is_withdrawn, device_id, version, mark,"
            " key_id, sealed, fetched_at) VALUES"
            " ('LK-ACT', '', 'bel', '', 'taken', '', '', '', '', '', '', 'nl', 0, 0, 0, '', '', '', '', x'', '')"
        )
    [one] = device.list.waiting()
    assert (one.key, one.state, one.reason) == ("act-1", DeliveryState.STILL_OPEN, "no-result-type")
    assert one.needs_person
    assert not device.list.retry(one)
    with device.file.writing() as connection:
        connection.execute("UPDATE counter_cases SET stage = 'answered'")
    assert device.list.waiting() == []


def test_what_was_refused_is_given_up_once_and_a_case_itself_never(device: Device) -> None:
    made, waits = device.submit(), device.submit()
    device.set(made, "delivered")
    device.add(made, "rejected")
    device.act("act-1", "rejected")
    by_kind = {one.kind: one for one in device.list.waiting()}
    for kind, is_given_up in ((DeliveryKind.ADDED, True), (DeliveryKind.ACT, True), (DeliveryKind.CASE, False)):
        assert by_kind[kind].can_be_given_up is is_given_up
        assert device.list.give_up(by_kind[kind], "34", GiveUpReason.TOLD) is is_given_up
        assert not device.list.give_up(by_kind[kind], "34", GiveUpReason.TOLD)
    assert [one.reference for one in device.list.waiting()] == [waits.header.reference]
    [line] = [
        line["detail"] for line in device.database.rows("SELECT * FROM audit_log") if "given-up" in line["detail"]
    ]
    assert line == "given-up told 34"


def test_what_was_added_to_a_case_that_arrived_stands_there_by_itself(device: Device) -> None:
    made = device.submit()
    device.add(made, "rejected")
    assert [one.kind for one in device.list.waiting()] == [DeliveryKind.CASE]
    device.set(made, "delivered")
    [one] = device.list.waiting()
    assert (one.kind, one.state, one.reason) == (DeliveryKind.ADDED, DeliveryState.REJECTED, "rejected")
    assert device.list.retry(one)
    row = device.database.row("SELECT state FROM follow_ups")
    assert row is not None
    assert row["state"] == "retrying"


def test_one_that_was_refused_is_sent_again_and_one_that_goes_by_itself_is_not(device: Device) -> None:
    refused, new = device.submit(), device.submit()
    device.set(refused, "rejected", "catalogue")
    assert device.list.retry(found(device)[refused.header.reference])
    assert device.state(refused) == "retrying"
    assert not device.list.retry(found(device)[new.header.reference])


def test_an_act_that_was_refused_is_sent_again_and_a_conflict_is_not(device: Device) -> None:
    device.act("act-1", "rejected")
    device.act("act-2", "conflict")
    assert device.list.retry(found(device)["act-1"])
    assert not device.list.retry(found(device)["act-2"])
    assert found(device)["act-1"].state is DeliveryState.WAITING
    assert found(device)["act-2"].state is DeliveryState.CONFLICT


def test_all_that_can_be_are_sent_again(device: Device) -> None:
    refused, late, _new = device.submit(), device.submit(30), device.submit()
    device.set(refused, "rejected", "catalogue")
    device.set(late, "retrying", "unreachable")
    device.act("act-1", "rejected")
    device.act("act-2", "conflict")
    assert device.list.retry_all() == 3


def test_taking_away_takes_the_second_copy_too_and_the_log_keeps_why(device: Device) -> None:
    made = device.submit()
    assert list(device.copies.folder.glob("*.case"))
    assert device.list.delete(made.header.reference, DeleteReason.DONE_ON_PAPER)
    assert found(device) == {}
    assert not list(device.copies.folder.glob("*.case"))
    row = device.database.row("SELECT detail FROM audit_log WHERE event = 'deleted'")
    assert row is not None
    assert row["detail"] == "done-on-paper"
    assert not device.list.delete(made.header.reference, DeleteReason.DOUBLED)


def test_what_is_being_sent_or_arrived_is_not_taken_away(device: Device) -> None:
    made = device.submit()
    device.set(made, "delivered")
    assert not device.list.delete(made.header.reference, DeleteReason.DOUBLED)
    assert device.state(made) == "delivered"


def test_without_a_book_of_acts_the_cases_are_there(device: Device) -> None:
    made = device.submit()
    alone = DeliveryList(device.database, device.copies, None, device.clock, PATIENCE)
    assert [one.reference for one in alone.waiting()] == [made.header.reference]
