# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""There is always a way back, and it never leads to a step that is not asked any more."""

from __future__ import annotations

from kiosk.road import Road
from kiosk.spots import Spot

FIRST, SECOND = Spot("ask", "naam"), Spot("ask", "adres")


def along(*spots: Spot) -> Road:
    """Give a road on which somebody came past these places."""
    road = Road()
    for spot in spots:
        road.remember()
        road.spot = spot
    return road


def test_leads_to_the_start_when_nothing_was_passed() -> None:
    assert Road().before() == Spot("start")
    assert Road().before_on(frozenset()) == Spot("start")


def test_leads_back_place_by_place() -> None:
    road = along(FIRST, SECOND)

    assert [road.before(), road.before()] == [FIRST, Spot("start")]


def test_passes_over_a_step_that_is_not_asked_any_more() -> None:
    assert along(Spot("service", "bel"), FIRST, SECOND).before_on({SECOND}) == Spot("service", "bel")
    assert along(FIRST, SECOND).before_on({FIRST}) == FIRST


def test_remembers_no_place_aside_when_another_is_gone_to() -> None:
    road = along(FIRST)
    road.go_aside(Spot("human"))
    assert road.is_aside

    road.go_aside(Spot("stop"))

    assert road.before() == FIRST


def test_remembers_the_place_aside_where_a_language_was_chosen() -> None:
    road = along(FIRST)
    road.go_aside(Spot("human"))

    road.go_aside(Spot("language"))

    assert [road.before(), road.before()] == [Spot("human"), FIRST]


def test_forgets_only_what_there_is_no_way_back_to() -> None:
    road = along(FIRST, Spot("correct"), Spot("correct-answer"), Spot("status-reply"))

    road.forget(("correct",))
    assert road.before() == FIRST

    road.forget_all()
    assert road.before() == Spot("start")
