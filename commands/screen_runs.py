# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks all screens in every language, size and window, on several cores; gives the faults in a fixed order.

The walk is done once, before the processes part; each of them has a window of its own.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import product

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from commands.all_screens import ScreenWalk, Station
from commands.demo_case import SIZES
from commands.screen_check import faults_of
from commands.window_words import window_words
from i18n.texts import FOLDER, Texts
from kiosk.parts.look import DISTANCE_MM
from kiosk.view import Preferences, TextSize
from kiosk.window import KioskWindow
from resources.service_library import ServiceLibrary

CHUNK = 120  # screens that one process takes at a time

texts_of = cache(Texts)


@dataclass(frozen=True, slots=True)
class Setting:
    """In which language, letters and window a screen is looked at."""

    language: str
    size: str
    window: str


@dataclass(frozen=True, slots=True)
class ScreenFault:
    """What is wrong, and where to see it."""

    screen: str
    language: str
    size: str
    window: str
    part: str
    what: str

    def as_json(self) -> dict[str, str]:
        """Give it as the report writes it."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.screen} ({self.language}, {self.size} %, {self.window}) {self.part}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Task:
    setting: Setting
    first: int
    last: int


_stations: list[Station] = []


def languages_here() -> tuple[str, ...]:
    """Give the languages that have words: Dutch first, the rest in order."""
    found = sorted(path.stem for path in FOLDER.glob("*.po"))
    return ("nl", *(code for code in found if code != "nl"))


def find_stations(languages: Sequence[str] = ()) -> list[Station]:
    """Walk everywhere."""
    return ScreenWalk(ServiceLibrary.load(), texts_of, tuple(languages or languages_here())).go()


def all_settings(languages: Sequence[str], sizes: Sequence[str], windows: Sequence[str]) -> list[Setting]:
    """Give every combination."""
    return [Setting(*each) for each in product(languages, sizes, windows)]


def check_everywhere(
    stations: Sequence[Station],
    settings: Sequence[Setting],
    *,
    processes: int = 0,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[ScreenFault]:
    """Look at every screen in every setting."""
    _stations[:] = stations
    tasks = [
        _Task(setting, first, min(first + CHUNK, len(stations)))
        for setting in settings
        for first in range(0, len(stations), CHUNK)
    ]
    found: list[ScreenFault] = []
    # Forked, so that what was walked is there already; no Qt runs here before.
    with multiprocessing.get_context("fork").Pool(processes or os.cpu_count() or 1, _begin) as pool:
        for done, faults in enumerate(pool.imap(_check, tasks), start=1):
            found += faults
            tell(done, len(tasks))
    return found


def check_here(
    stations: Sequence[Station],
    setting: Setting,
    *,
    with_focus: bool = True,
    is_spaced: bool = False,
    is_low: bool = False,
    distance_mm: float = DISTANCE_MM,
) -> Iterator[ScreenFault]:
    """Look at these screens in one setting, in this process."""
    window = KioskWindow(lambda _event: None, words=window_words(texts_of), distance_mm=distance_mm)
    window.resize(*SIZES[setting.window])
    window.show()
    preferences = Preferences(
        language=setting.language, text_size=TextSize(setting.size), is_spaced=is_spaced, is_low=is_low
    )
    for station in stations:
        view = station.view(preferences, is_portrait=window.height() > window.width())
        window.show_view(view)
        for fault in faults_of(window, with_focus=with_focus):
            yield ScreenFault(view.name, setting.language, setting.size, setting.window, fault.part, fault.what)
    window.may_close = True
    window.close()
    window.deleteLater()
    # No event loop runs here, and without it no window would ever go.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _begin() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.nice(5)
    _apps.append(QApplication(["loket"]))


_apps: list[QApplication] = []


def _check(task: _Task) -> list[ScreenFault]:
    # Where the focus ring stands differs most where there is least room.
    with_focus = task.setting.size == TextSize.LARGEST.value or task.setting.language == "nl"
    return list(check_here(_stations[task.first : task.last], task.setting, with_focus=with_focus))
