# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking after the kiosk at its own screen: what each may, what came of a trial, and nothing left when they go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from domain.staff import Role, StaffId, StaffMember
from kiosk.background import Background
from kiosk.effects import EndsAt
from kiosk.maintenance import MachineHands, Maintenance
from kiosk.maintenance_desk import TRY, Finding, MaintenanceDesk, Trial
from kiosk.screens.words import Words
from kiosk.staff_exit import MAINTENANCE_WAITS_TIMES, StaffExit
from kiosk.staff_exit_desk import CLOSE, MAINTAIN, OPEN, REST, StaffSpot
from kiosk.view import BACK, LEAVE, ButtonRow, Notice, Preferences, Pressed, View
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_staff_exit import HELPER, IT, FakeDoor, welcome
from tests.kiosk.test_visit import RememberingEar, RememberingScreen

COUNTER = StaffMember(StaffId("9d"), 12, "Sam", Role.COUNTER)


@dataclass
class FakeMachine:
    """Answers as it is told."""

    found: tuple[Finding, ...] | Exception = ()
    printed: str = "printed"
    asked: list[str] = field(default_factory=list)
    may_power: bool = True

    def findings(self) -> tuple[Finding, ...]:
        self.asked.append("look")
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def print_page(self) -> str:
        self.asked.append("print")
        return self.printed

    def reader(self) -> str:
        self.asked.append("reader")
        return "absent"

    def network(self) -> str:
        raise OSError("a cable")

    def power(self, *, is_reboot: bool) -> bool:
        self.asked.append("reboot" if is_reboot else "power_off")
        return self.may_power


class Room:
    """The staff's pages with a machine in the hand."""

    def __init__(self, qtbot: QtBot, *, may_power_off: bool = False, waits_ms: int = 60_000) -> None:
        self.qtbot = qtbot
        self.screen, self.ear, self.door, self.machine = (
            RememberingScreen(),
            RememberingEar(),
            FakeDoor(),
            FakeMachine(),
        )
        self.background = Background()
        self.ended: list[EndsAt] = []
        self.sounds = 0
        self.covers: list[Callable[..., None]] = []
        self.may_power_off = may_power_off
        self.exit = StaffExit(
            self.screen,
            self.door,
            self.background,
            lambda preferences: Words(texts_of("nl"), library(), PLACE, preferences, date(2026, 11, 22)),
            preferences=Preferences(),
            ear=lambda: self.ear,
            stays=lambda: None,
            ended=self.ended.append,
            failed=lambda _error: None,
            maintain=self._make,
            waits_ms=waits_ms,
            badge_pause_ms=10,
        )

    def _make(
        self, role: Role, changed: Callable[[], None], back: Callable[[], None], ended: Callable[[EndsAt], None]
    ) -> Maintenance:
        hands = MachineHands(
            sound=self._sound, volume=lambda: 3, test_touch=self.covers.append, clean=self.covers.append
        )
        desk = MaintenanceDesk(role, may_power_off=self.may_power_off)
        return Maintenance(
            desk,
            self.machine,
            hands,
            self.background,
            show=changed,
            back=back,
            ended=ended,
            failed=lambda _error: None,
        )

    def _sound(self) -> None:
        self.sounds += 1

    @property
    def view(self) -> View:
        return self.screen.views[-1]

    @property
    def trials(self) -> list[str]:
        rows = [part for part in self.view.parts if isinstance(part, ButtonRow)]
        return [button.id.removeprefix(TRY) for row in rows for button in row.buttons]

    @property
    def notices(self) -> dict[str, str]:
        return {part.id: part.title for part in self.view.parts if isinstance(part, Notice)}

    def sign_in(self, member: StaffMember) -> None:
        self.door.reply = welcome(member)
        self.exit.begin(StaffSpot.SIGN_IN)
        self.exit._desk.answered(self.door.reply)
        self.exit._show()

    def maintain(self, member: StaffMember) -> None:
        self.sign_in(member)
        self.exit.handle(Pressed(MAINTAIN))
        self.settle()

    def press(self, trial: str) -> None:
        self.exit.handle(Pressed(TRY + trial))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.background.is_busy)


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.background.close(waits=True)


def test_lets_it_try_everything_but_the_power_where_that_is_not_allowed(room: Room) -> None:
    room.maintain(IT)
    assert room.view.name == "staff-maintenance"
    assert room.trials == ["look", "print", "sound", "touch", "reader", "network", "clean", "restart"]


@pytest.mark.parametrize("member", [HELPER, COUNTER])
def test_lets_others_fill_the_paper_only(room: Room, member: StaffMember) -> None:
    room.maintain(member)
    assert room.trials == ["look", "print", "clean"]
    room.press(Trial.RESTART)
    room.press(Trial.READER)
    assert (room.ended, room.machine.asked) == ([], ["look"])


