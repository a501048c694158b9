# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the parts of one definition must fit each other: promises, roads to a person, conditions that can come true.

Whether two services fit beside each other (tiles, links) is `resources.service_library` and `loket content check`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from domain.service import (
    AnswerType,
    ChannelKind,
    Condition,
    Question,
    ServiceDefinition,
    Side,
    Term,
)
from domain.toml_lines import Findings
from domain.toml_reading import did_you_mean

MOST_QUESTIONS = 60
_MOST_BRING = 6  # feature C31
_YES_NO = frozenset({"ja", "nee"})


def check_definition(definition: ServiceDefinition, findings: Findings) -> None:
    """Note everything in a definition that cannot work or that a citizen would miss."""
    _check_ids(definition, findings)
    _check_duties(definition, findings)
    _check_roads(definition, findings)
    if not definition.sources:
        findings.add("no source: add [[source]] with fact, where and checked_on")
    for index, also in enumerate(definition.also):
        if also.service == definition.id:
            findings.add(f'also "{also.id}" leads to this service itself', "also", index, "service")
    if definition.last_days and not definition.result_when:
        says = "a last_day shows on the result, and there is none: add [result], or make it an [[advice]] with a term"
        findings.add(says, "last_day")
    if len(definition.bring) > _MOST_BRING:
        findings.add(f"{len(definition.bring)} things to bring: at most {_MOST_BRING}", "bring", _MOST_BRING)
    places = {question.id: place for place, question in enumerate(definition.questions)}
    own = _own_index(definition)
    for question in definition.questions:
        _check_conditions(
            definition, findings, places, question.when, _At("question", own.get(question.id, 0), question.id)
        )
    for table, items in _conditional(definition):
        for index, (item_id, when) in enumerate(items):
            _check_conditions(definition, findings, places, when, _At(table, index, item_id))
    _check_terms(definition, findings)
    _check_advice(definition, findings, places)
    _check_letters(definition, findings)


class _At:
    """Where a check points."""

    __slots__ = ("id", "index", "table")

    def __init__(self, table: str, index: int, item_id: str) -> None:
        self.table, self.index, self.id = table, index, item_id


def _own_index(definition: ServiceDefinition) -> dict[str, int]:
    own = [question.id for question in definition.questions if not question.is_shared]
    return {question_id: index for index, question_id in enumerate(own)}


def _conditional(definition: ServiceDefinition) -> Iterable[tuple[str, list[tuple[str, tuple[Condition, ...]]]]]:
    return (
        ("duty", [(item.id, item.when) for item in definition.duties]),
        ("bring", [(item.id, item.when) for item in definition.bring]),
        ("haste", [(item.id, item.when) for item in definition.hastes]),
        ("advice", [(item.id, item.when) for item in definition.advice]),
        ("also", [(item.id, item.when) for item in definition.also]),
        ("letter", [(item.id, item.when) for item in definition.letters]),
        ("last_day", [(item.id, item.when) for item in definition.last_days]),
        ("result", [("result", definition.result_when)]),
    )


def _check_ids(definition: ServiceDefinition, findings: Findings) -> None:
    own = [question.id for question in definition.questions if not question.is_shared]
    if not own:
        findings.add("the service asks nothing of its own: add a [[question]]")
    if len(definition.questions) > MOST_QUESTIONS:
        findings.add(f"{len(definition.questions)} questions: at most {MOST_QUESTIONS}", key="opening")
    all_ids = Counter(question.id for question in definition.questions)
    for question_id in {word for word, count in all_ids.items() if count > 1 and word}:
        index = max((place for place, word in enumerate(own) if word == question_id), default=-1)
        says = f'two questions have the id "{question_id}": give one of them another id'
        findings.add(says, "question" if index >= 0 else "", max(index, 0), "id" if index >= 0 else "closing")
    for table, items in _conditional(definition):
        seen: set[str] = set()
        for index, (item_id, _) in enumerate(items):
            if item_id and item_id in seen:
                findings.add(f'two of [[{table}]] have the id "{item_id}": give one another id', table, index, "id")
            seen.add(item_id)
    for index, question in enumerate(item for item in definition.questions if not item.is_shared):
        ids = Counter(choice.id for choice in question.choices)
        for choice_id in (word for word, count in ids.items() if count > 1 and word):
            says = f'question "{question.id}" has the choice "{choice_id}" twice: give one another id'
            findings.add(says, "question", index, word=choice_id)
    names = Counter(question.case_property for question in definition.questions if question.case_property)
    for name in (name for name, count in names.items() if count > 1):
        findings.add(f'the case property "{name}" is used twice: choose another name', key="case_property", word=name)


def _check_duties(definition: ServiceDefinition, findings: Findings) -> None:
    ours = [duty for duty in definition.duties if duty.side is Side.GOVERNMENT]
    if not any(duty.term is not None and not duty.when for duty in ours):
        says = 'no duty of the government with a term for everybody: add [[duty]] with side = "government" and a term'
        findings.add(says, "duty")
    if not any(duty.side is Side.CITIZEN for duty in definition.duties):
        findings.add('nothing says what the citizen does: add [[duty]] with side = "citizen"', "duty")


