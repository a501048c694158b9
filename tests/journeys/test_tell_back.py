# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
""" "Wat gebeurt er nu?" after the receipt: it stands in nobody's way, and counts texts and no people (U11)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.intake import Intake
from domain.service import Side
from domain.understanding import Reply, TextVersion
from kiosk.effects import CountReply, EndVisit
from kiosk.filing import Filing
from kiosk.screens.tell_back import CHOICE, PART, options_of
from kiosk.speech.reading import utterances
from kiosk.view import BACK, LEAVE, NEXT, Pressed, Tile, Tiles
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

SERVICES = [service.id for service in library().services]


def confirmed(service_id: str = "bel", *, is_practice: bool = False) -> Citizen:
    clock = FakeClock()
    place = replace(PLACE, is_practice=is_practice)
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library(), texts_of, place, clock, "bieb-01")
    citizen = Citizen(filing=filing, place=place, clock=clock)
    citizen.open(service_id).go_on().answer_all().go_on()
    assert citizen.receipt is not None
    assert citizen.view.name == f"{service_id}.confirmation"
    return citizen


@pytest.fixture
def asked() -> Citizen:
    citizen = confirmed()
    citizen.go_on()
    assert citizen.view.name == "bel.tell-back"
    return citizen


def choose(citizen: Citizen, option_id: str) -> list[CountReply]:
    effects = citizen.navigator.handle(Pressed(CHOICE + option_id))
    return [effect for effect in effects if isinstance(effect, CountReply)]


def pictures(citizen: Citizen) -> dict[str, Tile]:
    tiles = citizen.part(PART)
    assert isinstance(tiles, Tiles)
    return {tile.id.removeprefix(CHOICE): tile for tile in tiles.tiles}


@pytest.mark.parametrize("service_id", SERVICES)
def test_the_true_picture_is_the_first_thing_we_promised(service_id: str) -> None:
    citizen = confirmed(service_id)
    first = next(duty for duty in citizen.navigator.journey.duties if duty.side is Side.GOVERNMENT)
    has_haste = bool(citizen.navigator.journey.hastes)
    line = next(part for part in citizen.view.parts if part.id == "deal").cards[1].lines[0].text  # type: ignore[union-attr]
    citizen.go_on()
    if has_haste:
        assert citizen.has_ended
        return
    found = pictures(citizen)

    assert len({tile.text for tile in found.values()}) == len({tile.icon for tile in found.values()}) == 3
    assert found["promise"].text == line, first.id


def test_what_is_true_does_not_always_stand_in_the_same_place() -> None:
    places = {options_of(confirmed(service_id).navigator.journey).index("promise") for service_id in ("bel", "straat")}
    everywhere = {
        options_of(confirmed(service_id).navigator.journey).index("promise")
        for service_id in ("bel", "straat", "parkeren", "afvalpas", "digid", "verhuizen")
    }

    assert places <= everywhere
    assert len(everywhere) > 1


def test_nothing_stands_between_the_visitor_and_the_receipt() -> None:
    citizen = confirmed()

    assert citizen.receipt is not None
    assert PART not in [part.id for part in citizen.view.parts]


def test_the_receipt_can_be_reached_from_the_question(asked: Citizen) -> None:
    asked.press(BACK)
    assert asked.view.name == "bel.confirmation"
    asked.press("confirm.print")
    asked.go_on()

    assert asked.has_ended  # asked once is enough


def test_the_visit_ends_from_the_question_without_an_answer(asked: Citizen) -> None:
    asked.go_on()

    assert asked.has_ended
    assert [effect for effect in asked.effects if isinstance(effect, CountReply)] == [
        CountReply(TextVersion("bel", library().service("bel").version, "nl"), Reply.SKIPPED)
    ]


@pytest.mark.parametrize("option_id", ["promise", "ready", "nothing"])
def test_the_visit_ends_from_the_question_with_any_answer(asked: Citizen, option_id: str) -> None:
    choose(asked, option_id)
    asked.go_on()

    assert isinstance(asked.effects[-1], EndVisit)
    assert not [effect for effect in asked.effects if isinstance(effect, CountReply)]


def test_who_leaves_in_a_hurry_is_not_counted(asked: Citizen) -> None:
    asked.press(LEAVE)

    assert [type(effect) for effect in asked.effects if not isinstance(effect, EndVisit)] == [
        type(effect) for effect in confirmed().effects
    ]


def test_another_choice_is_explained_in_other_words_and_nobody_is_called_wrong(asked: Citizen) -> None:
    promise = pictures(asked)["promise"].text
    choose(asked, "nothing")
    said = [utterance.text for utterance in utterances(asked.view)]
    words = " ".join(said).lower()

    assert asked.heading == "Dank u. Wij zeggen het nog eens, met andere woorden."
    assert promise in said
    assert "iemand die er veel van weet, belt u." in words
    assert not any(word in words for word in ("fout gekozen", "niet goed", "verkeerd", "klopt niet"))


def test_who_chose_what_is_true_hears_so(asked: Citizen) -> None:
    promise = pictures(asked)["promise"].text
    choose(asked, "promise")

    assert asked.heading == "Ja, zo gaat het."
    assert promise in [utterance.text for utterance in utterances(asked.view)]


def test_only_the_first_choice_counts(asked: Citizen) -> None:
    replies = [effect.reply for option in ("nothing", "promise", "nothing") for effect in choose(asked, option)]

    assert replies == [Reply.OTHER]


@pytest.mark.parametrize("option_id", ["promise", "nothing"])
def test_the_receipt_can_be_reached_after_a_choice(asked: Citizen, option_id: str) -> None:
    choose(asked, option_id)
    asked.press(BACK)

    assert asked.view.name == "bel.confirmation"


def test_a_practice_kiosk_asks_and_does_not_count() -> None:
    citizen = confirmed(is_practice=True).go_on()

    assert citizen.view.name == "bel.tell-back"
    assert choose(citizen, "promise") == []


def test_who_cannot_wait_is_not_asked_anything() -> None:
    clock = FakeClock()
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
    citizen = Citizen(filing=filing, clock=clock)
    citizen.open("bel").go_on().answer_all({"onderwerp": {"choice": "gevaar"}}).go_on()
    citizen.press(NEXT)

    assert citizen.has_ended


def test_the_question_and_all_its_choices_are_spoken(asked: Citizen) -> None:
    said = [utterance.text for utterance in utterances(asked.view)]

    assert {"Wat gebeurt er nu?", *(tile.text for tile in pictures(asked).values())} <= set(said)


def test_an_option_that_is_not_there_does_nothing(asked: Citizen) -> None:
    before = asked.view

    assert choose(asked, "else") == []
    assert asked.view == before


def test_a_count_tells_nothing_of_a_person(asked: Citizen) -> None:
    (effect,) = choose(asked, "promise")
    receipt = asked.receipt
    assert receipt is not None

    assert set(type(effect).__slots__) == {"text", "reply"}
    assert set(TextVersion.__slots__) == {"service_id", "version", "language"}
    assert receipt.reference not in repr(effect)
