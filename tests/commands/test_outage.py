# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket outage` at the municipality, and what a device hears, keeps, logs and tells the doctor."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.doctor_check import Check, Health
from commands.doctor_outages import check_outages
from commands.joining import STORE, data_dir, open_outages
from commands.office import KioskOffice
from commands.outage import following, moment_of
from commands.outage_rounds import OutageRounds
from commands.system_clock import SystemClock
from domain.errors import OutageError
from domain.settings import Settings
from kiosk.printing import SimulatedPrinter
from sync.database import Database
from sync.outages import DROPPED, HEARD
from tests.fakes.clock import TUESDAY, FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.print_probe import wait_until
from tests.sync.test_transport import server

UNTIL = (SystemClock().now() + timedelta(days=30)).date().isoformat()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\ndata_dir = "data"\n[outages]\npublic_key_file = "outage.pub"\n')
    assert loket(file, "key") == 0
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    settings = load_settings(config)
    data_dir(settings).mkdir(parents=True, exist_ok=True)
    return settings


def loket(config: Path, *words: str) -> int:
    folder = config.parent
    named = ("--private", str(folder / "outage.key"), "--file", str(folder / "message.json"))
    return run(["outage", "--config", str(config), *words, *named])


def close(config: Path, service: str = "verhuizen") -> bytes:
    asked = ("make", "--service", service, "--text", "nl=Het systeem is stuk.", "--until", UNTIL)
    assert loket(config, *asked) == 0
    return (config.parent / "message.json").read_bytes()


def drop(settings: Settings, content: bytes) -> None:
    (data_dir(settings) / DROPPED).write_bytes(content)


def closed(settings: Settings) -> list[str]:
    office = KioskOffice(settings, library(), texts_of, PLACE, FakeClock(), SimulatedPrinter(data_dir(settings)))
    return sorted(office.outages())


def checks(settings: Settings) -> dict[str, Check]:
    return {check.id: check for check in check_outages(settings, FakeClock())}


@contextmanager
def served(settings: Settings, body: bytes, status: int = 200, **headers: str) -> Iterator[Settings]:
    with server(status, body, "application/json", **headers) as address:
        yield replace(settings, outages=replace(settings.outages, url=address))


def test_what_the_municipality_makes_closes_the_service_at_the_kiosk(config: Path, settings: Settings) -> None:
    drop(settings, close(config))

    assert closed(settings) == ["verhuizen"]


def test_a_second_closure_comes_beside_the_first_and_lifting_takes_one(config: Path, settings: Settings) -> None:
    close(config)
    drop(settings, close(config, "bel"))
    OutageRounds(settings, FakeClock()).round()
    assert closed(settings) == ["bel", "verhuizen"]

    assert loket(config, "lift", "--service", "bel") == 0
    drop(settings, (config.parent / "message.json").read_bytes())
    assert closed(settings) == ["verhuizen"]

    assert loket(config, "lift") == 0
    drop(settings, (config.parent / "message.json").read_bytes())
    assert closed(settings) == []


