# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole visit with a screen that only remembers, an office in the hand, and an idle clock that the test rings."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from commands.demo_visitor import DemoVisitor, read_scripts
from domain.errors import StoreError
from domain.intake import Intake
from domain.receipt import Receipt
from domain.service import Privacy
from domain.understanding import Reply, TextVersion
from kiosk.background import Background
from kiosk.effects import EndsAt, Order, Sheet
from kiosk.filing import Filing
from kiosk.idle_clock import LONGEST_WAIT_S, IdleClock, IdleTimes
from kiosk.navigator import Navigator
from kiosk.screens.ending import AWAKE, PRINT, PRINT_ANSWERS, STAY, TRY_AGAIN
from kiosk.sync_signals import SyncSignals
from kiosk.view import (
    AGAIN,
    BACK,
    EAR,
    FASTER,
    HUMAN,
    LEAVE,
    LOUDER,
    NEXT,
    PRACTISE,
    READ,
    SCREEN,
    SLOWER,
    SOFTER,
    SOUND,
    STOP,
    TRIED,
    BigNumber,
    Button,
    ButtonRow,
    Chose,
    Event,
    Field,
    Notice,
    Pressed,
    Typed,
    View,
)
from kiosk.visit import Visit
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, library, texts_of

IDLE = IdleTimes(240, 60)


@dataclass
class RememberingScreen:
    views: list[View] = field(default_factory=list)

    def show_view(self, view: View) -> None:
        self.views.append(view)


@dataclass
class RememberingEar:
    said: list[str] = field(default_factory=list)
    stops: int = 0
    is_speaking: bool = False
    rate: int = 3
    volume: int = 3

    def read(self, view: View, only: tuple[str, ...] = (), first: str = "") -> None:
        self.said.append(" ".join((*((first,) if first else ()), view.name, *only)))

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        self.said.append(text)

    def repeat(self, by: int = 0) -> None:
        self.said.append(f"repeat {by}")

    def set_rate(self, rate: int) -> None:
        self.rate = rate

    def louder(self) -> int:
        self.volume += 1
        return self.volume

    def softer(self) -> int:
        self.volume -= 1
        return self.volume

    def stop(self) -> None:
        self.stops += 1


class HeldOffice:
    """Files for real into a store in memory; printing waits until the test lets go."""

    def __init__(self, clock: FakeClock) -> None:
        self.store = FakeCaseStore()
        self._filing = Filing(Intake(self.store, FakeSealer()), library(), texts_of, PLACE, clock, "bieb-01")
        self.orders: list[Order] = []
        self.printer_goes_on = threading.Event()
        self.printer_goes_on.set()
        self.copier_goes_on = threading.Event()
        self.copier_goes_on.set()
        self.printed = 0
        self.breaks_with: BaseException | None = None

    def file(self, order: Order) -> Receipt:
        self.orders.append(order)
        if self.breaks_with is not None:
            raise self.breaks_with
        return self._filing.file(order)

    def keep_copies(self) -> None:
        assert self.copier_goes_on.wait(30)
        self.store.write_copies()

    def print_receipt(self, receipt: Receipt) -> str:
        return self._print()

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        return self._print()

    def print_sheet(self, sheet: Sheet) -> str:
        return self._print()

    def _print(self) -> str:
        assert self.printer_goes_on.wait(30)
        self.printed += 1
        return "printed"


