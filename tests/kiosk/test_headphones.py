# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What headphones change for a visit: read from the top unasked, the keys explained once, quiet when they are out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.screens.start import SERVICE
from kiosk.view import LEAVE, NEXT, SIZE, Notice, Pressed
from tests.journeys.citizen import texts_of
from tests.kiosk.test_visit import Room

GREETING = texts_of("nl").tr("voice.headphones_in")


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.do(Pressed(LEAVE))
    made.background.close(waits=True)


def notices(room: Room) -> list[str]:
    return [part.id for part in room.view.parts if isinstance(part, Notice) and part.id == "headphones"]


def test_headphones_in_read_from_the_top_and_explain_the_keys_once(room: Room) -> None:
    room.visit.headphones_changed(are_in=True)
    assert room.view.preferences.is_reading
    assert room.ear.said[-1] == f"{GREETING} start"
    room.visit.headphones_changed(are_in=False)
    room.visit.headphones_changed(are_in=True)
    assert room.ear.said[-1] == "start"


def test_headphones_out_are_quiet_and_say_so_on_the_screen_until_the_visitor_goes_on(room: Room) -> None:
    room.visit.headphones_changed(are_in=True)
    room.do(Pressed(f"{SERVICE}bel"))
    said = len(room.ear.said)
    stops = room.ear.stops
    room.visit.headphones_changed(are_in=False)
    assert room.ear.stops > stops
    assert len(room.ear.said) == said
    assert not room.view.preferences.is_reading
    assert notices(room) == ["headphones"]
    room.do(Pressed(SIZE))
    assert notices(room) == []
    assert len(room.ear.said) == said


def test_headphones_out_on_an_untouched_start_screen_leave_nothing_for_the_next_visitor(room: Room) -> None:
    room.visit.headphones_changed(are_in=True)
    room.visit.headphones_changed(are_in=False)
    assert notices(room) == []
    assert room.navigator.is_untouched


def test_headphones_that_always_hang_there_do_not_end_visits_of_nobody(room: Room) -> None:
    room.visit.begin_with_headphones()
    assert room.view.preferences.is_reading
    assert room.navigator.is_untouched
    room.do(Pressed(f"{SERVICE}bel"), Pressed(NEXT))
    assert not room.navigator.is_untouched


def test_headphones_put_in_by_somebody_make_it_a_visit(room: Room) -> None:
    room.visit.headphones_changed(are_in=True)
    assert not room.navigator.is_untouched


def test_headphones_out_light_a_dark_screen(room: Room) -> None:
    room.visit.headphones_changed(are_in=True)
    room.navigator.preferences = replace(room.navigator.preferences, is_screen_off=True)
    room.visit.headphones_changed(are_in=False)
    assert not room.view.preferences.is_screen_off


def test_a_visit_that_is_over_says_nothing_more(room: Room) -> None:
    room.do(Pressed(LEAVE))
    assert room.ends
    said = len(room.ear.said)
    room.visit.headphones_changed(are_in=True)
    assert len(room.ear.said) == said
