# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The supervisor with visits that have no window: they speak the same words over the same pipes."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands.in_use import InUse
from commands.kiosk import DIES_TOO_OFTEN, Supervisor, VisitProcess
from commands.pulse import LOST_IN_A_ROW
from commands.service_manager import LONGER, ServiceManager

PATIENCE_S = 30.0
VISIT = """
import sys
how, shown = sys.argv[1], "--show" in sys.argv
def tell(word):
    print(word, flush=True)
if how == "dies" or (how == "warm-dies" and not shown):
    sys.exit(3)
if how != "starts-and-starts":
    tell("ready")
    if shown:
        tell("shown")
for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    if word == "show" and how == "dies-when-shown":
        sys.exit(3)
    if word == "ask":
        tell("here free" if how == "nobody-there" else "here")
        continue
    if word == "renew":
        if how == "nobody-there":
            tell("ended start renewed")
        continue
    tell("shown" if word == "show" else rest)
"""


class StoppedError(Exception):
    """The test is done."""


@dataclass
class Watched:
    """The supervisor in a thread of its own, and what it heard, in order."""

    supervisor: "WatchedSupervisor"
    thread: threading.Thread
    codes: list[int]

    def hear(self, wanted: str) -> VisitProcess:
        """Wait until a visit said this."""
        while True:
            visit, line = self.supervisor.heard.get(timeout=PATIENCE_S)
            if line == wanted:
                return visit

    @property
    def shown(self) -> VisitProcess:
        visit = self.supervisor._shown
        assert visit is not None
        return visit

    @property
    def warm(self) -> VisitProcess | None:
        return self.supervisor._warm

    def stop(self) -> None:
        self.supervisor._lines.put((self.shown, "stop"))
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive()


