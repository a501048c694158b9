# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every language but Dutch needs said in its own way: the rules are here, the words in one module a language.

What stands on the screen is Dutch in form in every language (06 numbers, 1234 AB, 84,50 euro), so the patterns are the
same; how the pieces are said differs. Dutch itself has more and is `dutch.py`. A comma is a short pause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]

_MONTHS, _DAYS_PER_MONTH, _HOURS_PER_DAY, _MINUTES_PER_HOUR = 12, 31, 24, 60
_TOP_LEVEL = "nl|com|org|net|eu|be|de|example"
_NUMBER = r"(?P<euros>\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d{1,9})(?:[.,](?P<cents>\d{2}|-|--))?(?!\d)"
# A value inside right-to-left words stands between isolating signs; a pattern may meet them around a number.
_OPEN, _CLOSE = "\u2066\u2067\u2068", "\u2069"


# The code of a receipt, after the word for it in any of our languages: said as a number it cannot be written down.
_CODE = (
    rf"(?P<before>\b(?:code|kod|kodunuz|код|رمزك)\b[^\d\n]{{0,6}})(?P<code>\d{{4}})(?![\d \u00a0]?[\dA-Z])[{_CLOSE}]?"
)

# Eight letters without a vowel are no word in any language (`domain.draft_code`).
_DRAFT_CODE = re.compile(r"[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}")


@dataclass(frozen=True, slots=True)
class SpokenForms:
    """The words with which one language says what is written.

    `months` as they stand in a date; `date` joins day, month and year; `time` says hours and minutes; `euros` and
    `cents` say an amount of one of them; `and_cents` joins the two; `signs` name the signs of an address; `words` are
    said instead of what is written, abbreviations (with their stop) included.
    """

    months: tuple[str, ...]
    euros: Callable[[int], str]
    cents: Callable[[int], str]
    time: Callable[[int, int], str]
    plus: str
    percent: str
    until: str
    signs: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    date: Callable[[int, str, str], str] = lambda day, month, year: f"{day} {month} {year}"
    and_cents: str = " "


