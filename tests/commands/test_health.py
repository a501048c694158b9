# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What monitoring hears, and that none of it is about a citizen; what the service does at night."""

from __future__ import annotations

import json
import re
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands import cli
from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.doctor_store import check_clock
from commands.health import as_metrics, health
from commands.housekeeping import Housekeeping
from commands.joining import open_database, open_store, read_public_key
from commands.retention import clear_and_report
from domain.errors import ClockDoubtedError
from domain.settings import Settings
from domain.submission import Submission
from sync.clock_witness import ClockWitness
from sync.outbox import Outbox
from sync.rescue import set_aside_in
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.samples import MARK, hand_in

LINE = re.compile(r"loket_[a-z_]+(\{[a-z]+=\"[^\"]+\"\})? \d+")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\nid = "kiosk-07"\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


def keep(settings: Settings, number: int = 1) -> list[Submission]:
    store, sealer = open_store(settings), read_public_key(settings)
    kept = [hand_in(store, sealer) for _ in range(number)]
    with closing(open_database(settings)) as database:
        assert database.empty_log()
    return kept


def spoil(settings: Settings) -> Path:
    assert settings.device.data_dir is not None
    path = settings.device.data_dir / "loket.db"
    content = bytearray(path.read_bytes())
    content[2 * 4096 :] = b"\xa5" * (len(content) - 2 * 4096)
    path.write_bytes(content)
    return settings.device.data_dir


def test_counts_the_queue_and_its_oldest_case(settings: Settings) -> None:
    keep(settings, 3)
    with closing(open_database(settings)) as database:
        claim = Outbox(database).claim(TUESDAY)
        assert claim is not None
        Outbox(database).delivered(claim, TUESDAY)
    found = health(settings, FakeClock(TUESDAY + timedelta(hours=2)))
    assert (found["cases"]["pending"], found["cases"]["delivered"]) == (2, 1)
    assert (found["oldest_unsent_s"], found["alarming"], found["needs_person"]) == (7200, 0, False)
    late = health(settings, FakeClock(TUESDAY + timedelta(hours=25)))
    assert (late["alarming"], late["needs_person"]) == (2, True)


def test_tells_nothing_of_a_citizen(settings: Settings, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made,) = keep(settings)
    Housekeeping(settings, FakeClock(TUESDAY)).round()
    metrics = config.with_suffix(".prom")
    cli.run(["health", "--json", "--no-devices", "--config", str(config), "--textfile", str(metrics)])
    said = capsys.readouterr().out + metrics.read_text()
    said += (config.parent / "data" / "heartbeat.json").read_text()
    said += "".join(file.read_text() for file in (config.parent / "data" / "retention").iterdir())
    assert "kiosk-07" in said
    initiator = made.initiator
    planted = [MARK, initiator.phone, initiator.email, initiator.birth_date, made.header.reference, made.header.case_id]
    assert [mark for mark in planted if mark in said] == []


def test_writes_lines_that_node_exporter_reads(settings: Settings) -> None:
    keep(settings)
    lines = list(as_metrics(health(settings, FakeClock())))
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert 'loket_cases{state="pending"} 1' in lines
    assert "loket_store_whole 1" in lines


@pytest.mark.parametrize(
    ("now", "doubt"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "clock-too-early"),
        (datetime(2099, 1, 1, tzinfo=UTC), "clock-too-late"),
        (TUESDAY - timedelta(days=3), "clock-went-back"),
        (TUESDAY - timedelta(hours=2), "ok"),
        (TUESDAY + timedelta(days=200), "ok"),
    ],
)
def test_doubts_a_clock_that_cannot_be_right(settings: Settings, now: datetime, doubt: str) -> None:
    keep(settings)
    assert health(settings, FakeClock(now))["clock"] == doubt


@pytest.mark.parametrize("year", [1970, 2099])
def test_removes_nothing_by_a_clock_that_cannot_be_right(settings: Settings, year: int) -> None:
    keep(settings)
    with closing(open_database(settings)) as database:
        claim = Outbox(database).claim(TUESDAY)
        assert claim is not None
        Outbox(database).delivered(claim, TUESDAY)
        with pytest.raises(ClockDoubtedError):
            clear_and_report(settings, database, FakeClock(datetime(year, 1, 1, tzinfo=UTC)))
        assert Outbox(database).counts().delivered == 1


def test_a_person_ends_a_doubt(settings: Settings, config: Path) -> None:
    from domain.clock_doubt import clock_doubt
    from sync.audit_log import last_seen
    from sync.store_health import clock_checked

    keep(settings)
    earlier = TUESDAY - timedelta(days=9)
    with closing(open_database(settings)) as database:
        assert clock_doubt(earlier, last_seen(database)) is not None
        clock_checked(database, earlier)
        assert clock_doubt(earlier, last_seen(database)) is None


def test_tells_by_how_much_the_case_system_contradicts_the_clock(settings: Settings) -> None:
    keep(settings)
    with closing(open_database(settings)) as database:
        witness = ClockWitness(database, FakeClock())
        witness.hear(timedelta(minutes=-20))
        found = health(settings, FakeClock())
        assert (found["clock"], found["clock_gap_s"], found["needs_person"]) == ("ok", -1200, False)
        assert check_clock(settings, FakeClock()).says == "the case system's clock is 0:20:00 behind"

        witness.hear(timedelta(days=7))
        found = health(settings, FakeClock())
        assert (found["clock"], found["clock_gap_s"], found["needs_person"]) == ("clock-differs", 604800, True)
        assert "loket_clock_gap_seconds 604800" in as_metrics(found)
        said = check_clock(settings, FakeClock())
        assert said.state is Health.BROKEN
        assert said.says.endswith("the case system's clock is 7 days, 0:00:00 ahead")
        with pytest.raises(ClockDoubtedError):
            clear_and_report(settings, database, FakeClock())

        witness.hear(timedelta(seconds=2))
    assert health(settings, FakeClock())["clock_gap_s"] == 0
    assert check_clock(settings, FakeClock()).state is Health.OK


def test_mends_a_damaged_store_at_the_start_and_raises_an_alarm(settings: Settings) -> None:
    kept = keep(settings, 12)
    folder = spoil(settings)
    assert health(settings, FakeClock())["store"] == "store-damaged"
    assert health(settings, FakeClock())["needs_person"]
    Housekeeping(settings, FakeClock()).round()

    found = json.loads((folder / "heartbeat.json").read_text())
    assert (found["store"], found["stores_set_aside"], found["needs_person"]) == ("whole", 1, True)
    assert len(set_aside_in(folder)) == 1
    with closing(open_database(settings)) as database:
        assert {case.case_id for case in Outbox(database).waiting()} == {made.header.case_id for made in kept}


def test_clears_up_once_a_night_and_after_a_day_off(settings: Settings) -> None:
    keep(settings)
    clock = FakeClock(TUESDAY)
    keeping = Housekeeping(settings, clock)
    assert settings.device.data_dir is not None
    reports = settings.device.data_dir / "retention"
    keeping.round()
    assert len(list(reports.glob("*.json"))) == 1
    clock.advance(timedelta(hours=8))
    keeping.round()
    assert len(list(reports.glob("*.json"))) == 1
    clock.advance(timedelta(hours=9))  # the night after, 03.30 here
    keeping.round()
    keeping.round()
    assert len(list(reports.glob("*.json"))) == 2


def test_runs_beside_the_service_and_stops_with_it(settings: Settings) -> None:
    stop = threading.Event()
    keep(settings)
    thread = Housekeeping(settings, FakeClock()).start(stop)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
