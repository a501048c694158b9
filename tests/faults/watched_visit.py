# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real visit under the real supervisor, with an invented visitor at it; `test_watchdog` runs it.

Standard output, beside the words of `kiosk.channel`: "view NAME" at each view, "receipt REFERENCE" when one is shown.
"show go" lets the visitor begin: a real one takes longer than the next window takes to stand ready. "show hang" makes
the UI thread work on nothing for ever.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QTimer

from commands.configuration import load_settings
from commands.demo_visitor import DemoVisitor, read_scripts
from commands.system_clock import SystemClock
from commands.visit_room import VisitRoom
from domain.settings import Settings
from kiosk.view import BigNumber, View

GO, HANG = "go", "hang"
TAP_MS = 15


class WatchedRoom(VisitRoom):
    """Answers every question, as quickly as a hand could not."""

    def __init__(self, settings: Settings, arguments: argparse.Namespace) -> None:
        super().__init__(settings, SystemClock(), arguments)
        script = next(script for script in read_scripts() if script.service_id == "bel")
        self._visitor = DemoVisitor(script, self._navigator.today)
        self._taps = QTimer(self)
        self._taps.setInterval(TAP_MS)
        self._taps.timeout.connect(self._tap)

    def _on_view_shown(self, view: View) -> None:
        super()._on_view_shown(view)
        if not self._is_shown:
            return  # still warm
        self._tell_view(view)

    def _tell_view(self, view: View) -> None:
        number = next((part.text for part in view.parts if isinstance(part, BigNumber)), "")
        self._channel.tell(f"receipt {number}" if number else f"view {view.name}")

    def _on_first_painted(self) -> None:
        super()._on_first_painted()
        self._tell_view(self._navigator.view)

    def _tap(self) -> None:
        if self._is_ended:
            self._taps.stop()
            return
        for act in self._visitor.acts(self._navigator.view):
            self._on_event(act)

    def _on_channel_show_asked(self, place: str) -> None:
        while place == HANG:
            pass
        if place == GO:
            self._taps.start()
            return
        super()._on_channel_show_asked(place)


def main() -> None:
    """Run one visit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("config", type=Path)
    parser.add_argument("--show", default="")
    arguments = parser.parse_args()
    arguments.simulate, arguments.windowed = True, True
    WatchedRoom(load_settings(arguments.config), arguments).run()


if __name__ == "__main__":
    main()
