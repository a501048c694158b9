# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roads through a service on which everything conditional shows itself at least once: answers by question.

Each condition in a definition gets answers that make it hold; roads that do not bite each other are walked as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from domain.answers import Answer, Answers
from domain.journey import Journey
from domain.sample_answers import sample_answers
from domain.service import AnswerType, Condition, Question, ServiceDefinition

Road = dict[str, Answer]

# Longer than most, as real answers are.
_RICH = {
    AnswerType.TEXT: {"text": "Fatima Jansen-El Idrissi"},
    AnswerType.LONG_TEXT: {"text": "De lamp bij het bankje is al drie weken stuk. Zij durft er niet langs. " * 3},
    AnswerType.EMAIL: {"email": "fatima.jansen@voorbeeldstad.example"},
    AnswerType.ADDRESS: {
        "postcode": "1234 AB", "number": "12", "addition": "bis", "street": "Burgemeester Voorbeeldlaan",
        "city": "Voorbeeldstad",
    },
    AnswerType.PERSONS: {"name.1": "Noor Jansen", "name.2": "Daan Jansen-van den Voorbeeld", "name.3": "Ada"},
}  # fmt: skip


def rich_answer(question: Question, today: date) -> Answer:
    """Give an ordinary answer to a question that no condition looks at."""
    if question.type in _RICH:
        return Answer(question.id, fields=_RICH[question.type])
    if question.type is AnswerType.DATE:
        day = today + timedelta(days=max(question.earliest_days or 0, min(9, question.latest_days or 9)))
        return Answer(question.id, fields={"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"})
    samples = sample_answers(question, (), today)
    return samples[0] if samples else Answer(question.id)


def every_road(service: ServiceDefinition, today: date, question_id: str = "") -> Iterator[Road]:
    """Give roads on which every condition holds once; with a question, one road that leads to it."""
    if question_id:
        road = _road_to(service, service.question(question_id).when, today)
        if road is not None:
            yield road
        return
    roads: list[Road] = [{}]
    for when in dict.fromkeys(_conditions(service)):
        road = _road_to(service, when, today)
        if road is None:
            continue
        fitting = next((known for known in roads if _agree(known, road)), None)
        if fitting is None:
            roads.append(road)
        else:
            fitting.update(road)
    # Every choice is tried: what it leads to may be worded in code and stand in no condition.
    yield from roads
    yield {question.id: sample for question in service.questions for sample in _offered(question, today)}


def _offered(question: Question, today: date) -> tuple[Answer, ...]:
    """Give the last answer that is no plain one: "I do not know", "I would rather not say", "it is different"."""
    return sample_answers(question, (), today)[-1:]


def _conditions(service: ServiceDefinition) -> Iterable[tuple[Condition, ...]]:
    groups = (
        service.questions, service.hastes, service.advice, service.duties, service.bring, service.letters,
        service.also, service.last_days,
    )  # fmt: skip
    for group in groups:
        yield from (item.when for item in group if item.when)
    if service.result_when:
        yield service.result_when


def _agree(one: Road, other: Road) -> bool:
    return all(one.get(question_id, answer) == answer for question_id, answer in other.items())


def _road_to(service: ServiceDefinition, when: tuple[Condition, ...], today: date) -> Road | None:
    """Give answers with which all these conditions hold, and those under which their questions are asked."""
    road: Road = {}
    wanted = list(when)
    while wanted:
        name = wanted[0].question
        here = [condition for condition in wanted if condition.question == name]
        wanted = [condition for condition in wanted if condition.question != name]
        question = service.question(name)
        samples = sample_answers(question, here, today)
        fitting = next((answer for answer in samples if _holds(service, here, answer, today)), None)
        if fitting is None or road.get(name, fitting) != fitting:
            return None
        road[name] = fitting
        wanted += [condition for condition in question.when if condition.question not in road]
    return road


def _holds(service: ServiceDefinition, conditions: list[Condition], answer: Answer, today: date) -> bool:
    journey = Journey(service, Answers({answer.question_id: answer}), today)
    return all(journey.holds(condition) for condition in conditions)
