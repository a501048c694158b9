# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts how long a visit lies still, and says when to warn and when to end (feature C13, PEOPLE 1).

Time in which Loket itself is at work does not count. What the warning looks and sounds like is `kiosk.visit`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

LEAST_WARNING_S = 20  # WCAG 2.2.1
LONGEST_WAIT_S = 900  # a printer or a device that hangs must not keep a visitor's answers on the screen for ever
_TICK_MS = 1000
_LONGEST_TICK_MS = 2 * _TICK_MS  # a machine that slept, or hung, takes no time from anybody
_STEP_S = 10  # the time that is left is shown in steps: a number that changes each second hurries people


@dataclass(frozen=True, slots=True)
class IdleTimes:
    """How long a visit may lie still, in seconds (PEOPLE 1: 240 at least).

    Raises: ValueError when that leaves nobody time to answer.
    """

    ends_after_s: int = 240
    warns_before_s: int = 60

    def __post_init__(self) -> None:
        """Refuse a warning that is too short, or that comes before anything happened."""
        if not LEAST_WARNING_S <= self.warns_before_s < self.ends_after_s:
            raise ValueError("a warning needs 20 seconds at least")


def _elapsed() -> Callable[[], int]:
    timer = QElapsedTimer()
    timer.start()
    return timer.elapsed


class IdleClock(QObject):
    """Looks once a second. Lives in the UI thread; the callables are called there."""

    def __init__(
        self,
        times: IdleTimes,
        *,
        is_untouched: Callable[[], bool],
        is_at_work: Callable[[], bool],
        warned: Callable[[int], None],
        ended: Callable[[], None],
        clock_ms: Callable[[], int] | None = None,
    ) -> None:
        super().__init__()
        self._times = times
        self._is_untouched = is_untouched
        self._is_at_work = is_at_work
        self._warned = warned  # with the seconds that are left; again at each step
        self._ended = ended
        self._clock_ms = clock_ms or _elapsed()
        self._seen_ms = 0
        self._still_ms = 0
        self._worked_ms = 0
        self._told_s = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def give(self, times: IdleTimes) -> None:
        """Count by other times from now on; what lay still so far counts."""
        self._times = times

    @property
    def is_running(self) -> bool:
        """Tell whether it counts."""
        return self._timer.isActive()

    def restart(self) -> None:
        """Begin anew: the visitor is there."""
        self._seen_ms = self._clock_ms()
        self._still_ms = self._worked_ms = self._told_s = 0
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Look what has become of the time."""
        now_ms = self._clock_ms()
        passed_ms, self._seen_ms = min(now_ms - self._seen_ms, _LONGEST_TICK_MS), now_ms
        if self._is_untouched():
            self._still_ms = 0
        elif self._is_at_work() and self._worked_ms < LONGEST_WAIT_S * 1000:
            self._worked_ms += passed_ms
        else:
            self._still_ms += passed_ms
            self._tell()

    def _tell(self) -> None:
        left_ms = self._times.ends_after_s * 1000 - self._still_ms
        if left_ms <= 0:
            self.stop()
            self._ended()
        elif left_ms <= self._times.warns_before_s * 1000:
            left_s = -(-left_ms // (_STEP_S * 1000)) * _STEP_S
            if left_s != self._told_s:
                self._told_s = left_s
                self._warned(left_s)
