# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The warning within a visit that the place closes soon; it stands over the screen and takes nothing away.

When to warn is `kiosk.opening_watch`'s, how it looks `kiosk.screens.hours`'s.
"""

from __future__ import annotations

from datetime import datetime

from kiosk.guide import Guide
from kiosk.screens import ending
from kiosk.screens.hours import GO_ON
from kiosk.spots import Spot
from kiosk.view import BACK, COLOURS, LEAVE, LOW, READ, SIZE

_STAYS = frozenset({READ, SIZE, COLOURS, LOW, LEAVE})  # what leaves the warning where it is


class ClosingDesk:
    """Takes the presses on the warning of one visit."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self.closes_at: datetime | None = None  # while the warning stands

    def warn(self, closes_at: datetime) -> None:
        """Let it stand."""
        self.closes_at = closes_at

    def close(self) -> None:
        """Take it away."""
        self.closes_at = None

    def pressed(self, button: str) -> bool:
        """Answer a press while it stands; True when there is nothing more to do with it."""
        if self.closes_at is None or button in _STAYS:
            return False
        self.close()
        if button == ending.LATER:
            # The page that keeps the answers lies behind the one that asks whether to stop; Back from there leads here.
            self._guide.go_aside(Spot("stop"))
        return button in (GO_ON, BACK)
