# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes into a draft, and what still fits when it is opened (feature C25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.answers import Answer, AnswerKind, Answers, Origin
from domain.draft import Draft, draft_of, fitting, from_bytes, has_files, to_bytes, without_files
from domain.service import AnswerType
from tests.journeys.citizen import library

TODAY = date(2026, 11, 24)
BEL = next(service for service in library().services if service.id == "bel")
ANSWERS = Answers(
    {
        "onderwerp": Answer("onderwerp", fields={"choice": "geld"}, origin=Origin.HELPER),
        "telefoon": Answer("telefoon", fields={"phone": "06 12"}),
        "moment": Answer("moment", AnswerKind.UNKNOWN),
        "gone": Answer("gone", fields={"text": "a question that is no more"}),
    }
)


def test_reads_back_what_was_written_whatever_was_typed() -> None:
    odd = Answers(
        {"x": Answer("x", AnswerKind.DIFFERENT, {"text": "\ud83d half, \0 and \u202eturned"}, Origin.TOGETHER)}
    )
    draft = Draft("bel", 2, "ar", ("overview", "1"), odd)
    assert from_bytes(to_bytes(draft)) == draft


@pytest.mark.parametrize(
    "plain", [b"", b"[]", b"{}", b"\xff", b'{"format": 2}', b'{"format": 1, "place": [], "answers": []}']
)
def test_says_no_word_of_what_it_cannot_read(plain: bytes) -> None:
    with pytest.raises(ValueError, match=r"^not a draft: [A-Za-z]+$"):
        from_bytes(plain)


def test_keeps_every_answer_of_the_same_version_also_half_of_one() -> None:
    draft = draft_of(BEL, ANSWERS, "nl", ("ask", "moment"))
    assert fitting(draft, BEL, TODAY) == ANSWERS.without("gone")


def test_keeps_of_another_version_what_is_still_understood() -> None:
    draft = replace(draft_of(BEL, ANSWERS, "nl", ("ask", "moment")), service_version=BEL.version - 1)
    assert fitting(draft, BEL, TODAY) == ANSWERS.without("gone").without("telefoon")

    other = ANSWERS.with_answer(Answer("onderwerp", fields={"choice": "no-choice-any-more"}))
    assert fitting(replace(draft, answers=other), BEL, TODAY).get("onderwerp") is None


def test_leaves_photos_and_recordings_out_but_not_what_was_typed_beside_them() -> None:
    photo = Answer("foto", fields={"photo.1": "bijlage-1"})
    spoken = Answer("verhaal", fields={"recording": "bijlage-2", "text": "Er is iets."})
    assert without_files(AnswerType.PHOTO, photo) is None
    assert without_files(AnswerType.SPOKEN, spoken) == replace(spoken, fields={"text": "Er is iets."})
    assert without_files(AnswerType.SPOKEN, replace(spoken, fields={"recording": "bijlage-2"})) is None
    unknown = Answer("foto", AnswerKind.UNKNOWN)
    assert without_files(AnswerType.PHOTO, unknown) == unknown


def test_tells_whether_something_would_be_left_out() -> None:
    service, question = next(
        (service, question)
        for service in library().services
        for question in service.questions
        if question.type is AnswerType.PHOTO
    )
    with_photo = Answers({question.id: Answer(question.id, fields={"photo.1": "bijlage-1"})})
    assert has_files(service, with_photo)
    assert not draft_of(service, with_photo, "nl", ("service", "")).answers
    assert not has_files(BEL, ANSWERS)
