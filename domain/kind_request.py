# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a citizen may be asked in writing for what is missing: after a call, wherever calling is possible (S05).

The words are texts by key (`desk.ask.<missing>...`); this module has the days and the rules. Who wants text only, or
gave no number, is not called: a deaf person is not made to wait for a telephone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from domain.call_attempts import CallAttempt
from domain.promise import due_date, working_days_between
from domain.service import Term
from domain.submission import Initiator

WORKING_DAYS = (5, 10, 15)
"""What may be chosen."""

USUAL_WORKING_DAYS = 10
_CALL_COUNTS_FOR = 5  # working days; a call of last month asked for something else
_TEXT_ONLY = "text"  # Initiator.reach


class Missing(StrEnum):
    """What is not there yet."""

    PAPER = "paper"
    PHOTO = "photo"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    SIGNATURE = "signature"
    OTHER = "other"


class Calling(StrEnum):
    """What calling came to; the message says it in its first line."""

    REACHED = "reached"
    MISSED = "missed"
    NOT_YET = "not_yet"  # call first
    IMPOSSIBLE = "impossible"  # no number, or somebody who wants text only


def can_be_called(initiator: Initiator) -> bool:
    """Tell whether this person can be called, and wants to be."""
    return bool(initiator.phone) and initiator.reach != _TEXT_ONLY


def calling_so_far(initiator: Initiator, attempts: Sequence[CallAttempt], today: date) -> Calling:
    """Say what the calls of these days came to; somebody who was reached once was reached."""
    if not can_be_called(initiator):
        return Calling.IMPOSSIBLE
    recent = [one for one in attempts if 0 <= working_days_between(one.day, today) <= _CALL_COUNTS_FOR]
    if not recent:
        return Calling.NOT_YET
    return Calling.REACHED if any(one.was_reached for one in recent) else Calling.MISSED


def may_be_written(calling: Calling) -> bool:
    """Tell whether the message may go: phone first."""
    return calling is not Calling.NOT_YET


def answer_by(today: date, working_days: int) -> date:
    """Give the day on which we hope to have it.

    Raises: ValueError when it is no term that may be chosen.
    """
    if working_days not in WORKING_DAYS:
        raise ValueError(f"a term of {working_days} working days is not offered")
    return due_date(Term(working_days=working_days), today)