@pytest.mark.parametrize("spot", [StaffSpot.SIGN_IN, StaffSpot.REST])
def test_is_closed_to_who_did_not_sign_in(room: Room, spot: StaffSpot) -> None:
    room.exit.begin(spot)
    room.exit.handle(Pressed(MAINTAIN))
    room.exit.handle(Pressed(TRY + Trial.RESTART))
    assert (room.view.name, room.ended, room.machine.asked) == (spot.value, [], [])


def test_looks_at_once_and_says_in_dutch_what_is_wrong(room: Room) -> None:
    room.machine.found = (Finding("printer", True, "no paper -> fill it"), Finding("something-new", False))
    room.maintain(IT)
    assert room.notices["finding.printer"] == "Werkt niet: de printer"
    assert room.notices["finding.something-new"] == "Kijk hiernaar: something-new"
    room.machine.found = ()
    room.press(Trial.LOOK)
    assert room.notices == {"fine": "Alles werkt."}


def test_says_that_looking_failed(room: Room) -> None:
    room.machine.found = OSError("no doctor")
    room.maintain(IT)
    assert room.notices == {"looking": "Nakijken lukte niet. Kijk opnieuw."}


@pytest.mark.parametrize("outcome", ["printed", "no_printer", "paper_out", "print_failed"])
def test_prints_a_page_and_says_what_came_of_it(room: Room, outcome: str) -> None:
    room.machine.printed = outcome
    room.maintain(HELPER)
    room.press(Trial.PRINT)
    assert room.notices["told.print"] == texts_of("nl").tr(f"desk.kiosk.print.{outcome}")


def test_tries_sound_reader_and_network(room: Room) -> None:
    room.maintain(IT)
    for trial in (Trial.SOUND, Trial.READER, Trial.NETWORK):
        room.press(trial)
    assert room.sounds == 1
    assert "stap 3 van 5" in room.notices["told.sound"]
    assert "65 dBA" in room.notices["told.sound"]
    assert room.notices["told.reader"] == "De kaartlezer is weg. Kijk naar de stekker."
    assert room.notices["told.network"] == "De verzenddienst geeft geen teken. Kijk naar loket-sync."


def test_tests_the_corners(room: Room) -> None:
    room.maintain(IT)
    room.press(Trial.TOUCH)
    room.covers.pop()(True)
    assert room.notices["told.touch"] == "Het scherm voelt alle hoeken."
    room.press(Trial.TOUCH)
    room.covers.pop()(False)
    assert "Niet elke hoek" in room.notices["told.touch"]


def test_starts_loket_again_and_signs_out(room: Room) -> None:
    room.maintain(IT)
    room.press(Trial.RESTART)
    assert room.ended == [EndsAt.AGAIN]
    room.settle()
    assert room.door.left == [IT.staff_id]


@pytest.mark.parametrize(("trial", "other"), [("reboot", "power_off"), ("power_off", "reboot")])
def test_switches_off_only_where_allowed_and_asked_twice(qtbot: QtBot, trial: str, other: str) -> None:
    room = Room(qtbot, may_power_off=True)
    room.maintain(IT)
    room.press(trial)
    assert room.machine.asked == ["look"]
    room.press(other)
    assert room.machine.asked == ["look"]
    room.press(trial)
    room.press(trial)
    assert room.machine.asked == ["look", trial]
    room.machine.may_power = False
    room.press(trial)
    room.press(trial)
    assert room.notices[f"told.{trial}"] == "Dit mag hier niet. Vraag het aan de beheerder."
    room.background.close(waits=True)


def test_goes_back_to_the_menu_still_signed_in(room: Room) -> None:
    room.maintain(IT)
    room.exit.handle(Pressed(BACK))
    assert (room.view.name, room.door.left) == ("staff-menu", [])
    assert {OPEN, REST, CLOSE, MAINTAIN} == set(room.trials)


def test_leaves_in_a_hurry(room: Room) -> None:
    room.maintain(IT)
    room.exit.handle(Pressed(LEAVE))
    assert room.ended == [EndsAt.NEUTRAL]


def test_leaves_by_itself_when_nobody_touches_it_but_not_under_a_cover(qtbot: QtBot) -> None:
    room = Room(qtbot, waits_ms=40)
    room.maintain(IT)
    room.press(Trial.CLEAN)
    qtbot.wait(40 * MAINTENANCE_WAITS_TIMES * 2)
    assert room.ended == []
    room.covers.pop()()
    qtbot.waitUntil(lambda: room.ended == [EndsAt.START])
    room.background.close(waits=True)
