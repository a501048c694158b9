# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The six visits of PEOPLE 4, walked from the first tap to the receipt: what must hold for each of these people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from domain.case import CaseState
from domain.intake import Intake
from domain.receipt import Receipt
from i18n.dates import format_date
from kiosk.effects import PrintPaperRoad, PrintReceipt
from kiosk.filing import Filing
from kiosk.news import news
from kiosk.screens.ending import PRINT
from kiosk.screens.pauses import PRINT_PAPER_ROAD
from kiosk.speech.privacy import Route, Treatment, treatment
from kiosk.speech.reading import utterances
from kiosk.view import READ, Choices, Field, View
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

Given = dict[str, dict[str, str]]


@dataclass
class Visitor(Citizen):
    """A citizen who remembers every screen, and how it would be said."""

    seen: list[View] = field(default_factory=list)

    def press(self, button_id: str) -> Citizen:
        """Press, and look at what came."""
        self.seen.append(self.view)
        super().press(button_id)
        self.seen.append(self.view)
        return self

    def do_service(self, service_id: str, given: Given) -> Receipt:
        """Go from the tile to the receipt."""
        self.open(service_id).go_on().answer_all(given).go_on()
        assert self.receipt is not None
        return self.receipt

    def heard(self, route: Route) -> list[str]:
        """Give all that the voice said on this visit, to the hall or into headphones."""
        return [
            said.text
            for view in self.seen
            for said in utterances(view)
            if treatment(said.privacy, route) is Treatment.SAY
        ]


@pytest.fixture
def visitor() -> Visitor:
    clock = FakeClock()
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    return Visitor(filing=filing, clock=clock)


def in_words(day: date) -> str:
    return format_date(day, with_weekday=True)


def assert_promise_that_can_be_kept(receipt: Receipt) -> None:
    """A day, a telephone number and a desk stand on the paper, and what we do names the day."""
    texts = receipt.texts
    assert any(in_words(receipt.promised_on) in line for line in texts.we_do)
    for sentence in (texts.contact, texts.late):
        assert PLACE.phone in sentence
        assert PLACE.desk in sentence


def test_the_woman_of_74_with_a_tax_letter_knows_who_calls_and_when(visitor: Visitor) -> None:
    letter_day = visitor.today - timedelta(days=19)
    receipt = visitor.do_service(
        "brief",
        {
            "voor-wie": {"choice": "mijzelf"},
            "meelezen": {"choice": "ja"},
            "afzender": {"choice": "belastingdienst"},
            "woorden": {"choice": "besluit"},
            "datum": {"day": str(letter_day.day), "month": str(letter_day.month), "year": str(letter_day.year)},
            "laatste-dag-bekend": {"choice": "nee"},
            "wens": {"choice": "bel-mij"},
            "naam": {"text": "Riet Jansen"},
            "bereiken": {"choice": "telefoon"},
            "telefoon": {"phone": "0201234567"},
        },
    )

    assert_promise_that_can_be_kept(receipt)
    calls = [line for line in receipt.texts.we_do if line.startswith("Wij bellen u")]
    assert len(calls) == 1
    assert in_words(receipt.promised_on) in calls[0]
    last_day = [line for line in receipt.texts.advice if "bezwaar" in line]
    assert any("2026" in line or "2027" in line for line in last_day)


def test_nobody_is_promised_a_call_without_a_number(visitor: Visitor) -> None:
    given = {"wens": {"choice": "bel-mij"}, "bereiken": {"choice": "post"}}
    receipt = visitor.do_service("brief", given)

    assert not any("Wij bellen u" in line for line in receipt.texts.we_do)
    assert any("nummer" in line and PLACE.desk in line for line in receipt.texts.you_do)


BLIND: Given = {
    "voor-wie": {"choice": "mijzelf"},
    "onderwerp": {"choice": "geld"},
    "telefoon": {"phone": "0612345678"},
    "moment": {"choice": "altijd"},
    "taal": {"choice": "nederlands"},
    "inspreken": {"choice": "ja"},
    "naam": {"text": "Jan Blinde"},
    "bereiken": {"choice": "email"},
    "email": {"email": "jan@voorbeeld.nl"},
}


