# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an answer means: each answer type, each slip, and nothing that ever raises."""

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain
from domain.answers import (
    Address,
    AddressAbroad,
    Amount,
    Answer,
    AnswerKind,
    AttachmentRefs,
    LicencePlate,
    NoAddress,
    Number,
    Period,
    Person,
    Phone,
    Place,
    Problem,
    Spoken,
    TimeWish,
    Value,
)
from domain.service import AnswerType, Choice, Question
from domain.validation import PROBLEM_CODES, understand
from tests.domain.typed_text import HOSTILE, TYPED

TODAY = date(2026, 11, 21)
CHOICES = (Choice("rood"), Choice("groen"), Choice("blauw"))
FIELDS = [
    "choice",
    "choices",
    "text",
    "day",
    "month",
    "year",
    "from",
    "until",
    "phone",
    "email",
    "postcode",
    "number",
    "addition",
    "street",
    "city",
    "lines",
    "country",
    "none",
    "name.1",
    "birth.1",
    "name.2",
    "birth.2",
    "name.x",
    "name.99999",
    "birth.٣",
    "amount",
    "days",
    "parts",
    "plate",
    "photo.1",
    "photo.x",
    "near",
    "square",
    "recording",
]


def question(kind: AnswerType, **more: int | bool | None) -> Question:
    return Question("q", kind, choices=CHOICES, **more)  # type: ignore[arg-type]


def meant(kind: AnswerType, fields: dict[str, str], **more: int | bool | None) -> Value | Problem | None:
    return understand(question(kind, **more), Answer("q", fields=fields), TODAY)


@pytest.mark.parametrize(
    ("kind", "fields", "value"),
    [
        (AnswerType.CHOICE, {"choice": "groen"}, "groen"),
        (AnswerType.CHOICES, {"choices": "blauw rood"}, ("rood", "blauw")),
        (AnswerType.YES_NO, {"choice": "yes"}, True),
        (AnswerType.YES_NO, {"choice": "no"}, False),
        (AnswerType.TEXT, {"text": " zo \n getypt "}, " zo \n getypt "),
        (AnswerType.DATE, {"day": "14", "month": "dec", "year": "26"}, date(2026, 12, 14)),
        (
            AnswerType.PERIOD,
            {"from": "1-12-2026", "until": "14-12-2026"},
            Period(date(2026, 12, 1), date(2026, 12, 14)),
        ),
        (AnswerType.PERIOD, {"from": "1-12-2026"}, Period(date(2026, 12, 1), None)),
        (AnswerType.PERIOD, {"from": "1-12-26", "until": "1-12-26"}, Period(date(2026, 12, 1), date(2026, 12, 1))),
        (AnswerType.PERIOD, {"from": "1-12-2026", "until": "weet ik niet"}, Period(date(2026, 12, 1), None)),
        (AnswerType.PERIOD, {"until": "1-12-2026"}, Period(None, date(2026, 12, 1))),
        (AnswerType.PHONE, {"phone": "06-12345678"}, Phone("+31612345678")),
        (AnswerType.EMAIL, {"email": "jan@voorbeeld,nl"}, "jan@voorbeeld.nl"),
        (AnswerType.ADDRESS, {"postcode": "1012ab", "number": "12b"}, Address("1012 AB", "12", "b")),
        (AnswerType.ADDRESS_ABROAD, {"lines": "Rue X 1\nParis", "country": ""}, AddressAbroad("Rue X 1\nParis", "")),
        (AnswerType.ADDRESS_ABROAD, {"none": "yes"}, NoAddress()),
        (AnswerType.LONG_TEXT, {"text": "een verhaal"}, "een verhaal"),
        (AnswerType.NUMBER, {"number": "drie"}, Number(3)),
        (AnswerType.AMOUNT, {"amount": "12,50"}, Amount(1250)),
        (AnswerType.TIME_WISH, {"days": "ma", "parts": ""}, TimeWish(("ma",), ())),
        (AnswerType.LICENCE_PLATE, {"plate": "ab12cd"}, LicencePlate("AB-12-CD", True)),
        (AnswerType.PHOTO, {"photo.1": "bijlage-1"}, AttachmentRefs(("bijlage-1",))),
        (AnswerType.PLACE, {"square": "b3"}, Place(square="B3")),
        (AnswerType.SPOKEN, {"recording": "bijlage-1"}, Spoken("bijlage-1")),
        (
            AnswerType.PERSONS,
            {"name.2": "Ömer", "name.1": " Anna ", "birth.1": "3-4-48", "name.3": "", "birth.2": "weet niet"},
            (Person("Anna", date(1948, 4, 3), "3-4-48"), Person("Ömer", None, "weet niet")),
        ),
    ],
)
def test_understands_a_good_answer(kind: AnswerType, fields: dict[str, str], value: Value) -> None:
    assert meant(kind, fields) == value


