# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers: kept as given, never changed in place."""

import pytest

from domain.answers import Answer, AnswerKind, Answers


def test_keeps_the_text_as_it_was_typed() -> None:
    assert Answer("q", fields={"text": " zo\0 "}).fields["text"] == " zo\0 "


def test_is_not_changed_when_the_typed_fields_change_later() -> None:
    fields = {"text": "eerst"}
    answer = Answer("q", fields=fields)
    fields["text"] = "daarna"
    assert answer.fields["text"] == "eerst"
    with pytest.raises(TypeError):
        answer.fields["text"] = "toch"  # type: ignore[index]


def test_makes_new_answers_when_one_changes() -> None:
    first = Answers().with_answer(Answer("a", fields={"text": "1"}))
    second = first.with_answer(Answer("a", fields={"text": "2"})).with_answer(Answer("b"))
    assert [answer.question_id for answer in second] == ["a", "b"]
    assert len(first) == 1
    kept = first.get("a")
    assert kept is not None
    assert kept.fields["text"] == "1"
    assert second.without("a").get("a") is None
    assert second.get("a") is not None


@pytest.mark.parametrize(
    ("answer", "is_empty"),
    [
        (Answer("q"), True),
        (Answer("q", fields={"text": " \n"}), True),
        (Answer("q", fields={"text": "x"}), False),
        (Answer("q", AnswerKind.UNKNOWN), False),
    ],
)
def test_is_empty_only_when_nothing_was_given(answer: Answer, is_empty: bool) -> None:
    assert answer.is_empty is is_empty


def test_gives_the_ids_that_were_chosen() -> None:
    assert Answer("q", fields={"choice": "a"}).chosen == {"a"}
    assert Answer("q", fields={"choices": "a b"}).chosen == {"a", "b"}
    assert Answer("q", fields={"text": "a"}).chosen == frozenset()
