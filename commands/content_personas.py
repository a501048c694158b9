# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proves for one service that nobody gets stuck: every persona, and every two in one person, over all roads (U02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from commands.content_places import Places
from domain.errors import DefinitionProblem
from domain.graph_walk import Graph, Stuck, Walked
from domain.personas import (
    BASIS,
    FOR_SOMEBODY_ELSE,
    FOR_WHOM,
    REACH,
    Lack,
    Persona,
    all_personas,
    roads_to_be_reached,
)
from domain.service import LegalEffect, ServiceDefinition

_NAMED = 3
_DAY_TO_COME_BACK = "terugkomdag"


_Walks = dict[tuple[tuple[int, ...], ...], Walked]
_known: dict[tuple[str, date], tuple[Graph, Walked, _Walks]] = {}


def _roads(service: ServiceDefinition, today: date) -> tuple[Graph, Walked, _Walks]:
    """Give all roads of a service; the same definition is walked once a process, however often it is checked."""
    key = (repr(service), today)
    if key not in _known:
        graph = Graph.of(service, today)
        _known[key] = (graph, graph.walk(graph.answers), {})
    return _known[key]


def check_personas(places: Places, today: date) -> tuple[dict[str, bool], list[DefinitionProblem]]:
    """Tell for each persona whether all roads end well, and what stands in the way."""
    service = places.service
    graph, everything, walked = _roads(service, today)
    problems = list(_never(places, everything))
    problems += [_nobody(places, stuck) for stuck in everything.stuck]
    hopeless = {stuck.question_id for stuck in everything.stuck}
    arrives: dict[str, bool] = {}
    in_the_way: dict[str, tuple[Stuck, list[Persona]]] = {}
    unreachable: list[Persona] = []
    for persona in all_personas():
        usable = graph.usable(persona.may_give)
        # Many people can give the same answers: their roads are walked once.
        alike = tuple(tuple(map(id, answers)) for answers in usable.values())
        found = walked.get(alike)
        if found is None:
            found = walked[alike] = graph.walk(usable)
        has_road = bool(roads_to_be_reached(service, persona))
        if not has_road:
            unreachable.append(persona)
        may_act = Lack.DECIDING not in persona.lacks or _has_place_for_a_guardian(service)
        arrives[persona.name] = not found.stuck and has_road and may_act
        for stuck in found.stuck:
            if stuck.question_id not in hopeless:
                in_the_way.setdefault(stuck.question_id, (stuck, []))[1].append(persona)
    problems += [_stuck(places, stuck, personas) for stuck, personas in in_the_way.values()]
    problems += _out_of_reach(places, unreachable)
    problems += _deal(places)
    return arrives, problems


def _stuck(places: Places, stuck: Stuck, personas: list[Persona]) -> DefinitionProblem:
    first = personas[0]
    more = f" and {len(personas) - 1} more" if len(personas) > 1 else ""
    says = (
        f'dead end: "{stuck.question_id}" has no answer for somebody who {first.says} (persona {first.name}{more})'
        f'{_led_by(stuck)}: offer "unknown" and "declined", or add is_optional = true'
    )
    return places.at_question(stuck.question_id, says)


def _nobody(places: Places, stuck: Stuck) -> DefinitionProblem:
    says = f'dead end: nobody can answer "{stuck.question_id}"{_led_by(stuck)}: offer "unknown", or mend its limits'
    return places.at_question(stuck.question_id, says)


def _led_by(stuck: Stuck) -> str:
    if not stuck.led_by:
        return ""
    return ", after " + ", ".join(f"{name} = {word}" for name, word in stuck.led_by[-_NAMED:])


def _never(places: Places, everything: Walked) -> Iterator[DefinitionProblem]:
    """Name what no answers ever lead to: a text that nobody will see, or a typing error in a condition."""
    service = places.service
    for question in service.questions:
        if question.id not in everything.asked:
            says = f'"{question.id}" is never asked: its conditions never hold together'
            yield places.at_question(question.id, says, "when")
    tables = {
        "haste": [item.id for item in service.hastes],
        "advice": [item.id for item in service.advice],
        "duty": [item.id for item in service.duties],
        "bring": [item.id for item in service.bring],
        "letter": [item.id for item in service.letters],
        "last_day": [item.id for item in service.last_days],
        "also": [item.id for item in service.also],
    }
    for table, ids in tables.items():
        for index, item_id in enumerate(ids):
            if f"{table}.{item_id}" not in everything.met:
                says = f'{table} "{item_id}" never shows: its conditions never hold together'
                yield places.at_table(table, index, says, "when")


def _out_of_reach(places: Places, personas: list[Persona]) -> Iterator[DefinitionProblem]:
    if not personas:
        return
    first = personas[0]
    more = f" and {len(personas) - 1} more" if len(personas) > 1 else ""
    asks = any(question.id == REACH for question in places.service.questions)
    remedy = f'let "{REACH}" keep "ik-kom-hier-terug"' if asks else f'add "{REACH}" to closing'
    says = f"no answer can reach somebody who {first.says} (persona {first.name}{more}): {remedy}"
    yield places.at_key("closing", says)


def _has_place_for_a_guardian(service: ServiceDefinition) -> bool:
    """Tell whether a guardian can act here; a report or a question binds nobody, so there it is not needed."""
    if service.legal_effect in (LegalEffect.NONE, LegalEffect.REPORT):
        return True
    choices = {question.id: {choice.id for choice in question.choices} for question in service.questions}
    return FOR_SOMEBODY_ELSE in choices.get(FOR_WHOM, ()) and "curator" in choices.get(BASIS, ())


def _deal(places: Places) -> Iterator[DefinitionProblem]:
    service = places.service
    if not _has_place_for_a_guardian(service):
        says = (
            f'somebody who {Lack.DECIDING.value} (persona onder-curatele) cannot say who decides: add "{FOR_WHOM}" '
            f'and "{BASIS}" to opening'
        )
        yield places.at_key("opening", says)
    comes_back = any(question.id == _DAY_TO_COME_BACK for question in service.questions)
    if comes_back and not any(duty.term and duty.term.after == _DAY_TO_COME_BACK for duty in service.duties):
        says = (
            'the day on which somebody comes back is not printed: add the duty "terugkomen" with '
            f'term = {{ days = 0, after = "{_DAY_TO_COME_BACK}" }}'
        )
        yield places.at_table("duty", 0, says)
