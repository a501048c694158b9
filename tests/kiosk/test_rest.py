# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opening hours at the kiosk: no visit begins when it is closed, none is cut off, and who is busy hears it in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from domain.opening_hours import OpeningHours, spans_in
from kiosk.effects import EndsAt
from kiosk.idle_clock import IdleTimes
from kiosk.opening_watch import OpeningWatch
from kiosk.rest import Rest
from kiosk.screens import ending
from kiosk.screens.hours import GO_ON, SPOT
from kiosk.view import COLOURS, HUMAN, LANGUAGE, NEXT, READ, SIZE, Button, Chose, Paragraph, Pressed, Typed, View
from tests.journeys.citizen import PLACE
from tests.kiosk.test_visit import IDLE, Room

# The visit's clock begins on a Tuesday at half past ten in the Netherlands.
UNTIL_ELEVEN = replace(
    OpeningHours(*(((),) * 7)), tuesday=spans_in("9:00-11:00, 13:00-17:00"), wednesday=spans_in("9:30-17:00")
)
SPEAKS_AFTER_MS = 20
_made: list[Rest] = []


@dataclass
class RestRoom:
    """A visit, and what keeps it within opening hours; looked at when the test says so."""

    room: Room
    hours: OpeningHours = UNTIL_ELEVEN
    is_doubtful: bool = False
    is_flagged: bool = False
    is_free: bool = True
    place_changes: list[datetime | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = OpeningWatch(self.hours, self.room.clock, lambda: self.is_doubtful)
        self.rest = Rest(
            self.room.navigator,
            self.room.visit,
            self.watch,
            is_flagged=lambda: self.is_flagged,
            is_free=lambda: self.is_free,
            opens=self._opens,
            show=self.room.screen.show_view,
            idle=IDLE,
            speaks_after_ms=SPEAKS_AFTER_MS,
        )
        _made.append(self.rest)
        self.rest.begin()
        self.room.visit.begin()

    def _opens(self, opens_at: datetime | None) -> None:
        self.place_changes.append(opens_at)
        self.room.navigator.place = replace(self.room.navigator.place, opens_at=opens_at)

    def pass_time(self, minutes: float) -> None:
        self.room.clock.advance(timedelta(minutes=minutes))
        self.rest.look()

    def press(self, button: str) -> None:
        """Press as the room does."""
        if not self.rest.is_too_late():
            self.room.do(Pressed(button))
            self.rest.handled()

    @property
    def view(self) -> View:
        return self.room.view

    @property
    def opens(self) -> str:
        return next(part.text for part in self.view.parts if isinstance(part, Paragraph) and part.id == "opens")


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    while _made:
        delete(_made.pop())  # its timers are of this thread, and garbage is taken away by any
    made.visit.end(EndsAt.START)
    made.background.close(waits=True)


def test_closes_an_untouched_start_screen_and_opens_it_again(room: Room) -> None:
    resting = RestRoom(room)
    assert (resting.view.name, resting.rest.is_resting) == ("start", False)
    resting.pass_time(30)
    assert (resting.view.name, resting.opens) == (SPOT, "Vandaag open om 13 uur.")
    resting.pass_time(121)
    assert (resting.view.name, resting.rest.is_resting) == ("start", False)


def test_says_which_day_it_opens_and_changes_that_at_midnight(room: Room) -> None:
    resting = RestRoom(room)
    resting.pass_time(7 * 60)
    assert resting.opens == "Morgen open om 9.30 uur."
    resting.pass_time(7 * 60)
    assert resting.opens == "Vandaag open om 9.30 uur."
    resting.pass_time(18 * 60)
    assert resting.opens == "Open op dinsdag 1 december 2026 om 9 uur."


def test_says_no_day_when_it_never_opens(room: Room) -> None:
    resting = RestRoom(room, OpeningHours(*(((),) * 7)))
    assert resting.opens == f"Kom later terug. Of bel ons: {PLACE.phone}."


def test_begins_no_visit_with_a_press_that_comes_too_late(room: Room) -> None:
    resting = RestRoom(room)
    room.clock.advance(timedelta(minutes=30))
    resting.press("service:bel")
    assert resting.view.name == SPOT
    assert room.navigator.is_untouched


@pytest.mark.parametrize("button", ["service:bel", "start.more", HUMAN, ending.LATER, "start.status"])
def test_begins_nothing_while_it_is_closed(room: Room, button: str) -> None:
    resting = RestRoom(room)
    resting.pass_time(30)
    resting.press(button)
    assert resting.view.name == SPOT


def test_keeps_the_tools_while_it_is_closed(room: Room) -> None:
    resting = RestRoom(room)
    room.navigator.place = replace(room.navigator.place, languages=("nl", "en"))
    resting.pass_time(30)
    for button in (READ, SIZE, COLOURS):
        resting.press(button)
        assert resting.view.name == SPOT
    resting.press(LANGUAGE)
    assert resting.view.name == "language"
    room.do(Chose("language", "en"))
    resting.press(NEXT)
    assert (resting.view.name, resting.view.language) == (SPOT, "en")
    assert resting.opens == "Open today at 13:00."


def test_speaks_in_the_chosen_language_at_a_touch(room: Room, qtbot: QtBot) -> None:
    resting = RestRoom(room)
    resting.rest.touched()
    qtbot.wait(3 * SPEAKS_AFTER_MS)
    assert room.ear.said == []
    resting.pass_time(30)
    resting.rest.touched()
    qtbot.waitUntil(lambda: room.ear.said == [SPOT])


def test_does_not_speak_over_what_a_pressed_button_does(room: Room, qtbot: QtBot) -> None:
    resting = RestRoom(room)
    resting.pass_time(30)
    resting.rest.touched()
    resting.press(SIZE)
    qtbot.wait(3 * SPEAKS_AFTER_MS)
    assert room.ear.said == []


def test_is_always_open_when_the_clock_is_doubted(room: Room) -> None:
    resting = RestRoom(room)
    resting.is_doubtful = True
    resting.pass_time(30)
    assert resting.view.name == "start"
    resting.is_doubtful = False
    resting.rest.look()
    assert resting.view.name == SPOT


def test_is_out_of_service_before_it_is_closed(room: Room) -> None:
    resting = RestRoom(room)
    resting.pass_time(30)
    resting.is_flagged = True
    resting.rest.look()
    assert resting.view.name == "out-of-service"


def test_leaves_the_screen_to_staff(room: Room) -> None:
    resting = RestRoom(room)
    resting.is_free = False
    resting.pass_time(30)
    assert resting.view.name == "start"


def test_warns_a_visit_ten_and_three_minutes_before_closing_and_no_more(room: Room) -> None:
    resting = RestRoom(room)
    resting.press("service:bel")
    before = resting.view
    resting.pass_time(19)
    assert resting.view == before
    resting.pass_time(1)
    assert (resting.view.name, resting.view.title) == ("closing", "Wij sluiten om 11 uur")
    assert room.ear.said == ["closing title text"]
    resting.press(GO_ON)
    assert resting.view == before
    resting.pass_time(6)
    assert resting.view == before
    resting.pass_time(1)
    assert resting.view.name == "closing"
    resting.press(GO_ON)
    resting.pass_time(1)
    assert (resting.view, len(room.ear.said)) == (before, 2)


def test_warns_once_who_began_in_the_last_minutes(room: Room) -> None:
    resting = RestRoom(room)
    resting.pass_time(28)
    resting.press("service:bel")
    resting.rest.look()
    assert resting.view.name == "closing"
    resting.press(GO_ON)
    resting.pass_time(1)
    assert (resting.view.name, len(room.ear.said)) == ("bel.service", 1)


def test_says_nothing_of_closing_at_a_start_screen_that_nobody_touched(room: Room) -> None:
    resting = RestRoom(room)
    resting.pass_time(22)
    assert (resting.view.name, room.ear.said) == ("start", [])


def test_cuts_no_visit_off_and_gives_it_time(room: Room) -> None:
    resting = RestRoom(room)
    resting.press("service:bel")
    room.go_to("bel.naam")
    room.do(Typed("text", "Fatima"))
    resting.pass_time(30)
    assert resting.view.name == "bel.naam"
    room.do(Typed("text", "Fatima Jansen"))
    room.lie_still(UNTIL_ELEVEN.idle_s - 1)
    assert room.ends == []
    room.lie_still(1)
    assert room.ends == ["start"]


def test_leaves_what_was_typed_and_said_as_it_was_when_the_warning_goes(room: Room) -> None:
    resting = RestRoom(room)
    resting.press("service:bel")
    room.go_to("bel.naam")
    room.do(Typed("text", "Fatima"))
    before = resting.view
    resting.pass_time(21)
    assert resting.view.name == "closing"
    assert resting.view.is_over
    resting.press(GO_ON)
    assert resting.view == before


def test_leads_from_the_warning_to_keeping_the_answers_and_back(room: Room) -> None:
    resting = RestRoom(room)
    room.navigator.place = replace(room.navigator.place, draft_days=7)
    resting.press("service:bel")
    room.go_to("bel.naam")
    before = resting.view
    resting.pass_time(21)
    assert ending.LATER in room.buttons()
    resting.press(ending.LATER)
    assert resting.view.name == "later"
    resting.press("bar.back")
    assert resting.view == before


def test_goes_where_another_button_of_the_warning_leads(room: Room) -> None:
    resting = RestRoom(room)
    resting.press("service:bel")
    resting.pass_time(21)
    resting.press(SIZE)
    assert resting.view.name == "closing"
    resting.press(HUMAN)
    assert resting.view.name == "human"
    resting.press("bar.back")
    assert resting.view.name == "bel.service"


def test_waits_with_the_warning_while_another_stands_or_a_case_is_written(room: Room) -> None:
    resting = RestRoom(room)
    resting.press("service:bel")
    room.lie_still(IDLE.ends_after_s - 30)
    assert resting.view.name == "idle"
    resting.pass_time(21)
    assert resting.view.name == "idle"
    resting.press(ending.STAY)
    resting.rest.look()
    assert resting.view.name == "closing"


def test_says_after_the_receipt_that_the_question_is_kept(room: Room) -> None:
    resting = RestRoom(room)
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    resting.pass_time(21)
    assert resting.view.name == "closing"
    assert any(isinstance(part, Paragraph) and "bewaard" in part.text for part in resting.view.parts)
    rows = [part for part in resting.view.parts if hasattr(part, "buttons")]
    assert [button.id for row in rows for button in row.buttons if isinstance(button, Button)] == [GO_ON]


def test_gives_no_less_time_than_the_visit_had(room: Room) -> None:
    resting = RestRoom(room, replace(UNTIL_ELEVEN, idle_s=240))
    resting.rest._idle = IdleTimes(600, 60)
    resting.press("service:bel")
    resting.pass_time(31)
    room.do(Pressed(SIZE))
    room.lie_still(599)
    assert room.ends == []
