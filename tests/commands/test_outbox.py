# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket outbox` for who must act: the alarm, the page for the counter, and taking a case away for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.doctor_store import check_waiting
from commands.joining import key_paths, open_database, read_public_key, second_copies
from commands.system_clock import SystemClock
from domain.case import CaseState, raises_alarm
from domain.settings import Settings
from domain.submission import Submission
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.outbox import Outbox
from sync.sealing import read_opener
from tests.sync.samples import MARK, hand_in, submission, summary

Loket = Callable[..., tuple[int, str, str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\ndata_dir = "data"\n[sync]\nalarm_after_hours = 5\n')
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


@pytest.fixture
def loket(config: Path, capsys: pytest.CaptureFixture[str]) -> Loket:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(["outbox", "--config", str(config), *words])
        said = capsys.readouterr()
        assert MARK not in said.out + said.err
        return code, said.out, said.err

    return call


def submit(settings: Settings, hours_ago: float = 0.0) -> Submission:
    sealer = read_public_key(settings)
    with closing(open_database(settings)) as database:
        at = SystemClock().now() - timedelta(hours=hours_ago)
        return hand_in(SqliteCaseStore(database, second_copies(settings)), sealer, at=at)


def state_of(settings: Settings, made: Submission) -> CaseState | None:
    with closing(open_database(settings)) as database:
        found = Outbox(database).find(made.header.reference)
        return None if found is None else found.state


def test_raises_an_alarm_when_a_case_waits_longer_than_the_settings_allow(loket: Loket, settings: Settings) -> None:
    submit(settings, hours_ago=4.9)
    assert loket()[0] == 0
    assert [check.state for check in check_waiting(settings, SystemClock())] == [Health.OK]
    old = submit(settings, hours_ago=5.1)
    code, out, _ = loket()
    assert code == 1
    [line] = [line for line in out.splitlines() if "ALARM" in line]
    assert line.startswith(old.header.reference)
    assert "1 wait longer than 5 h" in out
    code, out, _ = loket("--json")
    assert (code, [case["alarm"] for case in json.loads(out)["cases"]]) == (1, [True, False])
    [check] = check_waiting(settings, SystemClock())
    assert (check.state, check.id) == (Health.BROKEN, "waiting")


def test_lists_only_what_waits_and_counts_the_rest(
    loket: Loket, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [submit(settings, hours_ago=hours) for hours in (3, 2, 1)]
    with closing(open_database(settings)) as database:
        claim = Outbox(database).claim(SystemClock().now())
        assert claim is not None
        Outbox(database).delivered(claim, SystemClock().now())
    monkeypatch.delattr(SqliteCaseStore, "summaries")  # a million of them takes long
    out = loket()[1].splitlines()
    assert [line.split()[0] for line in out[:2]] == [each.header.reference for each in made[1:]]
    assert out[2:] == ["2 waiting, 1 with the municipality"]
    listed = json.loads(loket("--json")[1])["cases"]
    assert [case["reference"] for case in listed] == [each.header.reference for each in made]


@pytest.mark.parametrize("state", CaseState)
def test_raises_an_alarm_only_for_what_the_municipality_does_not_have(state: CaseState) -> None:
    made = submission()
    case = replace(summary(made), state=state)
    late = made.header.submitted_at + timedelta(hours=25)
    is_waiting = state in {CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED}
    assert raises_alarm(case, late, timedelta(hours=24)) is is_waiting
    assert not raises_alarm(case, late, timedelta(hours=25))


def test_makes_a_page_for_the_counter_of_what_waits_too_long(loket: Loket, settings: Settings, tmp_path: Path) -> None:
    submit(settings)
    old = submit(settings, hours_ago=6)
    code, out, err = loket("paper", str(tmp_path / "out"))
    assert (code, out.split()) == (0, [f"{old.header.reference}.pdf"])
    assert "delete the files" in err
    file = tmp_path / "out" / f"{old.header.reference}.pdf"
    assert file.read_bytes() == old.documents[0].content
    assert file.stat().st_mode & 0o777 == 0o600
    assert state_of(settings, old) is CaseState.PENDING, "it goes by itself all the same, under the same number"
    with closing(open_database(settings)) as database:
        [row] = database.rows("SELECT case_id, detail FROM audit_log WHERE event = 'put-on-paper'")
        assert row == {"case_id": old.header.case_id, "detail": "readable"}
        assert audit_log.first_broken(database) is None
    assert loket("paper", str(tmp_path / "out"), old.header.reference)[0] == 1, "nothing is overwritten"


def test_gives_the_sealed_parcel_where_nobody_can_open_it(loket: Loket, settings: Settings, tmp_path: Path) -> None:
    old = submit(settings, hours_ago=6)
    private = key_paths(settings)[1]
    assert private is not None
    private.rename(tmp_path / "elsewhere")
    code, out, err = loket("paper", str(tmp_path / "out"), old.header.reference)
    assert (code, out.split()) == (0, [f"{old.header.reference}.loket.json"])
    assert "sealed" in err
    content = (tmp_path / "out" / f"{old.header.reference}.loket.json").read_text()
    assert MARK not in content
    assert json.loads(content)["cases"][0]["header"]["reference"] == old.header.reference
    assert read_opener(tmp_path / "elsewhere").key_id == old.header.key_id


@pytest.mark.parametrize(
    "words", [(), ("--yes",), ("--reason", "doubled"), ("--reason", "doubled", "--yes", "another"), ("--reason", "x")]
)
def test_deletes_nothing_without_a_reason_and_a_yes(loket: Loket, settings: Settings, words: tuple[str, ...]) -> None:
    made = submit(settings)
    assert loket("delete", made.header.reference, *words)[0] == 2
    assert state_of(settings, made) is CaseState.PENDING


def test_deletes_one_case_for_good_and_keeps_why(loket: Loket, settings: Settings) -> None:
    made, other = submit(settings), submit(settings)
    assert len(list(second_copies(settings).folder.iterdir())) == 2
    assert loket("delete", made.header.reference, "--reason", "done-on-paper", "--yes")[0] == 0
    assert state_of(settings, made) is None
    assert state_of(settings, other) is CaseState.PENDING
    with closing(open_database(settings)) as database:
        [row] = database.rows("SELECT case_id, detail FROM audit_log WHERE event = 'deleted'")
        assert row == {"case_id": made.header.case_id, "detail": "done-on-paper"}
        assert audit_log.first_broken(database) is None
        assert not database.rows("SELECT 1 FROM submissions WHERE case_id = ?", (made.header.case_id,))
    assert loket("delete", made.header.reference, "--reason", "doubled", "--yes")[0] == 1
    assert [file.stem for file in second_copies(settings).folder.iterdir()] == [other.header.case_id]


def test_deletes_no_case_that_is_being_sent_or_has_arrived(loket: Loket, settings: Settings) -> None:
    made = submit(settings)
    delete = ("delete", made.header.reference, "--reason", "doubled", "--yes")
    now = SystemClock().now() + timedelta(seconds=1)
    with closing(open_database(settings)) as database:
        claim = Outbox(database).claim(now)
        assert claim is not None
        assert loket(*delete)[0] == 1
        Outbox(database).delivered(claim, now)
    assert loket(*delete)[0] == 1
    assert state_of(settings, made) is CaseState.DELIVERED
