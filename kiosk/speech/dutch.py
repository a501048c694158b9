# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How Dutch people say what is written: dates, times, amounts, numbers to copy down, addresses, abbreviations.

A rule is a pattern and what is said instead; None leaves the text as it is. Order counts: the first that fits takes it.
A comma is a short pause.
"""

from __future__ import annotations

import re

from i18n.dates import MONTHS
from kiosk.speech.spoken_forms import digits, in_pairs, spelled_groups

_DAYS = {
    "ma": "maandag",
    "di": "dinsdag",
    "wo": "woensdag",
    "do": "donderdag",
    "vr": "vrijdag",
    "za": "zaterdag",
    "zo": "zondag",
}
_ABBREVIATIONS = {
    "a.u.b.": "alstublieft",
    "afd.": "afdeling",
    "bijv.": "bijvoorbeeld",
    "bv.": "bijvoorbeeld",
    "ca.": "ongeveer",
    "d.d.": "van",
    "d.w.z.": "dat wil zeggen",
    "dhr.": "de heer",
    "drs.": "doctorandus",
    "e.d.": "en dergelijke",
    "enz.": "enzovoort",
    "evt.": "eventueel",
    "excl.": "zonder",
    "i.p.v.": "in plaats van",
    "i.v.m.": "in verband met",
    "incl.": "inclusief",
    "jl.": "jongstleden",
    "m.b.t.": "over",
    "m.u.v.": "behalve",
    "max.": "maximaal",
    "mevr.": "mevrouw",
    "mw.": "mevrouw",
    "n.a.v.": "naar aanleiding van",
    "n.v.t.": "niet van toepassing",
    "nl.": "namelijk",
    "nr.": "nummer",
    "nrs.": "nummers",
    "o.a.": "onder andere",
    "p.p.": "per persoon",
    "t.a.v.": "ter attentie van",
    "t.o.v.": "ten opzichte van",
    "tel.": "telefoon",
    "vgl.": "vergelijk",
    "z.o.z.": "zie de andere kant",
    "zgn.": "zogenaamd",
}
# These do end a sentence when a capital follows: "kaas, melk, enz. Daarna ...".
_MAY_END_A_SENTENCE = frozenset({"a.u.b.", "e.d.", "enz.", "jl.", "n.v.t.", "p.p.", "z.o.z."})
ABBREVIATIONS_WITH_STOP = frozenset(_ABBREVIATIONS) - _MAY_END_A_SENTENCE
_SPELLED = (
    *("AOW", "BRP", "BSN", "BTW", "BV", "CAK", "CJIB", "GGD", "IBAN", "ID", "IND", "NVWA", "OV", "PDF", "QR", "RDW"),
    *("SVB", "UWV", "VOG", "WIA", "WMO", "ZZP"),
)
_SPELLED_AS = {"BTW": "b t w", "BV": "b v", "IBAN": "ieban"}
_WORDS = {"DigiD": "die gie dee", "t/m": "tot en met", "en/of": "en of", "KvK": "k v k", "p/m": "per maand"}
_SIGNS = {"@": "apenstaartje", ".": "punt", "-": "streepje", "_": "laag streepje", "+": "plus", "/": "schuine streep"}
_TOP_LEVEL = "nl|com|org|net|eu|be|de|example"
_HOURS_PER_DAY, _MINUTES_PER_HOUR, _DAYS_PER_MONTH, _CENTS = 24, 60, 31, 100


def _date(day: str, month: str, year: str) -> str | None:
    if not (1 <= int(day) <= _DAYS_PER_MONTH and 1 <= int(month) <= len(MONTHS)):
        return None
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def _time(match: re.Match[str]) -> str | None:
    hours, minutes = int(match["hours"]), int(match["minutes"])
    if hours > _HOURS_PER_DAY or minutes >= _MINUTES_PER_HOUR:
        return None
    return f"{hours} uur {minutes}" if minutes else f"{hours} uur"


def _amount(match: re.Match[str]) -> str:
    euros = int(match["euros"].replace(".", ""))
    cents_written = match["cents"] or ""
    cents = int(cents_written) if cents_written.isdigit() else 0
    if not cents:
        return f"{euros} euro"
    if not euros:
        return f"{cents} cent"
    return f"{euros} euro {cents}" if cents * 10 >= _CENTS else f"{euros} euro en {cents} cent"


def _phone(match: re.Match[str]) -> str:
    country = "plus " + in_pairs(match["country"]) + ", " if match["country"] else ""
    return f"{country}{digits(match['area'])}, {in_pairs(match['number'])}"


def _address(match: re.Match[str]) -> str:
    said = re.sub(r"[@._+/-]", lambda sign: f" {_SIGNS[sign.group()]} ", match.group().removeprefix("https://"))
    return " ".join(said.split())


def _day_range(match: re.Match[str]) -> str:
    return f"{_DAYS[match['first'].lower()]} tot en met {_DAYS[match['last'].lower()]}"


def _abbreviation(match: re.Match[str]) -> str:
    said = _ABBREVIATIONS[match.group().lower()]
    is_end = match.end() == len(match.string.rstrip())
    said = said[0].upper() + said[1:] if match.group()[0].isupper() else said
    return said + "." if is_end else said


def _capitals(match: re.Match[str]) -> str:
    word = match.group()
    letters = word.removesuffix("-")
    return _SPELLED_AS.get(letters, " ".join(letters)) + (" " if word.endswith("-") else "")


_DAY_NAMES = "|".join(_DAYS)
_EURO_NUMBER = r"(?P<euros>\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(?P<cents>\d{2}|-|--))?(?!\d)"

RULES = (
    # 1. Things that hold dots, dashes and digits which mean something else further down.
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"), _address),
    (re.compile(rf"\b(?:https://)?(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})\b(?:/[\w./-]*\w)?"), _address),
    (re.compile(r"(?<![\w-])[A-Z0-9]{2,6}(?:-[A-Z0-9]{1,6}){1,6}(?![\w-])"), spelled_groups),
    # 2. Dates and times.
    (re.compile(r"(?<![\d-])(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?![\d-])"), lambda m: _date(m[1], m[3], m[4])),
    (re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])"), lambda m: _date(m[3], m[2], m[1])),
    (re.compile(r"(?<![\d:.,])(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?![\d:])(?: uur)?"), _time),
    (re.compile(r"(?<![\d:.,])(?P<hours>\d{1,2})\.(?P<minutes>\d{2}) uur"), _time),
    (re.compile(rf"\b(?P<first>{_DAY_NAMES})\s?[-–]\s?(?P<last>{_DAY_NAMES})\b", re.IGNORECASE), _day_range),
    (
        re.compile(rf"(?<=[-–](?:{_DAY_NAMES}) )(\d{{1,2}})\s?[-–]\s?(\d{{1,2}})(?!\d| ?uur)"),
        lambda m: f"{m[1]} tot {m[2]} uur",
    ),
    (
        re.compile(r"\b(\d{1,3})\s?[-–]\s?(\d{1,3})(?= (?:uur|minuten|dagen|werkdagen|weken|maanden|jaar)\b)"),
        lambda m: f"{m[1]} tot {m[2]}",
    ),
    # 3. Money.
    (re.compile(rf"€\s?{_EURO_NUMBER}"), _amount),
    (re.compile(rf"(?<![\d.,]){_EURO_NUMBER} euro\b"), _amount),
    # 4. Numbers to copy down.
    (
        re.compile(r"(?<![\d+])(?:(?P<country>\+\d{2})[ -]?)(?P<area>\d{1,3})[ -]?(?P<number>\d(?: ?\d){5,7})(?!\d)"),
        _phone,
    ),
    (re.compile(r"(?<!\d)(?P<country>)(?P<area>06)[ -]?(?P<number>\d(?: ?\d){7})(?!\d)"), _phone),
    (re.compile(r"(?<!\d)(?P<country>)(?P<area>0[89]00)[ -]?(?P<number>\d(?: ?\d){3,6})(?!\d)"), _phone),
    (re.compile(r"(?<!\d)(?P<country>)(?P<area>0\d{1,3})[ -](?P<number>\d(?: ?\d){5,7})(?!\d)"), _phone),
    (re.compile(r"(?<!\d)14 ?(0\d{2,3}|000)(?!\d)"), lambda m: f"14, {digits(m[1])}"),
    (re.compile(r"(?<=[Bb]el )(?:nu )?(1\d\d)(?!\d)"), lambda m: m.group().replace(m[1], digits(m[1]))),
    (re.compile(r"\b([1-9]\d)(\d{2}) ?([A-Z])([A-Z])\b"), lambda m: f"{m[1]} {m[2]} {m[3]} {m[4]}"),
    (re.compile(r"(?<![\d.,])\d{6,}(?![\d,])"), lambda m: in_pairs(m.group())),
    # 5. Words.
    (
        re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(word) for word in _ABBREVIATIONS) + ")", re.IGNORECASE),
        _abbreviation,
    ),
    (
        re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in _WORDS) + r")(?!\w)"),
        lambda m: _WORDS[m.group()],
    ),
    (re.compile(r"\b(?:" + "|".join(_SPELLED) + r")\b(?:-(?=[a-z]))?"), _capitals),
    (re.compile(r"(?<=\w) ?& ?(?=\w)"), lambda _: " en "),
    (re.compile(r"(?<=\d) ?%"), lambda _: " procent"),
    (re.compile(r"…|\.{3,}|_{2,}"), lambda _: ", "),
)