@pytest.mark.parametrize(
    "name", ["Li", "O", "van 't Hoff-de Vries", "Ø", "محمد", "Тарас", "X Æ A-12", "李", "N'Golo", "🙂"]
)
def test_takes_any_name_for_a_name(name: str) -> None:
    assert meant(AnswerType.PERSONS, {"name.1": name}) == (Person(name),)


@pytest.mark.parametrize(
    ("kind", "fields", "code", "field"),
    [
        (AnswerType.CHOICE, {}, "choose-one", ""),
        (AnswerType.CHOICE, {"choice": "paars"}, "choose-one", ""),
        (AnswerType.CHOICES, {"choices": " "}, "choose-one", ""),
        (AnswerType.CHOICES, {"choices": "rood paars"}, "choose-one", ""),
        (AnswerType.YES_NO, {"choice": "misschien"}, "choose-one", ""),
        (AnswerType.TEXT, {"text": "\u200b \u202e\0"}, "empty", "text"),
        (AnswerType.TEXT, {"text": "x" * 100_001}, "text-too-long", "text"),
        (AnswerType.DATE, {}, "date-empty", "day"),
        (AnswerType.DATE, {"day": "32", "month": "1", "year": "2026"}, "date-unknown-day", "day"),
        (AnswerType.PERIOD, {}, "empty", "from"),
        (AnswerType.PERIOD, {"from": "14-12-2026", "until": "1-12-2026"}, "period-reversed", "until"),
        (AnswerType.PERIOD, {"from": "ooit"}, "date-unclear", "from"),
        (AnswerType.PHONE, {"phone": "0612"}, "phone-too-short", "phone"),
        (AnswerType.EMAIL, {"email": "jan"}, "email-no-at", "email"),
        (AnswerType.EMAIL, {"email": ""}, "empty", "email"),
        (AnswerType.ADDRESS, {"number": "12"}, "postcode-empty", "postcode"),
        (AnswerType.ADDRESS_ABROAD, {"none": "no"}, "empty", "lines"),
        (AnswerType.PERSONS, {"name.1": " "}, "empty", "name.1"),
        (AnswerType.LONG_TEXT, {"text": " "}, "empty", "text"),
        (AnswerType.NUMBER, {"number": "-1"}, "count-too-small", "number"),
        (AnswerType.TIME_WISH, {"days": " "}, "choose-one", ""),
        (AnswerType.PLACE, {"near": " "}, "place-empty", "street"),
        (AnswerType.SPOKEN, {"text": ""}, "empty", "text"),
        (AnswerType.PERSONS, {"name.1": "Anna", "birth.2": "3-4-48"}, "name-empty", "name.2"),
    ],
)
def test_says_what_to_mend(kind: AnswerType, fields: dict[str, str], code: str, field: str) -> None:
    assert meant(kind, fields) == Problem("q", code, field)


@pytest.mark.parametrize("kind", [AnswerKind.UNKNOWN, AnswerKind.DECLINED, AnswerKind.DIFFERENT])
def test_gives_no_value_when_the_citizen_answered_otherwise(kind: AnswerKind) -> None:
    answer = Answer("q", kind, {"text": "bij mij zit het zo"})
    assert understand(question(AnswerType.DATE), answer, TODAY) is None


