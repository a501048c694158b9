# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A text of a service is as private as its title, and as the answer that a date in it was counted from."""

from __future__ import annotations

from dataclasses import replace

from domain.service import AnswerType, Privacy, Question, Term
from domain.text_privacy import of_text, strictest
from tests.journeys.citizen import library

OPEN = replace(
    library().service("bel"),
    questions=(
        Question("dag", AnswerType.DATE),
        Question("moment", AnswerType.DATE, privacy=Privacy.OPEN),
    ),
)


def test_the_strictest_wins() -> None:
    assert strictest() is Privacy.OPEN
    assert strictest(Privacy.PERSONAL, Privacy.OPEN) is Privacy.PERSONAL
    assert strictest(Privacy.PERSONAL, Privacy.SECRET, Privacy.OPEN) is Privacy.SECRET


def test_what_an_open_service_says_is_open() -> None:
    assert of_text(OPEN) is Privacy.OPEN
    assert of_text(OPEN, Term(days=3)) is Privacy.OPEN


def test_a_date_is_as_private_as_the_answer_it_was_counted_from() -> None:
    assert of_text(OPEN, Term(days=3, after="dag")) is Privacy.PERSONAL
    assert of_text(OPEN, Term(days=3, after="moment")) is Privacy.OPEN


def test_what_a_service_with_a_private_title_says_is_private() -> None:
    assert of_text(replace(OPEN, title_privacy=Privacy.PERSONAL)) is Privacy.PERSONAL
