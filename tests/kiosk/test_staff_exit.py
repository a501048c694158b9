# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff's way out: it asks before a visit ends, tells nothing to who guesses, and leaves nobody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from domain.service import Privacy
from domain.staff import Role, SignInOutcome, SignInReply, StaffId, StaffMember
from kiosk.background import Background
from kiosk.effects import EndsAt
from kiosk.screens.words import Words
from kiosk.speech.reading import utterances
from kiosk.staff_exit import StaffExit
from kiosk.staff_exit_desk import CLOSE, HELP, MAINTAIN, NUMBER, OPEN, PIN, REST, YES, StaffSpot
from kiosk.view import BACK, LEAVE, NEXT, READ, Button, ButtonRow, ErrorText, Field, Preferences, Pressed, Typed, View
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_visit import RememberingEar, RememberingScreen

IT = StaffMember(StaffId("7f"), 10, "Marja", Role.IT)
HELPER = StaffMember(StaffId("8e"), 11, "Piet", Role.HELPER)
WRONG = SignInReply(SignInOutcome.WRONG)
BADGE = "04A1B2C3D4"


@dataclass
class FakeDoor:
    """Answers as it is told, and notes what it was asked."""

    reply: SignInReply | Exception = WRONG
    asked: list[tuple[str, ...]] = field(default_factory=list)
    left: list[StaffId] = field(default_factory=list)

    def _answer(self) -> SignInReply:
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def sign_in(self, number: str, pin: str) -> SignInReply:
        self.asked.append((number, pin))
        return self._answer()

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        self.asked.append((badge,))
        return self._answer()

    def signed_out(self, staff_id: StaffId) -> None:
        self.left.append(staff_id)


class Room:
    """A staff exit with a screen, an ear and a door that remember."""

    def __init__(self, qtbot: QtBot, waits_ms: int = 60_000) -> None:
        self._qtbot = qtbot
        self.screen, self.ear, self.door = RememberingScreen(), RememberingEar(), FakeDoor()
        self.background = Background()
        self.ended: list[EndsAt] = []
        self.stayed = 0
        self.helped: list[Role] = []
        self.exit = StaffExit(
            self.screen,
            self.door,
            self.background,
            lambda preferences: Words(texts_of("nl"), library(), PLACE, preferences, date(2026, 11, 22)),
            preferences=Preferences(),
            ear=lambda: self.ear,
            stays=self._stays,
            ended=self.ended.append,
            failed=lambda _error: None,
            helps=self.helped.append,
            waits_ms=waits_ms,
            badge_pause_ms=10,
        )

    def _stays(self) -> None:
        self.stayed += 1

    @property
    def view(self) -> View:
        return self.screen.views[-1]

    @property
    def buttons(self) -> list[str]:
        rows = [part for part in self.view.parts if isinstance(part, ButtonRow)]
        return [button.id for row in rows for button in row.buttons]

    @property
    def errors(self) -> list[str]:
        return [part.text for part in self.view.parts if isinstance(part, ErrorText)]

    def sign_in(self, reply: SignInReply | Exception, number: str = "10", pin: str = "402917") -> None:
        self.door.reply = reply
        before = len(self.door.asked)
        for event in (Typed(NUMBER, number), Typed(PIN, pin), Pressed(NEXT)):
            self.exit.handle(event)
        self._qtbot.waitUntil(lambda: len(self.door.asked) > before and not self.background.is_busy)
        self._qtbot.waitUntil(lambda: not self.exit._desk.page.is_asking)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.background.close(waits=True)


def welcome(member: StaffMember) -> SignInReply:
    return SignInReply(SignInOutcome.WELCOME, member)


def test_asks_first_while_a_visit_goes_on_and_goes_back_to_it(room: Room) -> None:
    room.exit.begin(StaffSpot.ASK)
    assert room.buttons == [BACK, HELP, YES]
    assert room.view.is_over
    room.exit.handle(Pressed(BACK))
    assert (room.stayed, room.ended) == (1, [])


def test_sits_beside_the_visitor_with_a_pin_and_the_visit_goes_on(room: Room, qtbot: QtBot) -> None:
    room.exit.begin(StaffSpot.ASK)
    room.exit.handle(Pressed(HELP))
    assert room.view.name == "staff-sign-in"
    room.sign_in(WRONG)
    assert (room.helped, room.errors) == ([], ["Dit klopt niet. Probeer het nog een keer."])
    room.sign_in(welcome(HELPER), "11")
    assert (room.helped, room.ended, room.stayed) == ([Role.HELPER], [], 0)
    qtbot.waitUntil(lambda: room.door.left == [HELPER.staff_id])


def test_goes_back_to_the_visit_when_nobody_signs_in_to_help(room: Room) -> None:
    room.exit.begin(StaffSpot.ASK)
    room.exit.handle(Pressed(HELP))
    room.exit.handle(Pressed(BACK))
    assert (room.stayed, room.ended, room.helped) == (1, [], [])