@dataclass
class Room:
    """A visit and everything around it."""

    qtbot: QtBot
    clock: FakeClock = field(default_factory=FakeClock)
    screen: RememberingScreen = field(default_factory=RememberingScreen)
    ear: RememberingEar = field(default_factory=RememberingEar)
    ends: list[EndsAt] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    now_ms: int = 0
    chimes: int = 0
    counted: list[tuple[TextVersion, Reply]] = field(default_factory=list)
    has_headphones: bool = False

    def __post_init__(self) -> None:
        self.office = HeldOffice(self.clock)
        self.background = Background()
        self.navigator = Navigator(library(), texts_of, PLACE, self.clock)
        self.visit = Visit(
            self.navigator,
            self.screen,
            self.ear,
            self.office,
            self.background,
            self.ends.append,
            idle=IDLE,
            clock_ms=lambda: self.now_ms,
            chime=self.chime,
            understanding=self,
            hears_alone=lambda: self.has_headphones,
            signals=lambda: SyncSignals(self.office.store, self.background),
            failed=self.faults.append,
        )
        self.visit.begin()

    @property
    def view(self) -> View:
        return self.screen.views[-1]

    @property
    def idle_clock(self) -> IdleClock:
        return self.visit._idle_clock

    def lie_still(self, seconds: int) -> None:
        """Let time pass in which nobody does anything."""
        for _ in range(seconds):
            self.now_ms += 1000
            if self.idle_clock.is_running:
                self.idle_clock.tick()

    def chime(self) -> None:
        self.chimes += 1

    def count(self, text: TextVersion, reply: Reply) -> None:
        self.counted.append((text, reply))

    def do(self, *events: Event) -> None:
        for event in events:
            self.visit.handle(event)

    def buttons(self) -> set[str]:
        rows = [part for part in self.view.parts if isinstance(part, ButtonRow)]
        found: list[Button] = [*self.view.bar, *self.view.tools]
        return {button.id for button in found} | {button.id for row in rows for button in row.buttons}

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def go_to(self, wanted: str) -> None:
        """Do the service `bel` until a screen."""
        script = next(script for script in read_scripts() if script.service_id == "bel")
        visitor = DemoVisitor(script, self.navigator.today)
        for _ in range(60):
            if self.view.name == wanted:
                return
            self.do(*visitor.acts(self.view))
        raise AssertionError(self.view.name)

    def confirm(self) -> None:
        self.go_to("bel.check")
        self.do(Pressed(NEXT))


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.office.printer_goes_on.set()
    made.do(Pressed(LEAVE))
    made.background.close(waits=True)


def test_shows_the_receipt_only_when_the_case_is_kept(room: Room) -> None:
    room.confirm()
    assert room.view.name == "keeping"
    room.wait(lambda: room.view.name == "bel.confirmation")

    number = next(part.text for part in room.view.parts if isinstance(part, BigNumber))
    assert [case.reference for case in room.office.store.summaries()] == [number]


def test_shows_the_receipt_before_the_second_copy_is_written_and_writes_it_when_the_visit_ends(room: Room) -> None:
    room.office.copier_goes_on.clear()
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    assert room.office.store.copied == 0

    room.do(Pressed(LEAVE))
    room.office.copier_goes_on.set()
    room.background.close(waits=True)
    assert room.office.store.copied == 1


@pytest.mark.parametrize(
    "error", [StoreError("full", "make room"), OSError(28, "no space"), ValueError(), SystemExit()]
)
def test_shows_a_way_out_whatever_breaks_while_the_case_is_kept(room: Room, error: BaseException) -> None:
    room.office.breaks_with = error
    room.confirm()
    room.wait(lambda: room.view.name == "failure")

    assert {HUMAN, TRY_AGAIN, PRINT_ANSWERS} <= room.buttons()
    assert not any(isinstance(part, BigNumber) for part in room.view.parts)
    room.wait(lambda: not room.background.is_busy)
    assert len(room.faults) == 1


def test_trying_again_after_a_failure_keeps_the_same_case(room: Room) -> None:
    room.office.breaks_with = StoreError("full", "make room")
    room.confirm()
    room.wait(lambda: room.view.name == "failure")
    room.office.breaks_with = None
    room.do(Pressed(TRY_AGAIN))
    room.wait(lambda: room.view.name == "bel.confirmation")

    assert len({order.case_id for order in room.office.orders}) == 1
    assert len(room.office.store.summaries()) == 1


def test_prints_the_paper_road_after_a_failure(room: Room) -> None:
    room.office.breaks_with = StoreError("full", "make room")
    room.confirm()
    room.wait(lambda: room.view.name == "failure")
    room.do(Pressed(PRINT_ANSWERS))
    room.wait(lambda: room.office.printed == 1)


def test_many_taps_while_the_case_is_kept_keep_it_once(room: Room) -> None:
    room.go_to("bel.check")
    room.do(*[Pressed(NEXT)] * 20)
    room.wait(lambda: room.view.name == "bel.confirmation")

    assert len(room.office.orders) == 1


