# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a time of day: "14.30", "14u", "half drie", "kwart over 3", "3 uur 's middags"."""

from __future__ import annotations

import re
from datetime import time

from domain.lenient.characters import LONGEST, fold
from domain.lenient.words import spoken_number

_AFTERNOON = re.compile(r"'?\b(?:s )?(?:middags?|avonds?|namiddags?|pm|p m)\b")
_MORNING = re.compile(r"'?\b(?:s )?(?:morgens?|ochtends?|nachts?|vroeg|am|a m)\b")
_FILLERS = re.compile(
    r"\b(?:om|rond|ongeveer|uur|uren|u|h|uhr|in de|in the|at)\b(?! *\d)|\b(?:om|rond|ongeveer|at|s)\b|'"
)
_DIGITAL = re.compile(r"(\d{1,2})(?: *[:.,ueh] *| +)(\d{2})(?:[:.]\d{2})?")
_RUN = re.compile(r"(\d{1,2})(\d{2})")
_HALF = re.compile(r"(?:(\w+) (?:minuten )?(voor|over) )?half (\w+)")
_QUARTER = re.compile(r"(\w+) (?:minuten )?(voor|over) (\w+)")


def parse_time(text: str) -> time | None:
    """Read a time of day; half past twelve to seven without a part of the day is by day, when desks are open."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    if folded in ("twaalf uur 's middags", "middag", "noon"):
        return time(12)
    if folded in ("middernacht", "midnight", "24:00", "24.00", "24 uur"):
        return time(0)
    is_afternoon = bool(_AFTERNOON.search(folded))
    is_morning = bool(_MORNING.search(folded))
    plain = _AFTERNOON.sub(" ", _MORNING.sub(" ", folded))
    minutes = _minutes(" ".join(re.sub(r"(\d)(?:uur|uhr|u|h)\b", r"\1", _FILLERS.sub(" ", plain)).split()))
    if minutes is None:
        return None
    starts_with_zero = plain.lstrip(" '").startswith(("0", "nul"))
    if is_afternoon and minutes < 12 * 60:
        minutes += 12 * 60
    elif is_morning and minutes >= 12 * 60:
        minutes -= 12 * 60
    elif not (is_afternoon or is_morning or starts_with_zero) and minutes < 7 * 60:
        minutes += 12 * 60
    return time(minutes // 60, minutes % 60) if 0 <= minutes < 24 * 60 else None


def _minutes(plain: str) -> int | None:
    """Give the minutes since midnight that the clock shows, morning for who says no more."""
    if match := _DIGITAL.fullmatch(plain) or _RUN.fullmatch(plain):
        hours, minutes = int(match[1]), int(match[2])
        return hours * 60 + minutes if hours < 24 and minutes < 60 else None
    if match := _HALF.fullmatch(plain):
        return _beside(match[1], match[2], match[3], -30)
    if match := _QUARTER.fullmatch(plain):
        return _beside(match[1], match[2], match[3], 0)
    hour = _number(plain)
    return hour * 60 if hour is not None and hour < 24 else None


def _beside(amount: str | None, side: str | None, hour_word: str, offset: int) -> int | None:
    hour = _number(hour_word)
    away = 0 if amount is None else 15 if amount == "kwart" else _number(amount)
    if hour is None or away is None or not 1 <= hour <= 24 or away > 30:
        return None
    return (hour * 60 + offset + (-away if side == "voor" else away)) % (24 * 60)


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return spoken_number(word)
