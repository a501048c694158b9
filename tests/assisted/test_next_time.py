# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page for the next time: of every service at most six steps, in words that pass the check of B1."""

from __future__ import annotations

from datetime import date

import pytest

from assisted.next_time import course_for, helped_steps_paper
from assisted.take_along import course_lines
from commands.content_words import too_hard, wrong_with
from commands.desk_next_time import open_title, words_of
from domain.help_log import MOST_STEPS, HelpedStep, HelpLog
from domain.service import Privacy
from i18n.texts import Texts
from kiosk.paper.take_along import TakeAlong
from resources.directory_book import DirectoryBook
from resources.service_library import ServiceLibrary

TODAY = date(2026, 11, 24)
LIBRARY, DIRECTORY = ServiceLibrary.load(), DirectoryBook.load().directory
OPEN = [service.id for service in LIBRARY.services if service.title_privacy is Privacy.OPEN]


def page_of(service_id: str, steps: tuple[HelpedStep, ...]) -> TakeAlong:
    words = [found for found in map(words_of, HelpLog(steps).to_practise()) if found is not None]
    course = course_for(DIRECTORY, service_id)
    return helped_steps_paper(Texts("nl", is_strict=True), DIRECTORY, open_title(service_id), words, course, TODAY)


@pytest.mark.parametrize("service_id", OPEN)
def test_words_of_every_service_are_b1_and_at_most_six_steps(service_id: str) -> None:
    service = LIBRARY.service(service_id)
    page = page_of(service_id, tuple(HelpedStep(service_id, question.id) for question in service.questions))
    steps = page.sections[0]
    assert 0 < len(steps.lines) <= MOST_STEPS
    said = (page.title, page.summary, page.note, *steps.lines, steps.title)
    assert [(text, wrong) for text in said for wrong in wrong_with("text", text)] == []
    assert list(too_hard("page", said)) == []


def test_has_only_the_steps_where_the_helper_stepped_in_and_the_course_that_fits() -> None:
    page = page_of("verhuizen", (HelpedStep("verhuizen", "adres"), HelpedStep("verhuizen", "samen")))
    assert page.sections[0].lines == (
        "Wat is uw nieuwe adres? De postcode en het nummer zijn genoeg.",
        "Verhuist er iemand met u mee? Bijvoorbeeld uw partner of uw kinderen.",
    )
    course = course_for(DIRECTORY, "verhuizen")
    assert course is not None
    assert page.sections[1].lines == course_lines(Texts("nl"), DIRECTORY, course, TODAY)


def test_offers_no_paper_of_a_service_whose_name_is_nobody_elses_business() -> None:
    private = [service.id for service in LIBRARY.services if service.title_privacy is not Privacy.OPEN]
    assert all(open_title(service_id) == "" for service_id in private)
    assert open_title("nergens") == ""
    assert words_of(HelpedStep("verhuizen", "nergens")) is None
