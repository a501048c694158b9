# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a case may be closed with an answer: plain words, and where it is a decision, who, which rule and until when.

A decision without its rule and its objection day is refused (S10). "Not received" is refused until calling was tried as
`domain.call_attempts` asks (S13); where nobody can be called, until it was asked for in writing and somebody says what
else was tried: a case is never closed in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.call_attempts import CallAttempt, may_be_closed
from domain.counter import CounterCase, Stage
from domain.errors import StoreError
from domain.kind_request import can_be_called
from domain.promise import due_date
from domain.service import Term

OBJECTION_TERM = Term(weeks=6, is_legal=True)  # Awb 6:7, from the day after it is made known (6:8)
SHORTEST_ANSWER = 20
"""A single word is no answer."""

SHORTEST_TRIED = 10


class Result(StrEnum):
    """What came of a case; the value is the name of its result type in the catalogue of case types."""

    DONE = "Afgehandeld"
    GRANTED = "Toegekend"
    REFUSED = "Afgewezen"
    WITHDRAWN = "Ingetrokken"
    NOT_RECEIVED = "Niet ontvangen"

    @property
    def is_decision(self) -> bool:
        """Tell whether somebody can object to it."""
        return self in (Result.GRANTED, Result.REFUSED)


class AnswerProblem(StrEnum):
    """Why a case cannot be closed with this; the text for staff is `desk.sheet.answer.problem.<value>`."""

    NO_RESULT = "no_result"
    NOT_CALLED_ENOUGH = "not_called_enough"
    NOT_ASKED = "not_asked"
    NOTHING_TRIED = "nothing_tried"
    NO_TEXT = "no_text"
    NO_RULE = "no_rule"
    NO_OBJECTION_DAY = "no_objection_day"


class CannotCloseError(StoreError):
    """A case was to be closed with an answer that is not complete, or too early; a book of acts does not keep that."""

    slug = "cannot-close"

    def __init__(self, problem: AnswerProblem) -> None:
        super().__init__(f"the case cannot be closed: {problem.value}", "complete the answer, or call first")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What somebody wants to close a case with."""

    result: Result | None = None
    text: str = ""
    rule: str = ""  # which law or local rule, in words; for a decision
    object_by: date | None = None  # for a decision
    tried: str = ""  # how somebody without a telephone was looked for


def objection_day(made_known: date) -> date:
    """Give the last day on which somebody can object."""
    return due_date(OBJECTION_TERM, made_known)


def problems(
    answer: CaseAnswer, case: CounterCase, attempts: Sequence[CallAttempt], today: date
) -> tuple[AnswerProblem, ...]:
    """Give why the case cannot be closed with it, in the order of the fields; nothing: it can."""
    found: list[AnswerProblem] = []
    if answer.result is None:
        found.append(AnswerProblem.NO_RESULT)
    if answer.result is Result.NOT_RECEIVED:
        found += _why_too_early(answer, case, attempts)
    if len(" ".join(answer.text.split())) < SHORTEST_ANSWER:
        found.append(AnswerProblem.NO_TEXT)
    if answer.result is not None and answer.result.is_decision:
        if not answer.rule.strip():
            found.append(AnswerProblem.NO_RULE)
        if answer.object_by is None or answer.object_by < objection_day(today):
            found.append(AnswerProblem.NO_OBJECTION_DAY)
    return tuple(found)


def check(answer: CaseAnswer, case: CounterCase, attempts: Sequence[CallAttempt], today: date) -> None:
    """Refuse to close a case with an answer that does not do.

    Raises: CannotCloseError, with the first problem.
    """
    found = problems(answer, case, attempts, today)
    if found:
        raise CannotCloseError(found[0])


def check_unopened(result: Result | None, tried: str, attempts: Sequence[CallAttempt], *, was_asked: bool) -> None:
    """Refuse what cannot be right for any case, where the case itself cannot be opened: whoever writes it down.

    Raises: CannotCloseError.
    """
    if result is not Result.NOT_RECEIVED or may_be_closed(attempts):
        return
    if not was_asked:
        raise CannotCloseError(AnswerProblem.NOT_ASKED)
    if len(" ".join(tried.split())) < SHORTEST_TRIED:
        raise CannotCloseError(AnswerProblem.NOT_CALLED_ENOUGH)


def _why_too_early(answer: CaseAnswer, case: CounterCase, attempts: Sequence[CallAttempt]) -> list[AnswerProblem]:
    """Say what must still happen before something counts as not received."""
    if can_be_called(case.initiator):
        return [] if may_be_closed(attempts) else [AnswerProblem.NOT_CALLED_ENOUGH]
    found = [] if case.item.stage is Stage.ASKED else [AnswerProblem.NOT_ASKED]
    if len(" ".join(answer.tried.split())) < SHORTEST_TRIED:
        found.append(AnswerProblem.NOTHING_TRIED)
    return found
