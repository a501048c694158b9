# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The peer: a kiosk in Chromium, with a profile that is new each time, as a kiosk that keeps nothing must have it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import Popen

from tests.benchmarks.processes import HEIGHT, WIDTH, fresh, running

NAME = "Chromium kiosk"


def is_here() -> bool:
    return shutil.which("chromium") is not None


@contextlib.contextmanager
def browser(surroundings: Mapping[str, str], page: Path, folder: Path) -> Iterator[Popen[str]]:
    """Run it with a page."""
    command = [
        "chromium",
        "--kiosk",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        f"--user-data-dir={fresh(folder / 'profile')}",
        # There is no window manager that makes a window as large as the screen.
        f"--window-size={WIDTH},{HEIGHT}",
        "--window-position=0,0",
        page.as_uri(),
    ]
    with running(command, surroundings) as process:
        yield process
