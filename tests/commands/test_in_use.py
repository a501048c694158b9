# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another process sees whether somebody is at the kiosk, and a supervisor that is gone stands in nobody's way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commands.in_use import FILE, InUse

fcntl = pytest.importorskip("fcntl")


def is_locked(folder: Path) -> bool:
    try:
        with (folder / FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def test_is_locked_while_somebody_is_there(tmp_path: Path) -> None:
    in_use = InUse(tmp_path)
    assert not is_locked(tmp_path)
    in_use.tell(is_in_use=True)
    in_use.tell(is_in_use=True)
    assert is_locked(tmp_path)
    in_use.tell(is_in_use=False)
    assert not is_locked(tmp_path)
    in_use.tell(is_in_use=False)
    in_use.tell(is_in_use=True)
    assert is_locked(tmp_path)
    in_use.tell(is_in_use=False)


def test_a_visit_that_it_started_does_not_keep_it_locked(tmp_path: Path) -> None:
    in_use = InUse(tmp_path)
    in_use.tell(is_in_use=True)
    with subprocess.Popen(["sleep", "60"]) as child:
        in_use.tell(is_in_use=False)
        assert not is_locked(tmp_path)
        child.kill()


def test_a_supervisor_that_is_killed_stands_in_nobodys_way(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from commands.in_use import InUse\n"
        "in_use = InUse(pathlib.Path(sys.argv[1]))\n"
        "in_use.tell(is_in_use=True)\n"
        "print('here', flush=True); sys.stdin.read()\n"
    )
    asked = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert is_locked(tmp_path)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert not is_locked(tmp_path)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    InUse(tmp_path / "nowhere").tell(is_in_use=True)


def test_a_link_that_somebody_laid_there_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    InUse(tmp_path).tell(is_in_use=True)
    assert not (tmp_path / "elsewhere").exists()
