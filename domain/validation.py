# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an answer means: the face of `domain.lenient`, for one question and one answer at a time.

A slip is a `Problem` with a code that keys the text `problem.<code>`; nothing here raises, whatever was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from domain.answers import Amount, Answer, AnswerKind, NoAddress, Number, Period, Problem, Value
from domain.lenient.addresses import read_address, read_address_abroad
from domain.lenient.amounts import read_amount
from domain.lenient.attachment_refs import read_photos, read_spoken
from domain.lenient.characters import fold, is_blank
from domain.lenient.dates import Window, read_date, read_date_fields
from domain.lenient.emails import read_email
from domain.lenient.faults import Fault
from domain.lenient.licence_plates import read_licence_plate
from domain.lenient.numbers import read_number
from domain.lenient.people import read_people
from domain.lenient.phone_numbers import read_phone
from domain.lenient.places import read_place
from domain.lenient.time_wishes import read_time_wish
from domain.lenient.times import parse_time
from domain.service import AnswerType, Question

__all__ = ["PROBLEM_CODES", "parse_time", "understand"]

PROBLEM_CODES = (
    "empty",
    "choose-one",
    "text-too-long",
    "date-empty",
    "date-unclear",
    "date-no-day",
    "date-no-month",
    "date-no-year",
    "date-unknown-day",
    "date-unknown-month",
    "date-unclear-year",
    "date-too-early",
    "date-too-late",
    "period-reversed",
    "phone-too-short",
    "phone-too-long",
    "phone-letters",
    "phone-unclear",
    "email-no-at",
    "email-two-ats",
    "email-no-name",
    "email-no-ending",
    "email-form",
    "email-too-long",
    "postcode-empty",
    "postcode-form",
    "number-empty",
    "number-form",
    "city-empty",
    "address-too-long",
    "name-empty",
    "count-unclear",
    "count-too-small",
    "count-too-large",
    "amount-unclear",
    "amount-too-small",
    "amount-too-large",
    "plate-unclear",
    "place-empty",
    "place-square",
    "photo-gone",
)
"""Every code that `understand` can give; each has a text `problem.<code>`."""

_LONGEST_TEXT = 100_000
_OPEN_ENDS = frozenset(
    {"", "-", "?", "onbekend", "weet niet", "weet ik niet", "nog niet", "geen", "open", "heden", "nvt", "n.v.t."}
)
_YES = frozenset({"yes", "ja", "true"})
_NO = frozenset({"no", "nee", "neen", "false"})


def understand(question: Question, answer: Answer, today: date) -> Value | Problem | None:
    """Give what an answer means; None for an optional question left empty, and for every kind but GIVEN."""
    if answer.kind is not AnswerKind.GIVEN:
        return None
    if all(is_blank(value) for value in answer.fields.values()):
        return None if question.is_optional else _empty(question)
    found = _READERS[question.type](question, answer.fields, today)
    return Problem(question.id, found.code, found.field) if isinstance(found, Fault) else found


def _empty(question: Question) -> Problem:
    if question.type in (AnswerType.CHOICE, AnswerType.CHOICES, AnswerType.YES_NO, AnswerType.TIME_WISH):
        return Problem(question.id, "choose-one")
    if question.type is AnswerType.PLACE:
        return Problem(question.id, "place-empty", "street")
    if question.type is AnswerType.DATE:
        return Problem(question.id, "date-empty", "day")
    return Problem(question.id, "empty", _FIRST_FIELD.get(question.type, ""))


def _window(question: Question, today: date) -> Window:
    return Window(today, _days_away(today, question.earliest_days), _days_away(today, question.latest_days))


def _days_away(today: date, days: int | None) -> date | None:
    if days is None:
        return None
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _choice(question: Question, fields: Mapping[str, str], _today: date) -> str | Fault:
    chosen = fields.get("choice", "").strip()
    return chosen if any(choice.id == chosen for choice in question.choices) else Fault("choose-one")


def _choices(question: Question, fields: Mapping[str, str], _today: date) -> tuple[str, ...] | Fault:
    chosen = set(fields.get("choices", "").split())
    known = tuple(choice.id for choice in question.choices if choice.id in chosen)
    return known if len(known) == len(chosen) and known else Fault("choose-one")


def _yes_no(_question: Question, fields: Mapping[str, str], _today: date) -> bool | Fault:
    chosen = fields.get("choice", "").strip()[:8].casefold()
    if chosen in _YES:
        return True
    return False if chosen in _NO else Fault("choose-one")


def _text(_question: Question, fields: Mapping[str, str], _today: date) -> str | Fault:
    text = fields.get("text", "")
    if is_blank(text):
        return Fault("empty", "text")
    return Fault("text-too-long", "text") if len(text) > _LONGEST_TEXT else text


