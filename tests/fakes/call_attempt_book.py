# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls to citizens, kept in memory."""

from __future__ import annotations

from collections.abc import Sequence

from domain.call_attempts import CallAttempt
from domain.errors import StoreError


class FakeCallAttemptBook:
    """Keeps attempts as long as the test lasts; `fails_with` makes each write fail until it is taken away."""

    def __init__(self, *attempts: CallAttempt) -> None:
        self.kept = list(attempts)
        self.fails_with: StoreError | None = None

    def record(self, attempt: CallAttempt) -> bool:
        if self.fails_with is not None:
            raise self.fails_with
        if any(one.attempt_id == attempt.attempt_id for one in self.kept):
            return False
        self.kept.append(attempt)
        return True

    def attempts(self, reference: str) -> Sequence[CallAttempt]:
        return sorted((one for one in self.kept if one.reference == reference), key=lambda one: one.at)
