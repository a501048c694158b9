# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `loket sync` does for cases that arrived, with the settings of a town hall: additions, and attempts to call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.health import as_metrics, health
from commands.joining import data_dir, key_paths, open_database
from commands.system_clock import SystemClock
from domain.call_attempts import CallAttempt, new_attempt_id
from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from domain.practice import new_practice_case_id
from sync.act_book import SqliteActBook
from sync.call_attempt_book import SqliteCallAttemptBook
from sync.counter_file import COUNTER, CounterFile
from sync.practice import PracticeBackEnd
from sync.sealing import read_sealer
from tests.sync.library_road import CALL_BACK, add, library_road, listed, submit
from tests.sync.road import CASE_TYPES


@pytest.fixture
def back_end() -> Iterator[PracticeBackEnd]:
    with PracticeBackEnd(CASE_TYPES, clock=SystemClock()) as running:
        yield running


@pytest.fixture
def town_hall(tmp_path: Path, back_end: PracticeBackEnd) -> Path:
    return library_road(tmp_path, back_end).town_hall


def sync(config: Path) -> None:
    assert run(["sync", "--config", str(config), "--once"]) == 0


def test_brings_what_was_sealed_before_the_key_was_rotated(town_hall: Path, back_end: PracticeBackEnd) -> None:
    made = submit(town_hall)
    sync(town_hall)
    add(town_hall, made)
    assert run(["keys", "--config", str(town_hall), "rotate"]) == 0
    add(town_hall, made, answer="12b")
    sync(town_hall)

    for number, answer in ((101, "12a"), (102, "12b")):
        assert answer in back_end.content(f"{made.header.reference}-{number}").decode()


def act(config: Path, reference: str, kind: ActKind = ActKind.TAKE_ON, *, based_on: str = "", act_id: str = "") -> None:
    """Do something at the counter of this device."""
    settings = load_settings(config)
    header = ActHeader(act_id or new_act_id(), reference, kind, SystemClock().now(), "12", based_on, "")
    with closing(CounterFile(data_dir(settings) / COUNTER)) as file:
        SqliteActBook(file, read_sealer(key_paths(settings)[0])).record(CaseAct(header, "M. Mulder", "Gezien."))


def test_tells_the_case_system_what_staff_did_at_the_counter(
    town_hall: Path, back_end: PracticeBackEnd, capsys: pytest.CaptureFixture[str]
) -> None:
    made = submit(town_hall)
    act(town_hall, made.header.reference)
    act(town_hall, made.header.reference, ActKind.CONTACT)
    sync(town_hall)
    assert "acts of staff: waiting 0, in conflict 0, rejected 0" in capsys.readouterr().out
    [case] = back_end.registered()
    assert case.staff == (("behandelaar", "12"),)
    assert case.statuses == ("Ontvangen", "In behandeling")
    assert case.contacts == 2, "the visit, and what was noted at the counter"


def test_says_what_of_the_counter_needs_a_person(
    town_hall: Path, back_end: PracticeBackEnd, capsys: pytest.CaptureFixture[str]
) -> None:
    made = submit(town_hall)
    sync(town_hall)
    act(town_hall, made.header.reference, based_on="another")
    act(town_hall, made.header.reference, ActKind.CONTACT)
    act(town_hall, made.header.reference + "0", ActKind.CONTACT, act_id=new_practice_case_id())
    capsys.readouterr()
    assert run(["sync", "--config", str(town_hall), "--once", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["acts_waiting"], told["acts_conflict"], told["acts_rejected"]) == (1, 1, 1)
    found = health(load_settings(town_hall), SystemClock())
    assert (found["acts_waiting"], found["acts_conflict"], found["acts_rejected"]) == (1, 1, 1)
    assert found["needs_person"]
    assert "loket_acts_conflict 1" in list(as_metrics(found))
    assert made.header.reference not in repr(found)


def test_tells_the_contact_register_of_attempts_to_call_back(town_hall: Path, back_end: PracticeBackEnd) -> None:
    made = submit(town_hall, service_id=CALL_BACK)
    sync(town_hall)
    attempt = CallAttempt(new_attempt_id(), made.header.reference, SystemClock().now(), was_reached=False)
    with closing(open_database(load_settings(town_hall))) as database:
        SqliteCallAttemptBook(database).record(attempt)
    for _ in range(2):
        sync(town_hall)

    succeeded = [contact["indicatieContactGelukt"] for contact in listed(back_end, "klantcontacten")]
    assert sorted(succeeded) == [False, True], "the visit, and the call that nobody answered"
