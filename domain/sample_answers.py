# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every answer to a question that differs for what comes next: what walks through a service choose from.

A sample stands for all answers of its kind: one text for every text, one day for each side of a condition. Nobody's
data is in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from domain.answers import Answer, AnswerKind
from domain.service import AnswerType, Condition, Offer, Question

_FAR_DAYS = 60_000

_FIELDS: Mapping[AnswerType, Mapping[str, str]] = {
    AnswerType.TEXT: {"text": "iets"},
    AnswerType.LONG_TEXT: {"text": "iets"},
    AnswerType.PHONE: {"phone": "0612345678"},
    AnswerType.EMAIL: {"email": "naam@voorbeeld.nl"},
    AnswerType.ADDRESS: {"postcode": "1234 AB", "number": "12"},
    AnswerType.ADDRESS_ABROAD: {"none": "yes"},
    AnswerType.PERSONS: {"name.1": "Noor"},
    AnswerType.TIME_WISH: {"days": "ma", "parts": "ochtend"},
    AnswerType.LICENCE_PLATE: {"plate": "AB-123-C"},
    AnswerType.PHOTO: {},
    AnswerType.PLACE: {"street": "Dorpsstraat", "number": "1"},
    AnswerType.SPOKEN: {"text": "iets"},
}


def sample_answers(question: Question, conditions: Iterable[Condition], today: date) -> tuple[Answer, ...]:
    """Give one answer for each way in which these conditions can turn out, and all that the question offers besides."""
    own = tuple(condition for condition in conditions if condition.question == question.id)
    offered = tuple(Answer(question.id, AnswerKind(offer.value)) for offer in Offer if offer in question.offers)
    empty = (Answer(question.id),) if question.is_optional else ()
    return (*_given(question, own, today), *offered, *empty)


def _given(question: Question, conditions: tuple[Condition, ...], today: date) -> Iterable[Answer]:
    match question.type:
        case AnswerType.CHOICE:
            return tuple(Answer(question.id, fields={"choice": choice.id}) for choice in question.choices)
        case AnswerType.YES_NO:
            return tuple(Answer(question.id, fields={"choice": word}) for word in ("ja", "nee"))
        case AnswerType.CHOICES:
            return tuple(
                Answer(question.id, fields={"choices": " ".join(words)}) for words in _sets(question, conditions)
            )
        case AnswerType.DATE:
            return tuple(_on(question, today + timedelta(days=days)) for days in _days(question, conditions))
        case AnswerType.PERIOD:
            day = today + timedelta(days=_days(question, ())[0])
            return (Answer(question.id, fields={"from": f"{day.day}-{day.month}-{day.year}", "until": ""}),)
        case AnswerType.NUMBER:
            number = question.least if question.least is not None else min(1, question.most or 1)
            return (Answer(question.id, fields={"number": str(number)}),)
        case AnswerType.AMOUNT:
            amount = question.least if question.least is not None else min(1, question.most or 1)
            return (Answer(question.id, fields={"amount": str(amount)}),)
        case AnswerType.PHOTO:  # a picture cannot be made up; leaving it out is a way, and always allowed
            return ()
        case _:
            return (Answer(question.id, fields=_FIELDS[question.type]),)


def _on(question: Question, day: date) -> Answer:
    return Answer(question.id, fields={"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"})


def _days(question: Question, conditions: tuple[Condition, ...]) -> tuple[int, ...]:
    """Give days away from today: one on each side of each limit, within what the question allows."""
    first = question.earliest_days if question.earliest_days is not None else -_FAR_DAYS
    last = question.latest_days if question.latest_days is not None else _FAR_DAYS
    limits = {condition.within_days for condition in conditions if condition.within_days is not None}
    wanted = {0, *limits, *(limit + 1 for limit in limits)}
    return tuple(sorted({min(max(days, first), last) for days in wanted}))


def _sets(question: Question, conditions: tuple[Condition, ...]) -> tuple[frozenset[str], ...]:
    """Give each single choice, and the combinations that turn a condition another way than any smaller one."""
    known: dict[tuple[bool, ...], frozenset[str]] = {}
    singles = [frozenset({choice.id}) for choice in question.choices]
    fresh = list(singles)
    while fresh:
        grown = []
        for chosen in fresh:
            outcome = tuple(_turns_out(condition, chosen) for condition in conditions)
            if outcome not in known:
                known[outcome] = chosen
                grown.append(chosen)
        fresh = [chosen | single for chosen in grown for single in singles if not single <= chosen]
    return tuple(dict.fromkeys((*singles, *known.values())))


def _turns_out(condition: Condition, chosen: frozenset[str]) -> bool:
    is_any = not condition.is_any or bool(chosen & condition.is_any)
    return is_any and not chosen & condition.is_none_of
