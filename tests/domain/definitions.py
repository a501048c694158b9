# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tiny service definitions, made by hand, and answers to them."""

from datetime import date

from domain.answers import Answer, AnswerKind, Answers
from domain.journey import Journey
from domain.service import (
    AnswerType,
    Channel,
    ChannelKind,
    Choice,
    Condition,
    LegalEffect,
    Question,
    ServiceDefinition,
    Source,
    Term,
)

TODAY = date(2026, 11, 24)  # a Tuesday


def definition(*questions: Question, **more: object) -> ServiceDefinition:
    """Make a definition with these questions, and all else as plain as can be."""
    given: dict[str, object] = {
        "id": "proef",
        "version": 3,
        "owner": "team-proef",
        "case_type": "proef",
        "legal_effect": LegalEffect.NONE,
        "icon": "star",
        "duties": (),
        "promise": Term(working_days=5),
        "channels": tuple(Channel(kind) for kind in ChannelKind),
        "sources": (Source("iets", "ergens", date(2026, 11, 1)),),
    }
    return ServiceDefinition(questions=questions, **{**given, **more})  # type: ignore[arg-type]


def text(question_id: str, *when: Condition, is_optional: bool = False, is_shared: bool = False) -> Question:
    """Make a text question."""
    return Question(question_id, AnswerType.TEXT, when=when, is_optional=is_optional, is_shared=is_shared)


def choice(question_id: str, *options: str, when: tuple[Condition, ...] = (), person: str = "") -> Question:
    """Make a choice question; `person` is the option that brings in a person."""
    choices = tuple(Choice(option, is_person=option == person) for option in options)
    return Question(question_id, AnswerType.CHOICE, choices=choices, when=when)


def day(question_id: str, **more: int) -> Question:
    """Make a date question."""
    return Question(question_id, AnswerType.DATE, **more)  # type: ignore[arg-type]


def is_(question_id: str, *answers: str) -> Condition:
    """Make the condition that a question was answered with one of these."""
    return Condition(question_id, is_any=frozenset(answers))


def answers(*given: Answer, **words: str) -> Answers:
    """Make answers; a word is put in every field that a question may look at."""
    found = Answers()
    for question_id, word in words.items():
        found = found.with_answer(Answer(question_id, fields={"choice": word, "text": word, "day": word}))
    for answer in given:
        found = found.with_answer(answer)
    return found


def otherwise(question_id: str, kind: AnswerKind = AnswerKind.UNKNOWN) -> Answer:
    """Make an answer of another kind than given."""
    return Answer(question_id, kind)


def journey(made: ServiceDefinition, given: Answers | None = None) -> Journey:
    """Start a journey on a Tuesday."""
    return Journey(made, Answers() if given is None else given, TODAY)
