# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of U10: three privacies by three places where sound can go."""

from __future__ import annotations

import pytest

from domain.service import Privacy
from kiosk.speech.privacy import Route, Treatment, heard, route_of, treatment
from kiosk.speech.reading import utterances
from kiosk.speech.utterance import Utterance
from kiosk.view import BigNumber, Field, Paragraph, Preferences, View

SAY, REPLACE, LEAVE_OUT = Treatment.SAY, Treatment.REPLACE, Treatment.LEAVE_OUT
TABLE = {
    Privacy.OPEN: (SAY, SAY, SAY),
    Privacy.PERSONAL: (REPLACE, SAY, SAY),
    Privacy.SECRET: (LEAVE_OUT, LEAVE_OUT, LEAVE_OUT),
}
ROUTES = (Route.LOUDSPEAKER, Route.HEADPHONES, Route.SCREEN_OFF)


@pytest.mark.parametrize("privacy", Privacy)
def test_the_table_is_as_it_was_decided(privacy: Privacy) -> None:
    assert tuple(treatment(privacy, route) for route in ROUTES) == TABLE[privacy]
    assert set(ROUTES) == set(Route)


@pytest.mark.parametrize(
    ("is_headphones", "is_screen_off", "route"),
    [
        (False, False, Route.LOUDSPEAKER),
        (False, True, Route.LOUDSPEAKER),
        (True, False, Route.HEADPHONES),
        (True, True, Route.SCREEN_OFF),
    ],
)
def test_a_dark_screen_makes_a_loudspeaker_no_safer(*, is_headphones: bool, is_screen_off: bool, route: Route) -> None:
    assert route_of(is_headphones=is_headphones, is_screen_off=is_screen_off) is route
    assert route.is_private is is_headphones


def test_a_secret_is_not_even_replaced() -> None:
    said = Utterance("pin", "4711", privacy=Privacy.SECRET, instead="Uw code")
    assert {heard(said, route) for route in Route} == {""}


def hall(*parts: Field | Paragraph, is_screen_off: bool = False) -> list[str]:
    view = View("q", "q", parts, preferences=Preferences(is_screen_off=is_screen_off))
    return [heard(said, Route.LOUDSPEAKER) for said in utterances(view)]


def test_the_hall_is_told_where_to_look_by_the_name_of_the_field() -> None:
    assert hall(Field("postcode", "Postcode", "9876 ZX")) == ["Postcode", "Postcode: dat staat op het scherm."]


def test_the_hall_is_told_to_take_headphones_while_the_screen_is_off() -> None:
    said = hall(Field("postcode", "Postcode", "9876 ZX"), is_screen_off=True)
    assert said == ["Postcode", "Dit is alleen voor u. Met een koptelefoon zeg ik het."]


def test_a_part_may_say_itself_what_the_hall_hears() -> None:
    text = Paragraph("code", "Uw code is 4711.", privacy=Privacy.PERSONAL, instead="Uw code staat op het scherm.")
    assert hall(text) == ["Uw code staat op het scherm."]


def test_the_number_is_for_everybody_because_it_opens_nothing_by_itself() -> None:
    said = utterances(View("q", "q", (BigNumber("number", "K473-93FM"),)))
    assert [heard(each, Route.LOUDSPEAKER) for each in said].count("K473-93FM") == 2
