# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading when somebody has time: week days and parts of the day, chosen by id."""

from __future__ import annotations

from domain.answers import TimeWish
from domain.lenient.faults import Fault

DAYS = ("ma", "di", "wo", "do", "vr")
PARTS = ("ochtend", "middag", "avond")


def read_time_wish(days: str, parts: str) -> TimeWish | Fault:
    """Read the ids; of days or parts one may be left empty: then it does not matter which."""
    chosen_days, chosen_parts = set(days[:200].split()), set(parts[:200].split())
    wish = TimeWish(
        tuple(day for day in DAYS if day in chosen_days), tuple(part for part in PARTS if part in chosen_parts)
    )
    is_known = len(wish.days) == len(chosen_days) and len(wish.parts) == len(chosen_parts)
    return wish if is_known and (wish.days or wish.parts) else Fault("choose-one")
