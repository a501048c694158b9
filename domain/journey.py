# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What to ask next: derived each time from the definition and the answers, never stored.

The journey knows the order of questions and pauses; how a screen looks and where the visitor is going back to is the
navigator's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.answers import Answer, AnswerKind, Answers, Problem
from domain.promise import due_date
from domain.service import (
    Advice,
    Also,
    AnswerType,
    Bring,
    Condition,
    Duty,
    Haste,
    LastDay,
    Letter,
    Question,
    ServiceDefinition,
    Term,
)
from domain.validation import understand

OVERVIEW_AFTER = 4  # questions (feature C17)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this question; `number` counts from 1 over the questions that apply now."""

    question: Question
    number: int


@dataclass(frozen=True, slots=True)
class Hurry:
    """Say at once that this cannot wait, before anything else is asked."""

    haste: Haste


@dataclass(frozen=True, slots=True)
class Explain:
    """Show an explanation that an answer just led to."""

    advice: Advice


@dataclass(frozen=True, slots=True)
class Overview:
    """Show what was answered so far; `number` is 1 for the first pause."""

    number: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything is said: who wants no more can stop here, and nothing was kept."""


@dataclass(frozen=True, slots=True)
class Check:
    """Everything was asked: check the answers."""


FLAGGED = Term(working_days=3)
"""By then somebody looks at what a helper flagged (Wgs, article 4: three working days where people are threatened)."""

Step = Ask | Hurry | Explain | Overview | Result | Check


@dataclass(frozen=True, slots=True)
class Journey:
    """One definition with the answers so far, on a day."""

    definition: ServiceDefinition
    answers: Answers
    today: date
    is_flagged: bool = False  # a helper saw that it cannot wait (H18)

    def holds(self, condition: Condition) -> bool:
        """Tell whether a condition holds for the answers so far; an unanswered question satisfies none."""
        answer = self.answers.get(condition.question)
        if answer is None:
            return False
        words = answer.chosen if answer.kind is AnswerKind.GIVEN else frozenset({answer.kind.value})
        if condition.is_any and not words & condition.is_any:
            return False
        if condition.is_none_of and words & condition.is_none_of:
            return False
        if condition.within_days is not None:
            day = self.date_of(condition.question)
            return day is not None and (day - self.today).days <= condition.within_days
        return True

    def applies(self, when: tuple[Condition, ...]) -> bool:
        """Tell whether all conditions hold; conditions on questions that do not apply themselves never do."""
        return all(self._is_asked(condition.question) and self.holds(condition) for condition in when)

    def _is_asked(self, question_id: str) -> bool:
        question = self.definition.question(question_id)
        return not question.when or self.applies(question.when)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give the questions that apply with these answers, in order."""
        return tuple(question for question in self.definition.questions if self.applies(question.when))

    def date_of(self, question_id: str) -> date | None:
        """Give the date that a date question was understood as."""
        answer = self.answers.get(question_id)
        if answer is None or answer.kind is not AnswerKind.GIVEN:
            return None
        question = self.definition.question(question_id)
        if question.type is not AnswerType.DATE:
            return None
        value = understand(question, answer, self.today)
        return value if isinstance(value, date) else None

    def is_settled(self, question: Question) -> bool:
        """Tell whether a question was answered in a way that lets the visitor go on."""
        answer = self.answers.get(question.id)
        if answer is None:
            return False
        return not isinstance(understand(question, answer, self.today), Problem)

    def steps(self) -> tuple[Step, ...]:
        """Give the whole road as far as it can be seen: questions, the pauses between them, and the check."""
        road: list[Step] = []
        questions = self.questions
        pauses = 0
        hurries = self._hurries(questions)
        advice = self.advice
        result_after = self._last_looked_at(self.definition.result_when, questions) if self.has_result else None
        for number, question in enumerate(questions, start=1):
            road.append(Ask(question, number))
            road.extend(Hurry(haste) for haste in hurries.get(question.id, ()))
            road.extend(Explain(found) for found in advice if found.comes_after == question.id)
            if question.id == result_after:
                road.append(Result())
            elif number % OVERVIEW_AFTER == 0 and len(questions) - number > 1:
                pauses += 1
                road.append(Overview(pauses))
        road.append(Check())
        return tuple(road)

    def _hurries(self, questions: tuple[Question, ...]) -> dict[str, list[Haste]]:
        """Give the hastes by the question whose answer made them true: the last of those that they look at."""
        found: dict[str, list[Haste]] = {}
        for haste in self.hastes:
            last = self._last_looked_at(haste.when, questions)
            if last is not None:
                found.setdefault(last, []).append(haste)
        return found

    @staticmethod
    def _last_looked_at(when: tuple[Condition, ...], questions: tuple[Question, ...]) -> str | None:
        looked_at = {condition.question for condition in when}
        return next((question.id for question in reversed(questions) if question.id in looked_at), None)

    def first_open(self) -> Step:
        """Give the first question without a usable answer, or the check."""
        for step in self.steps():
            if isinstance(step, Ask) and not self.is_settled(step.question):
                return step
        return Check()

    @property
    def is_complete(self) -> bool:
        """Tell whether every question that applies was answered in some way."""
        return isinstance(self.first_open(), Check)

    @property
    def hastes(self) -> tuple[Haste, ...]:
        """Give what cannot wait, with these answers."""
        return tuple(haste for haste in self.definition.hastes if self.applies(haste.when))

    @property
    def is_urgent(self) -> bool:
        """Tell whether anything in the answers means haste, or a helper saw that it does."""
        return self.is_flagged or bool(self.hastes)

    @property
    def advice(self) -> tuple[Advice, ...]:
        """Give the explanations that these answers lead to."""
        return tuple(advice for advice in self.definition.advice if self.applies(advice.when))

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Give the letters to print, sign and send."""
        return tuple(letter for letter in self.definition.letters if self.applies(letter.when))

    @property
    def has_result(self) -> bool:
        """Tell whether the answers so far are enough for who only wants to know (feature C29)."""
        return bool(self.definition.result_when) and self.applies(self.definition.result_when)

    @property
    def last_day(self) -> tuple[LastDay, date] | None:
        """Give the last day to act; None when nobody can tell."""
        for last_day in self.definition.last_days:
            day = self.due(last_day.term) if self.applies(last_day.when) else None
            if day is not None:
                return last_day, day
        return None

    @property
    def also(self) -> tuple[Also, ...]:
        """Give what may help as well, with these answers."""
        return tuple(also for also in self.definition.also if self.applies(also.when))

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Give the lines of the deal that hold with these answers."""
        return tuple(duty for duty in self.definition.duties if self.applies(duty.when))

    @property
    def bring(self) -> tuple[Bring, ...]:
        """Give what to take along."""
        return tuple(bring for bring in self.definition.bring if self.applies(bring.when))

    @property
    def needs_person(self) -> bool:
        """Tell whether an answer asks for somebody to follow up (feature C03)."""
        for question in self.questions:
            answer = self.answers.get(question.id)
            if answer is None:
                continue
            # The shared questions may be left open by anybody; that alone calls nobody.
            if answer.kind is not AnswerKind.GIVEN and not question.is_shared:
                return True
            if any(choice.is_person and choice.id in answer.chosen for choice in question.choices):
                return True
        return False

    def due(self, term: Term) -> date | None:
        """Give the date that a term comes to; None when it counts from a date that was not given."""
        start = self.date_of(term.after) if term.after else self.today
        return None if start is None else due_date(term, start)

    @property
    def promised_on(self) -> date:
        """Give the day by which the citizen hears, counted from today."""
        promised = due_date(self.definition.promise, self.today)
        return min(promised, due_date(FLAGGED, self.today)) if self.is_flagged else promised

    def answered(self) -> tuple[tuple[Question, Answer], ...]:
        """Give the questions that apply and were answered, in order."""
        found = ((question, self.answers.get(question.id)) for question in self.questions)
        return tuple((question, answer) for question, answer in found if answer is not None)
