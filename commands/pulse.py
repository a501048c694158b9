# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the window on the screen still answers: asked each second, answered by its UI thread (`kiosk.channel`).

Counted in questions and not in time: after a sleep of the whole machine nobody is late. One that works and works on one
thing, and answers nothing meanwhile, is lost; one that waits for a slow disk or is kept waiting by others is not. What
is much work is measured by the start of a visit on this same machine: a slow one is not restarted for ever. No Qt here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

EVERY_S = 1.0
STOPPED_AFTER = 1  # question to a process that the system says is stopped: it cannot answer
BUSY_S = 2.5  # of the processor's own time, spent on one thing: the window is back within five seconds of the clock
BUSY_SHARE = 0.5  # of what the quickest start took here: no page is that much work (of 0.6 s a start, a fifth)
IDLE_S = 0.05  # worked between two questions: less, and it waits for something that may never come
HUNG_AFTER = 15  # questions in a row to one that waits: slow is no reason to take somebody's answers away
LATE_AFTER = 120  # the same of one that never answered yet: a cold start on an old machine
NEVER_AFTER = 600  # questions to one that never answered, however much it works
LOST_IN_A_ROW = 2  # windows that are replaced and do not come: then it is not the window's fault alone


def worked_by(process_id: int) -> float | None:
    """Give how many seconds of the processor a process took so far; None where the system does not tell.

    Its clock is asked for and not its `/proc` folder, into which a visit lets nobody look.
    """
    if not hasattr(time, "clock_gettime"):
        return None
    try:
        return time.clock_gettime((~process_id << 3) | 2)  # as clock_getcpuclockid(3) makes it on Linux
    except (OSError, OverflowError):
        return None


def is_stopped(process_id: int) -> bool:
    """Tell whether somebody or something stopped a child of ours (SIGSTOP); False where the system does not tell.

    The parent is told whatever else is hidden: a visit lets nobody look into its `/proc` folder.
    """
    if not hasattr(os, "waitid"):
        return False
    try:
        return os.waitid(os.P_PID, process_id, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    except OSError:
        return False


class Pulse:
    """Counts what one visit left unanswered."""

    def __init__(self, worked: Callable[[int], float | None] = worked_by) -> None:
        self._worked = worked
        self._of = 0
        self._unanswered = 0
        self._waited = 0  # unanswered questions in a row in which it hardly worked
        self._has_answered = False
        self._worked_s: float | None = None  # when it was asked last
        self._worked_before_s: float | None = None  # when the question was asked that is unanswered longest
        self._start_s: float | None = None  # what the quickest start took
        self._lost = 0

    def asked(self, process_id: int) -> bool:
        """Count a question to this visit; tell whether it is beyond waiting for."""
        if process_id != self._of:
            self._of, self._unanswered, self._waited, self._has_answered = process_id, 0, 0, False
            self._worked_s = None
        self._unanswered += 1
        worked_s = self._worked(process_id)
        self._waited = 0 if self._has_worked(worked_s) else self._waited + 1
        self._worked_s = worked_s
        if self._unanswered == 1:
            self._worked_before_s = worked_s
        is_lost = self._is_stopped() or self._is_busy() or self._is_hung()
        self._lost += is_lost
        return is_lost

    def answered(self, process_id: int) -> bool:
        """Take an answer; tell whether it is of the visit that is asked."""
        if process_id != self._of:
            return False
        if not self._has_answered and (took_s := self._worked(process_id)) is not None:
            self._start_s = min(took_s, self._start_s or took_s)
        self._unanswered, self._waited, self._has_answered, self._lost = 0, 0, True, 0
        return True

    @property
    def is_in_hand(self) -> bool:
        """Tell whether a window that does not answer will be replaced from here; else all must begin anew."""
        return self._lost < LOST_IN_A_ROW

    def _has_worked(self, worked_s: float | None) -> bool:
        return worked_s is not None and self._worked_s is not None and worked_s - self._worked_s >= IDLE_S

    def _is_stopped(self) -> bool:
        return self._unanswered > STOPPED_AFTER and is_stopped(self._of)

    def _is_busy(self) -> bool:
        if not self._has_answered or self._worked_s is None or self._worked_before_s is None:
            return False
        return self._worked_s - self._worked_before_s >= max(BUSY_S, BUSY_SHARE * (self._start_s or 0))

    def _is_hung(self) -> bool:
        if self._has_answered:
            return self._waited > HUNG_AFTER
        return self._waited > LATE_AFTER or self._unanswered > NEVER_AFTER
