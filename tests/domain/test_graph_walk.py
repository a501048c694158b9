# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every road through a small service, and who gets stuck on it."""

from __future__ import annotations

from itertools import product

import pytest

from domain.answers import Answers
from domain.graph_walk import Graph, word_of
from domain.journey import Journey
from domain.personas import SINGLE, TWELVE, VISITS, Lack, Persona, all_personas
from domain.sample_answers import sample_answers
from domain.service import Advice, AnswerType, Choice, Condition, Haste, Question
from tests.domain.definitions import TODAY, choice, day, definition, is_, text


def closed(question_id: str, kind: AnswerType, *when: Condition) -> Question:
    """Make a question that accepts nothing but an answer."""
    return Question(question_id, kind, when=when, offers=frozenset())


def persona(name: str) -> Persona:
    return next(found for found in SINGLE if found.name == name)


def test_meets_every_question_that_some_answers_lead_to() -> None:
    graph = Graph.of(definition(choice("soort", "a", "b"), text("over-a", is_("soort", "a")), text("slot")), TODAY)

    walked = graph.walk(graph.answers)

    assert walked.asked == {"soort", "over-a", "slot"}
    assert walked.stuck == ()
    assert walked.ends == 1


def test_does_not_ask_what_no_answers_lead_to() -> None:
    never = text("nooit", is_("soort", "a"), is_("soort", "b"))
    graph = Graph.of(definition(choice("soort", "a", "b"), never), TODAY)

    assert "nooit" not in graph.walk(graph.answers).asked


def test_names_where_somebody_is_stuck_and_what_led_there() -> None:
    service = definition(choice("soort", "a", "b"), closed("brief", AnswerType.LONG_TEXT, is_("soort", "b")))
    graph = Graph.of(service, TODAY)

    (stuck,) = graph.walk(graph.usable(persona("kan-niet-lezen").may_give)).stuck

    assert stuck.question_id == "brief"
    assert stuck.led_by == (("soort", "b"),)
    assert graph.walk(graph.usable(persona("doof").may_give)).stuck == ()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (AnswerType.PHONE, "geen-telefoon"),
        (AnswerType.EMAIL, "geen-email"),
        (AnswerType.ADDRESS, "geen-adres"),
        (AnswerType.ADDRESS, "man-zonder-huis"),
        (AnswerType.TEXT, "kan-niet-lezen"),
        (AnswerType.TEXT, "geeft-geen-gegevens"),
        (AnswerType.SPOKEN, "doof"),
        (AnswerType.LONG_TEXT, "geen-nederlands"),
        (AnswerType.EMAIL, "niet-veilig-thuis"),
        (AnswerType.DATE, "weet-het-niet"),
    ],
)
def test_somebody_is_stuck_at_a_question_that_takes_only_what_he_cannot_give(kind: AnswerType, name: str) -> None:
    graph = Graph.of(definition(closed("vraag", kind)), TODAY)

    assert [stuck.question_id for stuck in graph.walk(graph.usable(persona(name).may_give)).stuck] == ["vraag"]


def test_nobody_is_stuck_where_every_offer_is_open() -> None:
    kinds = [kind for kind in AnswerType if kind not in (AnswerType.CHOICE, AnswerType.CHOICES)]
    graph = Graph.of(definition(*(Question(f"v-{kind.value}", kind) for kind in kinds)), TODAY)

    assert not [one.name for one in all_personas() if graph.walk(graph.usable(one.may_give)).stuck]


def test_somebody_without_dutch_is_stuck_at_choices_without_a_picture() -> None:
    bare = Question("keuze", AnswerType.CHOICE, choices=(Choice("a"), Choice("b")), offers=frozenset())
    drawn = Question("keuze", AnswerType.CHOICE, choices=(Choice("a", "mdi6.dog"), Choice("b")), offers=frozenset())
    both = persona("kan-niet-lezen") + persona("doof")

    for one, is_stuck in ((persona("geen-nederlands"), True), (both, True), (persona("doof"), False)):
        graph = Graph.of(definition(bare), TODAY)
        assert bool(graph.walk(graph.usable(one.may_give)).stuck) is is_stuck, one.name
        graph = Graph.of(definition(drawn), TODAY)
        assert not graph.walk(graph.usable(one.may_give)).stuck


def test_meets_what_a_date_on_either_side_of_a_limit_brings() -> None:
    late, soon = Haste("laat", (Condition("dag", within_days=-1),)), Haste("gauw", (Condition("dag", within_days=7),))
    never = Haste("nooit", (Condition("dag", within_days=-40),))
    graph = Graph.of(definition(day("dag", earliest_days=-30, latest_days=30), hastes=(late, soon, never)), TODAY)

    assert graph.walk(graph.answers).met == {"haste.laat", "haste.gauw"}


def test_meets_what_only_two_choices_together_bring() -> None:
    several = Question("woorden", AnswerType.CHOICES, choices=(Choice("a"), Choice("b"), Choice("c")))
    both = Advice("samen", (is_("woorden", "a"), is_("woorden", "b")))
    graph = Graph.of(definition(several, advice=(both,)), TODAY)

    assert "advice.samen" in graph.walk(graph.answers).met


def test_agrees_with_a_walk_over_every_combination_of_answers() -> None:
    service = definition(
        choice("een", "a", "b"),
        choice("twee", "c", "d", when=(is_("een", "a", "unknown"),)),
        day("dag", earliest_days=-3, latest_days=3),
        text("drie", Condition("dag", within_days=0), is_("twee", "d")),
        advice=(Advice("raad", (Condition("een", is_none_of=frozenset({"a"})), Condition("dag", within_days=0))),),
    )
    graph = Graph.of(service, TODAY)
    asked, met = set(), set()
    for chosen in product(*graph.answers.values()):
        journey = Journey(service, Answers({answer.question_id: answer for answer in chosen}), TODAY)
        asked |= {question.id for question in journey.questions}
        met |= {f"advice.{advice.id}" for advice in journey.advice}

    walked = graph.walk(graph.answers)

    assert walked.asked == asked
    assert walked.met == met


def test_every_kind_of_question_has_an_answer_that_settles_it() -> None:
    # A picture cannot be made up; leaving it out is always a way.
    for kind in set(AnswerType) - {AnswerType.PHOTO}:
        question = Question("vraag", kind, choices=(Choice("a"), Choice("b")))
        graph = Graph.of(definition(question), TODAY)
        words = {word_of(answer) for answer in graph.answers["vraag"]}
        assert words - {"unknown", "declined", "different"}, kind
        assert len(graph.answers["vraag"]) == len(sample_answers(question, (), TODAY)), kind


def test_there_are_twelve_personas_six_visits_and_all_pairs() -> None:
    everybody = [one.name for one in all_personas()]

    assert (len(TWELVE), len(VISITS)) == (12, 6)
    assert len(everybody) == len(set(everybody)) == len(SINGLE) * (len(SINGLE) + 1) // 2
    assert "blind+doof" in everybody
    assert (persona("blind") + persona("doof")).lacks == {Lack.SIGHT, Lack.HEARING}
