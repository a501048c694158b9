# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Closing a case: never in silence, and a decision never without who, which rule and how to object (S05, S10, S13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.call_attempts import CallAttempt
from domain.case_answer import AnswerProblem, CannotCloseError, CaseAnswer, Result, check, objection_day, problems
from domain.counter import CounterCase, Stage, WorkItem
from domain.submission import Initiator

TODAY = date(2026, 11, 24)
TEXT = "U krijgt de kaart. Haal hem op aan de balie."
NOT_RECEIVED = CaseAnswer(Result.NOT_RECEIVED, TEXT)
GRANTED = CaseAnswer(Result.GRANTED, TEXT, "Wegenverkeerswet, artikel 86", date(2027, 1, 5))


def case(stage: Stage = Stage.TAKEN, phone: str = "+31612345678", reach: str = "phone") -> CounterCase:
    item = WorkItem("R", "parkeren", "Parkeren", stage, datetime(2026, 11, 20, tzinfo=UTC), date(2026, 12, 1))
    return CounterCase(item, "1", Initiator(phone=phone, reach=reach))


def call(day: int, hour: int, *, was_reached: bool = False) -> CallAttempt:
    return CallAttempt(f"{day}-{hour}", "R", datetime(2026, 11, day, hour, tzinfo=UTC), was_reached)


ENOUGH = (call(20, 8), call(23, 14), call(24, 9))


@pytest.mark.parametrize(
    "attempts",
    [
        (),
        (call(24, 9),),
        (call(23, 9), call(24, 14)),
        (call(24, 8), call(24, 9), call(24, 14)),  # all of one day
        (call(20, 8), call(23, 9), call(24, 9)),  # all in the morning
    ],
)
def test_nothing_is_closed_as_not_received_before_calling_was_tried(attempts: tuple[CallAttempt, ...]) -> None:
    with pytest.raises(CannotCloseError) as caught:
        check(NOT_RECEIVED, case(Stage.ASKED), attempts, TODAY)
    assert caught.value.problem is AnswerProblem.NOT_CALLED_ENOUGH


@pytest.mark.parametrize("attempts", [ENOUGH, (call(24, 9, was_reached=True),)])
def test_it_is_closed_as_not_received_after_three_tries_or_a_talk(attempts: tuple[CallAttempt, ...]) -> None:
    assert problems(NOT_RECEIVED, case(Stage.ASKED), attempts, TODAY) == ()


@pytest.mark.parametrize(("phone", "reach"), [("", ""), ("+31612345678", "text")])
def test_who_cannot_be_called_was_asked_in_writing_and_looked_for_otherwise(phone: str, reach: str) -> None:
    found = case(Stage.ASKED, phone, reach)
    assert problems(NOT_RECEIVED, found, (), TODAY) == (AnswerProblem.NOTHING_TRIED,)
    tried = replace(NOT_RECEIVED, tried="Briefje bij de opvang gelegd.")
    assert problems(tried, found, (), TODAY) == ()
    assert problems(tried, case(Stage.TAKEN, phone, reach), (), TODAY) == (AnswerProblem.NOT_ASKED,)


def test_other_results_need_no_calls() -> None:
    assert problems(CaseAnswer(Result.DONE, TEXT), case(), (), TODAY) == ()


def test_a_decision_names_its_rule_and_its_objection_day() -> None:
    assert problems(GRANTED, case(), (), TODAY) == ()
    assert problems(replace(GRANTED, rule=" "), case(), (), TODAY) == (AnswerProblem.NO_RULE,)
    assert problems(replace(GRANTED, object_by=None), case(), (), TODAY) == (AnswerProblem.NO_OBJECTION_DAY,)


def test_nobody_gets_less_time_to_object_than_the_law_gives() -> None:
    short = replace(GRANTED, object_by=date(2027, 1, 4))
    assert problems(short, case(), (), TODAY) == (AnswerProblem.NO_OBJECTION_DAY,)


def test_the_objection_day_is_six_weeks_on_and_never_in_a_weekend_or_on_a_holiday() -> None:
    assert objection_day(TODAY) == date(2027, 1, 5)
    assert objection_day(date(2026, 11, 13)) == date(2026, 12, 28)  # 25 December, second day, then a weekend


def test_an_answer_without_result_and_words_says_both() -> None:
    assert problems(CaseAnswer(), case(), (), TODAY) == (AnswerProblem.NO_RESULT, AnswerProblem.NO_TEXT)
    assert problems(CaseAnswer(Result.DONE, "Ja  \n goed"), case(), (), TODAY) == (AnswerProblem.NO_TEXT,)


def test_only_what_can_be_objected_to_is_a_decision() -> None:
    assert [result for result in Result if result.is_decision] == [Result.GRANTED, Result.REFUSED]