def test_check_tells_what_is_closed(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    close(config)
    capsys.readouterr()

    assert loket(config, "check", "--json") == 0
    assert list(json.loads(capsys.readouterr().out)["closures"]) == ["verhuizen"]


def test_check_finds_a_changed_message(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = config.parent / "message.json"
    file.write_bytes(close(config).replace(b"stuk", b"heel"))

    assert loket(config, "check") == 1
    assert "outage-forged" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("make", "--service", "verhuizen", "--text", "nl=Stuk.", "--until", "2020-01-01"),
        ("make", "--service", "verhuizen", "--text", "nl=Stuk.", "--until", "morgen"),
        ("make", "--service", "verhuizen", "--text", "nl=Stuk."),
        ("make", "--service", "verhuizen", "--text", "en=Broken.", "--until", UNTIL),
        ("make", "--service", "verhuizen", "--text", "Stuk.", "--until", UNTIL),
        ("make", "--service", "verhuisen", "--text", "nl=Stuk.", "--until", UNTIL),
        ("make", "--text", "nl=Stuk.", "--until", UNTIL),
        ("lift", "--service", "verhuizen"),
        ("check",),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(config: Path, words: tuple[str, ...]) -> None:
    assert loket(config, *words) == 1
    assert not (config.parent / "message.json").exists()


def test_a_day_ends_at_midnight_in_the_netherlands() -> None:
    assert moment_of("2026-11-24", TUESDAY) == datetime(2026, 11, 24, 23, tzinfo=UTC)
    assert moment_of("2026-11-24T12:00", TUESDAY) == datetime(2026, 11, 24, 11, tzinfo=UTC)
    with pytest.raises(OutageError):
        moment_of("2026-11-23", TUESDAY)


def test_the_next_serial_is_higher_also_where_the_last_file_was_lost() -> None:
    first = following(None, "Voorbeeldstad", TUESDAY)

    assert following(first, "Voorbeeldstad", TUESDAY).serial > first.serial
    assert following(None, "Voorbeeldstad", TUESDAY + timedelta(seconds=1)).serial > first.serial


def test_a_message_is_fetched_and_stays_when_the_line_is_gone(config: Path, settings: Settings) -> None:
    with served(settings, close(config)) as online:
        OutageRounds(online, FakeClock()).round()
    OutageRounds(online, FakeClock(TUESDAY + timedelta(days=1))).round()  # nobody answers any more

    outages = open_outages(settings)
    assert outages is not None
    assert outages.outages(TUESDAY + timedelta(days=1))["verhuizen"].heard_at >= TUESDAY
    assert closed(settings) == ["verhuizen"]


@pytest.mark.parametrize(
    ("body", "status", "headers", "slug"),
    [
        (b"<html>", 200, {}, "server-failed"),
        (b"{}", 200, {}, "outage-unreadable"),
        (b"{}", 404, {}, "rejected"),
        (b"", 302, {"Location": "/elsewhere"}, "server-failed"),
        (b" " * 100_000, 200, {}, "server-failed"),
    ],
)
def test_what_is_no_message_is_logged_once_by_its_slug(
    config: Path,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    status: int,
    headers: dict[str, str],
    slug: str,
) -> None:
    drop(settings, close(config))
    with caplog.at_level(logging.WARNING), served(settings, body, status, **headers) as online:
        rounds = OutageRounds(online, FakeClock())
        rounds.round()
        rounds.round()

    assert [record.getMessage() for record in caplog.records if record.name == "loket.outages"] == [
        f"outage-refused source=url slug={slug}"
    ]
    assert closed(settings) == ["verhuizen"]


def test_the_doctor_tells_what_is_closed_and_what_is_refused(config: Path, settings: Settings) -> None:
    message = close(config)
    drop(settings, message)
    OutageRounds(settings, FakeClock()).round()
    assert "closed: verhuizen until" in checks(settings)["outages"].says

    drop(settings, message.replace(b"stuk", b"heel"))
    found = checks(settings)
    assert found["outages.file"].state is Health.WARNING
    assert found["outages.file"].says.startswith("outage-forged")
    assert "closed: verhuizen" in found["outages"].says


def test_the_doctor_changes_nothing(config: Path, settings: Settings) -> None:
    drop(settings, close(config))
    checks(settings)

    assert not (data_dir(settings) / HEARD).exists()


def test_without_a_key_nothing_is_closed_and_the_doctor_says_why(config: Path, settings: Settings) -> None:
    bare = replace(settings, outages=replace(settings.outages, public_key_file=None))
    assert checks(bare)["outages"].state is Health.OK

    drop(bare, close(config))
    OutageRounds(bare, FakeClock()).round()
    assert closed(bare) == []
    assert checks(bare)["outages"].state is Health.WARNING


def test_a_key_that_is_not_there_is_told_and_stops_no_round(
    config: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (config.parent / "outage.pub").unlink()
    OutageRounds(settings, FakeClock()).round()

    assert [record.getMessage() for record in caplog.records] == ["outage-refused source=key slug=sealing"]
    assert checks(settings)["outages"].state is Health.BROKEN


def test_an_older_message_stays_refused_when_what_was_heard_was_taken_away(config: Path, settings: Settings) -> None:
    older = close(config)
    newer = close(config, "bel")
    with served(settings, newer) as there:
        OutageRounds(there, FakeClock()).round()
    (data_dir(settings) / HEARD).unlink()

    drop(settings, older)
    assert closed(settings) == []
    with served(settings, older) as there:
        OutageRounds(there, FakeClock()).round()
        assert checks(there)["outages.url"].says.startswith("outage-replayed")
    assert not (data_dir(settings) / HEARD).exists()

    drop(settings, newer)
    OutageRounds(settings, FakeClock()).round()
    assert closed(settings) == ["bel", "verhuizen"], "the newest itself is taken again"


def test_a_file_that_was_taken_before_there_was_a_mark_is_marked_at_the_next_round(
    config: Path, settings: Settings
) -> None:
    older, newer = close(config), close(config, "bel")
    drop(settings, newer)
    OutageRounds(settings, FakeClock()).round()
    with closing(Database(data_dir(settings) / STORE)) as database, database.writing() as connection:
        connection.execute("DELETE FROM outage_marks")
    OutageRounds(settings, FakeClock()).round()
    (data_dir(settings) / HEARD).unlink()
    drop(settings, older)

    assert closed(settings) == []


def test_a_damaged_store_keeps_no_closure_from_being_heard(config: Path, settings: Settings) -> None:
    (data_dir(settings) / STORE).write_bytes(b"no store at all" * 100)
    drop(settings, close(config))
    OutageRounds(settings, FakeClock()).round()

    assert closed(settings) == ["verhuizen"]


def test_a_device_without_a_case_system_hears_what_stands_at_the_address(config: Path, settings: Settings) -> None:
    with served(settings, close(config)) as there:
        config.write_text(f'{config.read_text()}url = "{there.outages.url}"\n')
        assert run(["sync", "--config", str(config), "--once"]) == 0

        assert closed(settings) == ["verhuizen"]


def test_the_service_of_such_a_device_goes_on_hearing_until_it_is_ended(
    config: Path, settings: Settings, repository: Path
) -> None:
    with served(settings, close(config)) as there:
        config.write_text(f'{config.read_text()}url = "{there.outages.url}"\n')
        asked = [sys.executable, "main.py", "sync", "--config", str(config)]
        with subprocess.Popen(asked, cwd=repository, stdout=subprocess.PIPE) as service:
            heard = wait_until((data_dir(settings) / HEARD).exists)
            is_running = service.poll() is None
            service.terminate()
            assert (heard, is_running, service.wait(20)) == (True, True, 0)
    assert closed(settings) == ["verhuizen"]
