# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The promises of this location whose day has passed (H20, "Is er gebeld?"): by number, and by nobody's name.

Whether we are late is known only as `domain.status_check.lateness` says; a helper can remind the owner once a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.case import CaseState
from domain.promise import working_days_between
from domain.status_check import FoundCase, Lateness, lateness

_NOT_THERE = frozenset({CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED})


@dataclass(frozen=True, slots=True)
class Overdue:
    """One promise whose day has passed."""

    case: FoundCase
    lateness: Lateness  # KNOWN, or NOT_KNOWN
    days: int  # working days since

    @property
    def is_still_here(self) -> bool:
        """Tell whether the municipality does not have it: then there is no owner to remind."""
        return self.case.state in _NOT_THERE

    def was_reminded(self, today: date) -> bool:
        """Tell whether somebody asked about it today already."""
        return self.case.reminded_on == today

    def may_remind(self, today: date) -> bool:
        """Tell whether reminding does anything."""
        return not self.is_still_here and not self.was_reminded(today)


class OverdueBook(Protocol):
    """Knows the cases of this device and takes reminders; joined by `commands.desk_overdue`. For the store's lane."""

    def passed(self, today: date) -> Sequence[FoundCase]:
        """Give the cases that are not over and whose promised day is before today, the longest ago first.

        Raises: StoreError and its kinds.
        """
        ...

    def remind(self, case: FoundCase, at: datetime) -> bool:
        """Ask its owner where the answer is; durable on return. False when somebody did so today already.

        Raises: StoreError and its kinds, SealingError; then nothing was kept.
        """
        ...


def overdue(cases: Sequence[FoundCase], now: datetime, today: date) -> tuple[Overdue, ...]:
    """Give those of which the day has passed, or of which this device does not know better."""
    found = ((case, lateness(case, now, today)) for case in cases)
    return tuple(
        Overdue(case, late, working_days_between(case.promised_on, today))
        for case, late in found
        if late is not Lateness.NO
    )