def _check_roads(definition: ServiceDefinition, findings: Findings) -> None:
    kinds = Counter(channel.kind for channel in definition.channels)
    for kind in ChannelKind:
        if kinds[kind] == 0:
            findings.add(f'no other road by {kind.value}: add [[channel]] with kind = "{kind.value}"', "channel")
        elif kinds[kind] > 1:
            findings.add(f"two roads by {kind.value}: keep one", "channel")


def _words_of(question: Question) -> frozenset[str]:
    words = frozenset(offer.value for offer in question.offers)
    if question.type is AnswerType.YES_NO:
        return words | _YES_NO
    return words | {choice.id for choice in question.choices}


def _check_conditions(
    definition: ServiceDefinition, findings: Findings, places: dict[str, int], when: tuple[Condition, ...], at: _At
) -> None:
    shown = f'{at.table} "{at.id}"'
    own_place = places.get(at.id, -1) if at.table == "question" else len(places)
    is_shared = at.table == "question" and own_place >= 0 and definition.questions[own_place].is_shared
    table, index = ("", 0) if is_shared else (at.table, at.index)
    for condition in when:
        place = places.get(condition.question)
        if place is None:
            hint = did_you_mean(condition.question, list(places))
            says = f'{shown} depends on "{condition.question}", which is no question here{hint}'
            findings.add(says, table, index, "closing" if is_shared else "when")
            continue
        if place >= own_place:
            kind = (
                "goes round in a circle with" if _leads_back(definition, condition.question, at.id) else "comes before"
            )
            says = f'{shown} {kind} "{condition.question}": it can only depend on a question that comes before it'
            findings.add(says, table, index, "when")
            continue
        question = definition.questions[place]
        known = _words_of(question)
        for word in sorted((condition.is_any | condition.is_none_of) - known):
            hint = did_you_mean(word, sorted(known))
            findings.add(f'{shown}: "{word}" is no answer to "{question.id}"{hint}', table, index, "when", word)
        if condition.within_days is not None and question.type is not AnswerType.DATE:
            findings.add(f'{shown}: "{question.id}" asks no date, so within_days never holds', table, index, "when")


def _leads_back(definition: ServiceDefinition, start: str, wanted: str) -> bool:
    by_id = {question.id: question for question in definition.questions}
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == wanted:
            return True
        if name in by_id and name not in seen:
            seen.add(name)
            waiting.extend(condition.question for condition in by_id[name].when)
    return False


def _check_terms(definition: ServiceDefinition, findings: Findings) -> None:
    def check(term: Term | None, table: str, index: int, shown: str) -> None:
        if term is None or not term.after:
            return
        found = next((question for question in definition.questions if question.id == term.after), None)
        if found is None:
            hint = did_you_mean(term.after, [question.id for question in definition.questions])
            findings.add(f'{shown} counts from "{term.after}", which is no question here{hint}', table, index, "term")
        elif found.type is not AnswerType.DATE:
            findings.add(f'{shown} counts from "{term.after}", which asks no date', table, index, "term")

    for index, duty in enumerate(definition.duties):
        check(duty.term, "duty", index, f'duty "{duty.id}"')
    for index, advice in enumerate(definition.advice):
        check(advice.term, "advice", index, f'advice "{advice.id}"')
    for index, letter in enumerate(definition.letters):
        check(letter.term, "letter", index, f'letter "{letter.id}"')
    for index, day in enumerate(definition.last_days):
        check(day.term, "last_day", index, f'last_day "{day.id}"')
    if definition.promise.after:
        findings.add("the promise counts from today: remove after", "promise", key="after")


def _check_advice(definition: ServiceDefinition, findings: Findings, places: dict[str, int]) -> None:
    for index, advice in enumerate(definition.advice):
        if not advice.comes_after:
            continue
        if advice.comes_after not in places:
            hint = did_you_mean(advice.comes_after, list(places))
            says = f'advice "{advice.id}" comes after "{advice.comes_after}", which is no question here{hint}'
            findings.add(says, "advice", index, "comes_after")
            continue
        for condition in advice.when:
            if places.get(condition.question, -1) > places[advice.comes_after]:
                says = f'advice "{advice.id}" comes before the answer it needs, "{condition.question}"'
                findings.add(says, "advice", index, "comes_after")


def _check_letters(definition: ServiceDefinition, findings: Findings) -> None:
    by_id = {question.id: question for question in definition.questions}
    for index, letter in enumerate(definition.letters):
        if not letter.addressee_by:
            continue
        question = by_id.get(letter.addressee_by)
        if question is None:
            hint = did_you_mean(letter.addressee_by, list(by_id))
            says = f'letter "{letter.id}" goes by "{letter.addressee_by}", which is no question here{hint}'
            findings.add(says, "letter", index, "addressee_by")
        elif question.type is not AnswerType.CHOICE:
            says = f'letter "{letter.id}" goes by "{letter.addressee_by}", which is no question with one choice'
            findings.add(says, "letter", index, "addressee_by")
