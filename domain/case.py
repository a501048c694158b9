# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case is while Loket has it: its id, its states and the moves between them (DESIGN section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

CaseId = NewType("CaseId", str)
"""A UUID4 in its usual text form; stands in the zaak's `kenmerken`, which proves that a zaak is ours."""


class CaseState(StrEnum):
    """Where a case is. RETRYING: time helps; REJECTED: a person must look."""

    DRAFT = "draft"
    PENDING = "pending"
    SENDING = "sending"
    RETRYING = "retrying"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WITHDRAWN = "withdrawn"


ALLOWED_MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.DRAFT: frozenset({CaseState.PENDING}),
    CaseState.PENDING: frozenset({CaseState.SENDING, CaseState.WITHDRAWN}),
    # A sender that died leaves SENDING behind; its claim runs out and the case is taken up again by RETRYING.
    CaseState.SENDING: frozenset({CaseState.DELIVERED, CaseState.RETRYING, CaseState.REJECTED}),
    CaseState.RETRYING: frozenset({CaseState.SENDING, CaseState.WITHDRAWN}),
    CaseState.REJECTED: frozenset({CaseState.RETRYING, CaseState.WITHDRAWN}),
    CaseState.DELIVERED: frozenset({CaseState.IN_PROGRESS, CaseState.DONE, CaseState.WITHDRAWN}),
    CaseState.IN_PROGRESS: frozenset({CaseState.DONE, CaseState.WITHDRAWN}),
    CaseState.DONE: frozenset({CaseState.IN_PROGRESS}),
    CaseState.WITHDRAWN: frozenset(),
}


def may_move(now: CaseState, then: CaseState) -> bool:
    """Tell whether a case may go from one state to another."""
    return then in ALLOWED_MOVES[now]


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What Loket may know of a case without opening it: no personal data at all."""

    case_id: CaseId
    reference: str
    service_id: str
    service_version: int
    state: CaseState
    submitted_at: datetime
    promised_on: date
    attempts: int = 0
    reason: str = ""  # slug of the last failure
    is_urgent: bool = False


WAITING = frozenset({CaseState.PENDING, CaseState.SENDING, CaseState.RETRYING, CaseState.REJECTED})
"""States of a case that the municipality does not have yet."""


def raises_alarm(case: CaseSummary, now: datetime, after: timedelta) -> bool:
    """Tell whether a case waits so long that a person must act: mend the road, or take the case on paper."""
    return case.state in WAITING and now - case.submitted_at > after
