# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When something is due: terms in days, weeks and working days, with the Dutch holidays.

The holidays are those of the Algemene termijnenwet, article 3: Nieuwjaarsdag, second Easter day, Hemelvaartsdag, second
day of Pinksteren, both days of Christmas, Koningsdag and 5 May; Goede Vrijdag counts as one of them (paragraph 2).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from domain.service import Term

_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6
_LEAST_LEGAL_DAYS = 3
_LEAST_WORKING_DAYS = 2


def due_date(term: Term, start: date) -> date:
    """Give the day that a term comes to; working days are counted from the day after `start`.

    A term of no working days is the first working day, `start` itself when it is one. A negative term counts back.
    """
    if term.working_days is not None:
        return _working_days_on(start, term.working_days)
    end = start + timedelta(days=term.days or 0, weeks=term.weeks or 0)
    return _legal_end(start, end) if term.is_legal else end


def _legal_end(start: date, end: date) -> date:
    """Make a term longer as the Algemene termijnenwet does: articles 1 and 2.

    It ends on a working day, and a term of three days or more holds at least two working days: who has a baby on a
    Friday has until Tuesday.
    """
    last = legal_term_end(end)
    while (end - start).days >= _LEAST_LEGAL_DAYS and working_days_between(start, last) < _LEAST_WORKING_DAYS:
        last = legal_term_end(last + _DAY)
    return last


def _working_days_on(start: date, number: int) -> date:
    if number == 0:
        return legal_term_end(start)
    step = _DAY if number > 0 else -_DAY
    day, left = start, abs(number)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def is_working_day(day: date) -> bool:
    """Tell whether offices work: no weekend and no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * number) for number in range(1, (end - start).days + 1))


def legal_term_end(day: date) -> date:
    """Give the last day of a legal term that would end on `day`: in a weekend or on a holiday, the working day after.

    Algemene termijnenwet, article 1, paragraph 1. It does not hold for terms of more than 90 days, twelve weeks or
    three months (article 4): there, do not call this.
    """
    while not is_working_day(day):
        day += _DAY
    return day


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Give the days that the Algemene termijnenwet counts as holidays; Koningsdag as it is since 2014."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day -= _DAY
    return frozenset(
        {
            date(year, 1, 1),
            easter - 2 * _DAY,  # Goede Vrijdag
            easter + _DAY,
            kings_day,
            date(year, 5, 5),
            easter + 39 * _DAY,  # Hemelvaartsdag
            easter + 50 * _DAY,  # second day of Pinksteren
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def _easter(year: int) -> date:
    """Give Easter Sunday in the Gregorian calendar, by the anonymous computus of 1876 (Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
