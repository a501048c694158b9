# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files twenty invented cases for who practises at the counter: of ten kinds, some late, urgent, in other languages.

The people are data (`resources/practice/cases.toml`). Each case goes the road of a real one: a journey, the intake, the
store, sealed; its id says that it is practice, so that nothing ever sends it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.answers import Answer, AnswerKind, Answers, Origin
from domain.intake import Intake
from domain.journey import Journey
from domain.ports import Clock
from domain.practice import new_practice_case_id
from domain.reference import new_reference, new_status_code
from domain.sample_answers import sample_answers
from domain.service import AnswerType, Question, ServiceDefinition
from domain.settings import Settings
from kiosk.effects import Order
from kiosk.filing import Filing
from kiosk.screens.words import surroundings_of
from resources.service_library import ServiceLibrary

CASES = Path(__file__).resolve().parent.parent / "resources" / "practice" / "cases.toml"
_TEXTS = {AnswerType.TEXT: "text", AnswerType.LONG_TEXT: "text", AnswerType.SPOKEN: "text", AnswerType.PHONE: "phone"}
_MORE = {
    AnswerType.ADDRESS: {"postcode": "1234 AB", "number": "12", "street": "Dorpsstraat", "city": "Voorbeeldstad"},
    AnswerType.SPOKEN: {"text": "Ik wil graag met iemand praten."},
}
_BORN = {"day": "6", "month": "4", "year": "1984"}
_STEPS = 100
_MINUTES_APART = 37  # so that no two were handed in at the same moment


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One case as the file tells it."""

    service: str
    name: str
    days_ago: int
    answers: Mapping[str, Any]
    language: str = "nl"
    origin: Origin = Origin.SELF
    unknown: frozenset[str] = frozenset()
    different: frozenset[str] = frozenset()


class _Then:
    """A clock that stands at the moment when a case was handed in."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment


def practice_cases() -> tuple[PracticeCase, ...]:
    """Read all of them."""
    found = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return tuple(
        PracticeCase(
            service=case["service"],
            name=case["name"],
            days_ago=case["days_ago"],
            answers=case["answers"],
            language=case.get("language", "nl"),
            origin=Origin(case.get("origin", "self")),
            unknown=frozenset(case.get("unknown", ())),
            different=frozenset(case.get("different", ())),
        )
        for case in found
    )


def file_practice_cases(settings: Settings, clock: Clock) -> int:
    """File them all in the folder of practice; give how many. Slow: off the UI thread.

    Raises: StoreError and its kinds, SealingError; PracticeError where these settings are not of practice.
    """
    from commands.joining import open_store, read_public_key
    from commands.visit_room import texts_of

    library = ServiceLibrary.load()
    store = open_store(settings)
    intake = Intake(store, read_public_key(settings), is_practice=settings.device.is_practice)
    place = replace(surroundings_of(settings, is_practice=True, has_printer=False), is_rehearsal=True)
    known = {service.id: service for service in library.services}
    filed = 0
    for number, case in enumerate(practice_cases()):
        definition = known.get(case.service)
        if definition is None:  # closed here by a wrong file or an outage
            continue
        then = _Then(clock.now() - timedelta(days=case.days_ago, minutes=_MINUTES_APART * number))
        filing = Filing(intake, library, texts_of, place, then, settings.device.id)
        filing.file(_order(definition, case, then.now().date()))
        filed += 1
    return filed


def _order(definition: ServiceDefinition, case: PracticeCase, today: date) -> Order:
    return Order(
        case_id=new_practice_case_id(),
        reference=new_reference(),
        status_code=new_status_code(),
        definition=definition,
        answers=answers_of(definition, case, today),
        today=today,
        language=case.language,
    )


def answers_of(definition: ServiceDefinition, case: PracticeCase, today: date) -> Answers:
    """Answer everything that is asked of this person."""
    answers = Answers()
    for _ in range(_STEPS):
        journey = Journey(definition, answers, today)
        question = next((asked for asked in journey.questions if not journey.is_settled(asked)), None)
        if question is None:
            break
        answers = answers.with_answer(_answer(question, case, today))
    return answers


def _answer(question: Question, case: PracticeCase, today: date) -> Answer:
    if question.id in case.unknown:
        return Answer(question.id, AnswerKind.UNKNOWN, origin=case.origin)
    if question.id in case.different:
        return Answer(question.id, AnswerKind.DIFFERENT, {"text": "Mijn oude paspoort is van een ander land."})
    fields = dict(_fields(question, case, today))
    if not fields:
        return next(iter(sample_answers(question, (), today)), Answer(question.id))
    return Answer(question.id, fields=fields, origin=case.origin)


def _fields(question: Question, case: PracticeCase, today: date) -> Iterator[tuple[str, str]]:
    """Give what this person says; nothing where an ordinary answer does."""
    said = case.answers.get(question.id)
    match said:
        case None if question.id == "naam" and case.name:
            yield "text", case.name
        case None if question.id == "geboortedatum":
            yield from _BORN.items()
        case None if question.type in _MORE:
            yield from _MORE[question.type].items()
        case str() if question.type in (AnswerType.CHOICE, AnswerType.YES_NO):
            yield "choice", said
        case str():
            yield _TEXTS[question.type], said
        case list():
            yield "choices", " ".join(said)
        case {"in_days": int(days)}:
            day = today + timedelta(days=days)
            yield from {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}.items()
        case dict():
            yield from said.items()
        case _:
            return