@pytest.mark.parametrize(
    ("has_headphones", "said"), [(False, "Gekozen"), (True, "bel.onderwerp answer.geld")], ids=["hall", "headphones"]
)
def test_the_hall_does_not_hear_which_answer_was_pressed(room: Room, said: str, *, has_headphones: bool) -> None:
    room.go_to("bel.onderwerp")
    room.has_headphones = has_headphones
    room.do(Pressed(READ), Chose("answer", "geld"))

    assert room.ear.said[-1] == said


def test_what_keeps_somebody_here_is_said_each_time_they_want_to_go_on(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.do(Pressed(READ), Typed("phone", "06 12"), Pressed(NEXT), Pressed(NEXT))

    assert room.ear.said[-2:] == ["bel.telefoon problem", "bel.telefoon problem"]
    room.do(Typed("phone", "06 12345"))
    assert len([said for said in room.ear.said if said.endswith(" problem")]) == 2


def test_leaving_in_a_hurry_ends_at_once_on_the_neutral_screen(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.do(Typed("phone", "06 12345678"))
    shown = len(room.screen.views)
    room.do(Pressed(LEAVE), Pressed(LEAVE), Pressed(NEXT), Typed("phone", "0"))

    assert room.ends == [EndsAt.NEUTRAL]
    assert not room.idle_clock.is_running
    assert len(room.screen.views) <= shown + 1


def test_nothing_of_a_visit_comes_back_on_the_screen_after_it_ended(room: Room) -> None:
    room.confirm()
    room.do(Pressed(LEAVE))
    shown = len(room.screen.views)
    room.wait(lambda: not room.background.is_busy)

    assert len(room.screen.views) == shown
    assert len(room.office.store.summaries()) == 1
    room.visit.touched()
    assert not room.idle_clock.is_running


def test_stopping_with_nothing_typed_ends_at_the_start_screen(room: Room) -> None:
    room.do(Pressed("service:bel"), Pressed(NEXT), Pressed(STOP))

    assert room.ends == [EndsAt.START]


def test_an_untouched_kiosk_never_ends_by_itself(room: Room) -> None:
    room.lie_still(3600)

    assert room.ends == []
    assert room.view.name == "start"


def test_warns_a_minute_before_an_idle_visit_ends(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.lie_still(179)
    assert room.view.name == "bel.telefoon"
    room.lie_still(1)
    assert room.view.name == "idle"
    room.lie_still(59)
    assert room.ends == []
    room.lie_still(1)

    assert room.ends == [EndsAt.START]


@pytest.mark.parametrize("sign", ["button", "key or touch"])
def test_the_end_is_put_off_without_end_and_everything_stays(room: Room, sign: str) -> None:
    room.go_to("bel.telefoon")
    room.do(Typed("phone", "06 12345678"), Pressed("why"))
    before = room.view
    for _ in range(25):
        room.lie_still(239)
        assert room.view.name == "idle"
        if sign == "button":
            room.do(Pressed(STAY))
        else:
            room.visit.touched()

        assert room.view == before
    assert room.ends == []


def test_the_draft_is_there_until_the_last_second(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.do(Typed("phone", "06"))
    room.lie_still(239)
    room.visit.touched()

    assert next(part.text for part in room.view.parts if isinstance(part, Field)) == "06"


def test_the_warning_stands_over_a_screen_that_was_gone_to_aside(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.do(Pressed(HUMAN))
    room.lie_still(180)
    room.visit.touched()

    assert room.view.name == "human"


def test_the_time_that_is_left_is_shown_in_steps_of_ten_seconds(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.lie_still(239)
    shown = [
        part.title for view in room.screen.views if view.is_over for part in view.parts if isinstance(part, Notice)
    ]

    assert [re.findall(r"\d+", title) for title in shown] == [[str(left)] for left in (60, 50, 40, 30, 20, 10)]


def test_the_warning_says_that_what_was_sent_is_kept(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.lie_still(180)

    assert "bewaard" in next(part.title for part in room.view.parts if isinstance(part, Notice))


def test_the_warning_is_a_soft_sound_for_who_reads_alone(room: Room) -> None:
    room.go_to("bel.telefoon")
    said = len(room.ear.said)
    room.lie_still(239)

    assert room.chimes == 2
    assert len(room.ear.said) == said


@pytest.mark.parametrize("why", ["reading", "headphones"])
def test_the_warning_is_spoken_twice_at_most(room: Room, why: str) -> None:
    room.go_to("bel.telefoon")
    if why == "reading":
        room.do(Pressed(READ))
    else:
        room.has_headphones = True
    room.ear.said.clear()
    room.lie_still(239)

    assert [said.split()[:2] for said in room.ear.said] == [["idle", "title"]] * 2
    assert room.chimes == 0


def test_who_stays_hears_where_that_is_and_not_the_whole_screen_again(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.do(Pressed(READ))
    room.lie_still(180)
    room.ear.said.clear()
    room.visit.touched()

    assert room.ear.said == ["bel.telefoon where title"]


def test_what_is_pressed_under_the_warning_is_done_from_where_one_was(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.lie_still(180)
    room.do(Pressed(HUMAN), Pressed(BACK))
    assert room.view.name == "bel.telefoon"
    room.lie_still(180)
    room.do(Pressed(LEAVE))

    assert room.ends == [EndsAt.NEUTRAL]


def test_time_in_which_loket_speaks_does_not_count(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.lie_still(170)
    room.ear.is_speaking = True
    room.lie_still(600)
    room.ear.is_speaking = False
    room.lie_still(9)
    assert room.view.name == "bel.telefoon"
    room.lie_still(1)

    assert room.view.name == "idle"


def test_the_warning_itself_takes_no_time_from_who_listens_to_it(room: Room) -> None:
    room.go_to("bel.telefoon")
    room.lie_still(180)
    room.ear.is_speaking = True
    room.lie_still(120)
    room.ear.is_speaking = False
    room.lie_still(59)

    assert room.ends == []


def test_time_in_which_loket_prints_does_not_count(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.office.printer_goes_on.clear()
    room.do(Pressed(PRINT))
    room.lie_still(300)

    assert room.view.name == "bel.confirmation"


def test_a_printer_that_hangs_does_not_keep_answers_on_the_screen_for_ever(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.office.printer_goes_on.clear()
    room.do(Pressed(PRINT))
    room.lie_still(LONGEST_WAIT_S + 240)

    assert room.ends == [EndsAt.START]


def test_a_paper_that_comes_out_takes_the_warning_away(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.office.printer_goes_on.clear()
    room.do(Pressed(PRINT))
    room.lie_still(LONGEST_WAIT_S + 190)
    assert room.view.name == "idle"
    room.office.printer_goes_on.set()

    room.wait(lambda: room.view.name == "bel.confirmation")


def test_the_neutral_screen_waits_and_then_starts(room: Room) -> None:
    room.navigator.begin_neutral()
    room.visit.begin()
    room.lie_still(3600)
    assert room.ends == []
    room.do(Pressed(AWAKE))

    assert room.view.name == "start"


def test_speech_stops_at_every_touch(room: Room) -> None:
    room.do(Pressed(READ))
    stops = room.ear.stops
    room.visit.touched()
    room.do(Pressed("service:bel"))

    assert room.ear.stops == stops + 2


def test_reads_each_new_screen_once_while_reading_is_on(room: Room) -> None:
    room.do(Pressed("service:bel"))
    assert room.ear.said == []
    room.do(Pressed(READ), Pressed(NEXT))
    first_question = room.view.name

    assert room.ear.said == ["bel.service", first_question]


def test_says_keys_only_while_reading_is_on(room: Room) -> None:
    room.visit.key_said("a", Privacy.PERSONAL)
    room.do(Pressed(READ))
    room.visit.key_said("b", Privacy.PERSONAL)

    assert room.ear.said == ["start", "b"]


def test_a_story_of_a_hundred_thousand_signs_is_kept_as_given(room: Room) -> None:
    story = ("\u202e\0<b>&\U0001f642\t" * 20_000)[:100_000]
    room.go_to("bel.naam")
    field_id = "text"
    room.do(Typed(field_id, story), Pressed(NEXT))
    room.go_to("bel.check")
    room.do(Pressed(NEXT))
    room.wait(lambda: room.view.name in ("bel.confirmation", "failure"))

    assert room.view.name == "bel.confirmation"
    assert story in {text for answer in room.office.orders[0].answers for text in answer.fields.values()}


def test_tells_what_changed_on_a_screen_that_stays_when_it_is_read_aloud(room: Room) -> None:
    room.do(Pressed(READ), Pressed("service:bel"), Pressed(NEXT))
    before = len(room.ear.said)
    room.do(Pressed("offer.unknown"))
    assert room.ear.said[before:] == ["bel.voor-wie offer.unknown"]


def test_tells_what_a_key_came_to_only_when_the_screen_is_read_aloud(room: Room) -> None:
    room.visit.walked("service:bel", "Bel mij terug")
    assert room.ear.said == []
    room.do(Pressed(READ))
    room.visit.walked("service:bel", "Bel mij terug")
    room.visit.walked("", "Omlaag")
    assert room.ear.said[-2:] == ["start service:bel", "Omlaag"]


def test_counts_whether_the_text_was_understood_before_the_visit_ends(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.do(Pressed(NEXT), Pressed("tell_back:nothing"))
    assert room.view.name == "bel.told-back"
    room.do(Pressed(NEXT))
    room.wait(lambda: bool(room.counted))

    assert room.ends == [EndsAt.START]
    assert [(text.service_id, text.language, reply) for text, reply in room.counted] == [("bel", "nl", Reply.OTHER)]


def test_a_visit_that_lies_still_at_the_question_counts_nothing(room: Room) -> None:
    room.confirm()
    room.wait(lambda: room.view.name == "bel.confirmation")
    room.do(Pressed(NEXT))
    room.wait(lambda: not room.background.is_busy)
    room.lie_still(240)

    assert room.ends == [EndsAt.START]
    assert room.counted == []


def test_help_says_where_one_is_whether_or_not_the_screen_is_read_aloud(room: Room) -> None:
    room.do(Pressed(SOUND))
    assert room.ear.said[-1] == f"sound title here can {EAR} keys"
    room.do(Pressed(BACK))
    assert room.view.name == "start"
    assert room.ear.said[-1] == f"sound title here can {EAR} keys"  # nobody asked to be read to


def test_who_is_read_to_hears_where_they_are_back_and_not_the_whole_screen(room: Room) -> None:
    room.do(Pressed(READ), Pressed(SOUND), Pressed(BACK))

    assert room.ear.said[-1] == "start where title"


def test_the_ear_key_reads_from_the_top_every_time(room: Room) -> None:
    room.do(Pressed(EAR), Pressed(EAR))

    assert room.ear.said[-2:] == ["start", "start"]
    assert room.view.preferences.is_reading


def test_louder_does_not_cut_the_voice_off_and_says_how_loud_only_in_silence(room: Room) -> None:
    room.do(Pressed(READ))
    room.ear.is_speaking, stops = True, room.ear.stops
    room.do(Pressed(LOUDER))
    assert (room.ear.volume, room.ear.stops) == (4, stops)
    assert room.ear.said[-1] == "start"
    room.ear.is_speaking = False
    room.do(Pressed(SOFTER))
    assert room.ear.said[-1] == "Geluid: 3 van 5"


def test_another_speed_is_spoken_at_that_speed(room: Room) -> None:
    room.do(Pressed(FASTER))

    assert room.ear.rate == 4
    assert room.ear.said[-1] == "Snelheid: 4 van 5"


def test_a_piece_is_repeated_without_reading_the_screen_again(room: Room) -> None:
    room.do(Pressed(READ), Pressed(SOUND), Pressed(AGAIN))

    assert room.ear.said[-1] == "repeat 0"
    assert room.view.name == "start"


@pytest.mark.parametrize("button", [SOUND, EAR, AGAIN, SLOWER, SCREEN, PRACTISE, TRIED + "up"])
def test_speech_stops_at_every_press_about_the_voice_but_louder_and_softer(room: Room, button: str) -> None:
    stops = room.ear.stops
    room.do(Pressed(button))

    assert room.ear.stops == stops + 1


def test_a_key_that_is_tried_is_said_whether_or_not_the_screen_is_read_aloud(room: Room) -> None:
    room.do(Pressed(PRACTISE), Pressed(TRIED + "down"))

    assert room.ear.said[-1] == "keys key"
