# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a date from three fields, or from one text: "14-12-2026", "14 dec", "morgen", "maandag over een week".

What a question allows comes in as a `Window`; it also settles what a short year means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.lenient.characters import LONGEST, fold
from domain.lenient.faults import Fault
from domain.lenient.months import month_named
from domain.lenient.words import day_named, spoken_number, words_of

_EARLIEST_YEAR = 1850
_LATEST_YEAR = 2200
_NEAR = timedelta(days=366)
_LONGEST_RUN = 8  # digits: 14122026
_PARTS = ("day", "month", "year")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# Words that may stand in a date and say nothing: endings of "14e", "de 14e van december", the day of the week.
_FILLERS = words_of("""
    e de den der ste th st nd rd van of the op in per vanaf tot om d dd het is a le am um el dia jaar year
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
""")


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a question allows, seen from today; an end may be open."""

    today: date
    earliest: date | None = None
    latest: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day is allowed."""
        return (self.earliest is None or day >= self.earliest) and (self.latest is None or day <= self.latest)

    @property
    def is_near(self) -> bool:
        """Tell whether the year may be left out: nothing before last year is allowed."""
        return self.earliest is not None and self.earliest >= self.today - _NEAR


def read_date(text: str, window: Window) -> date | Fault:
    """Read a whole date from one text; whether it lies in the window is for the caller to judge."""
    text = text.strip()
    if len(text) > LONGEST:
        return Fault("date-unclear")
    folded = fold(text)
    named = day_named(folded, window.today)
    if named is not None:
        return named
    found = _sorted_out(folded)
    if found is None:
        return Fault("date-unclear")
    numbers, month = found
    return _from_numbers(numbers, window) if month is None else _with_named_month(numbers, month, window)


def _sorted_out(folded: str) -> tuple[list[str], int | None] | None:
    """Give the numbers in order and the named month; None when there is more, or a word that no date has."""
    numbers: list[str] = []
    month: int | None = None
    for token in _TOKEN.findall(folded):
        if token.isdecimal() and len(token) <= _LONGEST_RUN:
            numbers.append(token)
        elif token in _FILLERS:
            continue
        elif (number := spoken_number(token)) is not None:
            numbers.append(str(number))
        elif month is None and (month := month_named(token)) is not None:
            if len(numbers) > 1 and not any(len(before) == 4 for before in numbers):
                return None  # "14 of 15 december"
        else:
            return None
    return numbers, month


def read_date_fields(day: str, month: str, year: str, window: Window) -> date | Fault:
    """Read a date from three fields; a whole date in any one of them is fine too."""
    given = [part.strip() for part in (day, month, year)]
    filled = [index for index, part in enumerate(given) if part]
    too_long = [index for index in filled if len(given[index]) > LONGEST]
    if too_long:
        return Fault("date-unclear", _PARTS[too_long[0]])
    if len(filled) <= 1:
        return _from_one_field(given, window)
    numbers = (_field_number(given[0]), _field_month(given[1]), _field_number(given[2]))
    unread = [index for index in filled if numbers[index] is None]
    if unread:
        return _read_joined(given, _PARTS[unread[0]], window)
    return _from_parts(numbers, len(_digits(given[2])), window)


def _from_one_field(given: list[str], window: Window) -> date | Fault:
    text = "".join(given)
    if not text:
        return Fault("date-empty", "day")
    found = read_date(text, window)
    if isinstance(found, Fault):
        return Fault(found.code, found.field or "day") if given[0] else Fault("date-no-day", "day")
    return found


def _from_parts(numbers: tuple[int | None, int | None, int | None], year_length: int, window: Window) -> date | Fault:
    day, month, year = numbers
    if day is None:
        return Fault("date-no-day", "day")
    if month is None:
        return Fault("date-no-month", "month")
    return _nearest_year(day, month, window) if year is None else _dated(day, month, year, year_length, window)


def _read_joined(given: list[str], field: str, window: Window) -> date | Fault:
    """Read three fields as one text, for somebody who wrote "14 december" and then the year."""
    found = read_date(" ".join(part for part in given if part), window)
    if isinstance(found, Fault):
        return Fault("date-unknown-month", "month") if field == "month" else Fault("date-unclear", field)
    return found