def test_the_blind_man_hears_all_there_is_to_choose_and_to_keep(visitor: Visitor) -> None:
    visitor.press(READ)
    receipt = visitor.do_service("bel", BLIND)
    heard = visitor.heard(Route.HEADPHONES)

    options = [
        option.text
        for view in visitor.seen
        for part in view.parts
        if isinstance(part, Choices)
        for option in part.options
    ]
    labels = [part.label for view in visitor.seen for part in view.parts if isinstance(part, Field)]
    assert set(options) | set(labels) <= set(heard)
    assert heard.count(receipt.reference) >= 2
    assert any(receipt.status_code in said for said in heard)
    assert any(in_words(receipt.promised_on) in said for said in heard)
    assert any(PLACE.phone in said for said in heard)
    assert {"06 12345678", "jan@voorbeeld.nl"} <= set(heard)
    assert_promise_that_can_be_kept(receipt)


def test_the_hall_hears_what_there_is_to_choose_and_nothing_that_was_answered(visitor: Visitor) -> None:
    visitor.press(READ)
    visitor.do_service("bel", BLIND)
    heard = visitor.heard(Route.LOUDSPEAKER)

    assert "Geld en rekeningen" in heard
    private = ("Jan Blinde", "jan@voorbeeld.nl", "0612345678")
    assert [said for said in heard if any(each in said for each in private)] == []


def test_the_blind_man_is_told_what_he_pressed(visitor: Visitor) -> None:
    visitor.press(READ)
    visitor.open("bel").go_on()
    before = visitor.view
    visitor.choose("mijzelf")
    assert news(before, visitor.view) == ("answer.mijzelf",)
    before = visitor.view
    visitor.press("offer.unknown")
    assert news(before, visitor.view) == ("offer.unknown",)


def test_the_mother_from_ukraine_gets_one_road_to_her_appointment_and_is_asked_her_language(visitor: Visitor) -> None:
    receipt = visitor.do_service(
        "verhuizen",
        {
            "voor-wie": {"choice": "mijzelf"},
            "nieuw": {"choice": "ja"},
            "adres": {"postcode": "1234ab", "number": "12"},
            "inwonen": {"choice": "ja"},
            "vandaan": {"country": "Україна"},
            "gezin": {"name.1": "Марко", "birth.1": "3 5 2019"},
            "papieren": {"choice": "paspoort"},
            "komen": {"days": "di do", "parts": "ochtend"},
            "taal": {"choice": "andere-taal"},
            "welke-taal": {"text": "Українська"},
            "naam": {"text": "Оксана"},
            "bereiken": {"choice": "telefoon"},
            "telefoon": {"phone": "+380671234567"},
        },
    )

    assert_promise_that_can_be_kept(receipt)
    asked = {view.name for view in visitor.seen}
    assert {"verhuizen.taal", "verhuizen.welke-taal"} <= asked
    do = " ".join(receipt.texts.you_do)
    assert "hele gezin" in do
    assert "Laat uw paspoort" not in do  # the appointment is the one road
    assert "Dit is nog geen aangifte." in receipt.texts.effect


HOMELESS: Given = {
    "voor-wie": {"choice": "mijzelf"},
    "vannacht": {"choice": "nee"},
    "met-wie": {"choice": "alleen"},
    "nodig": {"choice": "niets"},
    "post": {"choice": "nee"},
    "papieren": {"choice": "geen"},
    "geld": {"choice": "nee"},
    "bereiken": {"choice": "ik-kom-hier-terug"},
}


def test_the_man_without_a_home_is_shown_haste_and_leaves_with_a_day_and_a_desk(visitor: Visitor) -> None:
    back = visitor.today + timedelta(days=2)
    given = {**HOMELESS, "terugkomdag": {"day": str(back.day), "month": str(back.month), "year": str(back.year)}}
    receipt = visitor.do_service("geen-huis", given)

    assert "geen-huis.haste.vannacht" in {view.name for view in visitor.seen}
    assert_promise_that_can_be_kept(receipt)
    assert any(in_words(back) in line and PLACE.desk in line for line in receipt.texts.you_do)
    assert receipt.is_urgent
    assert PLACE.phone in receipt.haste
    assert not any("paspoort" in line.lower() for line in receipt.texts.bring)


