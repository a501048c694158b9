# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What comes back when somebody asks how far a case is: its state and its day, never an answer or a name (C22).

Who asks shows the reference and the four digits of the receipt. Five wrong codes lock that one case for a quarter of an
hour: the case and not the device, so that nobody can shut others out by guessing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.case import CaseId, CaseState
from domain.clock_doubt import is_plausible_day

MOST_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
KNOWN_FOR = timedelta(days=1)
"""So long what the case system said counts as known; after that this device does not know of an answer."""


class StatusOutcome(StrEnum):
    """Whether there is something to show."""

    FOUND = "found"
    UNKNOWN = "unknown"  # not a case of this device
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class FoundCase:
    """What may be shown of a case to who has its receipt."""

    case_id: CaseId
    reference: str
    service_id: str
    service_version: int
    state: CaseState
    promised_on: date
    checked_at: datetime | None = None  # when the case system last told its state
    reminded_on: date | None = None
    is_withdrawn: bool = False  # the citizen asked to stop; the case system may not know yet
    corrections: int = 0

    @property
    def is_promise_sure(self) -> bool:
        """Tell whether the promised day was counted from a clock that could be right."""
        return is_plausible_day(self.promised_on)


@dataclass(frozen=True, slots=True)
class StatusReply:
    """The answer to a question; `tries_left` with a wrong code, `locked_until` when locked, `case` when found."""

    outcome: StatusOutcome
    case: FoundCase | None = None
    tries_left: int = 0
    locked_until: datetime | None = None


class Lateness(StrEnum):
    """Whether the promised day has passed, as far as this device knows."""

    NO = "no"
    KNOWN = "known"
    NOT_KNOWN = "not_known"


_WITH_THEM = frozenset({CaseState.DELIVERED, CaseState.IN_PROGRESS})
_OVER = frozenset({CaseState.DONE, CaseState.WITHDRAWN})


def lateness(case: FoundCase, now: datetime, today: date) -> Lateness:
    """Tell whether we are late; only what the case system said within a day is known."""
    if case.state in _OVER or case.is_withdrawn or today <= case.promised_on or not case.is_promise_sure:
        return Lateness.NO
    is_fresh = case.checked_at is not None and abs(now - case.checked_at) <= KNOWN_FOR
    return Lateness.KNOWN if is_fresh and case.state in _WITH_THEM else Lateness.NOT_KNOWN
