# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every screen has all its words, and every button leads somewhere."""

from __future__ import annotations

import pytest

from domain.answers import Answers
from domain.journey import Ask, Journey
from domain.service import AnswerType, Question
from kiosk.screens.asked import QuestionState
from kiosk.screens.question import question_view
from kiosk.screens.words import Words
from kiosk.view import Preferences, Pressed, Tiles
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

TODAY = FakeClock().now().date()
QUESTIONS = [(service.id, question.id) for service in library().services for question in service.questions]


def words(language: str = "nl") -> Words:
    return Words(texts_of(language), library(), PLACE, Preferences(language=language), TODAY)


@pytest.mark.parametrize(("service_id", "question_id"), QUESTIONS)
def test_has_every_word_of_every_question(service_id: str, question_id: str) -> None:
    service = library().service(service_id)
    view = question_view(
        words(),
        Journey(service, Answers(), TODAY),
        Ask(service.question(question_id), 1),
        QuestionState(shows_why=True),
    )

    assert view.parts


@pytest.mark.parametrize("kind", list(AnswerType))
def test_has_a_screen_for_every_kind_of_answer(kind: AnswerType) -> None:
    service = library().service("bel")
    question = Question("moment", kind)

    view = question_view(words(), Journey(service, Answers(), TODAY), Ask(question, 1), QuestionState())

    assert len(view.parts) > 2


@pytest.mark.parametrize("place", ["start", "lost", "status", "human", "service"])
def test_every_button_does_something(place: str) -> None:
    def go() -> Citizen:
        citizen = Citizen()
        if place == "human":
            citizen.press("bar.human")
        elif place == "service":
            citizen.open("verhuizen")
        elif place != "start":
            citizen.press(f"start.{place}")
        return citizen

    tiles = [tile.id for part in go().view.parts if isinstance(part, Tiles) for tile in part.tiles]
    for button in [*go().buttons(), *tiles]:
        citizen = go()
        before = (citizen.view, citizen.navigator.preferences)
        effects = citizen.navigator.handle(Pressed(button))

        assert effects or (citizen.view, citizen.navigator.preferences) != before or button == f"bar.{place}", button
