# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the window on the screen still answers: asked each second, answered by its UI thread (`kiosk.channel`).

Counted in questions and not in time: after a sleep of the whole machine nobody is late. One that works and works on one
thing, and answers nothing meanwhile, is lost; one that waits for a slow disk or is kept waiting by others is not. No Qt
here.
"""

from __future__ import annotations

import os
import time

EVERY_S = 1.0
STOPPED_AFTER = 1  # question to a process that the system says is stopped: it cannot answer
BUSY_S = 2.5  # of the processor's own time, spent on one thing: the window is back within five seconds of the clock
HUNG_AFTER = 15  # questions to one that runs: slow is no reason to take somebody's answers away
LATE_AFTER = 120  # questions to one that never answered yet: a cold start on an old machine


class Pulse:
    """Counts what one visit left unanswered."""

    def __init__(self) -> None:
        self._of = 0
        self._unanswered = 0
        self._has_answered = False
        self._worked_s: float | None = None  # when the question was asked that is unanswered longest

    def asked(self, process_id: int) -> bool:
        """Count a question to this visit; tell whether it is beyond waiting for."""
        if process_id != self._of:
            self._of, self._unanswered, self._has_answered = process_id, 0, False
        self._unanswered += 1
        if self._unanswered > STOPPED_AFTER and is_stopped(process_id):
            return True
        worked_s = worked_by(process_id)
        if self._unanswered == 1:
            self._worked_s = worked_s
        return self._is_busy(worked_s) or self._unanswered > (HUNG_AFTER if self._has_answered else LATE_AFTER)

    def _is_busy(self, worked_s: float | None) -> bool:
        if not self._has_answered or worked_s is None or self._worked_s is None:
            return False
        return worked_s - self._worked_s >= BUSY_S

    def answered(self, process_id: int) -> bool:
        """Take an answer; tell whether it is of the visit that is asked."""
        if process_id != self._of:
            return False
        self._unanswered, self._has_answered = 0, True
        return True


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