def test_the_paper_about_haste_is_told_of_and_is_not_taken_for_the_receipt(visitor: Visitor) -> None:
    visitor.open("geen-huis").go_on()
    visitor.choose("mijzelf").go_on().choose("nee").go_on()
    visitor.press(PRINT_PAPER_ROAD)
    assert any(isinstance(effect, PrintPaperRoad) for effect in visitor.effects)
    assert any("Uw papier is klaar" in notice for notice in visitor.notices)

    visitor.go_on().answer_all(HOMELESS).go_on()
    assert not any("Uw papier is klaar" in notice for notice in visitor.notices)
    visitor.press(PRINT)
    assert any("Uw papier is klaar" in notice for notice in visitor.notices)


def test_the_hall_is_not_told_that_he_has_no_home(visitor: Visitor) -> None:
    visitor.press(READ)
    visitor.do_service("geen-huis", {**HOMELESS, "naam": {"text": "Dirk Zonder"}})
    heard = visitor.heard(Route.LOUDSPEAKER)
    assert not any("Dirk Zonder" in said for said in heard)


def test_the_son_is_told_that_his_mother_need_not_choose_or_sign(visitor: Visitor) -> None:
    receipt = visitor.do_service(
        "machtigen",
        {
            "voor-wie": {"choice": "iemand-anders"},
            "grond": {"choice": "nog-niets"},
            "vertegenwoordigde": {"text": "Mia Bos"},
            "kiezen": {"choice": "kan-niet"},
            "samen-doen": {"choice": "ja"},
            "naam": {"text": "Tom Bos"},
            "bereiken": {"choice": "email"},
            "email": {"email": "tom@voorbeeld.nl"},
        },
    )

    assert_promise_that_can_be_kept(receipt)
    asked = {view.name for view in visitor.seen}
    assert "machtigen.advice.kan-niet" in asked
    assert not {"machtigen.helper", "machtigen.waarvoor", "machtigen.niet", "machtigen.digid"} & asked
    texts = receipt.texts
    assert not any("handtekening" in line for line in (*texts.you_do, texts.effect))
    assert not any("bellen" in line for line in texts.we_do)  # he left an e-mail address only
    assert any("praat met u" in line and in_words(receipt.promised_on) in line for line in texts.we_do)


def test_the_angry_visitor_leaves_with_who_answers_and_the_day(visitor: Visitor) -> None:
    receipt = visitor.do_service(
        "fout",
        {
            "voor-wie": {"choice": "mijzelf"},
            "soort": {"choice": "behandeld"},
            "nood": {"choice": "nee"},
            "verhaal": {"text": "Niemand luistert."},
            "organisatie": {"choice": "gemeente"},
            "besluit": {"choice": "nee"},
            "helpt": {"text": "Excuses"},
            "naam": {"text": "Henk Boos"},
            "bereiken": {"choice": "telefoon"},
            "telefoon": {"phone": "0612345678"},
        },
    )

    assert_promise_that_can_be_kept(receipt)
    assert any("wie u antwoord geeft" in line for line in receipt.texts.we_do)
    assert any("ombudsman" in line for line in receipt.texts.advice)
    assert visitor.orders[0].answers.get("verhaal") is not None


@pytest.mark.parametrize("state", [CaseState.PENDING, CaseState.RETRYING, CaseState.REJECTED, CaseState.DELIVERED])
def test_the_paper_says_of_the_case_what_the_screen_says(visitor: Visitor, state: CaseState) -> None:
    visitor.do_service("bel", BLIND)
    visitor.navigator.status_changed(state)
    visitor.press(PRINT)
    (printed,) = (effect.receipt for effect in visitor.effects if isinstance(effect, PrintReceipt))

    assert printed.state is state
    assert printed.texts.status in visitor.notices
    assert printed.dutch.status == printed.texts.status
