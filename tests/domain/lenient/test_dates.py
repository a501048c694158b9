# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to write a date that are all understood (feature C27)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lenient.dates import Window, read_date, read_date_fields
from domain.lenient.faults import Fault

TODAY = date(2026, 11, 21)  # a Saturday
NEAR = Window(TODAY, date(2026, 10, 21), date(2027, 11, 21))
BIRTH = Window(TODAY, latest=TODAY)
DECEMBER_14 = date(2026, 12, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14-12-2026",
        "14/12/2026",
        "14.12.2026",
        "14 12 2026",
        "14,12,2026",
        "14\u201312\u20132026",
        "14/12/26",
        "14.12.26",
        "14-12-'26",
        "2026-12-14",
        "2026/12/14",
        "20261214",
        "14122026",
        "141226",
        "14 december 2026",
        "14 DECEMBER 2026",
        "14december2026",
        "december 14, 2026",
        "2026 december 14",
        "14 dec 2026",
        "14 dec. 26",
        "14e december 2026",
        "14de van december 2026",
        "de 14e december 2026",
        "14th of December 2026",
        "maandag 14 december 2026",
        "ma 14 dec",
        "14 december",
        "14-12",
        "14/12",
        "veertien december",
        "veertiende december 2026",
        "14 desember 2026",
        "14 deecember 2026",
        "14 Dezember 2026",
        "14 décembre 2026",
        "14 aralık 2026",
        "14 grudnia 2026",
        "14 грудня 2026",
        "١٤-١٢-٢٠٢٦",
        "۱۴/۱۲/۲۰۲۶",
        "١٤ ديسمبر ٢٠٢٦",
        "１４－１２－２０２６",
        "  14 - 12 - 2026  ",
        "14\t12\n2026",
        "\u200e14-12-2026\u200f",
        "12/14/2026",
    ],
)
def test_reads_the_fourteenth_of_december_however_it_is_written(text: str) -> None:
    assert read_date(text, NEAR) == DECEMBER_14


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("vandaag", 0),
        ("Per direct", 0),
        ("morgen", 1),
        ("MORGEN", 1),
        ("overmorgen", 2),
        ("gisteren", -1),
        ("eergisteren", -2),
        ("tomorrow", 1),
        ("завтра", 1),
        ("غدا", 1),
        ("bugün", 0),
        ("yarın", 1),
        ("maandag", 2),
        ("a.s. maandag", 2),
        ("komende vrijdag", 6),
        ("zaterdag", 7),
        ("afgelopen vrijdag", -1),
        ("vorige zaterdag", -7),
        ("volgende week dinsdag", 3),
        ("maandag volgende week", 2),
        ("over drie dagen", 3),
        ("over 3 weken", 21),
        ("twee weken geleden", -14),
    ],
)
def test_reads_a_day_that_is_named_from_today(text: str, days: int) -> None:
    assert read_date(text, NEAR) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("month", "number"),
    [("mrt", 3), ("maart", 3), ("3", 3), ("03", 3), ("mei", 5), ("may", 5), ("aug", 8), ("okt", 10), ("oct", 10)],
)
def test_reads_the_month_by_number_or_name(month: str, number: int) -> None:
    assert read_date_fields("5", month, "2026", NEAR) == date(2026, number, 5)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("14", "12", "2026"),
        ("14", "dec", "26"),
        ("14e", "december", "2026"),
        ("veertien", "december", "2026"),
        ("14-12-2026", "", ""),
        ("", "14 december 2026", ""),
        ("", "", "14/12/26"),
        ("14 december", "", "2026"),
        ("14", "12", ""),
        ("١٤", "١٢", "٢٠٢٦"),
        (" 14 ", " 12 ", " 2026 "),
    ],
)
def test_reads_three_fields_however_they_are_filled(day: str, month: str, year: str) -> None:
    assert read_date_fields(day, month, year, NEAR) == DECEMBER_14


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("3-4-48", date(1948, 4, 3)),
        ("3-4-20", date(2020, 4, 3)),
        ("3-4-26", date(2026, 4, 3)),
        ("3-4-27", date(1927, 4, 3)),
        ("3 apr 1952", date(1952, 4, 3)),
        ("29-2-48", date(1948, 2, 29)),
    ],
)
def test_takes_the_century_that_a_birth_date_can_have(text: str, born: date) -> None:
    assert read_date(text, BIRTH) == born


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        (("", "", ""), "date-empty", "day"),
        (("14", "", ""), "date-no-month", "month"),
        (("", "12", ""), "date-no-day", "day"),
        (("", "", "2026"), "date-no-day", "day"),
        (("", "12", "2026"), "date-no-day", "day"),
        (("14", "", "2026"), "date-no-month", "month"),
        (("31", "11", "2026"), "date-unknown-day", "day"),
        (("29", "2", "2026"), "date-unknown-day", "day"),
        (("0", "2", "2026"), "date-unknown-day", "day"),
        (("14", "13", "2026"), "date-unknown-month", "month"),
        (("14", "xyz", "2026"), "date-unknown-month", "month"),
        (("14", "12", "202"), "date-unclear-year", "year"),
        (("14", "12", "1066"), "date-unclear-year", "year"),
        (("14", "12", "20262"), "date-unclear", "year"),
        (("ergens", "12", "2026"), "date-unclear", "day"),
        (("14 of 15 december", "", ""), "date-unclear", "day"),
        (("14", "ju", "2026"), "date-unknown-month", "month"),
    ],
)
def test_says_which_field_to_mend(fields: tuple[str, str, str], code: str, field: str) -> None:
    assert read_date_fields(*fields, NEAR) == Fault(code, field)


def test_asks_for_the_year_when_it_cannot_be_guessed() -> None:
    assert read_date("14 december", BIRTH) == Fault("date-no-year", "year")


def test_takes_the_allowed_year_when_the_year_was_left_out() -> None:
    assert read_date("14 januari", NEAR) == date(2027, 1, 14)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_reads_every_day_in_its_usual_forms(day: date) -> None:
    for text in (f"{day.day}-{day.month}-{day.year}", day.isoformat(), f"{day.day:02}{day.month:02}{day.year}"):
        assert read_date(text, BIRTH) == day
    assert read_date_fields(str(day.day), str(day.month), str(day.year), BIRTH) == day
