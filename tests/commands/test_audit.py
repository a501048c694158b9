# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket audit`: what it says, what it writes out, and that nothing of a citizen is in it."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands import cli
from commands.audit_rounds import AuditRounds
from commands.configuration import load_settings
from commands.health import as_metrics, health
from commands.joining import STORE, data_dir, open_database, open_store, read_public_key
from domain.settings import Settings
from sync import audit_log
from tests.fakes.clock import TUESDAY, FakeClock
from tests.sync.samples import MARK, hand_in

Loket = Callable[..., tuple[int, str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\nid = "kiosk-07"\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    found = load_settings(config)
    store, sealer = open_store(found), read_public_key(found)
    made = [hand_in(store, sealer) for _ in range(3)]
    assert made
    guard = AuditRounds(found, FakeClock(TUESDAY))
    guard.round()
    guard.round()
    return found


@pytest.fixture
def loket(config: Path, capsys: pytest.CaptureFixture[str]) -> Loket:
    def call(*words: str) -> tuple[int, str]:
        code = cli.run(["audit", *words, "--config", str(config)])
        said = capsys.readouterr()
        assert MARK not in said.out + said.err
        return code, said.out + said.err

    return call


def tamper(settings: Settings, statement: str) -> None:
    with closing(sqlite3.connect(data_dir(settings) / STORE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_says_that_all_is_well_and_where_the_log_ends(settings: Settings, loket: Loket) -> None:
    code, said = loket("check")
    assert code == cli.FINE
    assert "unbroken; the store fits it" in said
    found = json.loads(loket("check", "--json")[1])
    assert (found["first"], found["problems"]) == (1, [])
    assert found["signed_upto"] == found["last"] - 1


def test_names_what_does_not_fit(settings: Settings, loket: Loket) -> None:
    tamper(settings, "UPDATE outbox SET state = 'delivered' WHERE rowid = 2")
    code, said = loket("check")
    assert code == cli.PROBLEM
    assert "state-changed case " in said


def test_tells_by_a_copy_elsewhere_that_a_device_was_put_back(settings: Settings, loket: Loket) -> None:
    kept = health(settings, FakeClock(TUESDAY))["audit"]
    assert loket("check", "--against", f"{kept['number']}:{kept['hash']}")[0] == cli.FINE
    assert loket("check", "--against", f"{kept['number']}:{'0' * 64}")[0] == cli.PROBLEM
    assert loket("check", "--against", f"9999:{kept['hash']}")[0] == cli.PROBLEM
    assert loket("check", "--against", "nonsense")[0] == cli.PROBLEM


@pytest.mark.parametrize("name", ["log.csv", "log.jsonl"])
def test_writes_every_line_out_signed(settings: Settings, loket: Loket, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert loket("export", str(file))[0] == cli.FINE
    text = file.read_text(encoding="utf-8")
    is_csv = name.endswith("csv")
    rows = list(csv.DictReader(text.splitlines())) if is_csv else [json.loads(row) for row in text.splitlines()]
    with closing(open_database(settings)) as database:
        written = database.rows("SELECT number, event FROM audit_log ORDER BY number")
    assert [(int(row["number"]), row["event"]) for row in rows] == [(row["number"], row["event"]) for row in written]
    assert MARK not in text
    assert loket("verify", str(file))[0] == cli.FINE

    file.write_text(text.replace("submitted", "delivered", 1))

    assert loket("verify", str(file))[0] == cli.PROBLEM


def test_writes_nothing_that_a_spreadsheet_runs(settings: Settings, loket: Loket, tmp_path: Path) -> None:
    with closing(open_database(settings)) as database, database.writing() as connection:
        audit_log.append(connection, TUESDAY, "deleted", "", "=cmd|'/c calc'!A1")
    loket("export", str(tmp_path / "log.csv"))
    assert "'=cmd" in (tmp_path / "log.csv").read_text()


@pytest.mark.parametrize("words", [("export",), ("export", "log.txt"), ("export", "not-there/log.csv"), ("verify",)])
def test_refuses_what_it_cannot_write(settings: Settings, loket: Loket, words: tuple[str, ...]) -> None:
    assert loket(*words)[0] == cli.PROBLEM


def test_verifies_no_export_of_another_device(settings: Settings, loket: Loket, tmp_path: Path) -> None:
    loket("export", str(tmp_path / "log.csv"))
    (data_dir(settings) / "device-signing.key").unlink()
    assert loket("verify", str(tmp_path / "log.csv"))[0] == cli.PROBLEM


def test_begins_anew_when_a_person_says_so(settings: Settings, loket: Loket) -> None:
    tamper(settings, "UPDATE outbox SET state = 'delivered' WHERE rowid = 2")
    assert "state-changed" in loket("accept")[1]
    code, said = loket("check")
    assert code == cli.FINE
    assert "a person accepted" in said


def test_needs_no_store(config: Path, loket: Loket) -> None:
    assert loket("check")[0] == cli.FINE


def test_monitoring_hears_of_it(settings: Settings) -> None:
    clock = FakeClock(TUESDAY)
    found = health(settings, clock)
    assert (found["audit"]["state"], found["needs_person"]) == ("unbroken", False)
    assert "loket_audit_unbroken 1" in list(as_metrics(found))
    tamper(settings, "DELETE FROM submissions WHERE rowid = 2")
    clock.advance(timedelta(minutes=5))
    AuditRounds(settings, clock).round()
    found = health(settings, clock)
    assert (found["audit"]["state"], found["needs_person"]) == ("case-missing", True)
    assert "loket_audit_unbroken 0" in list(as_metrics(found))


def test_monitoring_believes_no_report_that_was_changed(settings: Settings) -> None:
    report = data_dir(settings) / "audit.json"
    report.write_bytes(report.read_bytes().replace(b'"number": ', b'"number": 1'))
    assert health(settings, FakeClock(TUESDAY))["audit"]["state"] == "report-changed"
