# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking for what is missing: phone first, a day that is worked out, and nobody called who cannot hear (S05)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.call_attempts import CallAttempt
from domain.kind_request import WORKING_DAYS, Calling, answer_by, calling_so_far, can_be_called, may_be_written
from domain.submission import Initiator

TODAY = date(2026, 11, 24)
NOOR = Initiator(name="Noor", phone="+31612345678", reach="phone")


def call(day: int, *, was_reached: bool = False, month: int = 11) -> CallAttempt:
    return CallAttempt(f"{month}-{day}", "R", datetime(2026, month, day, 9, tzinfo=UTC), was_reached)


def test_a_message_waits_for_a_call() -> None:
    assert calling_so_far(NOOR, [], TODAY) is Calling.NOT_YET
    assert not may_be_written(Calling.NOT_YET)


@pytest.mark.parametrize(("was_reached", "came_to"), [(True, Calling.REACHED), (False, Calling.MISSED)])
def test_a_call_opens_the_way_to_the_message_whether_or_not_somebody_answered(
    was_reached: bool, came_to: Calling
) -> None:
    found = calling_so_far(NOOR, [call(24, was_reached=was_reached)], TODAY)
    assert found is came_to
    assert may_be_written(found)


def test_a_call_of_last_month_was_about_something_else() -> None:
    assert calling_so_far(NOOR, [call(20, month=10)], TODAY) is Calling.NOT_YET


def test_a_call_of_last_week_still_counts() -> None:
    assert calling_so_far(NOOR, [call(17)], TODAY) is Calling.MISSED
    assert calling_so_far(NOOR, [call(16)], TODAY) is Calling.NOT_YET


@pytest.mark.parametrize("initiator", [Initiator(), Initiator(phone="+31612345678", reach="text")])
def test_who_has_no_telephone_or_types_is_written_at_once(initiator: Initiator) -> None:
    assert not can_be_called(initiator)
    assert may_be_written(calling_so_far(initiator, [], TODAY))


def test_the_day_skips_weekends_and_holidays() -> None:
    assert answer_by(TODAY, 5) == date(2026, 12, 1)
    assert answer_by(date(2026, 12, 21), 5) == date(2026, 12, 29)


def test_every_offered_term_gives_a_later_day() -> None:
    days = [answer_by(TODAY, number) for number in WORKING_DAYS]
    assert days == sorted(set(days))


@pytest.mark.parametrize("number", [0, -5, 1, 400])
def test_a_term_that_nobody_offers_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not offered"):
        answer_by(TODAY, number)
