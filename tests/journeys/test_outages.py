# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A service that the municipality closed for now: what is said, what is offered instead, what goes on (S14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.intake import Intake
from domain.outage import Closure, Outage
from domain.service import Privacy, ServiceDefinition
from i18n.stretches import stretches, unmarked
from kiosk.filing import Filing
from kiosk.screens.service_page import PHONE_CARD
from kiosk.speech.reading import utterances
from kiosk.view import NEXT, Chose, Columns, Notice, Tiles
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

SERVICE = library().tiles()[0].id
OTHER = library().tiles()[1].id
WHY = "Het systeem is stuk. Wij maken het."
HEARD = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # in the Netherlands it is the 24th by then


def closed(*services: str, texts: Mapping[str, str] | None = None, phone: str = "", desk: str = "") -> Citizen:
    closure = Closure(texts or {"nl": WHY}, phone, desk)
    outages = {service: Outage(closure, HEARD) for service in services}
    return Citizen(place=replace(PLACE, outages=outages, languages=("nl", "en", "ar")))


def said(citizen: Citizen) -> str:
    return " ".join(utterance.text for utterance in utterances(citizen.view))


def test_a_closed_service_keeps_its_tile() -> None:
    tiles = next(part for part in closed(SERVICE).view.parts if isinstance(part, Tiles))

    assert f"service:{SERVICE}" in [tile.id for tile in tiles.tiles]


def test_its_page_says_what_is_the_matter_and_since_when_that_is_known() -> None:
    citizen = closed(SERVICE).open(SERVICE)

    assert citizen.heading == "Dit kan nu even niet."
    assert WHY in citizen.notices
    assert "Laatst gehoord op dinsdag 24 november 2026." in citizen.text


def test_the_sentence_and_its_date_are_read_aloud() -> None:
    spoken = said(closed(SERVICE).open(SERVICE))

    assert WHY in spoken
    assert "Laatst gehoord op dinsdag 24 november 2026." in spoken
    assert "14 000" in spoken


def test_nothing_can_be_begun_not_even_by_a_press_that_comes_late() -> None:
    citizen = closed(SERVICE).open(SERVICE)

    assert NEXT not in citizen.buttons()
    assert citizen.go_on().view.name == f"{SERVICE}.outage"


def test_calling_coming_by_and_writing_are_offered_with_the_card_to_say_it_from() -> None:
    citizen = closed(SERVICE).open(SERVICE)
    roads = citizen.part("roads")

    assert isinstance(roads, Columns)
    assert len(roads.cards[0].lines) == 3
    assert PHONE_CARD in citizen.buttons()
    assert "phone_card.print" in citizen.press(PHONE_CARD).buttons()


def test_a_number_and_a_desk_of_the_message_take_the_place_of_the_usual_ones() -> None:
    spoken = said(closed(SERVICE, phone="14 0999", desk="balie 7").open(SERVICE))

    assert "14 0999" in spoken
    assert "balie 7" in spoken
    assert "14 000" not in spoken


def test_another_service_works_as_ever() -> None:
    citizen = closed(SERVICE).open(OTHER)

    assert citizen.view.name == f"{OTHER}.service"
    assert citizen.go_on().view.name != f"{OTHER}.service"


def test_no_call_back_is_offered_while_that_is_closed() -> None:
    assert "service:bel" not in closed("bel", SERVICE).open(SERVICE).buttons()
    assert "service:bel" in closed(SERVICE).open(SERVICE).buttons()


def test_what_was_begun_is_finished_and_kept_when_the_service_closes_meanwhile() -> None:
    store, clock = FakeCaseStore(), FakeClock()
    filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, clock, "kiosk-1")
    citizen = Citizen(filing=filing, clock=clock).open(SERVICE).go_on()

    citizen.navigator.place = replace(PLACE, outages={SERVICE: Outage(Closure({"nl": WHY}), HEARD)})
    citizen.answer_all().go_on()

    assert citizen.receipt is not None
    assert len(store.summaries()) == 1


def test_going_back_to_the_page_of_a_begun_service_does_not_shut_the_way() -> None:
    citizen = Citizen().open(SERVICE).go_on()
    citizen.navigator.place = replace(PLACE, outages={SERVICE: Outage(Closure({"nl": WHY}), HEARD)})

    citizen.go_back()

    assert citizen.view.name == f"{SERVICE}.service"
    assert citizen.go_on().view.name != f"{SERVICE}.service"


def test_a_visitor_in_arabic_reads_the_arabic_sentence() -> None:
    citizen = closed(SERVICE, texts={"nl": WHY, "ar": "النظام معطل."}).open(SERVICE)
    citizen.navigator.handle(Chose("language", "ar"))

    assert "النظام معطل." in citizen.notices


def test_without_arabic_the_dutch_sentence_stands_there_marked_as_dutch() -> None:
    citizen = closed(SERVICE).open(SERVICE)
    citizen.navigator.handle(Chose("language", "ar"))
    notice = citizen.part("outage")

    assert isinstance(notice, Notice)
    assert unmarked(notice.title) == f"[NL] {WHY}"
    assert {language for _, _, language in stretches(notice.title, "ar")} == {"nl"}


@pytest.mark.parametrize("service", library().services, ids=lambda service: service.id)
def test_the_sentence_is_as_private_as_the_title_of_its_service(service: ServiceDefinition) -> None:
    citizen = closed(service.id).open(service.id)
    notice = citizen.part("outage")

    assert isinstance(notice, Notice)
    assert notice.privacy is service.title_privacy
    heard_in_hall = [each.text for each in utterances(citizen.view) if each.privacy is Privacy.OPEN]
    assert (WHY in " ".join(heard_in_hall)) is (service.title_privacy is Privacy.OPEN)
