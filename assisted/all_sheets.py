# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sheets of a counter in the order of their buttons: the one place where a sheet is hung in."""

from __future__ import annotations

from assisted.case_sheets import CaseSheet
from assisted.sheet_answer import answer_sheet
from assisted.sheet_ask import ask_sheet
from assisted.sheet_call_back import call_back_sheet
from assisted.sheet_contact import CONTACT
from assisted.sheet_correction import CORRECTION
from assisted.sheet_forward import FORWARD
from assisted.sheet_one_press import GIVE_BACK, RESUME, TAKE_ON, TAKE_OVER
from assisted.sheet_seen import SEEN
from assisted.sheet_task import TASK
from assisted.sheet_urgent import URGENT
from domain.call_attempts import CallAttemptBook


def all_sheets(calls: CallAttemptBook) -> tuple[CaseSheet, ...]:
    """Give all sheets; `calls` keeps the attempts to call somebody, and is asked in the store's lane only."""
    return (
        TAKE_ON,
        TAKE_OVER,
        RESUME,
        CORRECTION,
        answer_sheet(calls),
        ask_sheet(calls),
        call_back_sheet(calls),
        CONTACT,
        SEEN,
        TASK,
        FORWARD,
        URGENT,
        GIVE_BACK,
    )
