# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a place is open: the week, days that differ, holidays, midnight and the change to summer time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.opening_hours import Opening, OpeningHours, Span, spans_in

HERE = ZoneInfo("Europe/Amsterdam")
DAY, NONE = spans_in("9:00-12:30, 13:00-17:00"), ()
LIBRARY = OpeningHours(
    monday=DAY,
    tuesday=DAY,
    wednesday=DAY,
    thursday=DAY,
    friday=DAY,
    saturday=spans_in("10:00-16:00"),
    sunday=NONE,
    dates={date(2026, 12, 24): (Span(540, 780),), date(2026, 12, 31): NONE, date(2026, 12, 26): (Span(600, 720),)},
    closed_on_holidays=True,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00-17:00", (Span(540, 1020),)),
        (" 09.00 - 12.30 ,13:00-24:00", (Span(540, 750), Span(780, 1440))),
        ("closed", ()),
        ("Closed", ()),
        ("", ()),
        ("0:00-24:00", (Span(0, 1440),)),
    ],
)
def test_reads_what_stands_in_the_settings(text: str, spans: tuple[Span, ...]) -> None:
    assert spans_in(text) == spans


@pytest.mark.parametrize(
    "text",
    ["9-17", "9:00", "17:00-9:00", "9:00-9:00", "9:60-10:00", "9:00-24:01", "9:00-12:00,11:00-13:00", "dicht", "9:00-"],
)
def test_refuses_what_is_no_opening_time(text: str) -> None:
    assert spans_in(text) is None


def test_writes_a_span_as_it_was_read() -> None:
    assert ", ".join(map(str, DAY or ())) == "9:00-12:30, 13:00-17:00"


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        ("2026-11-23T08:59:59", False, "2026-11-23T09:00"),
        ("2026-11-23T09:00", True, "2026-11-23T12:30"),
        ("2026-11-23T12:30", False, "2026-11-23T13:00"),
        ("2026-11-23T16:59:59", True, "2026-11-23T17:00"),
        ("2026-11-23T17:00", False, "2026-11-24T09:00"),
        ("2026-11-21T16:00", False, "2026-11-23T09:00"),  # Saturday: past the Sunday
        ("2026-12-24T13:00", False, "2026-12-26T10:00"),  # past Christmas; a date wins over a holiday
        ("2026-12-31T10:00", False, "2027-01-02T10:00"),
        ("2027-04-27T10:00", False, "2027-04-28T09:00"),  # Koningsdag
    ],
)
def test_knows_when_it_opens_and_closes(now: str, is_open: bool, changes: str) -> None:
    assert LIBRARY.at(at(now)) == Opening(is_open, at(changes))


def test_is_open_without_an_end_when_nothing_is_set() -> None:
    assert OpeningHours().is_always_open
    assert OpeningHours().at(at("2026-11-22T03:00")) == Opening(True, None)
    assert not LIBRARY.is_always_open
    assert not OpeningHours(closed_on_holidays=True).is_always_open


def test_stays_open_over_midnight_when_the_next_day_goes_on() -> None:
    night = OpeningHours(friday=spans_in("20:00-24:00"), saturday=spans_in("0:00-2:00"))
    assert night.at(at("2026-11-27T23:00")) == Opening(True, at("2026-11-28T02:00"))
    assert night.at(at("2026-11-28T02:00")).is_open is False


def test_says_no_day_when_it_never_opens_again() -> None:
    never = OpeningHours(*(((),) * 7))
    assert never.at(at("2026-11-22T12:00")) == Opening(False, None)


def test_keeps_the_hours_of_the_wall_when_the_clock_changes() -> None:
    sunday = OpeningHours(sunday=spans_in("1:00-5:00"))
    spring, opening = at("2027-03-28T01:30"), sunday.at(at("2027-03-28T01:30"))
    assert opening.changes_at == at("2027-03-28T05:00")
    assert opening.changes_at is not None
    assert opening.changes_at.timestamp() - spring.timestamp() == timedelta(hours=2.5).total_seconds()
