# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at night whether a newer content package lies where the settings say, and installs it by itself.

What is refused is told once by its slug, and the device goes on with what it has. An older package is no news: only
`loket content rollback` goes back. Installing is a process of its own: its checks need what a sync service never does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from commands.content_in_force import content_shelf, content_standing, take_content
from domain.errors import ContentError, ExpectedError
from domain.log_line import LogEvent, Slug
from domain.ports import Clock
from domain.settings import Settings
from sync.event_log import EventLog

_log = EventLog("loket.content")
HERE = ZoneInfo("Europe/Amsterdam")
NIGHT = range(2, 5)
ENDING = ".loket"
MAIN = Path(__file__).resolve().parent.parent / "main.py"
LONGEST_S = 1800.0
_MOST = 50


class ContentRounds:
    """Looks after the content of one device."""

    def __init__(self, settings: Settings, clock: Clock, install: Callable[[Path], str]) -> None:
        """Begin; `install` gives the slug of what refused a package, empty when it is in force."""
        self._settings = settings
        self._clock = clock
        self._install = install
        self._looked_on: date | None = None
        self._told = ""

    def round(self) -> None:
        """Look what is in force; once a night, look for a newer one."""
        standing = content_standing(self._settings)
        if standing is None:
            return
        if standing.trouble is not None:
            self._tell(standing.trouble.slug)
        now = self._clock.now().astimezone(HERE)
        folder = self._settings.content.look_in
        if folder is None or now.hour not in NIGHT or self._looked_on == now.date():
            return
        self._looked_on = now.date()
        self.take_newest(folder)

    def take_newest(self, folder: Path) -> int:
        """Install the newest package of a folder when it is newer than all that were here; give its serial, or 0."""
        try:
            found = newest(self._settings, folder)
        except ExpectedError as error:
            self._tell(error.slug)
            return 0
        if found is None:
            return 0
        slug = self._install(found)
        if slug:
            self._tell(slug)
            return 0
        take_content(self._settings)
        standing = content_standing(self._settings)
        serial = standing.serial if standing is not None else 0
        _log.warning(LogEvent.CONTENT_TAKEN, serial=serial)
        return serial

    def _tell(self, slug: str) -> None:
        if slug and slug != self._told:
            _log.error(LogEvent.CONTENT_REFUSED, slug=Slug(slug))
        self._told = slug


def install_beside(config: Path | None, package: Path) -> str:
    """Install as a process of its own, behind everything else; give the slug of what refused it."""
    named = ["--config", str(config)] if config is not None else []
    nicely = ["nice", "-n", "15"] if sys.platform != "win32" else []
    try:
        done = subprocess.run(
            [*nicely, sys.executable, str(MAIN), "content", *named, "install", str(package)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ContentError.slug
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().rpartition("\n")[2].split(": ")
    return said[1] if len(said) > 2 and said[0] == "loket" else ContentError.slug


def newest(settings: Settings, folder: Path) -> Path | None:
    """Give the package with the highest serial that this device never took; None when there is none.

    Raises: ContentError of the first one that is refused, when no other is newer; SealingError.
    """
    from sync.content_archive import ArchiveReader
    from sync.content_seal import opened

    shelf = content_shelf(settings)
    serials = shelf.serials()
    best, last = None, max(shelf.taken().highest, *serials[:1], 0)
    trouble: ContentError | None = None
    for path in _packages(folder):
        try:
            with path.open("rb") as file:
                serial = opened(*ArchiveReader(file).opening(), shelf.key).serial
        except ContentError as error:
            trouble = trouble or error
        except OSError:
            continue
        else:
            if serial > last:
                best, last = path, serial
    if best is None and trouble is not None:
        raise trouble
    return best


def _packages(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(f"*{ENDING}") if path.is_file())[:_MOST]
    except OSError:
        return []
