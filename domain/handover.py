# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A warm handover as it is remembered until the partner took it up (feature H11): to whom, when, and a code.

Nothing of the visitor: name and telephone number stand on paper alone, written by hand. The code is on that paper too.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from domain.draft_code import ALPHABET
from domain.promise import working_days_between

REMIND_AFTER = 3  # working days
FORGOTTEN_AFTER = timedelta(days=60)
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Handover:
    """One that the partner has not taken up yet."""

    code: str
    partner: str  # the id of a referral
    on: date

    def is_due(self, today: date) -> bool:
        """Tell whether somebody has to ask the partner."""
        return working_days_between(self.on, today) >= REMIND_AFTER


class HandoverBook(Protocol):
    """Keeps handovers on this machine; over SQLite in `sync.handover_book`. For the store's lane."""

    def add(self, handover: Handover) -> None:
        """Keep one; durable on return.

        Raises: StoreError and its kinds.
        """
        ...

    def waiting(self, today: date) -> Sequence[Handover]:
        """Give those that wait for word, oldest first; what waits for 60 days is forgotten.

        Raises: StoreError and its kinds.
        """
        ...

    def picked_up(self, code: str) -> bool:
        """Forget one: the partner says "opgepakt". False where there is none.

        Raises: StoreError and its kinds.
        """
        ...


def new_handover_code(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Make a code that a partner can say by telephone."""
    return "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(_LENGTH))
