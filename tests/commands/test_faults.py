# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Faults that this device finds in itself, what monitoring hears of them, and `loket faults`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.crash_hooks import on_fault
from commands.doctor import count_broken
from commands.doctor_check import broken, fine
from commands.fault_rounds import FaultRounds
from commands.fault_sources import LogFaults, in_content, in_health, in_lines
from commands.health import as_metrics, health
from commands.joining import data_dir, open_store, read_public_key
from commands.log_book import carry_logging, close_log, open_log
from domain.errors import DefinitionError, DefinitionProblem, StoreFullError
from domain.log_line import LogEvent, OutageSource, Slug
from domain.settings import Settings
from domain.staff import Role
from domain.system_fault import FaultAnswer, FaultGroup, FaultKey, FaultOwner, FaultReport, FaultSource
from sync.counter_file import COUNTER, CounterFile
from sync.event_log import EventLog
from sync.fault_book import SqliteFaultBook
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.samples import hand_in

DAY = timedelta(days=1)
KEY = FaultKey(FaultSource.REPORTED, "gemeente", "gegevens")
SECRET = "Jan Jansen 06 12345678"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    found = FakeClock()
    monkeypatch.setattr("commands.faults.SystemClock", lambda: found)
    return found


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\ndata_dir = "data"\n')
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


@pytest.fixture
def book(settings: Settings) -> Iterator[SqliteFaultBook]:
    with closing(CounterFile(data_dir(settings) / COUNTER)) as file:
        yield SqliteFaultBook(file)


@pytest.fixture
def log(settings: Settings) -> Iterator[LogFaults]:
    root, ours = logging.getLogger(), logging.getLogger("loket")
    before = list(root.handlers), root.level, ours.level, logging.raiseExceptions
    open_log(settings, FakeClock())
    carry_logging()
    yield LogFaults(data_dir(settings))
    close_log()
    root.handlers[:], level, ours_level, logging.raiseExceptions = before
    root.setLevel(level)
    ours.setLevel(ours_level)


