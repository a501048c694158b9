# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ten thousand walks through all services, answering anything: nobody ends without owner, day and contact (U08)."""

from __future__ import annotations

import random
from datetime import date

from domain.answers import Answers
from domain.graph_walk import Graph
from domain.journey import Ask, Check, Journey
from domain.service import ChannelKind, ServiceDefinition, Side
from resources.service_library import ServiceLibrary

TODAY = date(2026, 11, 24)
WALKS = 10_000
LIBRARY = ServiceLibrary.load()


def walk(graph: Graph, chance: random.Random) -> Journey:
    """Answer each question that is asked with any answer there is; conditions look back, so once along them is all."""
    journey = Journey(graph.definition, Answers(), graph.today)
    for question in graph.definition.questions:
        if journey.applies(question.when):
            answer = chance.choice(graph.answers[question.id])
            journey = Journey(journey.definition, journey.answers.with_answer(answer), journey.today)
    return journey


def step_by_step(graph: Graph, chance: random.Random) -> Journey:
    """Answer what the journey itself asks next, until there is nothing left to ask."""
    journey = Journey(graph.definition, Answers(), graph.today)
    for _ in range(len(graph.definition.questions) + 1):
        step = journey.first_open()
        if not isinstance(step, Ask):
            return journey
        answer = chance.choice(graph.answers[step.question.id])
        journey = Journey(journey.definition, journey.answers.with_answer(answer), journey.today)
    message = f"{graph.definition.id} goes round: {[answer.question_id for answer in journey.answers]}"
    raise AssertionError(message)


def contacts(journey: Journey, service: ServiceDefinition) -> set[str]:
    """Give the ways to one another: what the visitor left, and the roads that the receipt prints."""
    left = {question.id for question, answer in journey.answered() if question.is_shared and not answer.is_empty}
    roads = {
        channel.kind.value
        for channel in service.channels
        if LIBRARY.text(service.id, "nl", f"channel.{channel.kind}")[0]
    }
    return left & {"telefoon", "email", "postadres", "terugkomdag", "contacttelefoon"} | roads


def roads_of(service: ServiceDefinition) -> set[ChannelKind]:
    """Give the roads to a person that the receipt prints."""
    return {channel.kind for channel in service.channels if LIBRARY.dutch(service.id).get(f"channel.{channel.kind}")}


def test_every_case_has_an_owner_a_day_and_a_contact_after_ten_thousand_walks() -> None:
    chance = random.Random(20261124)
    graphs = [Graph.of(service, TODAY) for service in LIBRARY.services]
    roads: set[tuple[str, tuple[str, ...]]] = set()
    for number in range(WALKS):
        graph = graphs[number % len(graphs)]
        service = graph.definition
        journey = (step_by_step if number < 10 * len(graphs) else walk)(graph, chance)

        assert isinstance(journey.first_open(), Check)
        assert service.owner
        assert journey.promised_on > TODAY
        ours = [duty for duty in journey.duties if duty.side is Side.GOVERNMENT and duty.term is not None]
        assert any((due := journey.due(duty.term)) is not None and due >= TODAY for duty in ours if duty.term), (
            service.id
        )
        assert roads_of(service) == set(ChannelKind)
        roads.add((service.id, tuple(question.id for question, _ in journey.answered())))

    assert {service_id for service_id, _ in roads} == {service.id for service in LIBRARY.services}
    assert len(roads) > 20 * len(graphs)  # they did not all go the same way


def test_every_urgent_walk_says_so_and_every_letter_has_words() -> None:
    chance = random.Random(7)
    for service in LIBRARY.services:
        graph = Graph.of(service, TODAY)
        for _ in range(100):
            journey = walk(graph, chance)
            for haste in journey.hastes:
                assert LIBRARY.text(service.id, "nl", f"haste.{haste.id}.text")[0]
            for letter in journey.letters:
                assert LIBRARY.text(service.id, "nl", f"letter.{letter.id}.body")[0]
