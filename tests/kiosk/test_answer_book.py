# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""No answer is lost without a word, and what one service knows another does not ask again."""

from __future__ import annotations

from itertools import permutations

import pytest

from domain.answers import Answer, AnswerKind
from domain.service import ServiceDefinition
from kiosk.answer_book import AnswerBook
from tests.journeys.citizen import library


def two_services() -> tuple[ServiceDefinition, ServiceDefinition, str, str]:
    """Give two services, a question that both share, and one that only the first asks."""
    for one, other in permutations(library().services, 2):
        there = {question.id for question in other.questions}
        shared = [found.id for found in other.questions if found.is_shared]
        both = [found.id for found in one.questions if found.is_shared and found.id in shared]
        alone = [found.id for found in one.questions if found.id not in there]
        if both and alone:
            return one, other, both[0], alone[0]
    raise AssertionError("no two services share a question")


@pytest.fixture(name="book")
def answered_book() -> AnswerBook:
    """Give a book in which the first service has two answers."""
    one, _other, both, alone = two_services()
    book = AnswerBook()
    book.open(one, is_linked=False)
    for question_id in (both, alone):
        book.keep(one, Answer(question_id, AnswerKind.GIVEN, {"text": "ja"}))
    return book


def test_has_nothing_unfiled_when_nothing_was_answered() -> None:
    assert not AnswerBook().has_unfiled


def test_has_something_unfiled_until_the_case_is_kept(book: AnswerBook) -> None:
    one, _other, _both, _alone = two_services()
    assert book.has_unfiled

    book.filed(one.id)

    assert not book.has_unfiled


def test_has_something_unfiled_when_an_answer_differs_from_the_case(book: AnswerBook) -> None:
    one, other, both, _alone = two_services()
    book.filed(one.id)
    book.open(other, is_linked=True)
    assert not book.has_unfiled

    book.keep(other, Answer(both, AnswerKind.GIVEN, {"text": "nee"}))

    assert book.has_unfiled


@pytest.mark.parametrize("is_linked", [True, False])
def test_carries_what_is_shared_past_the_questions_only_from_a_case_that_is_kept(
    book: AnswerBook, *, is_linked: bool
) -> None:
    _one, other, both, alone = two_services()

    book.open(other, is_linked=is_linked)

    assert [answer.question_id for answer in book.of(other)] == [both]
    assert book.is_carried(both) is is_linked
    assert not book.is_carried(alone)


def test_keeps_the_own_answer_of_a_service_that_is_opened_again(book: AnswerBook) -> None:
    one, other, both, _alone = two_services()
    book.open(other, is_linked=False)
    book.keep(other, Answer(both, AnswerKind.GIVEN, {"text": "nee"}))

    book.open(one, is_linked=False)

    kept = book.of(one).get(both)
    assert kept is not None
    assert kept.fields == {"text": "ja"}
