# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A citizen's road with a card in `loket demo`: laid down, opened, read step by step, shown, used."""

from __future__ import annotations

import pytest

from commands.demo_card import FIXTURES, REAL, CardDemoError, CardFixture, CardVisitor, SteppedReader, real_card
from domain.answers import Origin
from kiosk.card_page import USE
from kiosk.devices.emrtd.document import Can, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.id_reader_port import Progress
from kiosk.effects import ReadCard
from kiosk.view import NEXT, Event, Pressed, View
from tests.journeys.citizen import Citizen
from tests.kiosk.card_visits import at_question


class Plain:
    """Goes on, whatever the screen."""

    def acts(self, view: View) -> tuple[Event, ...]:
        return (Pressed(NEXT),)


def walked(fixture: CardFixture) -> tuple[Citizen, list[str]]:
    """Let the visitor of a demo walk from the question to the next one; gives the screens."""
    citizen, visitor, seen = at_question(), CardVisitor(Plain(), fixture), []
    assert fixture.reading is not None
    reader, desk = SteppedReader(fixture.reading), citizen.navigator.card_desk
    while citizen.view.name != "bel.bereiken":
        seen.append(citizen.view.name)
        if citizen.view.name == "card-reading":
            reader.go_on()
            continue
        for act in visitor.acts(citizen.view):
            for effect in citizen.navigator.handle(act):
                if isinstance(effect, ReadCard):
                    reader.read(effect.key, desk.progressed, desk.done)
    return citizen, seen


@pytest.mark.parametrize("name", ["id-card", "id-card-2014", "passport", "residence-permit", "expired", "unchecked"])
def test_fills_in_what_was_read(name: str) -> None:
    citizen, seen = walked(FIXTURES[name])

    answers = citizen.navigator.journey.answers
    told = [answers.get(question_id) for question_id in ("naam", "geboortedatum")]
    assert [answer.origin for answer in told if answer is not None] == [Origin.CHIP, Origin.CHIP]
    assert seen.count("card-reading") == 4  # every step is seen
    assert "card-read" in seen


@pytest.mark.parametrize("state", [state for state in CardState if state.value.replace("_", "-") in FIXTURES])
def test_goes_on_by_hand_after_every_ending(state: CardState) -> None:
    fixture = FIXTURES[state.value.replace("_", "-")]
    if fixture.reading is not None and fixture.reading.document is not None:
        pytest.skip("it is used")
    citizen, seen = walked(fixture)

    assert f"card-{state.value.replace('_', '-')}" in seen
    assert USE not in citizen.buttons()


def test_has_a_fixture_for_every_state() -> None:
    shown = {fixture.reading.state for fixture in FIXTURES.values() if fixture.reading is not None}

    assert shown == set(CardState)
    assert REAL not in FIXTURES


def test_reads_what_lies_there_with_the_key_that_is_told() -> None:
    assert real_card("123456", None).key == Can("123456")
    lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    found = real_card(None, lines)
    assert found.key == MrzKey("L898902C3", "740812", "120415")
    assert found.reading is None


@pytest.mark.parametrize(("can", "lines"), [(None, None), ("12345", None), (None, "P<UTO")])
def test_refuses_a_reader_without_what_opens_the_document(can: str | None, lines: str | None) -> None:
    with pytest.raises(CardDemoError):
        real_card(can, lines)


def test_a_stepped_reader_tells_nothing_by_itself() -> None:
    told: list[object] = []
    reader = SteppedReader(Reading(CardState.TIMEOUT))
    reader.go_on()
    reader.read(Can("123456"), told.append, told.append)
    assert told == []

    reader.go_on()
    reader.go_on()
    assert isinstance(told[0], Progress)
    assert told[1:] == [Reading(CardState.TIMEOUT)]
