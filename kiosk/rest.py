# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When nothing can be begun at this kiosk: out of service, or closed (feature I13); and what a visit then hears.

It never takes a screen from a visitor. Whether the device is out of service, and where a place keeps its hours, is
given; the screens are `kiosk.screens`'s. Lives in the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from kiosk.idle_clock import IdleTimes
from kiosk.opening_watch import OpeningWatch
from kiosk.screens import hours
from kiosk.screens.out_of_service import SPOT as OUT_OF_SERVICE
from kiosk.spots import Spot
from kiosk.view import View
from kiosk.visit_ports import Ear

LOOKS_EVERY_MS = 10_000
SPEAKS_AFTER_MS = 600  # after a touch of the closed screen: who pressed a button is answered by that
START = "start"
_STAYS = frozenset({OUT_OF_SERVICE, hours.SPOT, "language"})  # where somebody can be meanwhile


class RestingVisitor(Protocol):
    """Who knows where the visitor is; `kiosk.navigator.Navigator` is the real one."""

    @property
    def spot(self) -> Spot:
        """Give where the visitor is."""
        ...

    @property
    def is_untouched(self) -> bool:
        """Tell whether this visit is still as it began."""
        ...

    @property
    def view(self) -> View:
        """Give the screen of now."""
        ...

    def rest_at(self, spot: str) -> None:
        """Show why nothing can be begun."""
        ...


class RestingVisit(Protocol):
    """What goes on; `kiosk.visit.Visit` is the real one."""

    @property
    def ear(self) -> Ear:
        """Give the voice of now."""
        ...

    def closes_soon(self, closes_at: datetime) -> bool:
        """Say that it closes soon; False when it cannot be said just now."""
        ...

    def give_idle_times(self, times: IdleTimes) -> None:
        """Let the visit lie still for another while than it began with."""
        ...


class Rest(QObject):
    """Looks every ten seconds, and at each press of a kiosk that nobody touched."""

    def __init__(
        self,
        visitor: RestingVisitor,
        visit: RestingVisit,
        watch: OpeningWatch,
        *,
        is_flagged: Callable[[], bool],
        is_free: Callable[[], bool],
        opens: Callable[[datetime | None], None],
        show: Callable[[View], None],
        idle: IdleTimes,
        speaks_after_ms: int = SPEAKS_AFTER_MS,
    ) -> None:
        super().__init__()
        self._visitor = visitor
        self._visit = visit
        self._watch = watch
        self._is_flagged = is_flagged  # out of service
        self._is_free = is_free  # the visit has not ended, and nobody of the staff has the screen
        self._opens = opens  # told when it opens again, None while it is open
        self._show = show
        self._idle = idle
        self._at = START
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._speech = QTimer(self)
        self._speech.setSingleShot(True)
        self._speech.setInterval(speaks_after_ms)
        self._speech.timeout.connect(self._on_speech_timeout)

    @property
    def is_resting(self) -> bool:
        """Tell whether nothing can be begun now."""
        return self._at != START

    def begin(self) -> None:
        """Know that this visit comes to the screen now."""
        self._at = self._where()
        if self.is_resting:
            self._visitor.rest_at(self._at)
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._speech.stop()

    def look(self) -> None:
        """Rest when something was found or it is closed, and go on when that is over; a visitor is only told."""
        if not self._is_free():
            return
        if not self._visitor.is_untouched:
            self._look_at_closing_time()
            return
        at = self._where()
        if at != self._at:
            self._rest(at)
        elif at == hours.SPOT:
            self._show(self._visitor.view)  # at midnight "morgen" becomes "vandaag"

    def is_too_late(self) -> bool:
        """Tell whether a press comes when it closed since we looked: then no visit begins with it."""
        self._speech.stop()
        if self.is_resting or not self._visitor.is_untouched or self._watch.now.is_open:
            return False
        self.look()
        return True

    def handled(self) -> None:
        """Know that a press was answered: no road leads on from where nothing can be begun."""
        if self.is_resting and self._is_free() and self._visitor.spot.name not in _STAYS:
            self._rest(self._at)

    def touched(self) -> None:
        """Know that somebody is there: they may not be able to read that it is closed."""
        if self._at == hours.SPOT:
            self._speech.start()

    def _where(self) -> str:
        opening = self._watch.now
        self._opens(None if opening.is_open else opening.changes_at)
        if self._is_flagged():
            return OUT_OF_SERVICE
        return START if opening.is_open else hours.SPOT

    def _rest(self, at: str) -> None:
        self._at = at
        self._visitor.rest_at(at)
        self._show(self._visitor.view)

    def _look_at_closing_time(self) -> None:
        """Let a visit that goes on know; it is cut off by nothing but lying still."""
        if not self._watch.now.is_open:
            long = max(self._watch.idle_s, self._idle.ends_after_s)
            self._visit.give_idle_times(replace(self._idle, ends_after_s=long))
            return
        closes_at = self._watch.due()
        if closes_at is not None and self._visit.closes_soon(closes_at):
            self._watch.told()

    def _on_speech_timeout(self) -> None:
        is_there = self._visitor.spot.name == hours.SPOT and self._is_free()
        if is_there and not self._visit.ear.is_speaking:
            self._visit.ear.read(self._visitor.view)
