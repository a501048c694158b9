# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells when the machine's clock is plainly wrong, so that nobody is promised a day that was counted from it.

Only what no right clock can say is doubted: a moment before this program was made, one far in the future, one well
before what this device has already seen, or one that a server contradicts by a day. A clock that is a week ahead is
noticed by no one here but a server.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

MADE = datetime(2026, 11, 1, tzinfo=UTC)
"""Renewed with each release."""

LAST = MADE + timedelta(days=20 * 365)
"""No device runs so long without a new release."""

BACKWARD = timedelta(days=1)
"""Summer time and a mended clock go back by less."""


CLOSE_ENOUGH = timedelta(minutes=5)
"""A server whose clock is so near to ours says that ours is right."""

APART = timedelta(hours=12)
"""A server whose clock is so far from ours makes every day that was counted from ours doubtful."""


class ClockDoubt(StrEnum):
    """Why the clock is not believed."""

    TOO_EARLY = "clock-too-early"
    TOO_LATE = "clock-too-late"
    WENT_BACK = "clock-went-back"
    DIFFERS = "clock-differs"


def clock_doubt(now: datetime, seen: datetime | None = None, gap: timedelta | None = None) -> ClockDoubt | None:
    """Tell whether the clock is doubted.

    `seen` is the last moment that this device was sure of, `gap` how far a server's clock was ahead of ours last.
    """
    if now < MADE:
        return ClockDoubt.TOO_EARLY
    if now > LAST:
        return ClockDoubt.TOO_LATE
    if seen is not None and is_plausible(seen) and now < seen - BACKWARD:
        return ClockDoubt.WENT_BACK
    if gap is not None and abs(gap) >= APART:
        return ClockDoubt.DIFFERS
    return None


def is_plausible_day(day: date) -> bool:
    """Tell whether a promised day could have been counted from a right clock."""
    return MADE.date() <= day <= LAST.date()


def is_plausible(moment: datetime) -> bool:
    """Tell whether a moment could have been told by a right clock."""
    return MADE <= moment <= LAST
