# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a case waits before it is tried again, and when this device may speak to the case system at all.

Two thousand kiosks share one case system and cannot consult each other. So each spreads itself: chance decides when it
is heard again after an outage, and its first cases go slowly, slower still while the server is slow to answer.
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
LONGEST_SILENCE = timedelta(seconds=480)
"""Between two knocks on a dead line. In this time a whole fleet is heard once: 2,000 devices, four a second."""
LONGEST_FOR_CROWD = timedelta(hours=1)
"""Between two knocks where the server hears us, but drowns: more devices than it can hear in one `LONGEST_SILENCE`."""

OUTAGE = 3
"""So many cases in a row without any answer: the line is down, and the rest need not find that out one by one."""
SLOW_START = timedelta(seconds=30)
"""Between the first two cases after an outage; half of it between the next two, and so on."""
USUAL = timedelta(seconds=3)
"""A case takes about a second. What it takes above this is the queue of a busy server."""
_YIELDING = 5
"""So many times what a case had to queue, the next one waits."""
_BRISK = timedelta(seconds=1)


def wait_for(attempts: int, spread: Callable[[], float], *, needs_staff: bool = False) -> timedelta:
    """Give the wait of a case after so many attempts; `spread` gives a number from 0 to 1."""
    first, longest = (FIRST_FOR_STAFF, LONGEST_FOR_STAFF) if needs_staff else (FIRST, LONGEST)
    # Half of it is chance, so that what failed together does not come back in step.
    return _doubled(first, longest, attempts) * (0.5 + 0.5 * spread())


class Line:
    """The road to the case system as this device knows it; for one thread."""

    def __init__(self, spread: Callable[[], float]) -> None:
        self._spread = spread
        self._silences = 0
        self._gap = timedelta(0)
        self._longest = LONGEST_SILENCE

    @property
    def is_down(self) -> bool:
        """Tell whether it has been silent so long that one knock at a time is enough."""
        return self._silences >= OUTAGE

    def woken(self) -> timedelta:
        """Begin with cases that wait since long: was the power out, all others wake at this moment too."""
        self._silences = OUTAGE
        return LONGEST_SILENCE * self._spread()

    def silent(self, attempts: int = 0, *, was_heard: bool = False) -> timedelta:
        """Note that no answer came, of a case tried so often; give the wait until the next knock.

        `was_heard`: the server took the call, and was too busy to answer it.
        """
        self._silences += 1
        self._longest = min(2 * self._longest, LONGEST_FOR_CROWD) if was_heard else LONGEST_SILENCE
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
            self._gap = SLOW_START
        self._silences, self._longest = 0, LONGEST_SILENCE
        if not self._gap:
            return timedelta(0)
        pause = 2 * self._gap * self._spread()
        self._gap = max(self._gap / 2, _YIELDING * (took - USUAL))
        if self._gap < _BRISK:
            self._gap = timedelta(0)
        return pause


def _doubled(first: timedelta, longest: timedelta, attempts: int) -> timedelta:
    times: int = 2 ** min(max(attempts, 1) - 1, 16)
    return min(first * times, longest)
