# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff's own way out of the real kiosk with its supervisor: a wrong PIN leads nowhere, the right one ends it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.joining import open_database
from commands.staff import book_on
from commands.system_clock import SystemClock
from domain.staff import Role
from sync.staff_book import STAFF, StaffFile
from tests.benchmarks.processes import HEIGHT, REPOSITORY, WIDTH, environment, x_server
from tests.faults.x_screen import XScreen

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("Xvfb", "xdotool")), reason="see deploy/apt-test.txt"
)

PIN, OTHER_PIN = "402917", "730164"
ON, CLOSE = f"mousemove {WIDTH - 200} {HEIGHT - 50} click 1", f"mousemove {WIDTH - 250} 293 click 1"
_PATIENCE_S = 30.0


class Hands:
    """Types and clicks at a kiosk, and waits for what the screen, the store or the process tells."""

    def __init__(self, surroundings: dict[str, str], screen: XScreen, config: Path) -> None:
        self._surroundings = surroundings
        self._screen = screen
        self._config = config

    def do(self, words: str) -> None:
        """Do this with xdotool."""
        subprocess.run(["xdotool", *words.split()], env=self._surroundings, check=True, timeout=20)

    def sign_in(self, pin: str) -> None:
        """Fill in the staff's page."""
        self.do("type 10")
        self.do(f"key Tab type {pin}")
        self.do(ON)

    @property
    def top(self) -> int:
        """Give the window that covers the screen; 0 for none."""
        seen = self._screen.windows()
        return seen[-1].id if seen and seen[-1].covers(WIDTH, HEIGHT) else 0

    def events(self) -> list[str]:
        """Give what the audit log tells of the staff."""
        with closing(open_database(load_settings(self._config))) as database:
            rows = database.rows("SELECT event FROM audit_log WHERE event LIKE 'staff-%' ORDER BY number")
        return [row["event"] for row in rows]

    def wrong_tries(self) -> int:
        """Give how many wrong tries are written down for the kiosk."""
        with closing(StaffFile(self._config.parent / "data" / STAFF)) as file:
            row = file.row("SELECT tries FROM tries WHERE subject = 'place:kiosk'")
        return 0 if row is None else int(row["tries"])

    @staticmethod
    def wait(wanted: str, holds: Callable[[], bool], each: Callable[[], None] = lambda: None) -> None:
        """Wait until something holds, doing `each` about once a second."""
        ends_at, looks = time.monotonic() + _PATIENCE_S, 0
        while not holds():
            assert time.monotonic() < ends_at, f"{wanted} did not come"
            if looks % 20 == 0:
                each()
            threading.Event().wait(0.05)
            looks += 1


@pytest.mark.timeout(150)
def test_ends_loket_for_it_with_the_right_pin_only(tmp_path: Path) -> None:
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    settings = load_settings(config)
    with closing(open_database(settings)), closing(StaffFile(tmp_path / "data" / STAFF)) as file:
        book_on(file, settings).add("Marja", Role.IT, PIN, SystemClock().now(), is_start_pin=False)
    with x_server() as display, closing(XScreen(display)) as screen:
        surroundings = environment(display, tmp_path, QT_QPA_PLATFORM="xcb")
        hands = Hands(surroundings, screen, config)
        command = [sys.executable, "main.py", "kiosk", "--simulate", "--config", str(config)]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=REPOSITORY, env=surroundings, stdout=quiet, stderr=quiet) as kiosk:
            try:
                hands.wait("the kiosk", lambda: bool(hands.top))
                visit = hands.top
                hands.wait("the staff's page", lambda: hands.top != visit, lambda: hands.do("key ctrl+alt+Home"))
                hands.wait("a wrong try", lambda: hands.wrong_tries() == 1, _once(lambda: hands.sign_in(OTHER_PIN)))
                hands.do(CLOSE)
                assert hands.events() == ["staff-added"]
                assert kiosk.poll() is None
                hands.wait("the menu", lambda: "staff-signed-in" in hands.events(), _once(lambda: hands.sign_in(PIN)))
                hands.wait("the end", lambda: kiosk.poll() is not None, lambda: hands.do(CLOSE))
                assert kiosk.returncode == 0
            finally:
                kiosk.kill()
    assert hands.events() == ["staff-added", "staff-signed-in", "staff-signed-out-kiosk"]


def _once(act: Callable[[], None]) -> Callable[[], None]:
    left = [act]

    def acted() -> None:
        if left:
            left.pop()()

    return acted
