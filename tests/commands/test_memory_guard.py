# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real visit leaves no image of its memory, and lets no other program of the same user look into it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

# The real visit; it only tells more at the moment from which a visitor can type.
TOLD = """
import argparse, sys
from pathlib import Path
from commands import visit, visit_room
from commands.memory_guard import core_limit, is_readable

class ToldRoom(visit_room.VisitRoom):
    def _warm_up(self):
        super()._warm_up()
        self._channel.tell(f"core {core_limit()} readable {is_readable()}")

visit_room.VisitRoom = ToldRoom
visit.run(argparse.Namespace(config=Path(sys.argv[1]), show="start", simulate=True, windowed=True, for_citizen=False))
"""
# The real desk up to its room; the room only tells.
DESK_TOLD = """
import argparse, sys
from pathlib import Path
from commands import desk, desk_room
from commands.memory_guard import core_limit, is_readable

class ToldRoom:
    def __init__(self, settings, clock, arguments):
        pass
    def run(self):
        print(f"core {core_limit()} readable {is_readable()}")

desk_room.DeskRoom = ToldRoom
desk.run(argparse.Namespace(config=Path(sys.argv[1]), practice=True, role="helper", theme=None, lang="nl"))
"""
OPEN = """
from commands.memory_guard import close_memory, forbid_core_dumps, is_readable, make_readable
make_readable()
assert is_readable()
close_memory()
forbid_core_dumps()
print(is_readable())
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the switches are those of Linux")


def test_a_visit_closes_its_memory_before_anybody_types(tmp_path: Path, repository: Path) -> None:
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", TOLD, str(config)],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as visit:
        assert visit.stdin is not None
        assert visit.stdout is not None
        late = threading.Timer(60, visit.kill)
        late.start()
        told = next((line for line in visit.stdout if line.startswith("core ")), "")
        visit.stdin.close()
        visit.kill()
        late.cancel()
    assert told.strip() == "core 0 readable False"


def test_a_desk_closes_its_memory_before_anybody_signs_in(tmp_path: Path, repository: Path) -> None:
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", DESK_TOLD, str(config)],
        cwd=repository,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "core 0 readable False", done.stderr[-300:]


def test_the_switch_can_be_seen_on_and_off(repository: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", OPEN], cwd=repository, capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "False"
