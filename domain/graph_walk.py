# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Walks every road through one service, with the answers that somebody can give (feature U02).

Roads that differ only in answers nothing looks at any more are walked as one, so the whole graph of a service takes
milliseconds. Who can give which answer is `domain.personas`; what is said to the editor, the content check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.answers import Answer, AnswerKind, Answers
from domain.journey import Journey
from domain.sample_answers import sample_answers
from domain.service import Condition, Question, ServiceDefinition

Usable = Mapping[str, tuple[Answer, ...]]
"""The answers that somebody can give, by question."""

_Road = Mapping[str, int]  # question id, and which of its usable answers was given


@dataclass(frozen=True, slots=True)
class Stuck:
    """A question to which somebody has no answer, and the answers on which it is asked."""

    question_id: str
    led_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """What was met on all roads together."""

    asked: frozenset[str]
    stuck: tuple[Stuck, ...]
    met: frozenset[str]  # "haste.<id>", "advice.<id>" and so on, whose conditions held somewhere
    ends: int  # how many roads came to the end, those that are alike seen as one


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that shows when its conditions hold."""

    name: str
    when: tuple[Condition, ...]
    looks_at: frozenset[str]


@dataclass(frozen=True, slots=True)
class Graph:
    """One service made ready for walking."""

    definition: ServiceDefinition
    today: date
    answers: Usable  # all there are, by question
    _items: Mapping[int, tuple[_Item, ...]]  # by the place of the last question that they look at
    _kept: tuple[frozenset[str], ...]  # which answers are still looked at after the question at this place

    @classmethod
    def of(cls, definition: ServiceDefinition, today: date) -> Graph:
        """Prepare a definition that was checked: its conditions look back, never ahead."""
        places = {question.id: place for place, question in enumerate(definition.questions)}
        items: dict[int, list[_Item]] = {}
        conditions = [condition for question in definition.questions for condition in question.when]
        for name, when in _conditional(definition):
            looks_at = _looked_at(definition, when)
            items.setdefault(max((places[word] for word in looks_at), default=0), []).append(
                _Item(name, when, looks_at)
            )
            conditions += when
        kept: list[frozenset[str]] = []
        later: frozenset[str] = frozenset()
        for place, question in reversed(list(enumerate(definition.questions))):
            kept.append(later)
            later = later.union(_looked_at(definition, question.when), *(i.looks_at for i in items.get(place, ())))
        return cls(
            definition,
            today,
            {question.id: _settling(definition, question, conditions, today) for question in definition.questions},
            {place: tuple(found) for place, found in items.items()},
            tuple(reversed(kept)),
        )

    def usable(self, may_give: Callable[[Question, Answer], bool]) -> Usable:
        """Give the answers that somebody can give."""
        return {
            question.id: tuple(answer for answer in self.answers[question.id] if may_give(question, answer))
            for question in self.definition.questions
        }

    def walk(self, usable: Usable) -> Walked:
        """Walk all roads with these answers."""
        asked: set[str] = set()
        stuck: dict[str, Stuck] = {}
        met: set[str] = set()
        roads: list[_Road] = [{}]
        for place, question in enumerate(self.definition.questions):
            onward: dict[frozenset[tuple[str, int]], _Road] = {}
            for road in roads:
                taken = [road]
                if self._journey(usable, road).applies(question.when):
                    asked.add(question.id)
                    taken = [{**road, question.id: number} for number in range(len(usable[question.id]))]
                    if not taken:
                        looked_at = _looked_at(self.definition, question.when)
                        stuck.setdefault(question.id, Stuck(question.id, _told(usable, road, looked_at)))
                for one in taken:
                    self._meet(place, usable, one, met)
                    kept = {name: number for name, number in one.items() if name in self._kept[place]}
                    onward.setdefault(frozenset(kept.items()), kept)
            roads = list(onward.values())
        return Walked(frozenset(asked), tuple(stuck.values()), frozenset(met), len(roads))

    def _journey(self, usable: Usable, road: _Road) -> Journey:
        answers = Answers({name: usable[name][number] for name, number in road.items()})
        return Journey(self.definition, answers, self.today)

    def _meet(self, place: int, usable: Usable, road: _Road, met: set[str]) -> None:
        waiting = [item for item in self._items.get(place, ()) if item.name not in met]
        if waiting:
            journey = self._journey(usable, road)
            met.update(item.name for item in waiting if journey.applies(item.when))


def word_of(answer: Answer) -> str:
    """Say an answer in the words of a definition: a choice, "unknown" and the like; else "given" or "empty"."""
    if answer.kind is not AnswerKind.GIVEN:
        return answer.kind.value
    if answer.is_empty:
        return "empty"
    return " ".join(sorted(answer.chosen)) or "given"


def _told(usable: Usable, road: _Road, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, word_of(usable[name][number])) for name, number in road.items() if name in names)


def _settling(
    definition: ServiceDefinition, question: Question, conditions: list[Condition], today: date
) -> tuple[Answer, ...]:
    """Give the samples that the journey really takes: a question that no answer settles is a dead end."""
    return tuple(
        answer
        for answer in sample_answers(question, conditions, today)
        if Journey(definition, Answers({question.id: answer}), today).is_settled(question)
    )


def _conditional(definition: ServiceDefinition) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    yield from ((f"haste.{item.id}", item.when) for item in definition.hastes)
    yield from ((f"advice.{item.id}", item.when) for item in definition.advice)
    yield from ((f"duty.{item.id}", item.when) for item in definition.duties)
    yield from ((f"bring.{item.id}", item.when) for item in definition.bring)
    yield from ((f"letter.{item.id}", item.when) for item in definition.letters)
    yield from ((f"last_day.{item.id}", item.when) for item in definition.last_days)
    yield from ((f"also.{item.id}", item.when) for item in definition.also)
    if definition.result_when:
        yield "result", definition.result_when


def _looked_at(definition: ServiceDefinition, when: tuple[Condition, ...]) -> frozenset[str]:
    """Give all questions that these conditions look at, by themselves or through the questions they look at."""
    found: set[str] = set()
    waiting = list(when)
    while waiting:
        name = waiting.pop().question
        if name not in found:
            found.add(name)
            waiting.extend(definition.question(name).when)
    return frozenset(found)
