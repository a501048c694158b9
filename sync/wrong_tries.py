# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How often a wrong code was typed, and how long nobody may try then: the same for a receipt's code and a draft's.

Counts and moments stand in a row of a table and are written in the transaction that answers: who pulls the plug has no
more tries than anybody else.
"""

from __future__ import annotations

from datetime import datetime

from domain.status_check import LOCKED_FOR, MOST_TRIES
from sync.database import moment_of, stamp


def locked_until(written: str, now: datetime) -> datetime | None:
    """Give until when nobody may try, from what was written down; None when anybody may."""
    if not written:
        return None
    until = moment_of(written)
    if until <= now:
        return None
    # A clock that jumped back must not lock somebody out for years.
    return min(until, now + LOCKED_FOR)


def after_wrong(tries: int, written: str, now: datetime) -> tuple[int, str]:
    """Give what to write down after one more wrong code: the count, and until when it is locked (empty: not)."""
    before = 0 if written else tries  # a lock that ran out gives five new tries
    return before + 1, stamp(now + LOCKED_FOR) if before + 1 >= MOST_TRIES else ""
