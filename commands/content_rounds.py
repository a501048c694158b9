# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at night whether a newer content package lies where the settings say, and installs it by itself.

What is refused is told once by its slug, and the device goes on with what it has. An older package is no news: only
`loket content rollback` goes back.
"""

from __future__ import annotations

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
_MOST = 50


class ContentRounds:
    """Looks after the content of one device."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._looked_on: date | None = None
        self._told = ""

    def round(self) -> None:
        """Look what is in force; once a night, look for a newer one."""
        standing = content_standing(self._settings)
        if standing is None:
            return
        self._tell(standing.trouble)
        now = self._clock.now().astimezone(HERE)
        folder = self._settings.content.look_in
        if folder is None or now.hour not in NIGHT or self._looked_on == now.date():
            return
        self._looked_on = now.date()
        self.take_newest(folder)

    def take_newest(self, folder: Path) -> int:
        """Install the newest package of a folder when it is newer than all that were here; give its serial, or 0."""
        # Not at the top: the checks of content are for the night.
        from commands.content_package import install

        try:
            found = newest(self._settings, folder)
            if found is None:
                return 0
            done = install(self._settings, found)
        except ExpectedError as error:
            self._tell(error)
            return 0
        take_content(self._settings)
        _log.warning(LogEvent.CONTENT_TAKEN, serial=done.manifest.serial)
        return done.manifest.serial

    def _tell(self, error: ExpectedError | None) -> None:
        slug = error.slug if error is not None else ""
        if slug and slug != self._told:
            _log.error(LogEvent.CONTENT_REFUSED, slug=Slug(slug))
        self._told = slug


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
