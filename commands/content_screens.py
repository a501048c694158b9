# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether each question can be read and shown: its answer type has a reader, a screen, and all words of that screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from commands.content_places import Places
from domain.answers import Answer, Answers
from domain.errors import DefinitionProblem
from domain.journey import Ask, Journey
from domain.sample_answers import sample_answers
from domain.validation import understand
from i18n.texts import Texts
from kiosk.screens.asked import QuestionState
from kiosk.screens.question import question_view
from kiosk.screens.words import Surroundings, Words
from kiosk.view import Preferences
from resources.service_library import ServiceLibrary

_PLACE = Surroundings(municipality="Voorbeeldstad", phone="14 000", desk="balie 1", languages=("nl",), has_printer=True)


def check_screens(places: Places, library: ServiceLibrary, today: date) -> Iterator[DefinitionProblem]:
    """Read an answer to each question and build its screen."""
    words = Words(Texts(), library, _PLACE, Preferences(), today)
    journey = Journey(places.service, Answers(), today)
    for number, question in enumerate(places.service.questions, start=1):
        kind = question.type.value
        try:
            for answer in (Answer(question.id, fields={"text": "iets"}), *sample_answers(question, (), today)):
                understand(question, answer, today)
        except KeyError:
            says = f'nothing can read an answer of type "{kind}": choose another type, or ask a developer'
            yield places.at_question(question.id, says, "type")
            continue
        try:
            question_view(words, journey, Ask(question, number), QuestionState(shows_why=True))
        except KeyError:
            says = f'there is no screen for a question of type "{kind}": choose another type, or ask a developer'
            yield places.at_question(question.id, says, "type")
