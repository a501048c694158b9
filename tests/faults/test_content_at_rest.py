# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""New content comes to the screen of a kiosk where nobody is, and to nobody who is there: real windows."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.in_use import InUse
from commands.kiosk import Supervisor, VisitProcess
from kiosk.quiet import QUIET_MS
from tests.faults.test_kill_visit import SETTINGS
from tests.faults.watched_visit import GO

PATIENCE_S = 90.0
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


class Heard(Supervisor):
    """The real one; all that a visit says is passed on."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(command)
        self._in_use = InUse(Path("/nowhere"))
        self.spawned: list[VisitProcess] = []
        self.heard: queue.SimpleQueue[tuple[VisitProcess, str]] = queue.SimpleQueue()

    def _spawn(self, show: str) -> VisitProcess:
        self.spawned.append(super()._spawn(show))
        return self.spawned[-1]

    def _on_line(self, visit: VisitProcess, line: str) -> None:
        self.heard.put((visit, line))
        super()._on_line(visit, line)

    def hear(self, wanted: str) -> VisitProcess:
        """Wait until a visit said this."""
        while True:
            visit, line = self.heard.get(timeout=PATIENCE_S)
            if line == wanted:
                return visit


@pytest.fixture
def supervisor(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    config = tmp_path / "loket.toml"
    config.write_text(SETTINGS.format(data=tmp_path / "data"), encoding="utf-8")
    (tmp_path / "secret").write_text("not used", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(repository))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    made = Heard([sys.executable, "-m", "tests.faults.watched_visit", str(config)])
    made.begin()
    made.take_places(tmp_path / "data", frozenset())
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield made
    made._is_closed = True
    made._lines.put((None, "ask"))
    thread.join(PATIENCE_S)
    for visit in made.spawned:
        visit.process.wait(PATIENCE_S)
        for pipe in (visit.process.stdin, visit.process.stdout):
            if pipe is not None:
                pipe.close()


def put_in_force(folder: Path) -> None:
    pointer = folder / "data" / "content" / "in-force.json"
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.write_text('{"serials": [5]}', encoding="utf-8")


def test_a_start_screen_where_nobody_is_gives_way_to_new_content(supervisor: Heard, tmp_path: Path) -> None:
    first = supervisor.hear("shown")
    supervisor.hear("ready")
    put_in_force(tmp_path)
    assert supervisor.hear("ended start renewed") is first
    after = supervisor.hear("shown")
    assert after is not first
    supervisor.hear("view start")
    first.process.wait(PATIENCE_S)
    supervisor.hear("here free")
    assert supervisor._shown is after


def test_who_is_there_keeps_the_screen_and_the_next_one_has_the_new_content(supervisor: Heard, tmp_path: Path) -> None:
    first = supervisor.hear("shown")
    before = supervisor.hear("ready")
    first.tell(f"show {GO}")
    put_in_force(tmp_path)
    after = supervisor.hear("ready")
    assert after is not before
    for _ in range(2 * QUIET_MS // 1000):
        assert supervisor.hear("here") is first
    assert supervisor._shown is first
    assert supervisor._warm is after
