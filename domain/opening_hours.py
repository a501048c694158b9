# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When the place is open where a kiosk stands, and when it opens and closes next (feature I13).

Only the calendar: whether the clock is believed, and what a closed screen says, is for who asks. All moments are local.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from domain.promise import holidays

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSED = "closed"
_DAY = timedelta(days=1)
_WHOLE_DAY = 24 * 60
_LOOKS_AHEAD = 60  # days; a place that is closed for longer says no day
_SPAN = re.compile(r"\s*(\d{1,2})[:.](\d\d)\s*-\s*(\d{1,2})[:.](\d\d)\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the day up to another; 1440 is the midnight at its end."""

    begins: int
    ends: int

    def __str__(self) -> str:
        """Write it as it stands in the settings."""
        return f"{_written(self.begins)}-{_written(self.ends)}"


Spans = tuple[Span, ...]
_ALWAYS: Spans = (Span(0, _WHOLE_DAY),)


def spans_in(text: str) -> Spans | None:
    """Read "9:00-12:30, 13:00-17:00"; "closed" and nothing are no span at all. None when it says neither."""
    if text.strip().lower() in (CLOSED, ""):
        return ()
    found = [_span_in(piece) for piece in text.split(",")]
    spans = tuple(span for span in found if span is not None)
    is_whole = len(spans) == len(found)
    in_order = all(before.ends <= after.begins for before, after in pairwise(spans))
    return spans if is_whole and in_order else None


def _span_in(piece: str) -> Span | None:
    found = _SPAN.fullmatch(piece)
    if found is None:
        return None
    hour, minute, last_hour, last_minute = (int(number) for number in found.groups())
    begins, ends = hour * 60 + minute, last_hour * 60 + last_minute
    is_time = max(minute, last_minute) < 60 and begins < ends <= _WHOLE_DAY
    return Span(begins, ends) if is_time else None


def _written(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


@dataclass(frozen=True, slots=True)
class Opening:
    """How it stands at one moment. `changes_at` is when that ends: None when nobody knows, or never."""

    is_open: bool
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The week, the days that differ, and whether holidays close; a day of the week that is None is open all day."""

    monday: Spans | None = None
    tuesday: Spans | None = None
    wednesday: Spans | None = None
    thursday: Spans | None = None
    friday: Spans | None = None
    saturday: Spans | None = None
    sunday: Spans | None = None
    dates: Mapping[date, Spans] = field(default_factory=lambda: MappingProxyType({}))
    closed_on_holidays: bool = False  # of the Algemene termijnenwet
    idle_s: int = 900  # so long a visit that goes on after closing time may lie still

    @property
    def is_always_open(self) -> bool:
        """Tell whether nothing ever closes."""
        is_plain = all(self._of_weekday(number) == _ALWAYS for number in range(len(WEEKDAYS)))
        return is_plain and not self.dates and not self.closed_on_holidays

    def on(self, day: date) -> Spans:
        """Give when it is open on a day: what the day itself says, else the holiday, else the day of the week."""
        if day in self.dates:
            return self.dates[day]
        if self.closed_on_holidays and day in holidays(day.year):
            return ()
        return self._of_weekday(day.weekday())

    def at(self, now: datetime) -> Opening:
        """Tell how it stands; `now` is local."""
        minute = now.hour * 60 + now.minute
        span = next((found for found in self.on(now.date()) if found.begins <= minute < found.ends), None)
        if span is None:
            return Opening(False, self._opens_after(now, minute))
        return Opening(True, self._closes_after(now, span))

    def _of_weekday(self, number: int) -> Spans:
        spans: Spans | None = getattr(self, WEEKDAYS[number])
        return _ALWAYS if spans is None else spans

    def _opens_after(self, now: datetime, minute: int) -> datetime | None:
        day, after = now.date(), minute
        for _ in range(_LOOKS_AHEAD):
            for span in self.on(day):
                if span.begins > after:
                    return _moment(now, day, span.begins)
            day, after = day + _DAY, -1
        return None

    def _closes_after(self, now: datetime, span: Span) -> datetime | None:
        """Give the end of this span, and of what follows on it without a break, also past midnight."""
        day, ends = now.date(), span.ends
        for _ in range(_LOOKS_AHEAD):
            if ends == _WHOLE_DAY:
                following, begins = day + _DAY, 0
            else:
                following, begins = day, ends
            more = next((found for found in self.on(following) if found.begins == begins), None)
            if more is None:
                return _moment(now, day, ends)
            day, ends = following, more.ends
        return None


def _moment(now: datetime, day: date, minute: int) -> datetime:
    if minute == _WHOLE_DAY:
        day, minute = day + _DAY, 0
    return datetime.combine(day, time(minute // 60, minute % 60), now.tzinfo)
