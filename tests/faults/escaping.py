# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real visit at a question with a field, that tells what is on its screen and what was typed; `test_escapes` runs it.

Standard output: "view NAME" at each view, "typed TEXT" at each change of the field, "shown" and "ended" as always.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from commands.configuration import load_settings
from commands.system_clock import SystemClock
from commands.visit_room import VisitRoom
from kiosk.screens.start import STATUS
from kiosk.view import Event, Pressed, Typed


class ToldRoom(VisitRoom):
    """A visit that begins at "Hoe ver is mijn vraag?", which has two fields."""

    def _on_event(self, event: Event) -> None:
        super()._on_event(event)
        if isinstance(event, Typed):
            self._channel.tell(f"typed {event.text}")
        self._channel.tell(f"view {self._navigator.view.name}")

    def _warm_up(self) -> None:
        super()._warm_up()
        QTimer.singleShot(0, self._go)

    def _go(self) -> None:
        self._on_event(Pressed(STATUS))


def main(config: Path) -> None:
    """Run one visit on the whole screen."""
    arguments = argparse.Namespace(config=config, show="start", simulate=True, windowed=False)
    ToldRoom(load_settings(config), SystemClock(), arguments).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
