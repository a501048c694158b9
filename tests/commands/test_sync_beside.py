# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import os
import queue
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commands.sync_beside import LONGEST_PAUSE_S, LOOK_AGAIN_S, TIED, SyncBeside

PATIENCE_S = 30.0
REPOSITORY = Path(__file__).resolve().parents[2]


class Pauses:
    """Pauses that the test sees and lets go by; after the last one it is over."""

    def __init__(self, most: int) -> None:
        self.asked: list[float] = []
        self.passed: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._most = most

    def __call__(self, seconds: float) -> bool:
        self.asked.append(seconds)
        self.passed.put(seconds)
        return len(self.asked) >= self._most


def program(folder: Path, code: str) -> list[str]:
    script = folder / "service.py"
    script.write_text(code, encoding="utf-8")
    return [sys.executable, str(script)]


def test_starts_the_service_again_when_it_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    os.mkfifo(log)
    tells = f"open({str(log)!r}, 'w').write(str(os.getpid()))"
    beside = SyncBeside(program(tmp_path, f"import os, signal\n{tells}\nsignal.pause()"), Pauses(9))
    beside.start()
    first = int(log.read_text())
    os.kill(first, signal.SIGKILL)
    second = int(log.read_text())
    beside.stop()

    assert second != first
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_waits_longer_each_time_the_service_dies(tmp_path: Path) -> None:
    pauses = Pauses(9)
    beside = SyncBeside(program(tmp_path, "raise SystemExit(1)"), pauses)
    beside.start()
    for _ in range(9):
        pauses.passed.get(timeout=PATIENCE_S)
    beside.stop()

    assert pauses.asked == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE_S, LONGEST_PAUSE_S, LONGEST_PAUSE_S]


def test_looks_again_now_and_then_where_a_service_runs_already(tmp_path: Path) -> None:
    pauses = Pauses(1)
    beside = SyncBeside(program(tmp_path, "raise SystemExit(0)"), pauses)
    beside.start()
    assert beside._thread is not None
    beside._thread.join(PATIENCE_S)

    assert pauses.asked == [LOOK_AGAIN_S]
    assert beside.process_id is None


def test_tries_again_when_the_service_cannot_be_started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pauses = Pauses(2)
    beside = SyncBeside([str(tmp_path / "nowhere")], pauses)
    beside.start()
    for _ in range(2):
        pauses.passed.get(timeout=PATIENCE_S)
    beside.stop()

    assert "loket: sync-not-started:" in capsys.readouterr().err


def test_a_tied_service_ends_when_who_started_it_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    service = program(tmp_path, f"import os, sys\nto = open({str(told)!r}, 'w')\nprint(os.getpid(), *sys.argv[1:],"
                      " file=to, flush=True)\nsys.stdin.read()\nprint('over', file=to, flush=True)")  # fmt: skip
    starts = "from commands.sync_beside import SyncBeside\nimport signal\n"
    starts += f"SyncBeside({service!r}, is_tied=True).start()\nsignal.pause()"
    with subprocess.Popen([sys.executable, "-c", starts], cwd=REPOSITORY) as parent, told.open() as says:
        assert says.readline().split()[1:] == [TIED]
        parent.kill()
        assert says.readline() == "over\n"