def rules(forms: SpokenForms) -> tuple[Rule, ...]:
    """Give the rules of a language, in the order in which they are tried."""

    def date(day: str, month: str, year: str) -> str | None:
        if not (1 <= int(day) <= _DAYS_PER_MONTH and 1 <= int(month) <= _MONTHS):
            return None
        return forms.date(int(day), forms.months[int(month) - 1], year)

    def time(match: re.Match[str]) -> str | None:
        hours, minutes = int(match["hours"]), int(match["minutes"])
        if hours > _HOURS_PER_DAY or minutes >= _MINUTES_PER_HOUR:
            return None
        return forms.time(hours, minutes)

    def amount(match: re.Match[str]) -> str:
        euros = int(re.sub(r"\D", "", match["euros"]))
        written = match["cents"] or ""
        cents = int(written) if written.isdigit() else 0
        if not cents:
            return forms.euros(euros)
        return forms.cents(cents) if not euros else f"{forms.euros(euros)}{forms.and_cents}{forms.cents(cents)}"

    def phone(match: re.Match[str]) -> str:
        country = f"{forms.plus} {in_pairs(match['country'])}, " if match["country"] else ""
        return f"{country}{digits(match['area'])}, {in_pairs(match['number'])}"

    def address(match: re.Match[str]) -> str:
        text = match.group().removeprefix("https://")
        return " ".join(re.sub(r"[@._+/-]", lambda sign: f" {forms.signs[sign.group()]} ", text).split())

    def word(match: re.Match[str]) -> str:
        said = forms.words[match.group().lower()]
        said = said[0].upper() + said[1:] if match.group()[0].isupper() else said
        return f"{said}." if match.group().endswith(".") and match.end() == len(match.string.rstrip()) else said

    found: list[Rule] = [
        (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII), address),
        (re.compile(rf"\b(?:https://)?(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})\b(?:/[\w./-]*\w)?", re.ASCII), address),
        (re.compile(r"(?<![\w-])[A-Z0-9]{2,6}(?:-[A-Z0-9]{1,6}){1,6}(?![\w-])"), spelled_groups),
        (re.compile(r"(?<![\d-])(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?![\d-])"), lambda m: date(m[1], m[3], m[4])),
        (re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"), lambda m: date(m[1], m[2], m[3])),
        (re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])"), lambda m: date(m[3], m[2], m[1])),
        (re.compile(r"(?<![\d:.,])(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?![\d:])"), time),
        (re.compile(rf"€\s?[{_OPEN}]?{_NUMBER}[{_CLOSE}]?"), amount),
        (re.compile(rf"(?<![\d.,])[{_OPEN}]?{_NUMBER}[{_CLOSE}]?\s?€"), amount),
        (
            re.compile(
                r"(?<![\d+])(?:(?P<country>\+\d{2})[ \u00a0-]?)(?P<area>\d{1,3})[ \u00a0-]?"
                r"(?P<number>\d(?:[ \u00a0]?\d){5,7})(?!\d)"
            ),
            phone,
        ),
        (re.compile(r"(?<!\d)(?P<country>)(?P<area>06)[ \u00a0-]?(?P<number>\d(?:[ \u00a0]?\d){7})(?!\d)"), phone),
        (
            re.compile(r"(?<!\d)(?P<country>)(?P<area>0[89]00)[ \u00a0-]?(?P<number>\d(?:[ \u00a0]?\d){3,6})(?!\d)"),
            phone,
        ),
        (
            re.compile(r"(?<!\d)(?P<country>)(?P<area>0\d{1,3})[ \u00a0-](?P<number>\d(?:[ \u00a0]?\d){5,7})(?!\d)"),
            phone,
        ),
        (re.compile(r"(?<!\d)14 ?(0\d{2,3}|000)(?!\d)"), lambda m: f"14, {digits(m[1])}"),
        (re.compile(r"(?<![\d.,])11[2-7](?![\d.,]?\d)"), lambda m: digits(m.group())),
        (re.compile(r"\b([1-9]\d)(\d{2}) ?([A-Z])([A-Z])\b"), lambda m: f"{m[1]} {m[2]} {m[3]} {m[4]}"),
        (re.compile(r"(?<![\d.,])\d{6,}(?![\d,])"), lambda m: in_pairs(m.group())),
        (re.compile(r"(?<![\w/-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\w/-])"), lambda m: f"{m[1]} {forms.until} {m[2]}"),
        (re.compile(r"(?<=\d)\s?%|٪"), lambda _: f" {forms.percent}"),
        (re.compile(r"…|\.{3,}|_{2,}"), lambda _: ", "),
        (re.compile(r"[\u200e\u200f\u2066-\u2069]"), lambda _: ""),
    ]
    if forms.words:
        alternatives = "|".join(re.escape(written) for written in sorted(forms.words, key=len, reverse=True))
        found.insert(-3, (re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)", re.IGNORECASE), word))
    return tuple(found)


def _code(match: re.Match[str]) -> str:
    before = re.sub(f"[{_OPEN}]", "", match["before"])
    return f"{before}{digits(match['code'])}"


CODE_RULE: Rule = (re.compile(_CODE, re.IGNORECASE), _code)


def digits(text: str) -> str:
    """Say digits one by one."""
    return " ".join(character for character in text if character.isdigit())


def in_pairs(text: str) -> str:
    """Say a number to copy down: two by two, three first when it does not come out even."""
    figures = [character for character in text if character.isdigit()]
    head = len(figures) % 2 and min(3, len(figures))
    groups = [figures[:head]] if head else []
    groups += [figures[index : index + 2] for index in range(head, len(figures), 2)]
    return ", ".join(" ".join(group) for group in groups)


def spelled_groups(match: re.Match[str]) -> str | None:
    """Say a reference, or a code to go on later, sign by sign, group by group; a word with dashes is left alone."""
    text = match.group()
    is_reference = re.search(r"\d", text) and re.search(r"[A-Z]", text)
    if not is_reference and not _DRAFT_CODE.fullmatch(text):
        return None
    return ", ".join(" ".join(group) for group in text.split("-"))


def one_few_many(number: int, one: str, few: str, many: str) -> str:
    """Choose the Slavic form: 1 or 21; 2 to 4 but not 12 to 14; the rest (CLDR, Ukrainian)."""
    ten, hundred = number % 10, number % 100
    if ten == 1 and hundred != 11:
        return one
    return few if 2 <= ten <= 4 and not 12 <= hundred <= 14 else many
