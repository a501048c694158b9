# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practising lies in a folder of its own, knows no case system, and is gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.practice_room import MAIN, PracticeRoom, practice_dir, practice_settings, wipe_left
from domain.errors import StoreError
from domain.personas import SINGLE
from domain.settings import Settings, parse_settings
from resources.practice_people import practice_people
from resources.service_library import ServiceLibrary

REAL = """
[device]
id = "balie-1"
municipality = 'Aan "de" Vaart'
data_dir = "data"
[sync]
zaken = "https://zaken.example/zaken/api/v1/"
documenten = "https://zaken.example/documenten/api/v1/"
catalogi = "https://zaken.example/catalogi/api/v1/"
client_id = "balie-1"
secret_file = "secret"
[sealing]
private_key_file = "loket.key"
[kiosk.help]
phone = "0123 456 789"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "loket.db").write_bytes(b"real")
    return parse_settings(REAL, str(tmp_path), "loket.toml")


def test_knows_no_case_system_and_no_key_of_ours(settings: Settings) -> None:
    found = practice_settings(settings)
    assert found.device.is_practice
    assert not found.sync.is_configured
    assert found.sync.zaken == ""
    assert found.sealing.private_key_file is None
    assert found.kiosk.help.phone == "0123 456 789"
    assert found.device.data_dir == practice_dir(settings) != settings.device.data_dir


def test_writes_settings_that_the_visitors_screen_can_read(settings: Settings) -> None:
    room = PracticeRoom(settings)
    room.begin()
    found = load_settings(practice_dir(settings) / "loket.toml")
    assert found.device == room.settings.device
    assert found.kiosk.help == settings.kiosk.help
    assert found.device.municipality == 'Aan "de" Vaart'
    room.end()


def test_takes_away_all_of_practice_at_the_end_and_nothing_else(settings: Settings) -> None:
    room = PracticeRoom(settings)
    room.begin()
    (practice_dir(settings) / "loket.db").write_bytes(b"invented")
    room.end()
    assert not practice_dir(settings).exists()
    assert settings.device.data_dir is not None
    assert (settings.device.data_dir / "loket.db").read_bytes() == b"real"


def test_begins_with_nothing_after_a_power_cut(settings: Settings) -> None:
    practice_dir(settings).mkdir()
    (practice_dir(settings) / "tally.db").write_bytes(b"left")
    room = PracticeRoom(settings)
    room.begin()
    assert not (practice_dir(settings) / "tally.db").exists()
    room.end()


def test_wipes_at_night_what_a_power_cut_left(settings: Settings) -> None:
    assert not wipe_left(settings)
    practice_dir(settings).mkdir()
    assert wipe_left(settings)
    assert not practice_dir(settings).exists()


def test_wipes_nothing_under_somebody_who_practises(settings: Settings) -> None:
    room = PracticeRoom(settings)
    room.begin()
    assert not wipe_left(settings)
    assert practice_dir(settings).exists()
    with pytest.raises(StoreError):
        PracticeRoom(settings).begin()
    room.end()


def test_never_wipes_the_folder_that_the_settings_name(settings: Settings) -> None:
    wrong = replace(settings, device=replace(settings.device, is_practice=True))
    room = PracticeRoom(wrong)
    room.begin()
    room.end()
    assert settings.device.data_dir is not None
    assert (settings.device.data_dir / "loket.db").exists()


def test_has_twelve_people_each_with_a_persona_and_a_service_that_are_there() -> None:
    people = practice_people()
    assert len(people) == 12
    assert {person.persona for person in people} <= {persona.name for persona in SINGLE}
    assert {person.service for person in people} <= {service.id for service in ServiceLibrary.load().services}
    assert len({person.name for person in people}) == 12


DESK = """
import sys
from commands.configuration import load_settings
from commands.practice_room import PracticeRoom
from pathlib import Path
room = PracticeRoom(load_settings(Path(sys.argv[1])))
room.begin()
room.open_visitor()
print(room.visitor_id, flush=True)
sys.stdin.read()
room.end()
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A desk that practises, with the visitor's screen open; it tells the number of that process first."""
    (tmp_path / "loket.toml").write_text('[device]\ndata_dir = "data"\n', encoding="utf-8")
    command = [sys.executable, "-c", DESK, str(tmp_path / "loket.toml")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(MAIN.parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        yield desk
        desk.kill()


def _wait_for_a_window(process_id: int, patience_s: float = 60.0) -> None:
    """Wait until the supervisor started a visit: it stands, and would stay."""
    until, pause = time.monotonic() + patience_s, threading.Event()
    children = Path(f"/proc/{process_id}/task/{process_id}/children")
    while not children.read_text(encoding="ascii").strip():
        assert time.monotonic() < until
        pause.wait(0.1)


def _wait_until_gone(process_id: int, patience_s: float = 60.0) -> bool:
    """Wait for a process that is no child of ours; one that nobody collected counts as gone."""
    until, pause = time.monotonic() + patience_s, threading.Event()
    while time.monotonic() < until:
        try:
            stat = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        pause.wait(0.1)
    return False


def test_the_visitors_screen_ends_with_a_desk_that_is_killed(desk: subprocess.Popen[str]) -> None:
    assert desk.stdout is not None
    visitor = int(desk.stdout.readline())
    _wait_for_a_window(visitor)
    desk.kill()
    desk.wait(10)
    assert _wait_until_gone(visitor)


def test_the_visitors_screen_is_gone_when_practising_ended(desk: subprocess.Popen[str], tmp_path: Path) -> None:
    assert desk.stdout is not None
    assert desk.stdin is not None
    visitor = int(desk.stdout.readline())
    _wait_for_a_window(visitor)
    desk.stdin.close()
    assert desk.wait(60) == 0
    assert not Path(f"/proc/{visitor}").exists()
    assert not (tmp_path / "data" / "practice").exists()
