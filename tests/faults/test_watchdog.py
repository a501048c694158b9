# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window stopped, killed or hung at random moments of a visit, also right after its receipt (feature I02).

The start screen is back within five seconds by the clock, nothing of the visit is left, and every case whose receipt
was shown is there.
"""

from __future__ import annotations

import contextlib
import os
import queue
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from commands.kiosk import Supervisor, VisitProcess
from sync.database import Database
from sync.outbox import header_of
from sync.sealing import open_submission, read_opener
from tests.faults.figures import count
from tests.faults.test_kill_visit import SETTINGS
from tests.faults.watched_visit import GO, HANG

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process is stopped")

BACK_WITHIN_S = 5.0
PATIENCE_S = 60.0
VIEWS_A_VISIT = 12


class ToldSupervisor(Supervisor):
    """The real one; all that a visit says is passed on, with when it was heard."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(command)
        self.spawned: list[VisitProcess] = []
        self.heard: queue.SimpleQueue[tuple[float, VisitProcess, str]] = queue.SimpleQueue()

    def _spawn(self, show: str) -> VisitProcess:
        self.spawned.append(super()._spawn(show))
        return self.spawned[-1]

    def _on_line(self, visit: VisitProcess, line: str) -> None:
        self.heard.put((time.monotonic(), visit, line))
        super()._on_line(visit, line)
        if line == "ready" and visit is self._warm and self._shown is not None:
            self._shown.tell(f"show {GO}")


class Watchdog:
    """A supervisor at work, and what was seen of it."""

    def __init__(self, config: Path) -> None:
        self.supervisor = ToldSupervisor([sys.executable, "-m", "tests.faults.watched_visit", str(config)])
        self.receipts: list[str] = []
        self._thread = threading.Thread(target=self.supervisor.run, daemon=True)
        self._thread.start()

    def hear(self, holds: Callable[[VisitProcess, str], bool]) -> tuple[float, VisitProcess]:
        """Wait for a line."""
        while True:
            heard_at, visit, line = self.supervisor.heard.get(timeout=PATIENCE_S)
            if line.startswith("receipt "):
                self.receipts.append(line.removeprefix("receipt "))
            if holds(visit, line):
                return heard_at, visit

    def hear_views(self, number: int) -> VisitProcess:
        """Wait until a visit showed so many screens, the next standing ready behind it."""
        self.hear(lambda visit, line: line == "ready" and visit is self.supervisor._warm)
        left = [number]

        def is_last(_visit: VisitProcess, line: str) -> bool:
            left[0] -= line.startswith(("view ", "receipt "))
            return left[0] <= 0

        return self.hear(is_last)[1]

    def strike(self, how: str, visit: VisitProcess) -> float:
        """Harm a visit; give how long it took until the next stood at its start screen."""
        struck_at = time.monotonic()
        if how == HANG:
            visit.tell("show hang")
        else:
            os.kill(visit.process.pid, getattr(signal, how))
        self.hear(lambda other, line: line == "shown" and other is not visit)
        back_at, _ = self.hear(lambda other, line: line.startswith(("view ", "receipt ")) and other is not visit)
        return back_at - struck_at

    def stop(self) -> None:
        """End all."""
        self.supervisor._is_closed = True
        self.supervisor._lines.put((None, "ask"))
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


@pytest.fixture
def first_in_line() -> Iterator[None]:
    """Let what is measured have the processor before all else that runs here, where we may."""
    group = Path("/proc/self/autogroup")
    with contextlib.suppress(OSError):
        group.write_text("-15", encoding="ascii")
    yield
    with contextlib.suppress(OSError):
        group.write_text("0", encoding="ascii")


@pytest.fixture
def watchdog(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, first_in_line: None
) -> Iterator[Watchdog]:
    config = tmp_path / "loket.toml"
    config.write_text(SETTINGS.format(data=tmp_path / "data"), encoding="utf-8")
    (tmp_path / "secret").write_text("not used", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(repository))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    made = Watchdog(config)
    yield made
    if made._thread.is_alive():
        made.stop()
    for visit in made.supervisor.spawned:
        visit.process.wait(PATIENCE_S)
        for pipe in (visit.process.stdin, visit.process.stdout):
            if pipe is not None:
                pipe.close()


def kept_in(folder: Path) -> list[str]:
    """Give the references of all cases that can be opened."""
    with closing(Database(folder / "data" / "loket.db")) as database:
        database.check()
        opener = read_opener(folder / "data" / "loket.key")
        rows = database.rows("SELECT * FROM submissions")
        return [open_submission(header_of(row), row["sealed"], opener).header.reference for row in rows]


def strike_at_random(watchdog: Watchdog, how: str, chance: random.Random, *, is_after_receipt: bool) -> None:
    """Let visits go on for a while, strike, and look at what came of it."""
    visit = watchdog.hear_views(1 if is_after_receipt else chance.randint(1, VIEWS_A_VISIT))
    if is_after_receipt:
        _, visit = watchdog.hear(lambda _visit, line: line.startswith("receipt "))
    temp = visit.temp
    took_s = watchdog.strike(how, visit)
    assert took_s < BACK_WITHIN_S, f"{how}: {took_s:.1f} s"
    visit.process.wait(PATIENCE_S)  # and with the process its window is gone
    ends_at = time.monotonic() + PATIENCE_S
    while temp.exists():
        assert time.monotonic() < ends_at, "something of the visit is left"
        threading.Event().wait(0.05)


def prove(watchdog: Watchdog, folder: Path, how: str, strikes: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(strikes):
        strike_at_random(watchdog, how, chance, is_after_receipt=number % 2 == 0)
    watchdog.stop()
    kept = kept_in(folder)
    assert watchdog.receipts, "no receipt was shown at all"
    assert not set(watchdog.receipts) - set(kept), "a case whose receipt was shown is gone"
    assert len(set(kept)) == len(kept), "a case is there twice"
    count(**{f"watchdog_{how.lower()}": strikes})


@pytest.mark.timeout(180)
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSTOP", HANG])
def test_brings_the_start_screen_back_within_five_seconds(watchdog: Watchdog, tmp_path: Path, how: str) -> None:
    prove(watchdog, tmp_path, how, strikes=2, seed=7)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSTOP", HANG])
def test_brings_it_back_each_of_thirty_times(watchdog: Watchdog, tmp_path: Path, how: str) -> None:
    prove(watchdog, tmp_path, how, strikes=30, seed=70)
