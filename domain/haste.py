# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a case cannot wait, and by when somebody must have spoken to the citizen (H18; Wgs article 4: three days)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.promise import due_date
from domain.service import Term

TERM = Term(working_days=3)


class Haste(StrEnum):
    """What is going on; the words for staff are `desk.sheet.urgent.<value>`."""

    EVICTION = "eviction"
    CUT_OFF = "cut_off"  # no power, gas or water
    NO_FOOD = "no_food"
    VIOLENCE = "violence"
    SUICIDE = "suicide"

    @property
    def is_unsafe_at_home(self) -> bool:
        """Tell whether a call, a letter or a mail can do harm when another reads or hears it."""
        return self is Haste.VIOLENCE


def due_on(today: date) -> date:
    """Give the last day on which a person must have helped."""
    return due_date(TERM, today)
