# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a call-back that nobody answered may be closed: after three tries on different parts of different days (S13).

An attempt holds no words: when it was, and whether somebody answered. After the last one comes a card or a mail; that,
and what staff see of it, is for the counter.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

MOST_NEEDED = 3
PARTS_NEEDED = 2
DAYS_NEEDED = 2

_DUTCH = ZoneInfo("Europe/Amsterdam")
_NOON, _EVENING = 12, 18


class DayPart(StrEnum):
    """A part of a day; who works in the morning is at home in another one."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """One time that somebody of the municipality called."""

    attempt_id: str
    reference: str  # of the case that asks to be called back
    at: datetime  # aware
    was_reached: bool

    @property
    def day(self) -> date:
        """Give the day that it was in the Netherlands."""
        return self.at.astimezone(_DUTCH).date()

    @property
    def day_part(self) -> DayPart:
        """Give the part of that day."""
        hour = self.at.astimezone(_DUTCH).hour
        if hour < _NOON:
            return DayPart.MORNING
        return DayPart.AFTERNOON if hour < _EVENING else DayPart.EVENING


@dataclass(frozen=True, slots=True)
class StillNeeded:
    """What is left to try before a call-back may be closed without an answer."""

    attempts: int
    another_part: bool
    another_day: bool

    @property
    def is_nothing(self) -> bool:
        """Tell whether it may be closed."""
        return not (self.attempts or self.another_part or self.another_day)


class CallAttemptBook(Protocol):
    """Keeps attempts; over SQLite in `sync.call_attempt_book`."""

    def record(self, attempt: CallAttempt) -> bool:
        """Keep an attempt; durable on return. False when it is there already.

        Raises: StoreError and its kinds; then nothing was kept.
        """
        ...

    def attempts(self, reference: str) -> Sequence[CallAttempt]:
        """Give the attempts for a case, oldest first."""
        ...


def new_attempt_id() -> str:
    """Make the id by which an attempt is told from another, here and at the contact register."""
    return str(uuid.uuid4())


def still_needed(attempts: Sequence[CallAttempt]) -> StillNeeded:
    """Say what is left to try; nothing once somebody was reached."""
    if any(attempt.was_reached for attempt in attempts):
        return StillNeeded(0, another_part=False, another_day=False)
    known = {attempt.attempt_id: attempt for attempt in attempts}.values()
    return StillNeeded(
        attempts=max(0, MOST_NEEDED - len(known)),
        another_part=len({attempt.day_part for attempt in known}) < PARTS_NEEDED,
        another_day=len({attempt.day for attempt in known}) < DAYS_NEEDED,
    )


def may_be_closed(attempts: Sequence[CallAttempt]) -> bool:
    """Tell whether a call-back is over: somebody was reached, or enough was tried."""
    return still_needed(attempts).is_nothing