def wait_for(holds: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends_at
        threading.Event().wait(0.02)


class ToldManager(ServiceManager):
    def __init__(self, told: list[str]) -> None:
        super().__init__({})
        self._told = told

    def tell(self, word: str) -> None:
        self._told.append(word)


class SaidInUse(InUse):
    def __init__(self) -> None:
        super().__init__(Path())
        self.said: list[bool] = []

    def tell(self, *, is_in_use: bool) -> None:
        self.said.append(is_in_use)


class WatchedSupervisor(Supervisor):
    def __init__(self, command: list[str]) -> None:
        self.first_shown = 0
        self.told: list[str] = []
        super().__init__(command, ToldManager(self.told))
        self.heard: queue.SimpleQueue[tuple[VisitProcess, str]] = queue.SimpleQueue()
        self.spawned: list[VisitProcess] = []

    def count(self) -> None:
        self.first_shown += 1

    def _spawn(self, show: str) -> VisitProcess:
        visit = super()._spawn(show)
        self.spawned.append(visit)
        return visit

    def _on_line(self, visit: VisitProcess, line: str) -> None:
        if line == "stop":
            raise StoppedError
        super()._on_line(visit, line)
        self.heard.put((visit, line))


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[list[Watched]]:
    started: list[Watched] = []
    yield started
    for watched in started:
        if watched.thread.is_alive():
            watched.stop()
        for visit in watched.supervisor.spawned:
            visit.process.wait(PATIENCE_S)
            for pipe in (visit.process.stdin, visit.process.stdout):
                if pipe is not None:
                    pipe.close()


def begin(watch: list[Watched], how: str = "lives", data_dir: Path | None = None) -> Watched:
    supervisor = WatchedSupervisor([sys.executable, "-c", VISIT, how])
    supervisor._in_use = SaidInUse()
    if data_dir is not None:
        supervisor.begin()
        supervisor.take_places(data_dir, frozenset())
    codes: list[int] = []

    def run() -> None:
        try:
            codes.append(supervisor.run(supervisor.count))
        except StoppedError:
            return

    thread = threading.Thread(target=run)
    watched = Watched(supervisor, thread, codes)
    watch.append(watched)
    thread.start()
    return watched


def begin_with_a_warm_one(watch: list[Watched], how: str = "lives") -> tuple[Watched, VisitProcess, VisitProcess]:
    watched = begin(watch, how)
    first = watched.hear("shown")
    warm = watched.hear("ready")
    assert warm is watched.warm
    return watched, first, warm


def test_shows_one_visit_and_keeps_one_warm(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)

    assert first is watched.shown
    assert warm.was_told == []
    assert watched.supervisor.first_shown == 1


@pytest.mark.parametrize("place", ["start", "neutral"])
def test_shows_the_warm_one_when_the_visit_ends(watch: list[Watched], place: str) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    first.tell(f"say ended {place}")

    assert watched.hear("shown") is warm
    assert warm.was_told[0] == f"show {place}"
    assert first.process.wait(PATIENCE_S) == 0
    assert watched.hear("ready") is watched.warm
    assert watched.supervisor.first_shown == 1


def test_shows_the_start_screen_when_the_visit_is_killed(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    os.kill(first.process.pid, signal.SIGKILL)

    assert watched.hear("shown") is warm
    assert warm.was_told[0] == "show start"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a process is stopped")
def test_shows_the_start_screen_within_five_seconds_when_the_visit_is_stopped(
    watch: list[Watched], capfd: pytest.CaptureFixture[str]
) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    watched.hear("here")
    os.kill(first.process.pid, signal.SIGSTOP)
    stopped_at = time.monotonic()

    assert watched.hear("shown") is warm
    assert time.monotonic() - stopped_at < 5.0
    assert warm.was_told[0] == "show start"
    assert "it does not answer" in capfd.readouterr().err


def test_tells_the_service_manager_when_the_window_stands_answers_and_goes(watch: list[Watched]) -> None:
    watched, _first, _warm = begin_with_a_warm_one(watch)
    told = watched.supervisor.told
    watched.hear("here")
    watched.hear("here")
    watched.stop()

    ready = told.index("READY=1")
    assert set(told[:ready]) <= {LONGER}
    assert set(told[ready + 1 : -1]) == {"WATCHDOG=1"}
    assert told[-1] == "STOPPING=1"


def test_asks_the_service_manager_to_wait_while_the_first_window_starts(watch: list[Watched]) -> None:
    watched = begin(watch, "starts-and-starts")
    wait_for(lambda: watched.supervisor.told.count(LONGER) >= 2)

    assert set(watched.supervisor.told) == {LONGER}
    watched.stop()
    assert watched.supervisor.told[-1] == "STOPPING=1"


def test_does_not_let_the_service_manager_wait_when_windows_do_not_come(watch: list[Watched]) -> None:
    watched = begin(watch, "starts-and-starts")
    wait_for(lambda: LONGER in watched.supervisor.told)
    watched.supervisor._pulse._lost = LOST_IN_A_ROW
    told = len(watched.supervisor.told)
    asked = watched.supervisor._pulse._unanswered
    wait_for(lambda: watched.supervisor._pulse._unanswered >= asked + 2)

    assert len(watched.supervisor.told) <= told + 1
    watched.stop()


def test_makes_another_when_the_warm_one_is_killed(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    os.kill(warm.process.pid, signal.SIGKILL)
    again = watched.hear("ready")

    assert again is watched.warm
    assert again is not warm
    assert watched.shown is first
    assert first.was_told == []


def test_ends_with_1_when_no_visit_can_be_shown(watch: list[Watched], capfd: pytest.CaptureFixture[str]) -> None:
    watched = begin(watch, "dies")
    watched.thread.join(PATIENCE_S)

    assert watched.codes == [1]
    assert len(watched.supervisor.spawned) == DIES_TOO_OFTEN
    assert "loket: window:" in capfd.readouterr().err


def test_leaves_the_visitor_in_peace_when_no_warm_one_can_be_made(watch: list[Watched]) -> None:
    watched = begin(watch, "warm-dies")
    first = watched.hear("shown")
    for _ in range(DIES_TOO_OFTEN):
        watched.hear("")

    assert watched.warm is None
    assert watched.shown is first
    assert first.process.poll() is None
    first.tell("say ended start")
    assert watched.hear("shown") is watched.shown
    assert watched.shown is not first


def test_starts_another_when_the_warm_one_dies_as_it_is_shown(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch, "dies-when-shown")
    first.tell("say ended start")

    assert watched.hear("") is warm
    assert watched.hear("shown") is watched.shown
    assert first.process.wait(PATIENCE_S) == 0


def test_ends_every_visit_when_it_ends_itself(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    watched.stop()

    assert first.process.wait(PATIENCE_S) == 0
    assert warm.process.wait(PATIENCE_S) == 0


def test_listens_to_the_visit_on_the_screen_only(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    warm.tell("say ended neutral")
    watched.hear("ended neutral")

    assert watched.shown is first
    assert first.was_told == []


def test_says_what_is_wrong_with_the_settings_and_leaves_no_visit(tmp_path: Path) -> None:
    settings = tmp_path / "loket.toml"
    settings.write_text("[kiosk]\nnonsense = 3\n", encoding="utf-8")
    command = [sys.executable, "main.py", "kiosk", "--config", str(settings)]
    root = Path(__file__).parents[2]

    # Its output closes only when the visit that was begun is gone too.
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    assert ended.returncode == 1
    assert "nonsense" in ended.stderr


def test_shows_the_staffs_page_when_a_visit_ended_for_it(watch: list[Watched]) -> None:
    watched, first, warm = begin_with_a_warm_one(watch)
    first.tell("say ended staff gone")
    watched.hear("ended staff gone")
    watched.hear("shown")
    assert warm.was_told[0] == "show staff"
    assert watched.shown is warm


def test_ends_with_all_visits_when_it_closed_loket(watch: list[Watched]) -> None:
    watched, first, _ = begin_with_a_warm_one(watch)
    first.tell("say ended closed gone")
    watched.thread.join(PATIENCE_S)
    assert watched.codes == [0]
    assert all(visit.process.wait(PATIENCE_S) is not None for visit in watched.supervisor.spawned)


def test_ends_to_begin_again_without_telling_that_it_stops(watch: list[Watched]) -> None:
    watched, first, _ = begin_with_a_warm_one(watch)
    first.tell("say ended again gone")
    watched.thread.join(PATIENCE_S)
    assert watched.codes == [0]
    assert watched.supervisor.is_wanted_again
    assert "STOPPING=1" not in watched.supervisor.told
    assert all(visit.process.wait(PATIENCE_S) is not None for visit in watched.supervisor.spawned)


def test_is_a_new_loket_in_the_same_process(tmp_path: Path) -> None:
    program = tmp_path / "again.py"
    program.write_text(
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from commands.kiosk import _begin_again\n"
        "from commands.service_manager import ServiceManager\n"
        "print(os.getpid(), os.environ.get('NOTIFY_SOCKET'), flush=True)\n"
        "if 'BEEN' not in os.environ:\n"
        "    os.environ['BEEN'] = 'yes'\n"
        "    _begin_again(ServiceManager())\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "NOTIFY_SOCKET": "@nobody"}
    said = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    first, second = said.stdout.splitlines()
    assert first == second
    assert first.endswith(" @nobody")


def test_is_not_closed_by_a_visit_that_is_not_on_the_screen(watch: list[Watched]) -> None:
    watched, _, warm = begin_with_a_warm_one(watch)
    warm.tell("say ended closed gone")
    watched.hear("ended closed gone")
    assert watched.thread.is_alive()


def put_in_force(folder: Path) -> None:
    pointer = folder / "content" / "in-force.json"
    pointer.parent.mkdir(exist_ok=True)
    pointer.write_text('{"serials": [5]}')


def test_makes_the_warm_visit_anew_when_other_content_is_put_in_force(watch: list[Watched], tmp_path: Path) -> None:
    watched, shown, before = begin_with_a_warm_one(watch)
    watched.supervisor.take_places(tmp_path, frozenset())
    put_in_force(tmp_path)

    after = watched.hear("ready")
    watched.hear("here")
    watched.hear("here")

    assert after is not before
    assert watched.shown is shown
    assert watched.warm is after
    assert before.process.wait(PATIENCE_S) is not None


def test_a_start_screen_where_nobody_is_gives_way_to_new_content(watch: list[Watched], tmp_path: Path) -> None:
    watched, shown, before = begin_with_a_warm_one(watch, "nobody-there")
    watched.supervisor.take_places(tmp_path, frozenset())
    put_in_force(tmp_path)

    after = watched.hear("ready")
    assert watched.hear("ended start renewed") is shown
    assert watched.hear("shown") is after
    assert after is watched.shown
    assert before.process.wait(PATIENCE_S) == shown.process.wait(PATIENCE_S) == 0
    assert after.was_told[0] == "show start"
    watched.hear("here free")
    watched.hear("here free")
    assert "renew" not in after.was_told
    assert shown.was_told.count("renew") == 1


def test_content_that_lay_there_at_the_start_moves_no_window(watch: list[Watched], tmp_path: Path) -> None:
    put_in_force(tmp_path)
    watched = begin(watch, "nobody-there", tmp_path)
    first = watched.hear("shown")
    warm = watched.hear("ready")
    watched.hear("here free")
    watched.hear("here free")

    assert watched.shown is first
    assert watched.warm is warm
    assert "renew" not in first.was_told


@pytest.mark.parametrize(("how", "is_in_use"), [("lives", True), ("nobody-there", False)])
def test_tells_the_machine_whether_somebody_is_there_and_nothing_once_it_ends(
    watch: list[Watched], how: str, is_in_use: bool
) -> None:
    watched = begin(watch, how)
    watched.hear("here" if is_in_use else "here free")
    in_use = watched.supervisor._in_use
    assert isinstance(in_use, SaidInUse)
    assert set(in_use.said) == {is_in_use}
    watched.stop()
    assert in_use.said[-1] is False
