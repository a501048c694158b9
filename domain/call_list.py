# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom a counter still has to call (S13): who asks for a call and was not reached, by the promised day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.call_attempts import CallAttempt, CallAttemptBook, StillNeeded, still_needed
from domain.counter import WorkItem, WorkList

_PAGE = 100
_FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class ToCall:
    """One case, and what was tried."""

    item: WorkItem
    attempts: tuple[CallAttempt, ...] = ()

    @property
    def promised_on(self) -> date | None:
        """Give the first of its days; None: nobody said one."""
        return min((day for day in (self.item.due_on, self.item.planned_on) if day is not None), default=None)

    @property
    def needed(self) -> StillNeeded:
        """Say what is left to try; nothing: a card or a mail comes next."""
        return still_needed(self.attempts)


def to_call(work: WorkList, calls: CallAttemptBook) -> tuple[ToCall, ...]:
    """Give whom to call, urgent ones first, then by the day that was promised.

    Raises: StoreError and its kinds.
    """
    found = [ToCall(item, tuple(calls.attempts(item.reference))) for item in _asking(work)]
    open_ones = [one for one in found if not any(attempt.was_reached for attempt in one.attempts)]
    return tuple(sorted(open_ones, key=_order))


def _order(one: ToCall) -> tuple[bool, date, str]:
    return not one.item.is_urgent, one.promised_on or _FAR, one.item.reference


def _asking(work: WorkList) -> Iterator[WorkItem]:
    after: WorkItem | None = None
    while page := work.page(_PAGE, after):
        yield from (item for item in page if item.asks_call and not item.is_withdrawn)
        after = page[-1]
