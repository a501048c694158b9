# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates and numbers, in Dutch by ourselves and in other languages by Babel."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from i18n.dates import format_date, format_number, month_name

DAY = date(2026, 12, 14)


def test_writes_a_dutch_day_with_and_without_its_weekday() -> None:
    assert format_date(DAY) == "14 december 2026"
    assert format_date(DAY, "nl", with_weekday=True) == "maandag 14 december 2026"


def test_writes_dutch_days_as_babel_does() -> None:
    from babel import dates

    for days in range(370):
        day = DAY + timedelta(days=days)
        assert format_date(day, "nl", with_weekday=True) == dates.format_date(day, "full", locale="nl")


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Monday, 14 December 2026"), ("de", "Montag, 14. Dezember 2026"), ("tr", "14 Aralık 2026 Pazartesi")],
)
def test_writes_a_day_in_another_language(language: str, says: str) -> None:
    assert format_date(DAY, language, with_weekday=True) == says


def test_names_months_as_they_stand_by_themselves() -> None:
    assert [month_name(3), month_name(3, "uk"), month_name(3, "pl")] == ["maart", "березень", "marzec"]


def test_writes_numbers_with_points() -> None:
    assert [format_number(1234567), format_number(12), format_number(1234, "en")] == ["1.234.567", "12", "1,234"]


def test_writes_dates_in_dutch_for_a_language_that_babel_does_not_know() -> None:
    assert format_date(date(2026, 12, 14), "srn") == "14 december 2026"
    assert month_name(3, "srn") == "maart"
    assert format_number(1234, "srn") == "1.234"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ar", "الاثنين، 14 ديسمبر 2026"),
        ("uk", "понеділок, 14 грудня 2026\u00a0року"),
        ("pl", "poniedziałek, 14 grudnia 2026"),
        ("fr", "lundi 14 décembre 2026"),
    ],
)
def test_writes_a_day_in_the_case_that_the_language_asks(language: str, says: str) -> None:
    assert format_date(DAY, language, with_weekday=True) == says


@pytest.mark.parametrize("language", ["nl", "en", "ar", "uk", "tr", "pl", "de", "fr"])
def test_writes_western_digits_in_every_language(language: str) -> None:
    months = [month_name(number, language) for number in range(1, 13)]

    assert len(set(months)) == 12
    assert all(name.strip() and not any(sign.isdigit() for sign in name) for name in months)
    for text in (
        format_date(DAY, language, with_weekday=True),
        format_date(DAY, language),
        format_number(1234567, language),
    ):
        digits = [sign for sign in text if sign.isdigit()]
        assert digits
        assert all(digit.isascii() for digit in digits)


def test_a_ukrainian_date_ends_in_a_word_so_that_a_full_stop_can_follow() -> None:
    assert format_date(DAY, "uk").endswith("грудня 2026\u00a0року")
