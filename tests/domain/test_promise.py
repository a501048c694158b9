# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promise dates: working days, Dutch holidays, the Algemene termijnenwet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.promise import due_date, holidays, is_working_day, legal_term_end, working_days_between
from domain.service import Term

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Goede Vrijdag
        date(2026, 4, 6),  # second day of Easter
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),  # Hemelvaart
        date(2026, 5, 25),  # second day of Pinksteren
        date(2026, 12, 25),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2038, 4, 26),  # Easter on 25 April: the latest there is
    ],
)
def test_takes_a_holiday_for_no_working_day(day: date) -> None:
    assert not is_working_day(day)


def test_moves_koningsdag_to_saturday_when_the_27th_is_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert is_working_day(date(2025, 4, 28))


@pytest.mark.parametrize(
    ("year", "easter_monday"),
    [(2024, date(2024, 4, 1)), (2025, date(2025, 4, 21)), (2028, date(2028, 4, 17)), (2035, date(2035, 3, 26))],
)
def test_finds_easter_where_the_almanac_has_it(year: int, easter_monday: date) -> None:
    assert easter_monday in holidays(year)


@pytest.mark.parametrize(
    ("term", "start", "due"),
    [
        (Term(days=5), date(2026, 11, 20), date(2026, 11, 25)),
        (Term(weeks=6), date(2026, 11, 21), date(2027, 1, 2)),
        (Term(days=3, is_legal=True), date(2026, 11, 16), date(2026, 11, 19)),  # Monday
        (Term(days=3, is_legal=True), date(2026, 11, 18), date(2026, 11, 23)),  # the third day is a Saturday
        (Term(days=3, is_legal=True), date(2026, 11, 20), date(2026, 11, 24)),  # only the Monday is a working day
        (Term(days=3, is_legal=True), date(2026, 12, 24), date(2026, 12, 29)),  # Christmas and a weekend
        (Term(days=3, is_legal=True), date(2026, 4, 2), date(2026, 4, 8)),  # Goede Vrijdag up to second Easter day
        (Term(days=2, is_legal=True), date(2026, 11, 20), date(2026, 11, 23)),
        (Term(working_days=2), date(2026, 11, 20), date(2026, 11, 24)),
        (Term(working_days=5), date(2026, 12, 21), date(2026, 12, 29)),
        (Term(working_days=1), date(2026, 11, 21), date(2026, 11, 23)),
        (Term(working_days=0), date(2026, 11, 21), date(2026, 11, 23)),
        (Term(working_days=0), date(2026, 11, 23), date(2026, 11, 23)),
        (Term(working_days=-1), date(2026, 11, 23), date(2026, 11, 20)),
        (Term(days=-3), date(2026, 11, 23), date(2026, 11, 20)),
    ],
)
def test_comes_to_the_day_of_the_term(term: Term, start: date, due: date) -> None:
    assert due_date(term, start) == due


@given(start=DAYS, number=st.integers(1, 60))
def test_counts_as_many_working_days_as_the_term_has(start: date, number: int) -> None:
    due = due_date(Term(working_days=number), start)
    assert is_working_day(due)
    assert working_days_between(start, due) == number
    assert working_days_between(due, start) == -number


@given(day=DAYS)
def test_ends_a_legal_term_on_the_first_working_day_from_there(day: date) -> None:
    end = legal_term_end(day)
    assert end >= day
    assert is_working_day(end)
    assert not any(is_working_day(day + timedelta(days=number)) for number in range((end - day).days))


def test_ends_a_legal_term_after_easter_when_it_would_end_on_good_friday() -> None:
    assert legal_term_end(date(2026, 4, 3)) == date(2026, 4, 7)
