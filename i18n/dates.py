# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dates and numbers as a language writes them. Dutch needs only this file; other languages ask Babel when used."""

from __future__ import annotations

import re
from datetime import date

from i18n.pseudo import PSEUDO, pseudo

_YEAR_CUT_SHORT = re.compile(r"\sр\.$")  # Ukrainian
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def format_date(day: date, language: str = "nl", *, with_weekday: bool = False) -> str:
    """Write a day: "14 december 2026", or "maandag 14 december 2026"."""
    if language in ("nl", PSEUDO):
        text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        text = f"{WEEKDAYS[day.weekday()]} {text}" if with_weekday else text
        return pseudo(text) if language == PSEUDO else text
    from babel import dates  # noqa: PLC0415  Dutch screens must not wait for Babel

    locale = _locale(language)
    if locale is None:
        return format_date(day, with_weekday=with_weekday)
    text = str(dates.format_date(day, format="full" if with_weekday else "long", locale=locale))
    # Written out: an abbreviation at the end would meet the full stop of the sentence, and be spelled by the voice.
    return _YEAR_CUT_SHORT.sub("\u00a0року", text)


def _locale(language: str) -> str | None:
    """Give the language if Babel knows it; a date in a language it does not know is written in Dutch."""
    from babel.localedata import exists  # noqa: PLC0415  as above

    if language == "en":
        return "en_GB"  # day before month, as in the fields and on Dutch paper
    return language if exists(language) else None


def month_name(number: int, language: str = "nl") -> str:
    """Give the name of a month, 1 to 12, as it stands by itself."""
    if language in ("nl", PSEUDO):
        return pseudo(MONTHS[number - 1]) if language == PSEUDO else MONTHS[number - 1]
    from babel import dates  # noqa: PLC0415  as above

    locale = _locale(language)
    if locale is None:
        return month_name(number)
    return str(dates.get_month_names("wide", context="stand-alone", locale=locale)[number])


def format_number(number: int, language: str = "nl") -> str:
    """Write a whole number: "1.234"."""
    if language in ("nl", PSEUDO):
        return f"{number:,}".replace(",", ".")
    from babel import numbers  # noqa: PLC0415  as above

    locale = _locale(language)
    return format_number(number) if locale is None else numbers.format_decimal(number, locale=locale)