@pytest.mark.parametrize("kind", AnswerType)
def test_lets_an_optional_question_be_left_empty(kind: AnswerType) -> None:
    assert meant(kind, {}, is_optional=True) is None
    assert isinstance(meant(kind, {}), Problem)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("19-11-2026", Problem("q", "date-too-early", "day")),
        ("20-11-2026", date(2026, 11, 20)),
        ("26-11-2026", date(2026, 11, 26)),
        ("27-11-2026", Problem("q", "date-too-late", "day")),
    ],
)
def test_holds_a_date_to_the_days_that_the_question_allows(day: str, expected: date | Problem) -> None:
    assert meant(AnswerType.DATE, {"day": day}, earliest_days=-1, latest_days=5) == expected


@pytest.mark.parametrize(
    ("kind", "field", "typed", "expected"),
    [
        (AnswerType.NUMBER, "number", "1", Problem("q", "count-too-small", "number")),
        (AnswerType.NUMBER, "number", "2", Number(2)),
        (AnswerType.NUMBER, "number", "10", Number(10)),
        (AnswerType.NUMBER, "number", "11", Problem("q", "count-too-large", "number")),
        (AnswerType.AMOUNT, "amount", "1,99", Problem("q", "amount-too-small", "amount")),
        (AnswerType.AMOUNT, "amount", "10,00", Amount(1000)),
        (AnswerType.AMOUNT, "amount", "10,01", Problem("q", "amount-too-large", "amount")),
    ],
)
def test_holds_a_number_to_what_the_question_allows(
    kind: AnswerType, field: str, typed: str, expected: Value | Problem
) -> None:
    assert meant(kind, {field: typed}, least=2, most=10) == expected


def test_keeps_a_text_that_is_longer_than_the_screen_shows() -> None:
    assert meant(AnswerType.TEXT, {"text": "x" * 5_000}, longest=2_000) == "x" * 5_000


def test_survives_bounds_beyond_the_calendar() -> None:
    allowed = meant(AnswerType.DATE, {"day": "14-12-2026"}, earliest_days=-(10**9), latest_days=10**9)
    assert allowed == date(2026, 12, 14)


@given(
    kind=st.sampled_from(AnswerType),
    fields=st.dictionaries(st.sampled_from(FIELDS), TYPED),
    earliest=st.none() | st.integers(-40_000, 400),
    latest=st.none() | st.integers(-400, 40_000),
    today=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
def test_never_raises_and_gives_only_known_codes(
    kind: AnswerType, fields: dict[str, str], earliest: int | None, latest: int | None, today: date
) -> None:
    asked = question(kind, earliest_days=earliest, latest_days=latest)
    found = understand(asked, Answer("q", fields=fields), today)
    assert found is not None
    if isinstance(found, Problem):
        assert found.code in PROBLEM_CODES


@pytest.mark.parametrize("kind", AnswerType)
@pytest.mark.parametrize("text", [*HOSTILE, " " * 100_000, "1" * 100_000, "é" * 100_000, "a@" * 50_000, "- " * 50_000])
def test_never_raises_on_hostile_text_in_every_field(kind: AnswerType, text: str) -> None:
    found = meant(kind, dict.fromkeys(FIELDS, text))
    assert found is not None


@pytest.mark.parametrize("unit", ["a", "1", " ", "(", "a.", "1-", "@", "\u0301", "🙂", "half ", "12b", "\u202e"])
def test_stays_quick_on_a_hundred_thousand_characters(unit: str) -> None:
    """Guard against a pattern that takes minutes; the bound is far above what any machine needs."""
    text = (unit * 100_000)[:100_000]
    started = time.process_time()
    for kind in AnswerType:
        meant(kind, {**dict.fromkeys(FIELDS, text), "none": ""})
    assert time.process_time() - started < 20


def test_names_each_code_that_is_given_and_gives_each_code_that_is_named() -> None:
    folder = Path(domain.__file__).parent
    sources = [folder / "validation.py", *sorted((folder / "lenient").glob("*.py"))]
    written = {code for path in sources for code in re.findall(r'Fault\(\s*"([a-z-]+)"', path.read_text("utf-8"))}
    assert written <= set(PROBLEM_CODES)
    sources_text = "".join(path.read_text("utf-8") for path in sources)
    # Once in the list itself, and at least once where it is given.
    assert [code for code in PROBLEM_CODES if sources_text.count(f'"{code}"') < 2] == []
    assert len(set(PROBLEM_CODES)) == len(PROBLEM_CODES)