def _digits(part: str) -> str:
    return "".join(character for character in fold(part) if character.isdecimal())


def _field_number(part: str) -> int | None:
    tokens = [token for token in _TOKEN.findall(fold(part)) if token not in _FILLERS]
    if len(tokens) != 1:
        return None
    if tokens[0].isdecimal():
        return int(tokens[0]) if len(tokens[0]) <= 4 else None
    return spoken_number(tokens[0])


def _field_month(part: str) -> int | None:
    number = _field_number(part)
    if number is not None:
        return number
    tokens = [token for token in _TOKEN.findall(fold(part)) if token not in _FILLERS]
    return month_named(tokens[0]) if len(tokens) == 1 else None


def _with_named_month(numbers: list[str], month: int, window: Window) -> date | Fault:
    if not numbers:
        return Fault("date-no-day", "day")
    if len(numbers) == 1:
        if len(numbers[0]) > 2:
            return Fault("date-no-day", "day")
        return _nearest_year(int(numbers[0]), month, window)
    if len(numbers) > 2:
        return Fault("date-unclear")
    first, second = numbers
    if len(first) == 4:
        first, second = second, first
    return _dated(int(first), month, int(second), len(second), window)


def _from_numbers(numbers: list[str], window: Window) -> date | Fault:
    if len(numbers) == 1:
        return _from_run(numbers[0], window)
    if len(numbers) == 2:
        day, month = map(int, numbers)
        if len(numbers[1]) == 4:
            return Fault("date-no-day", "day")
        return _nearest_year(day, month, window)
    if len(numbers) != 3:
        return Fault("date-unclear")
    if len(numbers[0]) == 4:
        numbers.reverse()
    day, month, year = map(int, numbers)
    if month > 12 >= day:
        day, month = month, day  # as Americans write it; the other way round there is no such month
    return _dated(day, month, year, len(numbers[2]), window)


def _from_run(run: str, window: Window) -> date | Fault:
    """Read "14122026", "20261214" and "141226"; a lone day or year says too little."""
    if len(run) == 8:
        found = _dated(int(run[:2]), int(run[2:4]), int(run[4:]), 4, window)
        if isinstance(found, Fault):
            turned = _dated(int(run[6:]), int(run[4:6]), int(run[:4]), 4, window)
            return found if isinstance(turned, Fault) else turned
        return found
    if len(run) == 6:
        return _dated(int(run[:2]), int(run[2:4]), int(run[4:]), 2, window)
    if len(run) <= 2:
        return Fault("date-no-month", "month")
    return Fault("date-no-day", "day") if len(run) == 4 else Fault("date-unclear")


def _dated(day: int, month: int, year: int, year_length: int, window: Window) -> date | Fault:
    if year_length == 2:
        return _nearest_century(day, month, year, window)
    if year_length != 4 or not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return Fault("date-unclear-year", "year")
    return _exact(day, month, year)


def _exact(day: int, month: int, year: int) -> date | Fault:
    if not 1 <= month <= 12:
        return Fault("date-unknown-month", "month")
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("date-unknown-day", "day")


def _nearest_century(day: int, month: int, year: int, window: Window) -> date | Fault:
    return _best([_exact(day, month, century + year) for century in (1900, 2000)], window)


def _nearest_year(day: int, month: int, window: Window) -> date | Fault:
    if not window.is_near:
        # Which year a letter or a birth was in cannot be guessed; but a day that no year has is named first.
        possible = _exact(day, month, 2000)
        return possible if isinstance(possible, Fault) else Fault("date-no-year", "year")
    this_year = window.today.year
    return _best([_exact(day, month, this_year + step) for step in (-1, 0, 1)], window)


def _best(possible: list[date | Fault], window: Window) -> date | Fault:
    """Choose the day that the question allows, and of those the nearest to today."""
    days = [day for day in possible if isinstance(day, date)]
    if not days:
        return possible[-1]
    allowed = [day for day in days if window.holds(day)] or days
    return min(allowed, key=lambda day: abs(day - window.today))
