# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The months by name, in the languages of the kiosk, whole, cut short, or with a slip in them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from domain.lenient.characters import fold

_NAMES = (
    ("januari", "january", "januar", "janvier", "ocak", "styczen", "stycznia", "січень", "січня", "يناير"),
    ("februari", "february", "februar", "fevrier", "subat", "luty", "lutego", "лютий", "лютого", "فبراير"),
    ("maart", "march", "marz", "mars", "mart", "mrt", "marzec", "marca", "березень", "березня", "مارس"),
    ("april", "avril", "nisan", "kwiecien", "kwietnia", "квітень", "квітня", "أبريل", "ابريل"),
    ("mei", "may", "mai", "mayis", "maj", "maja", "травень", "травня", "مايو"),
    ("juni", "june", "juin", "haziran", "czerwiec", "czerwca", "червень", "червня", "يونيو"),
    ("juli", "july", "juillet", "temmuz", "lipiec", "lipca", "липень", "липня", "يوليو"),
    ("augustus", "august", "aout", "agustos", "sierpien", "sierpnia", "серпень", "серпня", "أغسطس"),
    ("september", "septembre", "eylul", "wrzesien", "wrzesnia", "вересень", "вересня", "سبتمبر"),
    ("oktober", "october", "octobre", "ekim", "pazdziernik", "pazdziernika", "жовтень", "жовтня", "أكتوبر"),
    ("november", "novembre", "kasim", "listopad", "listopada", "листопад", "листопада", "نوفمبر"),
    ("december", "decembre", "dezember", "aralik", "grudzien", "grudnia", "грудень", "грудня", "ديسمبر"),
)
_SHORTEST_CUT = 3
_SHORTEST_SLIP = 5


@cache
def _month_of() -> dict[str, int]:
    return {fold(name): number for number, names in enumerate(_NAMES, start=1) for name in names}


def month_named(word: str) -> int | None:
    """Give the month that a folded word names; None when it names none, or could be two."""
    months = _month_of()
    if word in months:
        return months[word]
    if len(word) < _SHORTEST_CUT:
        return None
    begun = {number for name, number in months.items() if name.startswith(word)}
    if len(begun) == 1:
        return begun.pop()
    if begun or len(word) < _SHORTEST_SLIP:
        return None
    near = {months[name] for name in get_close_matches(word[:20], months, n=3, cutoff=0.78)}
    return near.pop() if len(near) == 1 else None