def _date(question: Question, fields: Mapping[str, str], today: date) -> date | Fault:
    window = _window(question, today)
    found = read_date_fields(fields.get("day", ""), fields.get("month", ""), fields.get("year", ""), window)
    return found if isinstance(found, Fault) else _allowed(found, window, "day")


def _allowed(day: date, window: Window, field: str) -> date | Fault:
    if window.earliest is not None and day < window.earliest:
        return Fault("date-too-early", field)
    if window.latest is not None and day > window.latest:
        return Fault("date-too-late", field)
    return day


def _period(question: Question, fields: Mapping[str, str], today: date) -> Period | Fault:
    window = _window(question, today)
    ends: list[date | None] = []
    for field in ("from", "until"):
        text = fields.get(field, "").strip()
        if is_blank(text) or (field == "until" and len(text) < 20 and fold(text) in _OPEN_ENDS):
            ends.append(None)
            continue
        found = read_date(text, window)
        if isinstance(found, date):
            found = _allowed(found, window, field)
        if isinstance(found, Fault):
            return Fault(found.code, field)
        ends.append(found)
    start, end = ends
    if start is None and end is None:
        return Fault("empty", "from")
    if start is not None and end is not None and end < start:
        return Fault("period-reversed", "until")
    return Period(start, end)


def _phone(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return _in_field(read_phone(fields.get("phone", "")), "phone")


def _email(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return _in_field(read_email(fields.get("email", "")), "email")


def _in_field(found: Value | Fault, field: str) -> Value | Fault:
    return Fault(found.code, field) if isinstance(found, Fault) else found


def _address(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_address(*(fields.get(name, "") for name in ("postcode", "number", "addition", "street", "city")))


def _address_abroad(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    if fields.get("none", "").strip().casefold() in _YES:
        return NoAddress()
    return read_address_abroad(fields.get("lines", ""), fields.get("country", ""))


def _persons(_question: Question, fields: Mapping[str, str], today: date) -> Value | Fault:
    return read_people(fields, today)


def _number(question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    found = read_number(fields.get("number", ""))
    if isinstance(found, Number):
        if found.value < (question.least or 0):
            return Fault("count-too-small", "number")
        if question.most is not None and found.value > question.most:
            return Fault("count-too-large", "number")
    return found


def _amount(question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    found = read_amount(fields.get("amount", ""))
    if isinstance(found, Amount):
        if question.least is not None and found.cents < question.least * 100:
            return Fault("amount-too-small", "amount")
        if question.most is not None and found.cents > question.most * 100:
            return Fault("amount-too-large", "amount")
    return found


def _time_wish(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_time_wish(fields.get("days", ""), fields.get("parts", ""))


def _licence_plate(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_licence_plate(fields.get("plate", ""))


def _photo(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_photos(fields)


def _place(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_place(*(fields.get(name, "") for name in ("street", "number", "near", "square")))


def _spoken(_question: Question, fields: Mapping[str, str], _today: date) -> Value | Fault:
    return read_spoken(fields.get("recording", ""), fields.get("text", ""))


_READERS: Mapping[AnswerType, Callable[[Question, Mapping[str, str], date], Value | Fault]] = {
    AnswerType.CHOICE: _choice,
    AnswerType.CHOICES: _choices,
    AnswerType.YES_NO: _yes_no,
    AnswerType.TEXT: _text,
    AnswerType.DATE: _date,
    AnswerType.PERIOD: _period,
    AnswerType.PHONE: _phone,
    AnswerType.EMAIL: _email,
    AnswerType.ADDRESS: _address,
    AnswerType.ADDRESS_ABROAD: _address_abroad,
    AnswerType.PERSONS: _persons,
    AnswerType.LONG_TEXT: _text,
    AnswerType.NUMBER: _number,
    AnswerType.AMOUNT: _amount,
    AnswerType.TIME_WISH: _time_wish,
    AnswerType.LICENCE_PLATE: _licence_plate,
    AnswerType.PHOTO: _photo,
    AnswerType.PLACE: _place,
    AnswerType.SPOKEN: _spoken,
}

_FIRST_FIELD: Mapping[AnswerType, str] = {
    AnswerType.TEXT: "text",
    AnswerType.PERIOD: "from",
    AnswerType.PHONE: "phone",
    AnswerType.EMAIL: "email",
    AnswerType.ADDRESS: "postcode",
    AnswerType.ADDRESS_ABROAD: "lines",
    AnswerType.PERSONS: "name.1",
    AnswerType.LONG_TEXT: "text",
    AnswerType.NUMBER: "number",
    AnswerType.AMOUNT: "amount",
    AnswerType.LICENCE_PLATE: "plate",
    AnswerType.SPOKEN: "text",
}
