# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the supervisor takes away after a visit, after a crash too, and what it finds left."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.kiosk import Supervisor
from commands.visit_traces import PREFIX, clear_abandoned, is_alive, media_folders, new_temp_folder, outlives, traces_of
from domain.settings import DeviceSettings, KioskSettings, Settings, SpeechSettings


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir()
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return folder


def gone_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_takes_the_temp_folder_of_a_visit_away(tmp_path: Path) -> None:
    temp = new_temp_folder()
    (temp / "page").write_bytes(b"%PDF")

    assert (temp.stat().st_mode & 0o777) == 0o700
    assert traces_of(temp, tmp_path, 0.0) == ()
    assert not temp.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFFxxxxWAVE"])
def test_finds_a_page_a_picture_or_a_recording_in_the_data(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "deep" / "x").write_bytes(content)

    assert traces_of(new_temp_folder(), tmp_path / "data", 0.0) == ("data directory",)


def test_leaves_pictures_and_clips_where_the_settings_put_them(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("foto", "stemmen"):
        (data / name).mkdir(parents=True)
        (data / name / "1").write_bytes(b"\x89PNG\r\n\x1a\n")
    settings = Settings(
        device=DeviceSettings(data_dir=data),
        kiosk=KioskSettings(pictures_dir=data / "foto"),
        speech=SpeechSettings(voice_dir=data / "stemmen"),
    )

    assert traces_of(new_temp_folder(), data, 0.0) == ("data directory",)
    assert traces_of(new_temp_folder(), data, 0.0, media_folders(settings)) == ()


def test_takes_simulated_paper_for_paper(tmp_path: Path) -> None:
    (tmp_path / "data" / "simulated-printer").mkdir(parents=True)
    (tmp_path / "data" / "simulated-printer" / "page-001-a4.pdf").write_bytes(b"%PDF-1.7")

    assert traces_of(new_temp_folder(), tmp_path / "data", 0.0) == ()


class _Queue:
    """A print queue where these jobs of ours wait; a real CUPS is asked in `tests/kiosk/test_printing.py`."""

    def __init__(self, *titles: str) -> None:
        self._titles = titles

    def waiting_titles(self) -> tuple[str, ...]:
        return self._titles


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (("Brief van een ander", "loket-0011223344556677"), ("print queue",)),
        (("loket-balie.odt", "report"), ()),  # somebody else's page must not close the device
        ((), ()),
    ],
)
def test_finds_a_page_of_ours_that_waits_in_the_print_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, titles: tuple[str, ...], found: tuple[str, ...]
) -> None:
    monkeypatch.setattr("kiosk.print_queue.system_queue", lambda: _Queue(*titles))

    assert traces_of(new_temp_folder(), tmp_path, 0.0) == found


def test_clears_at_its_start_what_a_killed_supervisor_left(runtime: Path) -> None:
    left, mine = runtime / f"{PREFIX}{gone_pid()}-aa", runtime / f"{PREFIX}{os.getpid()}-bb"
    for folder in (left, mine):
        folder.mkdir()
        (folder / "page").write_bytes(b"%PDF")
    supervisor = Supervisor([sys.executable, "-c", ""])

    supervisor.begin()
    begun = supervisor._shown
    supervisor.end()
    assert begun is not None
    for pipe in (begun.process.stdin, begun.process.stdout):
        if pipe is not None:
            pipe.close()

    assert not left.exists()
    assert mine.exists()


def test_leaves_a_folder_alone_that_is_named_otherwise(runtime: Path) -> None:
    (runtime / f"{PREFIX}x").mkdir()

    assert clear_abandoned() == 0
    assert (runtime / f"{PREFIX}x").exists()


def test_names_a_helper_that_outlives_its_visit() -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as helper:
        assert outlives([helper.pid], patience_s=0.05) == [helper.pid]
        assert helper.stdin is not None
        helper.stdin.close()
        helper.wait()

    assert outlives([helper.pid]) == []
    assert not is_alive(helper.pid)
