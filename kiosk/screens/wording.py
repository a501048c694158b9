# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers in words: how an answer reads on the check page, on paper and in the case, in one language."""

from __future__ import annotations

from datetime import date

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
from domain.journey import Journey
from domain.lenient.time_wishes import DAYS, PARTS
from domain.service import AnswerType, Question
from domain.validation import understand
from i18n.dates import format_date
from i18n.phones import readable_phone
from kiosk.screens.words import Words
from resources.streets import load_town

_WORDED = frozenset({AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.YES_NO})
NEAR_DAYS = 99  # further away, a number of days tells nobody anything


def answer_text(words: Words, journey: Journey, question: Question, answer: Answer | None) -> str:
    """Give an answer as a person reads it; what could not be understood is shown as it was given."""
    text = _answer_text(words, journey, question, answer)
    # A choice is worded in the visitor's language and runs its way; what was typed keeps its own.
    is_worded = answer is not None and answer.kind is AnswerKind.GIVEN and question.type in _WORDED
    return text if is_worded else words.texts.isolated(text)


def _answer_text(words: Words, journey: Journey, question: Question, answer: Answer | None) -> str:
    if answer is None or answer.is_empty:
        return words.tr("answer.not_given")
    if answer.kind is AnswerKind.DIFFERENT:
        text = answer.fields.get("text", "").strip()
        return f"{words.tr('answer.different')}: {text}" if text else words.tr("answer.different")
    if answer.kind is not AnswerKind.GIVEN:
        return words.tr(f"answer.{answer.kind.value}")
    value = understand(question, answer, journey.today)
    if value is None or isinstance(value, Problem):
        return " ".join(text for text in answer.fields.values() if text.strip())
    return _value_text(words, journey, question, value)


def _value_text(words: Words, journey: Journey, question: Question, value: Value) -> str:
    if question.type in (AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.YES_NO):
        ids = (
            value if isinstance(value, tuple) else ("ja" if value else "nee",) if isinstance(value, bool) else (value,)
        )
        return ", ".join(choice_text(words, journey, question, str(choice)) for choice in ids)
    return plain_value(words, value)


def choice_text(words: Words, journey: Journey, question: Question, choice_id: str) -> str:
    """Give the word of a choice; yes and no are the same everywhere unless the service says otherwise."""
    key = f"question.{question.id}.choice.{choice_id}"
    if question.type is AnswerType.YES_NO and not words.has(journey.definition, key):
        return words.tr(f"answer.{choice_id}")
    return words.service(journey.definition, key)


def plain_value(words: Words, value: Value) -> str:
    """Word a value that needs no definition to be worded."""
    match value:
        case date():
            return words.day(value)
        case Phone():
            return readable_phone(value.e164)
        case Period():
            return _period_text(words, value)
        case Address():
            street = " ".join(part for part in (value.street, value.number + value.addition) if part)
            place = " ".join(part for part in (value.postcode, value.city) if part)
            return ", ".join(part for part in (street, place) if part)
        case AddressAbroad():
            return ", ".join([*value.lines.splitlines(), value.country]).strip(", ")
        case NoAddress():
            return words.tr("answer.no_address")
        case tuple():
            return "; ".join(_person_text(words, item) if isinstance(item, Person) else item for item in value)
        case _:
            return _measured_value(words, value)


def _measured_value(words: Words, value: Value) -> str:
    match value:
        case Number():
            return grouped(value.value)
        case Amount():
            return amount_text(value)
        case TimeWish():
            return time_wish_text(words, value)
        case LicencePlate():
            return value.text
        case AttachmentRefs():
            return words.texts.tr_number("answer.photos", len(value.ids))
        case Place():
            return place_text(words, value)
        case Spoken():
            said = words.tr("answer.spoken") if value.recording else ""
            return "; ".join(part for part in (said, value.text) if part)
        case _:
            return str(value)


def grouped(number: int) -> str:
    """Write a whole number with a dot between thousands."""
    return f"{number:,}".replace(",", ".")


def amount_text(amount: Amount) -> str:
    """Write euros the Dutch way, without cents where there are none."""
    euros, cents = divmod(amount.cents, 100)
    return f"€ {grouped(euros)}" + (f",{cents:02}" if cents else "")


def time_wish_text(words: Words, wish: TimeWish) -> str:
    """Write when somebody has time: "Maandag of dinsdag, 's ochtends"."""
    is_any_day, is_any_part = len(wish.days) in (0, len(DAYS)), len(wish.parts) in (0, len(PARTS))
    if is_any_day and is_any_part:
        return words.tr("time_wish.always")
    days = words.tr("time_wish.any_day") if is_any_day else ", ".join(words.tr(f"time_wish.{day}") for day in wish.days)
    parts = "" if is_any_part else ", ".join(words.tr(f"time_wish.{part}") for part in wish.parts)
    return words.tr("time_wish.both", days=days, parts=parts) if parts else days


def place_text(words: Words, place: Place) -> str:
    """Write a place on one line: street and number, the square of the map (its own, or that of the street), the words.

    So each of the three ways to say it leads to the same kind of answer (feature C35).
    """
    town = load_town()
    street = " ".join(part for part in (place.street, place.number) if part)
    chosen = place.square or town.square_of(place.street)
    landmark = town.landmark(place.square)
    key = "place.square_near" if landmark else "place.square"
    square = words.tr(key, square=chosen, landmark=landmark) if chosen else ""
    return ", ".join(part for part in (street, square, place.near) if part)


def _period_text(words: Words, period: Period) -> str:
    if period.start and period.end:
        return words.tr("answer.period", start=words.day(period.start), end=words.day(period.end))
    if period.start:
        return words.tr("answer.period_open", start=words.day(period.start))
    return words.tr("answer.period_until", end=words.day(period.end)) if period.end else ""


def _person_text(words: Words, person: Person) -> str:
    born = format_date(person.birth_date, words.language) if person.birth_date else person.birth_text
    return f"{person.name} ({born})" if born else person.name


def understood_text(words: Words, question: Question, value: Value) -> tuple[str, str]:
    """Give what is shown back under a field: a strong part and a soft part; both empty when there is nothing to add."""
    match value:
        case date() if question.type is AnswerType.DATE:
            strong = words.day(value)
            is_near = abs((value - words.today).days) <= NEAR_DAYS
            return strong[:1].upper() + strong[1:] + ".", words.texts.days_from(words.today, value) if is_near else ""
        case Phone() | Address() | Amount() | LicencePlate():
            return words.texts.isolated(plain_value(words, value)), ""
        case Period():
            return _period_text(words, value), ""
        case Number() | TimeWish():
            return plain_value(words, value), ""
        case Place() if value.square or value.street:
            return words.texts.isolated(plain_value(words, value)), ""
        case _:
            return "", ""
