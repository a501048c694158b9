# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether it is open now where this kiosk stands, and whether a visit has to hear that it closes soon (feature I13).

A clock that is not believed closes nothing. What is done with it is the room's; no Qt here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.opening_hours import Opening, OpeningHours
from domain.ports import Clock

WARNS_BEFORE = (timedelta(minutes=3), timedelta(minutes=10))
_HERE = ZoneInfo("Europe/Amsterdam")


class OpeningWatch:
    """Looks at the clock for one visit."""

    def __init__(self, hours: OpeningHours, clock: Clock, is_doubtful: Callable[[], bool]) -> None:
        self._hours = hours
        self._clock = clock
        self._is_doubtful = is_doubtful
        self._told: set[tuple[datetime, timedelta]] = set()

    @property
    def idle_s(self) -> int:
        """Give how long a visit that goes on after closing time may lie still."""
        return self._hours.idle_s

    @property
    def now(self) -> Opening:
        """Tell how it stands at this moment."""
        if self._hours.is_always_open or self._is_doubtful():
            return Opening(is_open=True)
        return self._hours.at(self._moment)

    def due(self) -> datetime | None:
        """Give when it closes, when a visit that goes on has to hear it now."""
        closes_at, step = self._step()
        return closes_at if step is not None and closes_at is not None and (closes_at, step) not in self._told else None

    def told(self) -> None:
        """Know that it was said."""
        closes_at, step = self._step()
        if closes_at is not None and step is not None:
            self._told.add((closes_at, step))

    def _step(self) -> tuple[datetime | None, timedelta | None]:
        opening = self.now
        if not opening.is_open or opening.changes_at is None:
            return None, None
        left = opening.changes_at - self._moment
        return opening.changes_at, next((step for step in WARNS_BEFORE if left <= step), None)

    @property
    def _moment(self) -> datetime:
        return self._clock.now().astimezone(_HERE)
