# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A member of staff fills in for a citizen: whose the answers are, and never the member's own case (S02, H07, U06)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from domain.answers import Origin
from domain.errors import OwnNameError
from domain.filled_by import FilledBy, How
from domain.intake import Intake
from domain.submission import Submission, from_bytes
from kiosk.filing import Filing
from kiosk.screens.filled_in import NAMESAKE, spelled
from kiosk.view import BigNumber, ErrorText, Field, FieldRow
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

BO = FilledBy("12", "counter", "desk", "Bo de Balie")


@dataclass
class Counter:
    """A member of staff at the counter, with the real screens and without a window."""

    filled_by: FilledBy = BO

    def __post_init__(self) -> None:
        self.clock, self.store, self.sealer = FakeClock(), FakeCaseStore(), FakeSealer()
        place = replace(PLACE, filled_by=self.filled_by)
        filing = Filing(Intake(self.store, self.sealer), library(), texts_of, place, self.clock, "balie-01")
        self.citizen = Citizen(filing, place=place, clock=self.clock)

    def to_check(self, name: str = "Anna Voorbeeld") -> Citizen:
        """Ask to be called, for somebody of this name."""
        return self.citizen.open("bel").go_on().answer_all({"naam": {"text": name}})

    def go_to_name(self) -> Citizen:
        """Be at the question who asks."""
        citizen = self.citizen.open("bel").go_on()
        for _ in range(40):
            if citizen.navigator.asked_id == "naam":
                return citizen
            citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
        raise AssertionError(citizen.view.name)

    @property
    def kept(self) -> Submission:
        """Open the one case that was kept."""
        [sealed] = self.store.shared.sealed.values()
        return from_bytes(self.sealer.opened(sealed))


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_says_on_every_screen_for_whom_it_is(counter: Counter) -> None:
    citizen = counter.citizen
    assert citizen.view.is_for_citizen
    counter.to_check()
    assert citizen.view.is_for_citizen
    citizen.navigator.warn_idle(60)
    assert citizen.view.is_for_citizen
    citizen.navigator.stay()
    assert citizen.go_on().view.is_for_citizen
    assert not Citizen().view.is_for_citizen


def test_keeps_the_citizen_as_who_asks_and_the_member_beside(counter: Counter) -> None:
    counter.to_check().go_on()
    kept = counter.kept
    assert kept.initiator.name == "Anna Voorbeeld"
    assert kept.filled_by == BO
    assert "Balie" not in kept.explanation + kept.initiator.name


def test_marks_every_answer_as_taken_over(counter: Counter) -> None:
    counter.to_check().go_on()
    assert {line.origin for line in counter.kept.lines} == {Origin.TAKEN_OVER.value}


def test_marks_a_question_that_was_left_empty_as_taken_over_too(counter: Counter) -> None:
    citizen = counter.go_to_name().go_on()
    assert citizen.navigator.asked_id != "naam"
    citizen.answer_all().go_on()
    [line] = [line for line in counter.kept.lines if line.question_id == "naam"]
    assert (dict(line.given), line.origin) == ({}, Origin.TAKEN_OVER.value)


def test_marks_what_the_citizen_gave_at_a_kiosk_as_theirs(counter: Counter) -> None:
    citizen = Citizen()
    assert citizen.navigator.consent_desk.hand is Origin.SELF
    assert counter.citizen.navigator.consent_desk.hand is Origin.TAKEN_OVER


def test_says_before_keeping_and_on_the_receipt_that_staff_filled_it_in(counter: Counter) -> None:
    citizen = counter.to_check()
    said = texts_of("nl").tr("fill.by_staff")
    assert any(said in notice for notice in citizen.notices)
    assert all("(door de medewerker)" in question for question in citizen.rows)
    citizen.go_on()
    assert any(said in notice for notice in citizen.notices)
    assert citizen.receipt is not None
    assert citizen.receipt.texts.filled_by == citizen.receipt.dutch.filled_by == said
    assert said in counter.kept.explanation


