# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days and numbers in words: "morgen", "volgende week maandag", "over drie weken", "veertien"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.lenient.characters import fold


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text, for a list that reads as one."""
    return frozenset(text.split())


_UNDER_TWENTY_ONE = """
    nul een twee drie vier vijf zes zeven acht negen tien
    elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig
"""
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}
_SAID = {
    0: ("vandaag", "nu", "direct", "per direct", "heden", "today", "now", "heute", "bugun", "сьогодні", "اليوم"),
    1: ("morgen", "tomorrow", "demain", "yarin", "jutro", "завтра", "غدا"),
    2: ("overmorgen",),
    -1: ("gisteren", "yesterday"),
    -2: ("eergisteren",),
}
_AWAY = {fold(word): days for days, words in _SAID.items() for word in words}
_WEEKDAYS = (
    frozenset({"maandag", "monday"}),
    frozenset({"dinsdag", "tuesday"}),
    frozenset({"woensdag", "wednesday"}),
    frozenset({"donderdag", "thursday"}),
    frozenset({"vrijdag", "friday"}),
    frozenset({"zaterdag", "saturday"}),
    frozenset({"zondag", "sunday"}),
)
_LAST = frozenset({"afgelopen", "vorige", "laatste", "last"})
_NEXT = frozenset({"aanstaande", "komende", "eerstvolgende", "next", "op", "as", "aankomende", "volgende"})
_IN = re.compile(
    r"(?:over|in|binnen) (\w{1,12}) (dag|dagen|week|weken|days?|weeks?)|(\w{1,12}) (dag|dagen|week|weken) geleden"
)


def _spoken() -> dict[str, int]:
    ones = _UNDER_TWENTY_ONE.split()
    numbers = {word: value for value, word in enumerate(ones)}
    for ten, name in _TENS.items():
        numbers[name] = ten
        numbers |= {word + "en" + name: ten + one for one, word in enumerate(ones[1:10], start=1)}
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
    tokens = folded.replace(".", "").split()
    weekdays = [number for number, names in enumerate(_WEEKDAYS) if not names.isdisjoint(tokens)]
    if len(weekdays) != 1:
        return None
    return _on_weekday(weekdays[0], [token for token in tokens if token not in _WEEKDAYS[weekdays[0]]], today)


def _on_weekday(weekday: int, others: list[str], today: date) -> date | None:
    """Give the coming day of that name, never today itself, unless the other words say which."""
    if others in (["volgende", "week"], ["next", "week"]):
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
