# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Somebody tells of his own mistake: no old answer is shown, nothing is said of a fine, and all of it is kept (U07)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.case import CaseState
from domain.follow_up import ChangedLine, FollowUpKind
from kiosk.effects import AddToCase
from kiosk.screens.correction import PICK
from kiosk.view import NEXT, Choices, Chose, ErrorText, Pressed
from sync.case_store import SqliteCaseStore
from sync.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import Citizen, library
from tests.journeys.test_status import Asker
from tests.sync.samples import MARK, hand_in

CORRECT = "status.correct"


@pytest.fixture
def asker(tmp_path: Path) -> Iterator[Asker]:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), FakeSealer(), service_id="bel")
        yield Asker(database, made, Citizen(clock=FakeClock())).open().ask()


def pick(asker: Asker, question_id: str) -> Asker:
    asker.citizen.navigator.handle(Chose(PICK, question_id))
    return asker.press(NEXT)


def correct_phone(asker: Asker, phone: str = "0687654321") -> Asker:
    pick(asker.press(CORRECT), "telefoon")
    asker.citizen.type("phone", phone)
    return asker.press(NEXT)


def test_shows_the_questions_and_no_earlier_answer(asker: Asker) -> None:
    asker.press(CORRECT)
    part = asker.citizen.part(PICK)

    assert isinstance(part, Choices)
    asked = [found.id for found in library().service("bel").questions if found.type.value not in ("photo", "spoken")]
    assert [option.id for option in part.options] == asked
    assert MARK not in repr(asker.citizen.view)
    pick(asker, "naam")
    assert MARK not in repr(asker.citizen.view)


def test_a_correction_is_kept_with_the_line_that_says_who_told(asker: Asker) -> None:
    correct_phone(asker)
    assert asker.citizen.view.name == "correct-check"
    asker.press(NEXT)

    (kept,) = asker.added()
    question = "Op welk nummer kunnen wij u bellen?"
    assert kept.header.kind is FollowUpKind.CORRECTION
    assert kept.text.startswith("De inwoner meldde dit zelf op 24 november 2026.")
    assert [(line.question_id, re.sub(r"[^0-9]", "", line.answer)) for line in kept.lines] == [
        ("telefoon", "0687654321")
    ]
    assert isinstance(kept.lines[0], ChangedLine)
    assert kept.lines[0].question.endswith("?"), question
    assert asker.citizen.view.name == "status-found"
    assert "Uw verbetering is bewaard." in asker.said


def test_several_answers_go_in_one_correction_and_a_second_one_follows(asker: Asker) -> None:
    correct_phone(asker).press("correct.more")
    pick(asker, "naam")
    asker.citizen.type("text", "Anna de Vries")
    asker.press(NEXT).press(NEXT)
    correct_phone(asker, "0611111111").press(NEXT)

    first, second = asker.added()
    assert {line.question_id for line in first.lines} == {"telefoon", "naam"}
    assert [line.question_id for line in second.lines] == ["telefoon"]
    assert first.header.follow_up_id != second.header.follow_up_id


def test_an_answer_that_cannot_be_used_says_what_to_do(asker: Asker) -> None:
    correct_phone(asker, "12")

    assert asker.citizen.view.name == "correct.bel.telefoon"
    assert [part for part in asker.citizen.view.parts if isinstance(part, ErrorText)]


def test_nothing_is_said_of_a_fine_anywhere(asker: Asker) -> None:
    said = [asker.said]
    asker.press(CORRECT)
    said.append(asker.said)
    pick(asker, "telefoon")
    said.append(asker.said)
    asker.citizen.type("phone", "0687654321")
    said.append(asker.press(NEXT).said)
    words = " ".join(said).lower()

    assert "een fout maken mag" in words
    assert not any(word in words for word in ("boete", "straf", "fraude", "gevolg", "verplicht"))


def test_a_correction_that_could_not_be_kept_stands_there_and_can_be_tried_again(asker: Asker) -> None:
    correct_phone(asker)
    (first,) = asker.citizen.navigator.handle(Pressed(NEXT))
    asker.citizen.navigator.added_to_case(FollowUpKind.CORRECTION, is_kept=False)
    assert asker.citizen.view.name == "correct-check"
    assert "Bewaren lukte niet." in asker.said
    asker.press(NEXT)

    assert isinstance(first, AddToCase)
    assert asker.effects[-1] == first
    assert len(asker.added()) == 1


def test_leaving_with_a_correction_that_is_not_kept_asks_first(asker: Asker) -> None:
    correct_phone(asker)
    asker.citizen.go_back()
    asker.citizen.go_back()
    assert asker.citizen.view.name == "status-found"
    asker.press(NEXT)

    assert asker.citizen.view.name == "stop"


def test_going_back_from_a_kept_correction_leads_to_no_old_screen(asker: Asker) -> None:
    correct_phone(asker).press(NEXT)
    asker.citizen.go_back()

    assert asker.citizen.view.name == "status"


@pytest.mark.parametrize("state", [CaseState.DONE, CaseState.WITHDRAWN])
def test_what_is_over_is_not_corrected_here(tmp_path: Path, state: CaseState) -> None:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), FakeSealer(), service_id="bel")
        asker = Asker(database, made, Citizen(clock=FakeClock())).open().now_is(state).ask()

        assert CORRECT not in asker.citizen.buttons()


@pytest.mark.parametrize("service_id", [service.id for service in library().services])
def test_every_question_of_every_service_can_be_corrected(tmp_path: Path, service_id: str) -> None:
    with closing(Database(tmp_path / "loket.db")) as database:
        made = hand_in(SqliteCaseStore(database), FakeSealer(), service_id=service_id)
        asker = Asker(database, made, Citizen(clock=FakeClock())).open().ask()
        for question in library().service(service_id).questions:
            if question.type.value in ("photo", "spoken"):
                continue
            pick(asker.press(CORRECT), question.id)
            assert asker.citizen.view.name == f"correct.{service_id}.{question.id}"
            assert asker.said
            asker.citizen.go_back()
            asker.citizen.go_back()