def test_says_nothing_of_staff_where_the_citizen_fills_in_alone() -> None:
    alone = Counter(FilledBy())
    citizen = alone.to_check()
    assert not any("medewerker van de gemeente" in notice for notice in citizen.notices)
    citizen.go_on()
    assert citizen.receipt is not None
    assert citizen.receipt.texts.filled_by == ""
    assert {line.origin for line in alone.kept.lines} == {Origin.SELF.value}


@pytest.mark.parametrize("name", ["Bo de Balie", "BO DE BALIE", "B. de Balie", "Balie"])
def test_takes_no_applicant_with_the_name_of_the_member(counter: Counter, name: str) -> None:
    citizen = counter.go_to_name().type("text", name).go_on()
    assert citizen.navigator.asked_id == "naam"
    [problem] = [part for part in citizen.view.parts if isinstance(part, ErrorText)]
    assert problem.text == texts_of("nl").tr("problem.own_name")
    assert citizen.type("text", "Anna Voorbeeld").go_on().navigator.asked_id != "naam"


def test_takes_a_namesake_once_the_member_says_so_and_keeps_that(counter: Counter) -> None:
    citizen = counter.go_to_name()
    assert NAMESAKE not in citizen.buttons()
    citizen.type("text", "Bo de Balie").go_on().press(NAMESAKE).go_on().answer_all().go_on()
    assert counter.kept.initiator.name == "Bo de Balie"
    assert counter.kept.filled_by == replace(BO, is_namesake=True)


def test_offers_no_such_button_where_nobody_fills_in_for_another() -> None:
    citizen = Counter(FilledBy()).go_to_name().type("text", "Bo de Balie").go_on()
    assert NAMESAKE not in citizen.buttons()
    assert citizen.navigator.asked_id != "naam"


def test_fills_in_nothing_of_the_member_beforehand(counter: Counter) -> None:
    citizen = counter.citizen.open("bel").go_on()
    for _ in range(80):
        fields = [part for part in citizen.view.parts if isinstance(part, Field)]
        fields += [found for part in citizen.view.parts if isinstance(part, FieldRow) for found in part.fields]
        assert all(found.text == "" for found in fields)
        assert "Balie" not in repr(citizen.view)
        if citizen.navigator.spot.name == "check":
            return
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
    raise AssertionError(citizen.view.name)


def test_refuses_at_the_end_what_came_in_by_another_road(counter: Counter) -> None:
    citizen = counter.to_check()
    citizen.navigator.put("naam", {"text": "Bo de Balie"})
    citizen.go_on()
    assert citizen.navigator.asked_id == "naam"
    assert not counter.store.shared.sealed
    assert any(isinstance(part, ErrorText) for part in citizen.view.parts)


def test_lets_the_intake_refuse_what_the_screens_let_through(counter: Counter) -> None:
    citizen = counter.to_check()
    citizen.navigator.put("naam", {"text": "Bo de Balie"})
    order = citizen.navigator.new_order()
    assert citizen.filing is not None
    with pytest.raises(OwnNameError):
        citizen.filing.file(order)
    assert not counter.store.shared.sealed


def test_reads_the_number_out_twice_on_the_phone() -> None:
    on_phone = Counter(replace(BO, how=How.PHONE.value))
    citizen = on_phone.to_check().go_on()
    assert citizen.receipt is not None
    number = spelled(citizen.receipt.reference)
    assert number.replace("\u00a0", "").replace(" ", "").replace(",", "-") == citizen.receipt.reference
    assert citizen.text.count(number) == 2
    assert citizen.text.count(spelled(citizen.receipt.status_code)) == 2


@pytest.mark.parametrize("how", [How.DESK, How.PAPER])
def test_gives_the_receipt_along_where_nobody_listens(how: How) -> None:
    counter = Counter(replace(BO, how=how.value))
    citizen = counter.to_check().go_on()
    assert any(texts_of("nl").tr(f"fill.give.{how.value}.title") in notice for notice in citizen.notices)
    assert "say.first" not in [part.id for part in citizen.view.parts]
    assert any(isinstance(part, BigNumber) for part in citizen.view.parts)


def test_asks_no_member_whether_the_citizen_understood(counter: Counter) -> None:
    citizen = counter.to_check().go_on()
    citizen.go_on()
    assert citizen.has_ended is not None
