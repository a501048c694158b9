# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case store in memory; passes the same contract as the one over SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.case import CaseId, CaseState, CaseSummary
from domain.clock_doubt import is_plausible
from domain.errors import StoreError
from domain.submission import SubmissionHeader


@dataclass
class SharedCases:
    """What several stores look at together, as several processes look at one file."""

    summaries: dict[CaseId, CaseSummary] = field(default_factory=dict)
    sealed: dict[CaseId, bytes] = field(default_factory=dict)
    changes_by: dict[int, int] = field(default_factory=dict)


class FakeCaseStore:
    """Keeps cases as long as the test lasts; `fails_with` makes each submit fail until it is taken away."""

    def __init__(self, shared: SharedCases | None = None) -> None:
        self.shared = SharedCases() if shared is None else shared
        self.fails_with: StoreError | None = None
        self.status_codes: dict[CaseId, str] = {}
        self.copied = 0

    def submit(self, header: SubmissionHeader, sealed: bytes, details: CaseSummary, status_code: str) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        known = self.shared.summaries
        if header.case_id in known or any(case.reference == header.reference for case in known.values()):
            raise StoreError("this case is already there", "take a new number")
        known[header.case_id] = details
        self.shared.sealed[header.case_id] = sealed
        self.status_codes[header.case_id] = status_code
        self.shared.changes_by[id(self)] = self.shared.changes_by.get(id(self), 0) + 1

    def write_copies(self) -> None:
        self.copied = len(self.shared.summaries)

    def forget(self, case_id: CaseId) -> bool:
        if self.fails_with is not None:
            raise self.fails_with
        known = self.shared.summaries.get(case_id)
        if known is not None and (known.state is not CaseState.PENDING or known.attempts):
            return False
        self.shared.summaries.pop(case_id, None)
        self.shared.sealed.pop(case_id, None)
        return True

    def summary(self, case_id: CaseId) -> CaseSummary | None:
        return self.shared.summaries.get(case_id)

    def summaries(self) -> Sequence[CaseSummary]:
        return sorted(self.shared.summaries.values(), key=lambda case: (case.submitted_at, case.case_id))

    def last_seen(self) -> datetime | None:
        return max((case.submitted_at for case in self.summaries() if is_plausible(case.submitted_at)), default=None)

    def clock_gap(self) -> timedelta | None:
        return None  # no server tells a fake anything

    def news_mark(self) -> int:
        return sum(number for who, number in self.shared.changes_by.items() if who != id(self))
