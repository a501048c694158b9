# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An upgrade waits for a visit to end, for a while and in words; and a window that is gone keeps nobody waiting."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from commands.in_use import FILE, InUse

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("flock") is None, reason="a script of the Debian package"
)
SAYS = "somebody is at the kiosk"
PATIENCE_S = 30.0


@pytest.fixture
def script(repository: Path, tmp_path: Path) -> Path:
    """Give the script, with a folder and a patience of its own, and without the user that only a kiosk has."""
    text = (repository / "deploy/package-when-free.sh").read_text(encoding="utf-8")
    assert f"lock=/run/loket-kiosk/{FILE}\n" in text
    text = text.replace("/run/loket-kiosk", str(tmp_path)).replace("patience_s=1800", "patience_s=3")
    text, found = re.subn(r"setpriv --reuid=loket-kiosk --regid=loket --clear-groups ", "", text)
    assert found == 1
    copy = tmp_path / "when-free"
    copy.write_text(text, encoding="utf-8")
    return copy


@pytest.fixture
def in_use(tmp_path: Path) -> Iterator[InUse]:
    lock = InUse(tmp_path)
    lock.tell(is_in_use=True)
    yield lock
    lock.tell(is_in_use=False)


def start(script: Path, more: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    asked = ["sh", str(script), "sh", "-c", "echo done"]
    surroundings = {**os.environ, "LOKET_UPGRADE_NOW": "", **(more or {})}
    return subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings)


def test_does_it_at_once_where_no_kiosk_ever_ran(script: Path) -> None:
    assert start(script).communicate(timeout=PATIENCE_S) == ("done\n", "")


def test_does_it_at_once_when_nobody_is_there(script: Path, in_use: InUse) -> None:
    in_use.tell(is_in_use=False)
    assert start(script).communicate(timeout=PATIENCE_S) == ("done\n", "")


def test_waits_in_words_until_the_visit_ends(script: Path, in_use: InUse) -> None:
    running = start(script)
    assert running.stderr is not None
    assert SAYS in running.stderr.readline()
    assert running.poll() is None
    in_use.tell(is_in_use=False)
    assert running.communicate(timeout=PATIENCE_S)[0] == "done\n"
    assert running.returncode == 0


def test_cuts_nobody_off_when_the_visit_goes_on(script: Path, in_use: InUse) -> None:
    running = start(script)
    out, said = running.communicate(timeout=PATIENCE_S)
    assert (out, running.returncode) == ("", 1)
    assert "nothing was done" in said
    in_use.tell(is_in_use=False)


def test_waits_for_nobody_when_told_so(script: Path, in_use: InUse) -> None:
    assert start(script, {"LOKET_UPGRADE_NOW": "1"}).communicate(timeout=PATIENCE_S) == ("done\n", "")
    in_use.tell(is_in_use=False)


def test_goes_on_when_the_window_dies(script: Path, tmp_path: Path) -> None:
    asked = ["flock", str(tmp_path / FILE), "sh", "-c", "echo here; sleep 60"]
    with subprocess.Popen(asked, process_group=0, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        window.stdout.readline()
        running = start(script)
        assert running.stderr is not None
        assert SAYS in running.stderr.readline()
        os.killpg(window.pid, 9)
        assert running.communicate(timeout=PATIENCE_S)[0] == "done\n"


def test_the_package_waits_before_it_takes_the_program_away_and_begins_again_after(repository: Path) -> None:
    before = (repository / "deploy/package-preinst.sh").read_text(encoding="utf-8")
    after = (repository / "deploy/package-postinst.sh").read_text(encoding="utf-8")
    packed = (repository / "deploy/package.sh").read_text(encoding="utf-8")
    assert '"$home/when-free"' in packed
    assert before.index("when-free") < before.index("systemctl stop loket-nightly")
    mark = re.search(r": >(\S+)", before)
    assert mark is not None
    assert mark[1] in after
    assert not re.search(r"restart[^\n]*loket-kiosk", after)
