# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of deliveries and faults are joined to: keys here, keys at the sync service, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.desk_deliveries import LateDeliveries, can_open_libraries, places
from commands.desk_faults import LateFaultBook, faults_alarm
from commands.joining import key_paths, open_store, read_public_key
from commands.outbox_files import NotWrittenError
from domain.counter import CaseDocument, CounterCase, Stage, WorkItem
from domain.settings import Profile, Settings
from domain.submission import Initiator, Submission
from domain.system_fault import FaultKey, FaultOwner, FaultReport, FaultSource
from tests.fakes.clock import TUESDAY, FakeClock
from tests.fakes.counter_desk import FakeCounterDesk
from tests.sync.samples import MARK, hand_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\ndata_dir = "data"\n')
    return load_settings(file)


@pytest.fixture
def made(settings: Settings) -> Submission:
    return hand_in(open_store(settings), read_public_key(settings), at=TUESDAY)


def hide_key(settings: Settings) -> None:
    private = key_paths(settings)[1]
    assert private is not None
    private.unlink()


def counter_with(made: Submission) -> FakeCounterDesk:
    item = WorkItem(made.header.reference, "verhuizen", "Verhuizen", Stage.HERE, TUESDAY, None)
    papers = (
        CaseDocument("answers", "JSON", "a.json", "application/json"),
        CaseDocument("page", "PDF", "a.pdf", "application/pdf"),
    )
    case = CounterCase(item, "", Initiator(), documents=papers)
    return FakeCounterDesk({made.header.reference: case}, {"page": b"%PDF-1.7 van de dienst"})


def test_a_case_is_written_readably_with_the_key_of_this_machine(
    settings: Settings, made: Submission, tmp_path: Path
) -> None:
    written = LateDeliveries(settings, FakeClock(), None).export(made.header.reference, tmp_path)
    assert (written.file_name, written.is_readable) == (f"{made.header.reference}.pdf", True)
    file = tmp_path / written.file_name
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(NotWrittenError):
        LateDeliveries(settings, FakeClock(), None).export(made.header.reference, tmp_path)


def test_a_case_is_written_readably_through_the_sync_service_where_the_key_is_there(
    settings: Settings, made: Submission, tmp_path: Path
) -> None:
    hide_key(settings)
    written = LateDeliveries(settings, FakeClock(), counter_with(made)).export(made.header.reference, tmp_path)
    assert written.is_readable
    assert (tmp_path / written.file_name).read_bytes() == b"%PDF-1.7 van de dienst"


@pytest.mark.parametrize("has_desk", [True, False])
def test_a_case_that_nobody_can_open_is_written_sealed(
    settings: Settings, made: Submission, tmp_path: Path, has_desk: bool
) -> None:
    hide_key(settings)
    desk = FakeCounterDesk() if has_desk else None
    written = LateDeliveries(settings, FakeClock(), desk).export(made.header.reference, tmp_path)
    assert not written.is_readable
    assert MARK.encode() not in (tmp_path / written.file_name).read_bytes()


def test_a_folder_that_is_not_there_is_told(settings: Settings, made: Submission, tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError):
        LateDeliveries(settings, FakeClock(), None).export(made.header.reference, tmp_path / "weg")


def test_the_list_is_read_and_sent_again(settings: Settings, made: Submission) -> None:
    late = LateDeliveries(settings, FakeClock(), None)
    [one] = late.waiting()
    assert one.reference == made.header.reference
    assert not late.retry(one)
    assert late.retry_all() == 0


def test_libraries_are_opened_where_the_key_and_a_case_system_are(settings: Settings, made: Submission) -> None:
    named = replace(settings.sync, zaken="https://z/", documenten="https://d/", catalogi="https://c/", client_id="k")
    whole = replace(settings, sync=replace(named, secret_file=Path("secret")))
    assert can_open_libraries(whole)
    assert not can_open_libraries(settings)
    assert not can_open_libraries(replace(whole, device=replace(whole.device, profile=Profile.LIBRARY)))
    hide_key(settings)
    assert not can_open_libraries(whole)


def test_folders_that_staff_may_mean_are_there() -> None:
    assert all(place.is_dir() for place in places())
    assert Path.home() in places()


def test_the_alarm_counts_what_nobody_owned_for_two_working_days(settings: Settings) -> None:
    book, clock = LateFaultBook(settings), FakeClock()
    alarm = faults_alarm(settings, clock)
    assert alarm() == 0
    book.report(FaultReport(FaultKey(FaultSource.DEVICE, "printer", "broken"), "a", TUESDAY))
    assert alarm() == 0
    clock.advance(timedelta(days=2))
    assert alarm() == 1
    book.own(1, FaultOwner("Riet", "12"), TUESDAY)
    assert alarm() == 0
