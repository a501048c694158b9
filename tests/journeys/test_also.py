# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may help as well, and going on to it: nothing is asked twice and nothing that was kept is lost from sight."""

from __future__ import annotations

import pytest

from domain.case import CaseState
from domain.intake import Intake
from domain.service import Also
from i18n import plain_dutch
from kiosk.filing import Filing
from kiosk.view import BACK, NEXT, STOP, BigNumber, Notice, Subheading
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

RULES = [(service, also) for service in library().services for also in service.also]
MOVED = {
    "voor-wie": {"choice": "mijzelf"},
    "nieuw": {"choice": "nee"},
    "naam": {"text": "Noor Jansen"},
    "bereiken": {"choice": "telefoon"},
    "telefoon": {"phone": "06 12345678"},
}


@pytest.fixture
def store() -> FakeCaseStore:
    return FakeCaseStore()


@pytest.fixture
def moved(store: FakeCaseStore) -> Citizen:
    """Somebody whose move was just kept."""
    clock = FakeClock()
    filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    citizen = Citizen(filing=filing, clock=clock)
    citizen.open("verhuizen").go_on().answer_all(MOVED).go_on()
    assert citizen.view.name == "verhuizen.confirmation"
    return citizen


def number(citizen: Citizen) -> str:
    part = citizen.part("number")
    assert isinstance(part, BigNumber)
    return part.text


@pytest.mark.parametrize(("service", "also"), RULES, ids=[f"{service.id}-{also.id}" for service, also in RULES])
def test_every_rule_says_why_in_fifteen_words_and_leads_to_a_service_that_is_here(service: object, also: Also) -> None:
    found = next(item for item in library().services if item is service)
    why = library().text(found.id, "nl", f"also.{also.id}.why")[0]

    assert 1 <= len(plain_dutch.words(why)) <= 15
    assert not also.service or also.service in {item.id for item in library().services}


def test_points_out_what_may_help_as_well_with_why(moved: Citizen) -> None:
    headings = [part.text for part in moved.view.parts if isinstance(part, Subheading)]
    notice = moved.part("also.parkeren")

    assert "Denk ook aan" in headings
    assert isinstance(notice, Notice)
    assert notice.text == library().text("verhuizen", "nl", "also.parkeren.why")[0]
    assert "service:parkeren" in moved.buttons()


def test_keeps_nothing_of_what_was_pointed_out(moved: Citizen, store: FakeCaseStore) -> None:
    assert len(store.summaries()) == 1
    assert "also" not in str(moved.orders[0].answers)


def test_asks_nothing_twice_in_a_linked_service(moved: Citizen) -> None:
    moved.press("service:parkeren").go_on()
    asked = []
    for _ in range(60):
        name = moved.view.name.partition(".")[2]
        if name == "check":
            break
        asked.append(name)
        moved.dont_know() if "offer.unknown" in moved.buttons() else moved.go_on()

    assert moved.view.name == "parkeren.check"
    assert not {"voor-wie", "naam", "geboortedatum", "bereiken", "telefoon"} & set(asked)
    assert asked
    assert "Noor Jansen" in moved.rows.values()


def test_can_still_change_what_was_carried_over(moved: Citizen) -> None:
    moved.press("service:parkeren").go_on().answer_all()

    moved.press("change:naam").type("text", "Daan Jansen").go_on()

    assert "Daan Jansen" in moved.rows.values()
    assert moved.view.name == "parkeren.check"


def test_keeps_the_linked_case_as_a_case_of_its_own(moved: Citizen, store: FakeCaseStore) -> None:
    first = number(moved)

    moved.press("service:parkeren").go_on().answer_all().go_on()

    assert moved.view.name == "parkeren.confirmation"
    assert number(moved) != first
    assert len({summary.reference for summary in store.summaries()}) == 2


def test_comes_back_to_the_number_that_was_kept(moved: Citizen) -> None:
    first = number(moved)

    moved.press("service:parkeren").press(BACK)

    assert moved.view.name == "verhuizen.confirmation"
    assert number(moved) == first
    assert moved.navigator.is_kept


def test_knows_the_news_of_the_kept_case_on_coming_back(moved: Citizen) -> None:
    moved.press("service:parkeren")

    moved.navigator.status_changed(CaseState.DELIVERED)
    moved.press(BACK)

    status = moved.part("status")
    assert isinstance(status, Notice)
    assert status.title == texts_of("nl").tr("status.delivered.title")


def test_stops_without_a_question_when_nothing_new_was_filled_in(moved: Citizen) -> None:
    moved.press("service:parkeren").press(BACK).press("service:parkeren").press(STOP)

    assert moved.has_ended is not None


def test_asks_before_it_wipes_what_is_new_in_the_linked_service(moved: Citizen) -> None:
    moved.press("service:parkeren").press(NEXT).choose(*_first_choice(moved)).press(NEXT)

    moved.press(STOP)

    assert moved.view.name == "stop"
    assert moved.has_ended is None


def _first_choice(citizen: Citizen) -> tuple[str, ...]:
    return next(((part.options[0].id,) for part in citizen.view.parts if hasattr(part, "options")), ())
