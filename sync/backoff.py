# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a case waits before it is tried again, and when this device may speak to the case system at all.

Two thousand kiosks share one case system and cannot consult each other. So each spreads itself: chance decides when it
is heard again after an outage, and then it takes its turn, or goes on at once while the server answers quickly.
`python -m tests.faults.fleet` shows what a fleet makes of it; the figures below come from there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
FIRST_FOR_STAFF = timedelta(minutes=5)
LONGEST_FOR_STAFF = timedelta(hours=1)
"""For what a person must mend, such as a missing scope: each try costs the server a call and changes nothing."""
LATEST_TRY = timedelta(days=3)
"""Longer than any wait here, and than between two questions for a status: later than this was said by a wrong clock."""
DEVICES = 2000
"""So many devices share the case system when the settings do not say ([sync] devices)."""
_CAPACITY = 15.0
"""Cases a second that a case system takes (measured on Open Zaak)."""
_SHARE, _SHARE_OF_MANY = 0.74, 0.5
"""Of that, so much is given away in turns; the rest is for those who hear that the server has room."""
_FEW = 5
LONGEST_FOR_CROWD = timedelta(hours=1)
"""Between two knocks where the server hears us, but drowns: more devices than it can hear in one turn."""

OUTAGE = 3
"""So many cases in a row without any answer: the line is down, and the rest need not find that out one by one."""
_USUAL, _LEAST = timedelta(seconds=2), timedelta(seconds=0.5)
_QUICK = 1.25
"""A server without a queue answers in about its usual time; above so many times that, there is a queue."""
_DARING, _DARING_MORE = 0.1, 0.7
"""The chance to go on at once when the server has room: at first, and what each turn of waiting adds."""
_LENIENT = 0.25
"""What each turn of waiting adds to what counts as quick: nobody is the last because of bad luck alone."""
_ROOM, _CROWDED = timedelta(seconds=0.7), timedelta(seconds=1.2)
_SOONER, _LATER = 0.9, 3.0
"""Who waited twenty turns shortens the next while an answer takes hardly more than usual, and makes it long again
at once where it takes more: one kiosk with hundreds of cases would else wait for a fleet that is not there."""
_PATIENT = 20
_YIELDING = 5
"""So many times what a case had to queue, the next one waits longer: there are more of us than the settings say."""


def wait_for(attempts: int, spread: Callable[[], float], *, needs_staff: bool = False) -> timedelta:
    """Give the wait of a case after so many attempts; `spread` gives a number from 0 to 1."""
    first, longest = (FIRST_FOR_STAFF, LONGEST_FOR_STAFF) if needs_staff else (FIRST, LONGEST)
    # Half of it is chance, so that what failed together does not come back in step.
    return _doubled(first, longest, attempts) * (0.5 + 0.5 * spread())


def turn_of(devices: int, waiting: int = 1) -> timedelta:
    """Give the time in which a fleet is heard once, a case each; longer where much waits, as it does for all then."""
    share = _SHARE if waiting <= _FEW else _SHARE_OF_MANY
    return max(timedelta(seconds=devices / (share * _CAPACITY)), FIRST)


class Line:
    """The road to the case system as this device knows it; for one thread.

    A device keeps turns: one knock in a turn while the line is dead, and after that one case in a turn, so that the
    fleet stays as evenly spread as it was. Who is answered quickly goes on at once: that room is nobody's turn.
    """

    def __init__(self, spread: Callable[[], float], devices: int = DEVICES) -> None:
        self._spread = spread
        self._devices = devices
        self._silences = 0
        self._most = 0
        self.turn = self._longest = turn_of(devices)
        self._usual = _USUAL
        self.is_catching_up = False
        self._turns_waited = 0
        self._pace = 1.0

    @property
    def is_down(self) -> bool:
        """Tell whether it has been silent so long that one knock at a time is enough."""
        return self._silences >= OUTAGE

    def carries(self, waiting: int) -> None:
        """Note how many cases wait here; all that was lost of an outage is one burden until it is gone."""
        if not waiting:
            self._most, self.is_catching_up, self._turns_waited, self._pace = 0, False, 0, 1.0
        self._most = max(self._most, waiting)
        turn = turn_of(self._devices, self._most)
        if turn != self.turn:
            self.turn = self._longest = turn

    def woken(self) -> timedelta:
        """Begin with cases that wait since long: was the power out, all others wake at this moment too."""
        self._silences = OUTAGE
        return self.turn * self._spread()

    def silent(self, attempts: int = 0, *, was_heard: bool = False) -> timedelta:
        """Note that no answer came, of a case tried so often; give the wait until the next knock.

        `was_heard`: the server took the call, and was too busy to answer it.
        """
        is_crowd = was_heard and (self.is_down or self.is_catching_up)
        self._silences += 1
        self._longest = min(2 * self._longest, LONGEST_FOR_CROWD) if was_heard else self.turn
        if is_crowd:
            # Not from the first wait on again: all that had been heard once would knock every few seconds.
            return min(self._longest * (0.5 + self._spread()), LONGEST_FOR_CROWD)
        tries = max(self._silences, attempts)
        wait = _doubled(FIRST, self._longest, tries)
        if was_heard or _doubled(FIRST, self._longest, tries - 1) < self._longest:
            # All of it is chance: those that went silent at one moment are spread once the wait is at its longest.
            return max(wait * self._spread(), timedelta(seconds=1))
        # Hardly chance: they are spread already, and equal waits keep the number heard a second the same throughout.
        return wait * (0.95 + 0.05 * self._spread())

    def answered(self, took: timedelta) -> timedelta:
        """Note that a case was answered after so long; give the pause before the next."""
        if self.is_down:
            self.is_catching_up = True
        self._silences, self._longest = 0, self.turn
        # Where much waits, all wait many turns: what each adds would make every answer a quick one.
        lenient = _LENIENT * self._turns_waited if self._most <= _FEW else 0.0
        is_quick = took <= (_QUICK + lenient) * max(self._usual, _LEAST)
        # Down at once, up slowly: a day of queues is not the usual.
        self._usual = min(took, self._usual + 0.02 * (took - self._usual))
        if not self.is_catching_up:
            return timedelta(0)
        if is_quick and self._spread() < _DARING + _DARING_MORE * self._turns_waited:
            return timedelta(0)
        self._turns_waited += 1
        above = took - self._usual
        if above > _CROWDED:
            self._pace = min(_LATER * self._pace, 1.0)
        elif above < _ROOM and self._turns_waited > _PATIENT:
            self._pace *= _SOONER
        queued = max(took - 2 * _USUAL, timedelta(0))
        pause = self._pace * self.turn * (0.9 + 0.2 * self._spread()) + _YIELDING * queued
        return max(pause, timedelta(seconds=1))


def _doubled(first: timedelta, longest: timedelta, attempts: int) -> timedelta:
    times: int = 2 ** min(max(attempts, 1) - 1, 16)
    return min(first * times, longest)
