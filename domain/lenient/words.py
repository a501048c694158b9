# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days and numbers in words: "morgen", "volgende week maandag", "over drie weken", "veertien"."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ONES = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
]
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}
_AWAY = {
    "vandaag": 0, "nu": 0, "direct": 0, "per direct": 0, "heden": 0, "today": 0, "now": 0, "heute": 0, "bugun": 0, "сьогодні": 0, "اليوم": 0,
    "morgen": 1, "tomorrow": 1, "demain": 1, "yarin": 1, "jutro": 1, "завтра": 1, "غدا": 1,
    "overmorgen": 2, "gisteren": -1, "yesterday": -1, "eergisteren": -2,
}  # fmt: skip
_WEEKDAYS = (
    ("maandag", "monday"),
    ("dinsdag", "tuesday"),
    ("woensdag", "wednesday"),
    ("donderdag", "thursday"),
    ("vrijdag", "friday"),
    ("zaterdag", "saturday"),
    ("zondag", "sunday"),
)
_LAST = frozenset({"afgelopen", "vorige", "laatste", "last"})
_NEXT = frozenset({"aanstaande", "komende", "eerstvolgende", "next", "op", "a", "s", "as", "aankomende", "volgende"})
_IN = re.compile(
    r"(?:over|in|binnen) (\w{1,12}) (dag|dagen|week|weken|days?|weeks?)|(\w{1,12}) (dag|dagen|week|weken) geleden"
)


def _spoken() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_ONES)}
    for ten, name in _TENS.items():
        numbers[name] = ten
        numbers |= {
            word + ("en" if word.endswith("e") else "en") + name: ten + one
            for one, word in enumerate(_ONES[:10])
            if one
        }
    ordinals = {word + ending: value for word, value in numbers.items() for ending in ("de", "ste")}
    return {**ordinals, **numbers, "eerste": 1, "derde": 3}


_SPOKEN = _spoken()


def spoken_number(word: str) -> int | None:
    """Give the number that a folded Dutch word says, up to 59, counting or ordering."""
    return _SPOKEN.get(word)


def day_named(folded: str, today: date) -> date | None:
    """Give the day that folded words name from today; None when they do not."""
    if folded in _AWAY:
        return today + timedelta(days=_AWAY[folded])
    counted = _IN.fullmatch(folded)
    if counted:
        return _counted(counted, today)
    tokens = re.findall(r"[^\W\d_]+", folded)
    if not tokens or len(tokens) > 4 or any(character.isdecimal() for character in folded):
        return None
    weekday = next(
        (number for number, names in enumerate(_WEEKDAYS) if tokens[-1] in names or tokens[0] in names), None
    )
    if weekday is None:
        return None
    others = [token for token in tokens if token not in _WEEKDAYS[weekday]]
    if others[:2] in (["volgende", "week"], ["next", "week"]) and len(others) == 2:
        return today + timedelta(days=7 - today.weekday() + weekday)
    if len(others) == 1 and others[0] in _LAST:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if all(token in _NEXT for token in others):
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _counted(counted: re.Match[str], today: date) -> date | None:
    word, unit = counted[1] or counted[3], counted[2] or counted[4]
    number = int(word) if word.isdecimal() and len(word) <= 3 else spoken_number(word)
    if number is None:
        return None
    days = number * (7 if unit.startswith("w") else 1)
    return today + timedelta(days=-days if counted[3] else days)
