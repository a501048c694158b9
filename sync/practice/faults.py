# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Faults to order from the practice back end: lost answers, crashes, slowness, nonsense. For tests and training only.

A fault is used up by the next requests that match it. What the server does with one stands in `server`.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong."""

    HTML_500 = "html_500"
    JSON_ERROR = "json_error"
    HOLD = "hold"
    DROP = "drop"
    SLOW = "slow"
    MEET = "meet"
    HTML_500_AFTER_COMMIT = "html_500_after_commit"
    HOLD_AFTER_COMMIT = "hold_after_commit"
    DROP_AFTER_COMMIT = "drop_after_commit"
    TRUNCATED = "truncated"
    GARBAGE = "garbage"
    ENDLESS = "endless"
    WRONG_CLOCK = "wrong_clock"


BEFORE_HANDLING = frozenset({FaultKind.HTML_500, FaultKind.JSON_ERROR, FaultKind.HOLD, FaultKind.DROP, FaultKind.SLOW})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for the next `times` requests whose method and path match.

    `MEET` lets `times` requests pass their checks before any of them is written: a race, made certain.
    The kinds without `after_commit` in HTML_500, JSON_ERROR, HOLD and DROP write nothing; all later ones have written.
    """

    kind: FaultKind
    method: str = ".*"
    path: str = ".*"
    times: int = 1
    status: int = 500
    code: str = "error"
    param: str = "nonFieldErrors"
    seconds: float = 1.0

    def matches(self, method: str, path: str) -> bool:
        """Tell whether a request is meant."""
        return bool(re.fullmatch(self.method, method) and re.search(self.path, path))


@dataclass(slots=True)
class _Ordered:
    fault: Fault
    left: int
    meeting: threading.Barrier


@dataclass(frozen=True, slots=True)
class Taken:
    """A fault that befalls one request."""

    fault: Fault
    meeting: threading.Barrier

    def wait_for_others(self) -> None:
        """Wait until all requests of a race have passed their checks; go on alone when they do not come."""
        try:
            self.meeting.wait(self.fault.seconds)
        except threading.BrokenBarrierError:
            return


@dataclass(slots=True)
class Faults:
    """The faults that are ordered and not yet used up. Safe from any thread."""

    _ordered: list[_Ordered] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Order a fault."""
        with self._lock:
            self._ordered.append(_Ordered(fault, fault.times, threading.Barrier(max(fault.times, 1))))

    def clear(self) -> None:
        """Forget every fault that is left."""
        with self._lock:
            self._ordered.clear()

    def left(self) -> int:
        """Count the requests that still have a fault coming."""
        with self._lock:
            return sum(ordered.left for ordered in self._ordered)

    def take(self, method: str, path: str) -> Taken | None:
        """Give the first fault that is meant for this request, and use it up once."""
        with self._lock:
            for ordered in self._ordered:
                if ordered.fault.matches(method, path):
                    ordered.left -= 1
                    if ordered.left <= 0:
                        self._ordered.remove(ordered)
                    return Taken(ordered.fault, ordered.meeting)
        return None
