# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forty ways out of the window, each tried with real keys and a real mouse under a window manager: none works (I02)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.processes import HEIGHT, WIDTH, environment, x_server
from tests.faults.figures import count
from tests.faults.x_screen import XScreen

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("Xvfb", "openbox", "xdotool")), reason="see deploy/apt-test.txt"
)

PLANTED = "planted-on-the-clipboard"
_PLANTER = f"""
import sys
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication(sys.argv)
for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
    app.clipboard().setText({PLANTED!r}, mode)
print("planted", flush=True)
app.exec()
"""
_MIDDLE = (WIDTH // 2, HEIGHT // 2)
_PATIENCE_S = 20.0
_LOOKS = 20  # in about a second


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way out: what is done with xdotool, a call each. `may_walk`: a key of Loket, which may show another page."""

    name: str
    acts: tuple[str, ...] = ()
    may_walk: bool = False
    by_program: str = ""  # a verb of `XScreen`, which xdotool has not


def _keys(name: str, *keys: str, may_walk: bool = False) -> Attempt:
    return Attempt(name, tuple(f"key {key}" for key in keys), may_walk)


def _at(place: tuple[int, int], *acts: str) -> tuple[str, ...]:
    return (f"mousemove {place[0]} {place[1]}", *acts)


_LETTERS = "qwertyuiopasdfghjklz"
ATTEMPTS = (
    _keys("close the window", "alt+F4"),
    _keys("close from the menu of the window", "alt+space", "c"),
    _keys("put away from the menu of the window", "alt+space", "n"),
    _keys("move from the menu of the window", "alt+space", "m", "Left", "Left", "Return", may_walk=True),
    _keys("take the frame from the menu of the window", "alt+space", "d"),
    _keys("send to another desktop from the menu of the window", "alt+space", "s", "2"),
    _keys("go to another window", "alt+Tab", "alt+Tab"),
    _keys("go to another window backwards", "alt+shift+Tab"),
    _keys("drop behind all windows", "alt+Escape"),
    _keys("go to another desktop", "ctrl+alt+Right"),
    _keys("go to another desktop by number", "super+F2"),
    _keys("show the desktop", "super+d"),
    _keys("open the files", "super+e"),
    _keys("lock the screen", "super+l"),
    _keys("open the menu of the system", "super", "Super_R"),
    _keys("go to the task manager", "ctrl+alt+Delete", "ctrl+shift+Escape"),
    _keys("end the screen", "ctrl+alt+BackSpace"),
    _keys("go to a terminal", "ctrl+alt+t", "ctrl+alt+F2"),
    _keys("end the program", "ctrl+q", "ctrl+w", "ctrl+F4"),
    _keys("end the program as in a terminal", "ctrl+c", "ctrl+z", "ctrl+d", "ctrl+backslash"),
    _keys("print", "ctrl+p", "ctrl+shift+p"),
    _keys("open a file", "ctrl+o", "ctrl+n", "ctrl+t"),
    _keys("keep as a file", "ctrl+s", "ctrl+shift+s"),
    _keys("leave the whole screen", "F11", "alt+Return", "ctrl+shift+f"),
    _keys("open the tools of a developer", "F12", "ctrl+shift+i", "ctrl+u"),
    _keys("ask what this is", "shift+F1"),
    _keys("open the menu of a field", "shift+F10", "Menu"),
    _keys("make a picture of the screen", "Print", "alt+Print", "shift+Print"),
    _keys("copy what was typed", "ctrl+a", "ctrl+c", "ctrl+Insert", "ctrl+x", "shift+Delete"),
    _keys("paste what another left", "ctrl+v", "shift+Insert", "ctrl+y", "ctrl+shift+v"),
    _keys("type a sign by its number", "ctrl+shift+u", "0", "0", "4", "1", "Return", may_walk=True),
    _keys("compose and change the way of typing", "Multi_key", "ctrl+space", "super+space", "alt+shift"),
    _keys("zoom", "ctrl+plus", "ctrl+minus", "ctrl+0"),
    _keys("call the keys of media and mail", "XF86HomePage", "XF86Mail", "XF86Calculator", "XF86Search", "XF86WWW"),
    _keys("go back very often", *("Escape",) * 12, may_walk=True),
    Attempt("click right", _at(_MIDDLE, "click 3", "click 3")),
    Attempt("click right in a corner", _at((WIDTH - 1, HEIGHT - 1), "click 3")),
    Attempt("paste with the middle button", _at((400, 330), "click 1", "click 2"), may_walk=True),
    Attempt("click with the buttons at the side", _at(_MIDDLE, "click 8", "click 9", "click 8")),
    Attempt("zoom with the wheel", _at(_MIDDLE, "keydown ctrl", "click 4", "click 5", "keyup ctrl")),
    Attempt("drag the window", _at(_MIDDLE, "keydown alt", "mousedown 1", "mousemove 50 50", "mouseup 1", "keyup alt")),
    Attempt("drag from the edge", _at((2, 2), "mousedown 1", "mousemove 700 500", "mouseup 1")),
    Attempt(
        "hold the corner of the staff and go on without a PIN",
        _at((40, 80), "mousedown 1", "sleep 5.4", "mouseup 1", "key Return"),
    ),
    Attempt("press twenty keys at once", tuple(f"{act} {key}" for act in ("keydown", "keyup") for key in _LETTERS)),
    Attempt(
        "hold the modifiers and press them all",
        (
            *(f"keydown {key}" for key in ("ctrl", "alt", "shift", "super")),
            *(f"key {key}" for key in ("a", "F4", "Tab", "space", "Delete", "Escape")),
            *(f"keyup {key}" for key in ("super", "shift", "alt", "ctrl")),
        ),
    ),
    Attempt("close by another program", by_program="ask_to_close"),
    Attempt("put away by another program", ("windowminimize {window}",)),
    Attempt("make smaller by another program", ("windowsize {window} 400 300",)),
    Attempt("move away by another program", ("windowmove {window} 600 400",)),
    Attempt("lower by another program", by_program="lower"),
)


class Kiosk:
    """A visit on a screen of its own, beside a window manager, and hands that try to leave it."""

    def __init__(self, folder: Path, display: str) -> None:
        self._surroundings = environment(display, folder, QT_QPA_PLATFORM="xcb", XDG_CONFIG_HOME=str(folder / "config"))
        self.lines: list[str] = []
        self._stack = ExitStack()
        self.screen = XScreen(display)
        self._stack.callback(self.screen.close)
        self._folder = folder

    def begin(self) -> None:
        """Bring window manager, clipboard and visit to the screen."""
        folder = self._folder
        self._start("openbox", "--sm-disable")
        self._wait("a window manager", self._has_manager)
        planter = self._start(sys.executable, "-c", _PLANTER, stdout=subprocess.PIPE)
        assert planter.stdout is not None
        assert planter.stdout.readline() == "planted\n"
        self.empty = len(self.screen.windows())
        config = folder / "loket.toml"
        config.write_text(f'[device]\ndata_dir = "{folder / "data"}"\n', encoding="utf-8")
        self.process = self._start(
            sys.executable,
            "-m",
            "tests.faults.escaping",
            str(config),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        self._wait("the question", lambda: "view status" in self.lines)
        self._wait("the whole screen", lambda: not self.faults())
        self.window = self.screen.windows()[-1].id
        self.owners = self._owners()

    def _start(self, *command: str, **more: object) -> subprocess.Popen[str]:
        kept = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
        process = subprocess.Popen(command, env=self._surroundings, text=True, **kept)  # type: ignore[call-overload]
        self._stack.callback(self._end, process)
        started: subprocess.Popen[str] = process
        return started

    @staticmethod
    def _end(process: subprocess.Popen[str]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _has_manager(self) -> bool:
        return (
            subprocess.run(
                ["xdotool", "get_num_desktops"], env=self._surroundings, capture_output=True, check=False
            ).returncode
            == 0
        )

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def _wait(self, wanted: str, holds: Callable[[], bool]) -> None:
        ends_at = time.monotonic() + _PATIENCE_S
        while not holds():
            assert time.monotonic() < ends_at, f"{wanted} did not come: {self.faults()} {self.lines[-3:]}"
            threading.Event().wait(0.05)

    def _owners(self) -> tuple[int, int]:
        return self.screen.owner("CLIPBOARD"), self.screen.owner("PRIMARY")

    @property
    def view(self) -> str:
        """Give the page of now."""
        return next((line for line in reversed(self.lines) if line.startswith("view ")), "")

    def faults(self) -> list[str]:
        """Give what is not as it was: nothing, when nobody got out."""
        seen = self.screen.windows()
        found = []
        if self.process.poll() is not None:
            found.append("the process is gone")
        if any(line.startswith("ended") for line in self.lines):
            found.append("the visit ended")
        if not seen or not seen[-1].covers(WIDTH, HEIGHT):
            found.append("something stands before the window, or it does not cover the screen")
        if len(seen) != self.empty + 1:
            found.append(f"there are {len(seen) - self.empty} windows")
        if any(PLANTED in line for line in self.lines):
            found.append("what another left was pasted")
        return found

    def do(self, attempt: Attempt) -> list[str]:
        """Try it, and give what it brought about; what is put right within a moment counts as nothing."""
        before = self.view
        if attempt.by_program:
            getattr(self.screen, attempt.by_program)(self.window)
        words = " ".join(act.format(window=self.window) for act in attempt.acts).split()
        done = subprocess.run(
            ["xdotool", *(words or ["sleep", "0"])],
            env=self._surroundings,
            check=False,
            capture_output=True,
            text=True,
            timeout=20,
        )
        assert (done.returncode, done.stderr) == (0, ""), f"{attempt.name} was not tried: {done.stderr}"
        is_right = threading.Event()
        found, looks = self.faults(), 0
        while looks < _LOOKS and (found or not looks):
            is_right.wait(0.06)
            found, looks = self.faults(), looks + 1
        if self._owners() != self.owners:
            found.append("something was put on a clipboard")
        if self.screen.windows()[-1:] and self.screen.windows()[-1].id != self.window:
            found.append("it is another window")
        if not attempt.may_walk and self.view != before:
            found.append(f"{before} became {self.view}")
        return found

    def close(self) -> None:
        """End all of it."""
        self._stack.close()


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with x_server() as display:
        kiosk = Kiosk(tmp_path, display)
        try:
            kiosk.begin()
            yield kiosk
        finally:
            kiosk.close()


def test_names_at_least_forty_ways_out_each_once() -> None:
    assert len({attempt.name for attempt in ATTEMPTS}) == len(ATTEMPTS) >= 40


@pytest.mark.timeout(120)
def test_keeps_the_visitor_inside_whatever_way_out_is_tried(kiosk: Kiosk) -> None:
    out = {attempt.name: found for attempt in ATTEMPTS if (found := kiosk.do(attempt))}
    assert not out
    assert any(line.startswith("typed ") for line in kiosk.lines), "no key came through at all: nothing was tried"
    count(ways_out_tried=len(ATTEMPTS), ways_out_that_worked=len(out))
