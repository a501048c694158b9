# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main road, told as visits: from the first tap to the receipt, without a window."""

from __future__ import annotations

import pytest

from domain.intake import Intake
from domain.service import Offer
from domain.submission import from_bytes
from kiosk.effects import EndsAt, EndVisit
from kiosk.filing import Filing
from kiosk.view import BACK, HUMAN, LEAVE, NEXT, SIZE, BigNumber, Choices, Chose, ErrorText, Understood
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

SERVICES = [service.id for service in library().services]


@pytest.fixture
def store() -> FakeCaseStore:
    return FakeCaseStore()


@pytest.fixture
def citizen(store: FakeCaseStore) -> Citizen:
    clock = FakeClock()
    filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    return Citizen(filing=filing, clock=clock)


@pytest.mark.parametrize("service_id", SERVICES)
def test_reaches_a_receipt_when_every_answer_is_unknown(
    service_id: str, citizen: Citizen, store: FakeCaseStore
) -> None:
    citizen.open(service_id).go_on().answer_all().go_on()

    number = citizen.part("number")
    assert isinstance(number, BigNumber)
    (summary,) = store.summaries()
    assert number.text == summary.reference
    assert summary.promised_on > citizen.today


def test_moves_house_and_shows_every_answer_as_understood(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on()
    citizen.answer_all(
        {
            "voor-wie": {"choice": "mijzelf"},
            "nieuw": {"choice": "nee"},
            "datum": {"day": "14", "month": "dec", "year": "26"},
            "adres": {"postcode": "1234ab", "number": "12"},
            "telefoon": {"phone": "0612345678"},
        }
    )

    shown = list(citizen.rows.values())
    assert "maandag 14 december 2026" in shown
    assert any(answer.startswith("12") and "1234 AB" in answer for answer in shown) or "1234 AB" in " ".join(shown)


def test_keeps_answers_as_given_in_the_submission(citizen: Citizen, store: FakeCaseStore) -> None:
    citizen.open("verhuizen").go_on()
    citizen.answer_all({"datum": {"day": "14", "month": "dec", "year": "26"}}).go_on()

    (sealed,) = store.shared.sealed.values()
    submission = from_bytes(FakeSealer.opened(sealed))
    line = next(line for line in submission.lines if line.question_id == "datum")
    assert dict(line.given) == {"day": "14", "month": "dec", "year": "26"}
    assert line.answer == "maandag 14 december 2026"
    assert submission.needs_person
    assert submission.documents[0].content.startswith(b"%PDF")


def test_asks_nothing_before_the_visitor_begins_and_writes_nothing_when_looking_around(
    citizen: Citizen, store: FakeCaseStore
) -> None:
    for service_id in SERVICES:
        citizen.open(service_id).press("service.other_roads").go_back()
    citizen.press("start.lost").go_back().press("start.status").go_back().press(HUMAN).go_back()

    assert citizen.view.name == "start"
    assert store.summaries() == []
    assert citizen.effects == []


def test_explains_kindly_when_nothing_was_answered(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on().go_on().go_on()

    problem = next(part for part in citizen.view.parts if isinstance(part, ErrorText))
    assert "fout" not in problem.text.lower()
    assert "ongeldig" not in problem.text.lower()
    assert "offer.unknown" in citizen.buttons()


def test_shows_a_date_back_while_it_is_typed(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on().choose("mijzelf").go_on().choose("nee").go_on()
    citizen.type("day", "14").type("month", "12").type("year", "2026")

    understood = next(part for part in citizen.view.parts if isinstance(part, Understood))
    assert understood.strong == "Maandag 14 december 2026."


def test_loses_nothing_when_going_back_with_a_half_typed_answer(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on().choose("mijzelf").go_on().choose("nee").go_on()
    citizen.type("day", "14").go_back()
    choices = citizen.part("answer")
    assert isinstance(choices, Choices)
    assert choices.chosen == {"nee"}
    citizen.go_on()

    assert "14" in str(citizen.part("answer"))


def test_comes_back_to_the_check_after_a_change(citizen: Citizen) -> None:
    citizen.open("bel").go_on().answer_all()
    before = citizen.rows
    citizen.press("change:naam").type("text", "Henk").go_on()

    assert citizen.view.name == "bel.check"
    assert citizen.rows != before
    assert "Henk" in citizen.rows.values()


def test_asks_what_a_change_brought_up_before_the_check(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on().answer_all({"nieuw": {"choice": "nee"}})
    citizen.press("change:samen").choose("ja").go_on()

    assert citizen.view.name == "verhuizen.personen"
    citizen.dont_know()
    assert citizen.view.name == "verhuizen.check"


def test_shows_an_overview_after_four_questions(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on()
    for _ in range(4):
        citizen.dont_know()

    assert citizen.view.name == "verhuizen.overview-1"
    assert len(citizen.rows) == 4


def test_says_at_once_that_an_eviction_cannot_wait(citizen: Citizen, store: FakeCaseStore) -> None:
    citizen.open("brief").go_on()
    while citizen.view.name != "brief.woorden":
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()
    citizen.choose("ontruiming").go_on()

    assert citizen.heading == "Er is haast. Wacht niet op ons."
    assert any("14 000" in notice for notice in citizen.notices)
    citizen.answer_all({}).go_on()
    (summary,) = store.summaries()
    assert summary.is_urgent


def test_asks_before_wiping_what_was_typed(citizen: Citizen) -> None:
    citizen.open("bel").go_on().choose("mijzelf").stop()

    assert citizen.heading == "Stoppen? Dan wissen wij wat u invulde."
    assert citizen.has_ended is None
    citizen.press(BACK)
    choices = citizen.part("answer")
    assert isinstance(choices, Choices)
    assert choices.chosen == {"mijzelf"}
    citizen.stop().press("stop.yes")
    assert EndVisit(EndsAt.START) in citizen.effects


def test_stops_at_once_when_nothing_was_typed(citizen: Citizen) -> None:
    citizen.open("bel").go_on().stop()

    assert citizen.has_ended is not None


def test_leaves_for_a_neutral_screen_at_one_tap_from_anywhere(citizen: Citizen) -> None:
    citizen.open("brief").go_on().choose("mijzelf").press(LEAVE)

    assert citizen.has_ended is not None
    assert citizen.has_ended.at is EndsAt.NEUTRAL


def test_keeps_place_and_answers_when_size_and_language_change(citizen: Citizen) -> None:
    citizen.open("verhuizen").go_on().choose("mijzelf").press(SIZE).press("tool.language")
    citizen.navigator.handle(Chose("language", "qps"))
    assert citizen.view.direction == "rtl"
    citizen.press(NEXT)

    choices = citizen.part("answer")
    assert isinstance(choices, Choices)
    assert choices.chosen == {"mijzelf"}
    assert citizen.view.language == "qps"
    assert citizen.view.preferences.text_size == "130"


def test_files_the_same_case_again_when_keeping_it_failed_first(citizen: Citizen, store: FakeCaseStore) -> None:
    citizen.fails_to_keep = True
    citizen.open("bel").go_on().answer_all().go_on()
    assert citizen.view.name == "failure"
    assert store.summaries() == []
    citizen.fails_to_keep = False
    citizen.press("failure.again")

    assert len(store.summaries()) == 1
    assert citizen.orders[0].case_id == citizen.orders[1].case_id


def test_makes_one_case_of_an_order_that_is_filed_twice(citizen: Citizen, store: FakeCaseStore) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    assert citizen.filing is not None
    again = citizen.filing.file(citizen.orders[0])

    assert len(store.summaries()) == 1
    assert again.reference == store.summaries()[0].reference


def test_ignores_taps_while_the_case_is_being_kept(citizen: Citizen) -> None:
    citizen.filing = None  # the answer has not come yet
    citizen.open("bel").go_on().answer_all().go_on()
    citizen.go_on().go_on().go_back()

    assert len(citizen.orders) == 1
    assert citizen.view.name == "keeping"


def test_shows_the_number_large_when_nothing_can_be_printed(citizen: Citizen) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    citizen.navigator.printed("no_printer")

    number = citizen.part("number")
    assert isinstance(number, BigNumber)
    assert number.is_whole_screen
    citizen.go_back()
    assert citizen.view.name == "bel.confirmation"


def test_offers_a_person_at_the_same_place_on_every_screen(citizen: Citizen) -> None:
    seen = set()
    citizen.open("brief").go_on()
    for _ in range(40):
        seen.add(tuple(button.id for button in citizen.view.bar if button.id == HUMAN))
        if citizen.view.name == "brief.check":
            break
        citizen.dont_know() if "offer.unknown" in citizen.buttons() else citizen.go_on()

    assert seen == {(HUMAN,)}


def test_every_question_offers_all_ways_out() -> None:
    closed = [
        f"{service.id}.{question.id}"
        for service in library().services
        for question in service.questions
        if question.offers != frozenset(Offer)
    ]

    assert closed == []


def test_never_says_sent_before_the_municipality_has_it(citizen: Citizen) -> None:
    citizen.open("bel").go_on().answer_all().go_on()
    said = " ".join(citizen.notices)

    assert "verstuurd" not in said.lower()
    assert "ligt nog hier" in said


def test_warns_before_an_idle_visit_is_wiped_and_comes_back_to_the_same_place(citizen: Citizen) -> None:
    citizen.open("bel").go_on().choose("mijzelf")
    citizen.navigator.warn_idle(60)
    assert citizen.view.name == "idle"
    citizen.press("idle.stay")

    choices = citizen.part("answer")
    assert isinstance(choices, Choices)
    assert choices.chosen == {"mijzelf"}


def test_keeps_nothing_when_the_receipt_cannot_be_worded(
    citizen: Citizen, store: FakeCaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a text is missing")

    monkeypatch.setattr(Filing, "receipt", fail)
    citizen.open("bel").go_on().answer_all()
    with pytest.raises(KeyError):
        citizen.go_on()

    assert store.summaries() == []
