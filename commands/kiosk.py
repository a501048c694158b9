# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket kiosk`: the supervisor.

One visit on the screen, one warm behind it; a visit is a process, and ending it ends all of it.

No Qt here and nothing of a visitor: it only starts processes and passes on who is to be shown.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from commands.cli import FINE, PROBLEM
from commands.content_mark import NO_MARK, content_mark
from commands.in_use import InUse
from commands.out_of_service import take_out_of_service
from commands.pulse import EVERY_S, Pulse
from commands.service_manager import LONGER, READY, STOPPING, WELL, ServiceManager
from commands.visit_traces import (
    clear_abandoned,
    family,
    media_folders,
    new_temp_folder,
    outlives,
    temp_home,
    traces_of,
)

if TYPE_CHECKING:
    from commands.sync_beside import SyncBeside
    from domain.settings import Settings

START = "start"
NEUTRAL = "neutral"
AGAIN = "again"  # somebody of IT signed in and started Loket again
CLOSED = "closed"  # somebody of IT signed in and closed Loket
RESTED = "rested"
CLEARED = "cleared"  # to the visit on the screen: what is true now of the one before
TRACES = "traces"
ASK, HERE, FREE = "ask", "here", "free"  # each second, to and from the visit on the screen
RENEW = "renew"  # to the visit on the screen: give way to the one behind, if nobody is there
MAIN = Path(__file__).resolve().parent.parent / "main.py"
DIES_TOO_OFTEN = 5  # visits in a row that ended before they stood on the screen
STOP_TIMEOUT_S = 5.0
REST_S = 0.3  # between a visit that has just been shown and the start of the warm one behind it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--simulate", action="store_true", help="simulate printer and reader, and say so on the screen")
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")
    parser.add_argument(
        "--no-sync", action="store_true", help="the sync service is a service of its own here, of another user"
    )
    parser.add_argument(
        "--tied", action="store_true", help="end when what started it is gone (its standard input closes)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Keep a visit on the screen until told to stop."""
    options = ["--config", str(arguments.config)] if arguments.config else []
    if arguments.simulate:
        options.append("--simulate")
    if arguments.windowed:
        options.append("--windowed")
    # A service manager says stop with a signal; what runs beside and behind ends with us.
    signal.signal(signal.SIGTERM, _on_sigterm)
    if arguments.tied:
        threading.Thread(target=_end_with_parent, name="loket-tied", daemon=True).start()
    manager = ServiceManager()
    supervisor = Supervisor(visit_command(options), manager)
    # The window before all else, and the sync service only when it stands: they take each other's processor.
    supervisor.begin()
    try:
        from commands.configuration import load_settings

        settings = load_settings(arguments.config)
        supervisor.take_places(settings.device.data_dir, media_folders(settings))
        has_none = arguments.no_sync or _is_anothers(settings)  # the owner of a shared folder sends
        beside = None if has_none else _sync_beside(settings, arguments.config)
    except BaseException:
        supervisor.give_up()
        raise
    try:
        code = supervisor.run(on_first_shown=beside.start if beside is not None else _nothing)
    except KeyboardInterrupt:
        return FINE
    finally:
        if beside is not None:
            beside.stop()
    if supervisor.is_wanted_again:
        _begin_again(manager)
    return code


def _begin_again(manager: ServiceManager) -> NoReturn:
    """Be a new Loket in this same process: whoever started it need not know, and settings are read anew."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, sys.orig_argv, {**os.environ, **manager.environment})  # noqa: S606  our own command line


def _nothing() -> None:
    """Start nothing beside the window."""


def _is_anothers(settings: Settings) -> bool:
    """Tell whether another user has the service of this data folder."""
    from commands.joining import data_dir
    from sync.shared_folder import is_anothers

    return is_anothers(data_dir(settings))


def _sync_beside(settings: Settings, config: Path | None) -> SyncBeside:
    """Make the sync service ready to start."""
    from commands.sync_beside import SyncBeside as Beside

    options = ["--config", str(config)] if config else []
    if not settings.sync.is_configured:
        options.append("--practice")
    return Beside([sys.executable, str(MAIN), "sync", *options])


def _on_sigterm(_number: int, _frame: object) -> None:
    # A second one must not break off the ending of the visits.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    # Not through `sys.stdin`: Python dies noisily when it ends while a thread holds that.
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def visit_command(options: list[str]) -> list[str]:
    """Give what starts one visit."""
    return [sys.executable, str(MAIN), "visit", *options]


@dataclass(slots=True, eq=False)
class VisitProcess:
    """One visit: a child that is told what to show and tells when it is ready, shown or ended."""

    process: subprocess.Popen[str]
    temp: Path
    since: float = field(default_factory=time.time)
    content: tuple[int, int] = NO_MARK  # the mark of the content it began with
    is_shown: bool = False
    is_ready: bool = False  # to be shown
    has_come: threading.Event = field(default_factory=threading.Event)  # it stands on the screen, or never will
    was_told: list[str] = field(default_factory=list)

    def tell(self, word: str) -> None:
        """Send one line; a child that is gone is noticed by its own silence."""
        self.was_told.append(word)
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.write(word + "\n")
                self.process.stdin.flush()

    def ask(self) -> None:
        """Ask whether it is still there; one that reads nothing any more is not waited for."""
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.write(ASK + "\n")
                self.process.stdin.flush()

    def end(self) -> None:
        """End the process: politely, then not."""
        if self.process.stdin is not None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Supervisor:
    """Keeps one visit shown and one warm. Lives in the main thread; a thread a child passes on its lines."""

    def __init__(self, command: list[str], manager: ServiceManager | None = None) -> None:
        self._command = command
        self._manager = manager or ServiceManager({})
        self._pulse = Pulse()
        self._in_use = InUse(temp_home())
        self._is_ready = False
        self._is_over = threading.Event()
        self._on_first_shown: Callable[[], None] | None = None
        self.data_dir: Path | None = None  # known once the settings are read
        self.apart: frozenset[Path] = frozenset()  # within it: where pictures and clips belong
        self._lines: queue.SimpleQueue[tuple[VisitProcess | None, str]] = queue.SimpleQueue()
        self._shown: VisitProcess | None = None
        self._warm: VisitProcess | None = None
        self._died_early = 0
        self._is_hopeless = False
        self._is_closed = False
        self.is_wanted_again = False

    def begin(self) -> None:
        """Start the first visit; what it tells waits until `run`."""
        clear_abandoned()  # after a crash or a power cut of the supervisor
        self._shown = self._spawn(START)

    def take_places(self, data_dir: Path | None, apart: frozenset[Path]) -> None:
        """Know where the data lies; the first visit read the same settings, so it has the content of now."""
        self.data_dir, self.apart = data_dir, apart
        if self._shown is not None:
            self._shown.content = self._content_mark()

    def give_up(self) -> None:
        """End the first visit before it says for itself what keeps it from the screen."""
        if self._shown is not None:
            self._shown.process.kill()
        self.end()

    def end(self) -> None:
        """End every visit."""
        for left in (self._shown, self._warm):
            if left is not None:
                left.end()
                traces_of(left.temp, None, left.since)
        self._shown = self._warm = None

    def run(self, on_first_shown: Callable[[], None] = lambda: None) -> int:
        """Run until interrupted; give 1 when window after window dies before it stands on the screen."""
        self._on_first_shown = on_first_shown
        if self._shown is None:
            self.begin()
        threading.Thread(target=self._count_seconds, name="loket-pulse", daemon=True).start()
        try:
            while not (self._is_hopeless or self._is_closed):
                visit, line = self._lines.get()
                if visit is None:
                    self._ask()
                    self._renew()
                else:
                    self._on_line(visit, line)
        finally:
            self._is_over.set()
            self._in_use.tell(is_in_use=False)
            if not self.is_wanted_again:
                self._manager.tell(STOPPING)
            self.end()
        if self._is_closed:
            return FINE
        print(
            "loket: window: it ends before it can be shown -> run `loket doctor`, see the lines above", file=sys.stderr
        )
        return PROBLEM

    def _count_seconds(self) -> None:
        while not self._is_over.wait(EVERY_S):
            self._lines.put((None, ASK))

    def _ask(self) -> None:
        """Ask the visit on the screen whether it is there; end one that is beyond waiting for, and show the next."""
        visit = self._shown
        if visit is None or visit.process.poll() is not None:
            return  # its output closes, and that tells
        if self._pulse.asked(visit.process.pid):
            print("loket: window: it does not answer -> it is ended, and another is shown", file=sys.stderr)
            visit.process.kill()
        elif visit.is_shown:
            visit.ask()
        if self._pulse.is_in_hand:
            # We see to windows, so a slow one is no reason to begin everything anew; two that never came are.
            self._manager.tell(WELL if self._is_ready else LONGER)

    def _renew(self) -> None:
        """Let the next visit have the content in force, and a start screen where nobody is give way to it."""
        mark, shown = self._content_mark(), self._shown
        if self._warm is None:
            return
        if self._warm.content == mark:
            if shown is not None and shown.content != mark and self._warm.is_ready:
                shown.tell(RENEW)
            return
        old, self._warm = self._warm, self._spawn("")
        threading.Thread(target=self._end_unseen, args=(old,), daemon=True).start()

    @staticmethod
    def _end_unseen(visit: VisitProcess) -> None:
        visit.end()
        traces_of(visit.temp, None, visit.since)

    def _content_mark(self) -> tuple[int, int]:
        return content_mark(self.data_dir)

    def _on_line(self, visit: VisitProcess, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == HERE:
            if self._pulse.answered(visit.process.pid):
                # Not when it was painted: on a slow machine it has its hands full for a while after that.
                if not self._is_ready:
                    self._manager.tell(READY)
                self._is_ready = True
                self._in_use.tell(is_in_use=rest != FREE)
        elif word == "ready":
            visit.is_ready = True
        elif word == "shown":
            visit.is_shown = True
            visit.has_come.set()
            self._died_early = 0
            if self._on_first_shown is not None:
                self._on_first_shown()
                self._on_first_shown = None
            # Who has just come may tap at once: the next one starts a moment later.
            pause = threading.Timer(REST_S, self._lines.put, ((visit, RESTED),))
            pause.daemon = True
            pause.start()
        elif word == RESTED:
            if self._warm is None:
                self._warm = self._spawn("")
        elif word == "ended" and visit is self._shown and rest.partition(" ")[0] == CLOSED:
            self._is_closed = True
        elif word == "ended" and visit is self._shown and rest.partition(" ")[0] == AGAIN:
            self._is_closed = self.is_wanted_again = True
        elif word == "ended" and visit is self._shown:
            self._next_visit(rest)
        elif word == TRACES and visit is self._shown:
            visit.tell(f"{CLEARED} {rest}")
        elif word == "":  # its output closed: it is gone
            self._on_gone(visit)

    def _next_visit(self, ended: str) -> None:
        """Show the warm one; the one before ends when that stands: the screen is never empty.

        `ended` is where the next begins, and what may be said of this visit once it is gone.
        """
        begins_at, _, says = (ended or START).partition(" ")
        before, self._shown, self._warm = self._shown, self._warm, None
        if self._shown is None:
            self._shown = self._spawn(begins_at)
        else:
            self._shown.tell(f"show {begins_at}")
        if before is not None:
            says = "" if begins_at == NEUTRAL else says or "gone"  # after "Snel weg" nothing tells of a visit
            threading.Thread(target=self._end_after, args=(before, self._shown, says), daemon=True).start()

    def _end_after(self, visit: VisitProcess, other: VisitProcess, says: str) -> None:
        """End a visit when the other stands, take away what it left, and have the truth of it told."""
        other.has_come.wait(STOP_TIMEOUT_S)
        beside = family(visit.process.pid)
        visit.end()
        left = traces_of(visit.temp, self.data_dir, visit.since, self.apart)
        if outlives(beside):
            left = (*left, "processes")
        if left:
            print(f"loket: visit: something is left in: {', '.join(left)}", file=sys.stderr)
            if self.data_dir is not None:
                from commands.system_clock import SystemClock

                take_out_of_service(self.data_dir, left, SystemClock().now())
        self._lines.put((other, f"{TRACES} {'left' if left else says}"))

    def _on_gone(self, visit: VisitProcess) -> None:
        visit.has_come.set()
        if visit not in (self._shown, self._warm):
            return  # it was told to end
        if not visit.is_shown:
            self._died_early += 1
        may_try = self._died_early < DIES_TOO_OFTEN
        if visit is self._warm:
            visit.end()
            traces_of(visit.temp, None, visit.since)
            # Who is at the screen goes on; without a warm one the next visit only takes longer to come.
            self._warm = self._spawn("") if may_try else None
        elif may_try:
            self._next_visit(START)
        else:
            self._is_hopeless = True

    def _spawn(self, show: str) -> VisitProcess:
        temp, mark = new_temp_folder(), self._content_mark()
        process = subprocess.Popen(
            [*self._command, *(["--show", show] if show else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(temp)},
        )
        visit = VisitProcess(process, temp, content=mark)
        threading.Thread(target=self._listen, args=(visit,), daemon=True).start()
        return visit

    def _listen(self, visit: VisitProcess) -> None:
        if visit.process.stdout is not None:
            for line in visit.process.stdout:
                if line.strip():
                    self._lines.put((visit, line.strip()))
        self._lines.put((visit, ""))
