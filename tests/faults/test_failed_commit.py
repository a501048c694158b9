# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The disk fails in the very moment of keeping: whatever became of the case, trying again never makes a second."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import StoreError, StoreUnsureError
from domain.intake import Intake
from kiosk.filing import Filing
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from tests.fakes.clock import TUESDAY, FakeClock
from tests.fakes.sealer import FakeSealer
from tests.faults.power_cut import DatabaseOnDisk, Disk
from tests.journeys.citizen import PLACE, Citizen, library, texts_of
from tests.sync.samples import submission, summary


class Failing(random.Random):
    """Everything that was written before the power went is on the disk."""

    def choice(self, _seq: object) -> float:  # type: ignore[override]
        return 1.0

    def random(self) -> float:
        return 0.5


def after_power_cut(disk: Disk, folder: Path) -> list[str]:
    """Give the references that are there after a power cut now."""
    folder.mkdir()
    for name, content in disk.after_power_cut(len(disk.log), Failing()).items():
        (folder / name).write_bytes(content)
    with closing(Database(folder / "loket.db")) as database:
        database.check()
        return [case.reference for case in SqliteCaseStore(database).summaries()]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def database(tmp_path: Path, disk: Disk) -> Iterator[Database]:
    with closing(DatabaseOnDisk(tmp_path / "loket.db", disk)) as made:
        yield made
        disk.fails_to_sync = 0


@pytest.fixture
def citizen(database: Database) -> Citizen:
    clock = FakeClock()
    intake = Intake(SqliteCaseStore(database), FakeSealer())
    return Citizen(Filing(intake, library(), texts_of, PLACE, clock, "kiosk-01"), clock=clock)


def test_what_was_told_not_to_be_kept_does_not_come_to_life_after_a_power_cut(
    database: Database, disk: Disk, tmp_path: Path
) -> None:
    made = submission()
    disk.fails_to_sync = 1
    with pytest.raises(StoreError) as told:
        SqliteCaseStore(database).submit(made.header, b"sealed", summary(made), "4711")
    assert not isinstance(told.value, StoreUnsureError)
    assert after_power_cut(disk, tmp_path / "after") == []


def test_says_that_it_is_not_sure_when_the_disk_stays_broken(database: Database, disk: Disk, tmp_path: Path) -> None:
    made = submission()
    disk.fails_to_sync = 9
    with pytest.raises(StoreUnsureError):
        SqliteCaseStore(database).submit(made.header, b"sealed", summary(made), "4711")


def test_confirming_anew_after_the_disk_failed_stays_the_same_case(
    citizen: Citizen, disk: Disk, tmp_path: Path
) -> None:
    disk.fails_to_sync = 9
    citizen.open("bel").go_on().answer_all().go_on()
    assert citizen.view.name == "failure"
    assert "Misschien is uw vraag al bewaard." in citizen.text
    there = after_power_cut(disk, tmp_path / "then")
    disk.fails_to_sync = 0
    citizen.go_back().go_on()

    assert citizen.receipt is not None
    assert set(there) <= {citizen.receipt.reference}
    assert after_power_cut(disk, tmp_path / "after") == [citizen.receipt.reference]
    assert len({order.case_id for order in citizen.orders}) == 1


def test_what_is_confirmed_with_other_answers_takes_the_place_of_what_nobody_was_told_of(
    citizen: Citizen, database: Database
) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    assert citizen.filing is not None
    changed = replace(citizen.orders[0], status_code="9876", is_changed=True)
    citizen.filing.file(changed)

    store = SqliteCaseStore(database)
    assert [case.reference for case in store.summaries()] == [changed.reference]
    assert store.has_status_code(changed.reference, "9876")


def test_what_is_on_its_way_already_is_not_replaced_nor_doubled(citizen: Citizen, database: Database) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    assert citizen.filing is not None
    assert Outbox(database).claim(TUESDAY) is not None
    with pytest.raises(StoreError):
        citizen.filing.file(replace(citizen.orders[0], is_changed=True))
    assert len(SqliteCaseStore(database).summaries()) == 1
