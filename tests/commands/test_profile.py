# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket profile`, and what a device makes of a profile that was edited, swapped, replayed or is of another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commands import cli
from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.doctor_profile import check_profile
from commands.joining import build_engine, open_database, practice_api, practice_back_end
from commands.profile_standing import profile_standing
from domain.errors import (
    ProfileElsewhereError,
    ProfileError,
    ProfileExpiredError,
    ProfileForgedError,
    ProfileReplayedError,
    ProfileUnreadableError,
)
from domain.profile import Standing
from sync.profile_seal import LAST_TAKEN
from tests.fakes.clock import FakeClock

SETTINGS = """[device]
id = "{device}"
profile = "{profile}"
municipality = "{municipality}"
rsin = "002564440"
data_dir = "data"
profile_file = "profile.json"
profile_key_file = "profile.pub"
"""


@dataclass
class Desk:
    """A device and the municipality that signs for it, in one folder."""

    folder: Path

    def __post_init__(self) -> None:
        self.write()
        assert self.loket("profile", "key", "--private", str(self.folder / "profile.key")) == 0

    def write(
        self, device: str = "balie-01", profile: str = "gemeentehuis", municipality: str = "Voorbeeldstad"
    ) -> None:
        text = SETTINGS.format(device=device, profile=profile, municipality=municipality)
        (self.folder / "loket.toml").write_text(text, encoding="utf-8")

    def loket(self, *words: str) -> int:
        return cli.run([*words, "--config", str(self.folder / "loket.toml")])

    def sign(self, *words: str, until: str = "2999-12-31") -> Desk:
        given = [
            *("--private", str(self.folder / "profile.key"), "--file", str(self.file), "--until", until),
            *(words or ("--legal-basis", "Wabb art. 10")),
        ]
        assert self.loket("profile", "sign", *given) == 0
        return self

    @property
    def file(self) -> Path:
        return self.folder / "profile.json"

    @property
    def standing(self) -> Standing:
        settings = load_settings(self.folder / "loket.toml")
        return profile_standing(settings, FakeClock(datetime(2999, 6, 1, tzinfo=UTC)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_signed_town_hall_may_ask_for_a_bsn(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    standing = desk.sign().standing
    assert standing.is_signed
    assert standing.may_ask_bsn
    assert desk.loket("profile", "check") == 0
    assert "Wabb art. 10" in capsys.readouterr().out


def test_a_town_hall_is_not_signed_without_its_legal_basis(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--private", str(desk.folder / "profile.key"), "--file", str(desk.file), "--until", "2999-12-31"]
    assert desk.loket("profile", "sign", *given) == 1
    assert not desk.file.exists()
    assert "profile-unreadable: a town hall needs the legal basis" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("profile", "bibliotheek"),
        ("legal_basis", "Wet van niets"),
        ("device", "*"),
        ("valid_until", "3999-01-01"),
        ("serial", 4_000_000_000),
        ("municipality", "Elders"),
    ],
)
def test_an_edited_profile_is_noticed(desk: Desk, field: str, value: object) -> None:
    desk.sign()
    whole = json.loads(desk.file.read_text("utf-8"))
    whole["profile"][field] = value
    desk.file.write_text(json.dumps(whole), encoding="utf-8")
    assert_noticed(desk, ProfileForgedError)


def test_a_profile_that_somebody_else_signed_is_noticed(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    desk.file.write_bytes(Desk(other).sign().file.read_bytes())
    assert_noticed(desk, ProfileForgedError)


def test_a_profile_of_another_device_is_noticed(desk: Desk) -> None:
    desk.sign("--device", "balie-02", "--legal-basis", "Wabb art. 10")
    assert_noticed(desk, ProfileElsewhereError)


def test_a_profile_of_another_municipality_is_noticed(desk: Desk) -> None:
    desk.sign("--municipality", "Elders", "--legal-basis", "Wabb art. 10")
    assert_noticed(desk, ProfileElsewhereError)


def test_settings_that_say_town_hall_with_the_profile_of_a_library_are_noticed(desk: Desk) -> None:
    desk.sign("--profile", "bibliotheek")
    assert_noticed(desk, ProfileElsewhereError)


def test_an_older_profile_that_is_put_back_is_noticed(desk: Desk) -> None:
    desk.sign()
    old = desk.file.read_bytes()
    whole = json.loads(old)
    assert desk.standing.is_signed
    taken = desk.folder / "data" / LAST_TAKEN
    known = json.loads(taken.read_text("ascii"))
    taken.write_text(json.dumps({key: serial + 1 for key, serial in known.items()}), encoding="ascii")
    assert whole["profile"]["serial"] == next(iter(known.values()))
    assert_noticed(desk, ProfileReplayedError)


def test_a_damaged_note_of_the_last_profile_is_noticed(desk: Desk) -> None:
    assert desk.sign().standing.is_signed
    (desk.folder / "data" / LAST_TAKEN).write_text("x", encoding="ascii")
    assert_noticed(desk, ProfileUnreadableError)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff\xfe", b'{"profile": {}, "signature": "x"}'])
def test_a_profile_that_cannot_be_read_is_noticed(desk: Desk, content: bytes) -> None:
    desk.sign()
    desk.file.write_bytes(content)
    assert_noticed(desk, ProfileUnreadableError)


def test_a_profile_or_a_key_that_is_taken_away_is_noticed(desk: Desk) -> None:
    desk.sign()
    desk.file.unlink()
    assert_noticed(desk, ProfileUnreadableError)
    desk.sign()
    (desk.folder / "profile.pub").unlink()
    assert_noticed(desk, ProfileUnreadableError)


def test_a_profile_that_is_over_allows_nothing_but_cases_still_go(desk: Desk) -> None:
    desk.sign(until="2999-05-31")
    standing = desk.standing
    assert isinstance(standing.trouble, ProfileExpiredError)
    assert not standing.may_ask_bsn
    assert standing.may_open_cases


def test_a_device_without_a_profile_sends_its_cases_and_the_doctor_says_who_signs(tmp_path: Path) -> None:
    file = tmp_path / "loket.toml"
    file.write_text('[device]\nprofile = "gemeentehuis"\ndata_dir = "data"\n', encoding="utf-8")
    settings, clock = load_settings(file), FakeClock()
    standing = profile_standing(settings, clock)
    assert [standing.is_signed, standing.may_ask_bsn, standing.may_open_cases] == [False, False, True]
    assert check_profile(settings, clock).state is Health.WARNING
    assert cli.run(["profile", "check", "--config", str(file)]) == 1


def assert_noticed(desk: Desk, kind: type[ProfileError]) -> None:
    """The device allows nothing, opens no case, and the doctor and the check say why."""
    standing = desk.standing
    assert isinstance(standing.trouble, kind)
    assert [standing.is_signed, standing.may_ask_bsn, standing.may_open_cases] == [False, False, False]
    settings, clock = load_settings(desk.folder / "loket.toml"), FakeClock(datetime(2999, 6, 1, tzinfo=UTC))
    found = check_profile(settings, clock)
    assert found.state is Health.BROKEN
    assert found.says.startswith(kind.slug)
    assert desk.loket("profile", "check") == 1
    database = open_database(settings)
    try:
        with practice_back_end(settings, clock, ()) as back_end, pytest.raises(kind):
            build_engine(settings, database, clock, practice_api(settings, back_end))
    finally:
        database.close()