@pytest.fixture
def loket(config: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(["faults", "--config", str(config), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def crash() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        on_fault(type(error), error, error.__traceback__)


def test_a_crash_in_the_log_is_a_fault_by_its_kind_and_place(log: LogFaults) -> None:
    crash()
    [report] = log.new(TUESDAY)
    assert (report.key.source, report.key.about) == (FaultSource.PROGRAM, "ValueError")
    assert report.key.kind.startswith("test_faults.py:")
    assert "Jansen" not in repr(report)


def test_a_round_that_failed_on_a_mistake_of_ours_is_a_fault(log: LogFaults) -> None:
    EventLog("loket.sync").error(LogEvent.ROUND_FAILED, error=KeyError(SECRET))
    EventLog("loket.sync").warning(LogEvent.ROUND_FAILED, error=StoreFullError("full"))
    EventLog("loket.sync").warning(LogEvent.NOT_DELIVERED, error=KeyError(SECRET))
    assert [(report.key.about, report.key.kind) for report in log.new(TUESDAY)] == [("KeyError", "round-failed")]


def test_refused_messages_and_broken_logs_are_faults(log: LogFaults) -> None:
    sync = EventLog("loket.sync")
    sync.warning(LogEvent.OUTAGE_REFUSED, source=OutageSource.URL, slug=Slug("outage-forged"))
    sync.error(LogEvent.AUDIT_FINDING, slug=Slug("line-changed"))
    found = [(report.key.source, report.key.about, report.key.kind) for report in log.new(TUESDAY)]
    assert found == [(FaultSource.CONTENT, "url", "outage-forged"), (FaultSource.DEVICE, "audit", "line-changed")]


def test_the_log_is_read_once_and_only_whole_lines(log: LogFaults, settings: Settings) -> None:
    crash()
    assert len(list(log.new(TUESDAY))) == 1
    assert list(log.new(TUESDAY)) == []
    [file] = (data_dir(settings) / "log").glob("*.log")
    line = file.read_bytes().splitlines(keepends=True)[0]
    with file.open("ab") as opened:
        opened.write(line[:40])
    assert list(log.new(TUESDAY)) == []
    with file.open("ab") as opened:
        opened.write(line[40:])
    assert len(list(log.new(TUESDAY))) == 1
    assert list(LogFaults(data_dir(settings)).new(TUESDAY + 9 * DAY)) == []


def test_a_loop_that_fails_on_and_on_is_counted_once_a_minute(book: SqliteFaultBook) -> None:
    lines = [f"2026-11-24T09:30:{second:02}Z fault: KeyError at a.py:1 b.py:2 -> tell" for second in range(60)]
    assert book.report_all(in_lines(lines)) == 1
    assert book.groups()[0].key == FaultKey(FaultSource.PROGRAM, "KeyError", "b.py:2")


def test_lines_that_are_no_fault_give_nothing() -> None:
    lines = ["", "2026-11-24T09:30:00Z info delivered case=x", "2026-11-24T09:30:00Z settings: a key -> mend", "\x00"]
    assert list(in_lines(lines)) == []


def test_what_health_and_doctor_find_broken_is_a_fault_of_the_device(settings: Settings, book: SqliteFaultBook) -> None:
    found = health(settings, FakeClock())
    assert list(in_health(found, TUESDAY)) == []
    worse = {
        **found,
        "store": "store-damaged",
        "clock": "clock-too-early",
        "id_reader": "absent",
        "out_of_service": True,
    }
    kinds = {(report.key.about, report.key.kind) for report in in_health(worse, TUESDAY)}
    assert kinds == {
        ("store", "store-damaged"),
        ("clock", "clock-too-early"),
        ("id-reader", "absent"),
        ("wipe", "out-of-service"),
    }


def test_the_doctor_counts_what_is_broken_where_faults_are_kept(config: Path, settings: Settings) -> None:
    checks = (fine("disk", "room"), broken("printer", "gone", "look"), broken("waiting", "late", "look"))
    count_broken(config, checks, FakeClock())
    path = data_dir(settings) / COUNTER
    assert not path.exists()
    with closing(CounterFile(path)) as file:
        for _ in range(2):
            count_broken(config, checks, FakeClock())
        [group] = SqliteFaultBook(file).groups()
    assert (group.key.about, group.count) == ("printer", 1)


def test_a_closed_service_is_a_fault_of_content() -> None:
    error = DefinitionError((DefinitionProblem("service.toml", 3, "says"),))
    [report] = in_content([("verhuizen", error)], TUESDAY)
    assert report.key == FaultKey(FaultSource.CONTENT, "verhuizen", "definition")


def test_a_round_finds_what_waits_too_long(settings: Settings, book: SqliteFaultBook) -> None:
    made = hand_in(open_store(settings), read_public_key(settings), at=TUESDAY)
    clock = FakeClock(TUESDAY + timedelta(hours=25))
    rounds = FaultRounds(settings, clock)
    rounds.round()
    rounds.round()
    late = [group for group in book.groups() if group.key.source is FaultSource.DELIVERY]
    assert [(group.key.about, group.key.kind, group.count) for group in late] == [("waiting", "not-tried", 1)]
    assert made.header.reference not in repr(late)


def test_monitoring_hears_of_faults_that_nobody_owns(settings: Settings, book: SqliteFaultBook) -> None:
    book.report(FaultReport(KEY, "a", TUESDAY))
    book.report(FaultReport(FaultKey(FaultSource.DEVICE, "printer", "broken"), "a", TUESDAY + DAY))
    found = health(settings, FakeClock(TUESDAY + DAY))
    assert (found["faults_without_owner"], found["faults_escalated"], found["needs_person"]) == (2, 0, False)
    later = health(settings, FakeClock(TUESDAY + 2 * DAY))
    assert (later["faults_without_owner"], later["faults_escalated"], later["needs_person"]) == (2, 1, True)
    assert "loket_faults_escalated 1" in list(as_metrics(later))
    for number in (1, 2):
        book.own(number, FaultOwner("Riet", "12"), TUESDAY)
    assert health(settings, FakeClock(TUESDAY + 9 * DAY))["faults_without_owner"] == 0


def test_the_list_has_words_counts_and_days_alone(
    loket: Callable[..., tuple[int, str, str]], book: SqliteFaultBook, clock: FakeClock
) -> None:
    book.report(FaultReport(KEY, "case-1", TUESDAY, "LK-1"))
    book.own(1, FaultOwner("Riet de Vries", "12"), TUESDAY)
    book.answer(1, FaultAnswer("Uw gegevens kloppen nu.", FaultOwner("Riet de Vries", "12"), TUESDAY))
    code, out, _ = loket()
    assert code == 0
    assert "reported  gemeente  gegevens  1x  2026-11-24 - 2026-11-24  owner 12  told 0 of 1" in out
    assert "0 open, 0 without an owner, 1 answered" in out
    for said in (out, loket("--json")[1]):
        assert not any(word in said for word in ("Riet", "LK-1", "case-1", "kloppen"))


def test_a_fault_that_nobody_owned_for_two_working_days_is_exit_code_one(
    loket: Callable[..., tuple[int, str, str]], book: SqliteFaultBook, clock: FakeClock
) -> None:
    book.report(FaultReport(KEY, "case-1", TUESDAY, "LK-1"))
    assert loket()[0] == 0
    clock.advance(2 * DAY)
    code, out, _ = loket()
    assert code == 1
    assert "nobody, 2 working days  ESCALATED" in out
    [found] = json.loads(loket("--json")[1])["faults"]
    assert (found["escalated"], found["days_without_owner"], found["owner"]) == (True, 2, "")


def test_a_member_of_the_staff_is_given_a_fault(
    loket: Callable[..., tuple[int, str, str]],
    book: SqliteFaultBook,
    settings: Settings,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.assisted.desk import OMAR

    monkeypatch.setattr("commands.faults.members_of", lambda _settings: (OMAR,))
    book.report(FaultReport(KEY, "case-1", TUESDAY, "LK-1"))
    assert loket("own", "1")[0] == 2
    assert loket("own", "1", "99")[0] == 1
    assert loket("own", "7", "34")[0] == 1
    assert loket("own", "1", "34")[:2] == (0, "fault 1 is of 34 now\n")
    assert owner_of(book) == FaultOwner(OMAR.name, "34")
    assert OMAR.role is Role.COUNTER


def owner_of(book: SqliteFaultBook) -> FaultOwner | None:
    group: FaultGroup = book.groups()[0]
    return group.owner
