# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real visit in a process of its own, done by words on its input: `show press ID`, `show type FIELD TEXT`.

Tells each screen that it shows, and when: "screen NAME MS".
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from commands.configuration import load_settings
from commands.system_clock import SystemClock
from commands.visit_room import VisitRoom
from kiosk.view import Pressed, Typed, View


class TogetherRoom(VisitRoom):
    """A visit that does what it is told."""

    def _on_channel_show_asked(self, place: str) -> None:
        word, _, rest = place.partition(" ")
        if word == "press":
            self._on_event(Pressed(rest))
        elif word == "type":
            field_id, _, text = rest.partition(" ")
            self._on_event(Typed(field_id, text))
        elif word == "fields":
            _tell(f"fields {dict(self._navigator.fields_of(rest))}")
        else:
            super()._on_channel_show_asked(place)

    def _on_view_shown(self, view: View) -> None:
        _tell(f"screen {view.name} {time.monotonic_ns() / 1e6}")
        super()._on_view_shown(view)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    found = argparse.Namespace(config=Path(sys.argv[1]), show="start", simulate=True, windowed=True)
    sys.exit(TogetherRoom(load_settings(found.config), SystemClock(), found).run())
