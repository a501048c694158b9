# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keys are changed without losing what waits, also when the change is killed; and where systemd keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from commands import cli
from commands.audit_rounds import AuditRounds
from commands.configuration import load_settings
from commands.doctor_check import Health
from commands.doctor_store import check_keys
from commands.joining import data_dir, key_paths, open_database, open_store, read_public_key
from domain.errors import SealingError
from domain.settings import Settings
from sync import custody
from sync.custody import VARIABLE, in_custody, is_credential
from sync.key_ring import read_key_ring
from sync.outbox import header_of
from sync.sealing import make_key_pair, open_submission
from tests.fakes.clock import FakeClock
from tests.sync.samples import hand_in

KILLED = 9
KILLING = """
import os, sys
left = int(sys.argv[2])
def hook(event, arguments):
    global left
    if event in ("os.rename", "os.link", "os.remove"):
        left -= 1
        if left < 0:
            os._exit(9)
from commands import cli
sys.addaudithook(hook)
sys.exit(cli.run(["keys", "rotate", "--config", sys.argv[1]]))
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return file


@pytest.fixture
def settings(config: Path) -> Settings:
    return load_settings(config)


def keep(settings: Settings) -> None:
    hand_in(open_store(settings), read_public_key(settings))


def all_open(settings: Settings) -> bool:
    private = key_paths(settings)[1]
    assert private is not None
    ring = read_key_ring(private)
    with closing(open_database(settings)) as database:
        for row in database.rows("SELECT * FROM submissions"):
            header = header_of(row)
            open_submission(header, row["sealed"], ring.for_key(header.key_id))
    return True


def test_rotation_that_is_killed_at_any_step_loses_nothing_and_is_finished_by_the_next(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    for steps in range(100):
        folder = tmp_path / str(steps)
        folder.mkdir()
        config = folder / "loket.toml"
        config.write_text(f'[device]\ndata_dir = "{folder / "data"}"\n', encoding="utf-8")
        settings = load_settings(config)
        keep(settings)
        AuditRounds(settings, FakeClock()).round()
        AuditRounds(settings, FakeClock()).round()

        done = subprocess.run(
            [sys.executable, "-c", KILLING, str(config), str(steps)], cwd=pytestconfig.rootpath, check=False
        )

        keep(settings)  # the window goes on, whichever key lies there
        assert all_open(settings)
        if done.returncode == cli.FINE:
            assert steps > 5, "the kills fell inside it"
            return
        assert done.returncode == KILLED
        assert cli.run(["keys", "rotate", "--config", str(config)]) == cli.FINE
        keep(settings)
        assert all_open(settings)
        assert cli.run(["keys", "check", "--config", str(config)]) == cli.FINE
    pytest.fail("the rotation never ended")


def test_rotation_is_no_finding_and_a_swap_is(settings: Settings, config: Path, tmp_path: Path) -> None:
    keep(settings)
    guard = AuditRounds(settings, FakeClock())
    guard.round()
    guard.round()
    assert cli.run(["keys", "rotate", "--config", str(config)]) == cli.FINE

    report = guard.round(is_full=True)
    assert report is not None
    assert report.findings == ()

    make_key_pair(tmp_path / "other.pub", tmp_path / "other.key")
    key_paths(settings)[0].write_bytes((tmp_path / "other.pub").read_bytes())
    assert cli.run(["keys", "check", "--config", str(config)]) == cli.PROBLEM
    assert [check.state for check in check_keys(settings)] == [Health.BROKEN]


def test_a_person_can_say_that_a_new_public_key_is_right(settings: Settings, config: Path, tmp_path: Path) -> None:
    keep(settings)
    guard = AuditRounds(settings, FakeClock())
    guard.round()
    guard.round()
    private = key_paths(settings)[1]
    assert private is not None
    private.unlink()  # as at a library: the private key is at the municipality
    make_key_pair(tmp_path / "new.pub", tmp_path / "new.key")
    key_paths(settings)[0].write_bytes((tmp_path / "new.pub").read_bytes())
    with pytest.raises(SealingError):
        read_public_key(settings)

    assert cli.run(["keys", "trust", "--config", str(config)]) == cli.FINE

    assert read_public_key(settings).key_id
    report = guard.round(is_full=True)
    assert report is not None
    assert report.findings == ()


def test_takes_a_key_from_the_credentials_of_systemd(
    settings: Settings,
    config: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep(settings)
    private = key_paths(settings)[1]
    assert private is not None
    credentials = tmp_path / "credentials"
    credentials.mkdir(mode=0o700)
    private.rename(credentials / private.name)
    (credentials / private.name).chmod(0o440)  # systemd's own mode
    with pytest.raises(SealingError):
        all_open(settings)

    monkeypatch.setenv(VARIABLE, str(credentials))

    assert all_open(settings)
    assert cli.run(["keys", "check", "--config", str(config)]) == cli.FINE
    assert [check.state for check in check_keys(settings)] == [Health.OK, Health.OK]
    assert cli.run(["keys", "rotate", "--config", str(config)]) == cli.PROBLEM
    assert "credential of systemd" in capsys.readouterr().err
    assert is_credential(credentials / private.name)


def test_reports_a_key_that_is_a_file(settings: Settings) -> None:
    keep(settings)
    states = {check.id: check.state for check in check_keys(settings)}
    assert states == {"keys": Health.OK, "key-file": Health.WARNING}


def test_takes_the_file_where_no_credential_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "loket.key"
    assert in_custody(path, {}) == path
    assert in_custody(path, {VARIABLE: str(tmp_path / "none")}) == path
    assert not is_credential(path, {})
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "loket.key").touch()
    assert in_custody(path, {VARIABLE: str(tmp_path / "c")}) == tmp_path / "c" / "loket.key"


def test_makes_no_key_in_the_place_of_one_that_systemd_keeps_closed(
    settings: Settings, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(settings)
    AuditRounds(settings, FakeClock()).round()
    folder, (_, private) = data_dir(settings), key_paths(settings)
    assert private is not None
    closed = tmp_path / "credstore.encrypted"
    closed.mkdir()
    for each in (private, folder / "device-signing.key"):
        each.rename(closed / each.name)
    monkeypatch.setattr(custody, "CLOSED", closed)

    with pytest.raises(SealingError, match="systemd keeps device-signing"):
        AuditRounds(settings, FakeClock()).round()
    with pytest.raises(SealingError, match="systemd keeps loket"):
        all_open(settings)

    assert not (folder / "device-signing.key").exists()
    assert cli.run(["audit", "check", "--config", str(config)]) == cli.FINE  # by the public half


def test_makes_no_key_that_others_can_read(settings: Settings) -> None:
    keep(settings)
    AuditRounds(settings, FakeClock()).round()
    assert settings.device.data_dir is not None
    if os.name == "posix":
        secret = [file for file in settings.device.data_dir.iterdir() if file.suffix == ".key"]
        assert {file.stat().st_mode & 0o777 for file in secret} == {0o600}
