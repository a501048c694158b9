# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket staff`: the first member is of IT, a PIN is never an argument, and the audit log holds ids and no names."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commands.cli import FINE, PROBLEM, WRONG_USE, run
from commands.configuration import load_settings
from commands.joining import open_database
from sync import audit_log

PIN = "402917"
Ask = Callable[..., int]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "loket.toml"
    path.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return path


@pytest.fixture
def ask(config: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give what runs `loket staff`, with what is typed at its questions."""

    def asked(*words: str, typed: tuple[str, ...] = (PIN, PIN)) -> int:
        answers = iter(typed)
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(answers))
        return run(["staff", "--config", str(config), *words])

    return asked


def test_adds_lists_and_removes(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("add", "Marja Mulder", "--role", "beheer") == FINE
    assert ask("add", "Piet", "--role", "vrijwilliger", "--start-pin") == FINE
    assert "start PIN of 11, shown once: " in capsys.readouterr().out
    assert ask("list", "--json") == FINE
    listed = json.loads(capsys.readouterr().out)
    assert [(member["number"], member["role"], member["start_pin"]) for member in listed] == [
        (10, "it", False),
        (11, "helper", True),
    ]
    assert ask("remove", "11") == FINE
    assert ask("list") == FINE
    assert "Piet" not in capsys.readouterr().out


def test_begins_with_somebody_of_it(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("add", "Piet", "--role", "helper") == PROBLEM
    assert "the first is of IT" in capsys.readouterr().err


@pytest.mark.parametrize("typed", [("123456", "123456"), (PIN, "402918"), ("1", "1")])
def test_keeps_no_pin_that_is_easy_or_was_mistyped(
    ask: Ask, typed: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("add", "Marja", "--role", "it", typed=typed) == PROBLEM
    assert "loket: staff:" in capsys.readouterr().err
    ask("list")
    assert "nobody yet" in capsys.readouterr().out


def test_gives_somebody_the_number_that_they_have_on_other_devices_too(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("add", "Marja", "--role", "it", "--number", "4417") == FINE
    assert "number 4417" in capsys.readouterr().out
    for taken_or_wrong in ("4417", "9", "10000"):
        assert ask("add", "Sanne", "--role", "counter", "--number", taken_or_wrong) == PROBLEM
    assert ask("add", "Sanne", "--role", "counter") == FINE
    ask("list")
    said = capsys.readouterr().out
    assert "10" in said
    assert said.count("Sanne") == 1


def test_gives_and_takes_a_badge(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    ask("add", "Marja", "--role", "it")
    assert ask("badge", "10", typed=("04A1B2C3D4",)) == FINE
    ask("list")
    assert "(badge)" in capsys.readouterr().out
    assert ask("badge", "10", "--none") == FINE
    assert ask("badge", "10", typed=("",)) == PROBLEM


@pytest.mark.parametrize("words", [("remove",), ("badge", "Marja"), ("add", "Marja"), ("add", "--role", "it")])
def test_says_what_is_missing(ask: Ask, words: tuple[str, ...]) -> None:
    assert ask(*words) == WRONG_USE


def test_writes_ids_and_no_names_into_the_audit_log(ask: Ask, config: Path) -> None:
    ask("add", "Marja Mulder", "--role", "it")
    ask("pin", "10", "--start-pin")
    ask("unlock")
    with closing(open_database(load_settings(config))) as database:
        lines = database.rows("SELECT event, detail FROM audit_log WHERE event LIKE 'staff-%' ORDER BY number")
        assert audit_log.first_broken(database) is None
    assert [line["event"] for line in lines] == ["staff-added", "staff-pin-changed", "staff-unlocked"]
    assert not any("Marja" in line["detail"] for line in lines)
    assert len(lines[0]["detail"]) == 32
    assert lines[0]["detail"] == lines[1]["detail"]


def test_keeps_the_book_and_its_key_for_the_owner_alone(ask: Ask, config: Path) -> None:
    ask("add", "Marja", "--role", "it")
    data = config.parent / "data"
    for name in ("staff.db", "staff.key"):
        assert (data / name).stat().st_mode & 0o077 == 0
