# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Windows with one screen of each kind in them, for tests that ask the same of every screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from commands.all_screens import Station
from commands.screen_runs import texts_of
from commands.window_words import window_words
from kiosk.view import Event, Heading, Preferences, View
from kiosk.window import KioskWindow
from tests.stations import all_stations

LANDSCAPE = QSize(1366, 768)


def shape(view: View) -> tuple[str, ...]:
    """Give the kinds of parts of a screen."""
    return tuple(sorted({type(part).__name__ for part in view.parts}))


@cache
def one_of_each() -> tuple[Station, ...]:
    """Give one screen for each place of a visit and each set of kinds of parts."""
    found: dict[tuple[str, tuple[str, ...]], Station] = {}
    for station in all_stations():
        found.setdefault((station.spot, shape(station.view(Preferences()))), station)
    return tuple(found.values())


class Room:
    """A window, what it told, and a clock that stands still until it is moved."""

    def __init__(self, qtbot: QtBot, size: QSize = LANDSCAPE) -> None:
        self.events: list[Event] = []
        self.now_ms = 0
        self.window = KioskWindow(self.events.append, words=window_words(texts_of), clock_ms=lambda: self.now_ms)
        qtbot.addWidget(self.window)
        self.window.resize(size)
        self.window.show()

    def show(self, station: Station, preferences: Preferences | None = None) -> View:
        """Show a screen."""
        view = station.view(preferences or Preferences())
        self.window.show_view(
            View("between", "", (Heading("h", "Even geduld"),))
        )  # so that it is a new screen, also after one of the same name
        self.window.show_view(view)
        self.events.clear()
        self.now_ms += 10_000
        return view