def test_ends_the_visit_before_anybody_can_sign_in(room: Room) -> None:
    room.exit.begin(StaffSpot.ASK)
    room.exit.handle(Pressed(YES))
    assert room.ended == [EndsAt.STAFF]
    assert not any(isinstance(part, Field) for part in room.view.parts)


def test_lets_it_close_loket_and_open_it_again(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.sign_in(welcome(IT))
    assert room.buttons == [OPEN, REST, MAINTAIN, CLOSE]
    room.exit.handle(Pressed(CLOSE))
    assert room.ended == [EndsAt.CLOSED]


def test_lets_a_helper_rest_the_device_and_not_close_loket(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.sign_in(welcome(HELPER), "11")
    assert room.buttons == [OPEN, REST, MAINTAIN]
    room.exit.handle(Pressed(CLOSE))
    assert room.ended == []
    room.exit.handle(Pressed(OPEN))
    assert room.ended == [EndsAt.START]


@pytest.mark.parametrize("button", [OPEN, REST, CLOSE, YES])
def test_does_nothing_for_who_did_not_sign_in(room: Room, button: str) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.exit.handle(Pressed(button))
    assert room.ended == []
    assert room.view.name == "staff-sign-in"


def test_rests_until_somebody_signs_in_again(room: Room, qtbot: QtBot) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.sign_in(welcome(HELPER), "11")
    room.exit.handle(Pressed(REST))
    qtbot.waitUntil(lambda: room.door.left == [HELPER.staff_id])
    assert room.view.name == "staff-rest"
    for button in (OPEN, CLOSE, NEXT, BACK):
        room.exit.handle(Pressed(button))
    assert (room.view.name, room.ended) == ("staff-rest", [])
    room.exit.hold_again()
    assert room.view.name == "staff-sign-in"


@pytest.mark.parametrize("reply", [WRONG, SignInReply(SignInOutcome.LOCKED), ValueError("402917")])
def test_forgets_what_was_typed_and_says_nothing_of_why(room: Room, reply: SignInReply | Exception) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.sign_in(reply)
    fields = [part for part in room.view.parts if isinstance(part, Field)]
    assert [entry.text for entry in fields] == ["", ""]
    assert len(room.errors) == 1
    assert not any(word in room.errors[0] for word in ("10", "402917", "nummer", "pincode", "badge"))


def test_takes_what_a_reader_types_for_a_badge_without_a_press(room: Room, qtbot: QtBot) -> None:
    room.door.reply = welcome(IT)
    room.exit.begin(StaffSpot.SIGN_IN)
    for length in range(1, len(BADGE) + 1):
        room.exit.handle(Typed(NUMBER, BADGE[:length]))
    qtbot.waitUntil(lambda: room.view.name == "staff-menu")
    assert room.door.asked == [(BADGE,)]


def test_asks_nothing_without_a_pin(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.exit.handle(Typed(NUMBER, "10"))
    room.exit.handle(Pressed(NEXT))
    assert room.door.asked == []


def test_leaves_nobody_signed_in_who_went_away(qtbot: QtBot) -> None:
    room = Room(qtbot, waits_ms=50)
    room.exit.begin(StaffSpot.SIGN_IN)
    room.sign_in(welcome(IT))
    qtbot.waitUntil(lambda: room.ended == [EndsAt.START] and room.door.left == [IT.staff_id])
    room.background.close(waits=True)


def test_goes_back_to_the_visit_when_nobody_answers(qtbot: QtBot) -> None:
    room = Room(qtbot, waits_ms=50)
    room.exit.begin(StaffSpot.ASK)
    qtbot.waitUntil(lambda: room.stayed == 1)
    room.background.close(waits=True)


def test_leaves_in_a_hurry_like_every_page(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.exit.handle(Pressed(LEAVE))
    assert room.ended == [EndsAt.NEUTRAL]


def test_is_read_aloud_without_number_and_pin(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.exit.handle(Pressed(READ))
    assert room.ear.said == ["staff-sign-in"]
    room.exit.handle(Typed(NUMBER, "4711"))
    room.exit.handle(Typed(PIN, "402917"))
    room.exit.key_said("7", Privacy.SECRET)
    assert room.ear.said == ["staff-sign-in"]
    room.exit.key_said("Klaar", Privacy.OPEN)
    room.exit.walked(PIN, "")
    assert room.ear.said[1:] == ["Klaar", f"staff-sign-in {PIN}"]
    assert all(isinstance(button, Button) for button in room.view.bar)


def test_shows_number_and_pin_as_dots_and_says_neither(room: Room) -> None:
    room.exit.begin(StaffSpot.SIGN_IN)
    room.exit.handle(Typed(NUMBER, "4711"))
    room.exit.handle(Typed(PIN, "402917"))
    fields = [part for part in room.view.parts if isinstance(part, Field)]
    assert {entry.privacy for entry in fields} == {Privacy.SECRET}
    heard = " ".join(f"{said.text} {said.instead}" for said in utterances(room.view, texts_of("nl")))
    assert "4711" not in heard
    assert "402917" not in heard
