# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the reader tells on its own thread reaches the window's, once and in order; what nobody waits for does not."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.background import Background
from kiosk.card_page import CAN, LAY, TYPE, USE, CardPage, Stage
from kiosk.card_work import CardWork
from kiosk.devices.emrtd.document import Document, Reading
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.effects import EndsAt
from kiosk.idle_clock import IdleTimes
from kiosk.view import LEAVE, NEXT, READ, Chose, Event, Pressed, Typed, View
from kiosk.visit import Visit
from tests.fakes.id_reader import FakeIdReader
from tests.journeys.citizen import Citizen
from tests.kiosk.card_visits import GENUINE, WILLEKE, at_question, laid
from tests.kiosk.test_visit import HeldOffice, RememberingEar, RememberingScreen


class Desk:
    """A whole visit that stands at a card, with a reader in the hand."""

    def __init__(self, citizen: Citizen, longest_s: int = 60) -> None:
        self.navigator = citizen.navigator
        self.reader = FakeIdReader()
        self.screen, self.ear = RememberingScreen(), RememberingEar()
        self.ends: list[EndsAt] = []
        self.told: list[Presence] = []
        self.ms = 0
        self.background = Background()
        self.visit = Visit(
            self.navigator,
            self.screen,
            self.ear,
            HeldOffice(citizen.clock),
            self.background,
            self.ends.append,
            idle=IdleTimes(240, 60),
            clock_ms=lambda: self.ms,
        )
        self.work = self.visit.take_card_work(
            lambda changed: CardWork(
                self.navigator.card_desk, self.reader, changed, self.told.append, longest_s=longest_s
            )
        )
        self.work.watch()
        self.visit.begin()

    def does(self, *events: Event) -> None:
        for event in events:
            self.visit.handle(event)

    @property
    def view(self) -> View:
        return self.screen.views[-1]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk(laid())
    made.does(Typed(CAN, "123456"), Pressed(NEXT))
    return made


def settled(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so, timeout=5000)


def test_reads_with_the_key_and_shows_each_step(desk: Desk, qtbot: QtBot) -> None:
    assert len(desk.reader.keys) == 1
    desk.reader.comes_to(Progress(Step.FILES, 0.5))

    settled(qtbot, lambda: desk.navigator.card_desk.page.step is Step.FILES)
    assert "Stap 3 van 4." in repr(desk.view)


def test_says_each_step_to_who_has_the_screen_read_aloud(desk: Desk, qtbot: QtBot) -> None:
    desk.does(Pressed(READ))
    desk.reader.comes_to(Progress(Step.ACCESS, 0.2))

    settled(qtbot, lambda: "card-reading progress" in desk.ear.said)


def test_reads_the_outcome_aloud(desk: Desk, qtbot: QtBot) -> None:
    desk.does(Pressed(READ))
    desk.reader.ends(GENUINE)

    settled(qtbot, lambda: desk.ear.said[-1] == "card-read")


def test_brings_all_news_to_the_thread_of_the_window(qtbot: QtBot) -> None:
    here = threading.get_ident()
    seen: list[int] = []
    citizen = laid().type(CAN, "123456")
    desk = citizen.navigator.card_desk
    reader = FakeIdReader()
    work = CardWork(desk, reader, lambda: seen.append(threading.get_ident()))
    (effect,) = citizen.go_on().effects[-1:]
    work.carry_out(effect)  # type: ignore[arg-type]

    reader.comes_to(Progress(Step.ACCESS, 0.2))
    reader.ends(GENUINE)
    settled(qtbot, lambda: len(seen) == 2)

    assert set(seen) == {here}
    assert desk.page.stage is Stage.READ


def test_throws_late_news_of_a_reading_that_was_stopped_away(desk: Desk, qtbot: QtBot) -> None:
    desk.does(Pressed(TYPE))
    assert desk.reader.cancelled == 1
    desk.reader.ends(GENUINE)
    desk.does(Pressed(LAY), Chose("card.kind", "id_card"), Pressed(NEXT), Typed(CAN, "654321"), Pressed(NEXT))

    desk.reader.ends(Reading(CardState.DONE), reading=0)  # the first one once more
    desk.reader.comes_to(Progress(Step.CHECKS, 0.9))
    settled(qtbot, lambda: desk.navigator.card_desk.page.step is Step.CHECKS)

    assert desk.navigator.card_desk.page.stage is Stage.READING


def test_tells_whether_there_is_a_reader(desk: Desk, qtbot: QtBot) -> None:
    desk.reader.lays(Presence.NO_READER)
    desk.reader.lays(Presence.CARD)

    settled(qtbot, lambda: desk.told == [Presence.EMPTY, Presence.NO_READER, Presence.CARD])


def test_gives_words_when_a_reader_never_answers(qtbot: QtBot) -> None:
    made = Desk(laid(), longest_s=0)
    made.does(Typed(CAN, "123456"), Pressed(NEXT))

    settled(qtbot, lambda: made.view.name == "card-timeout")
    assert made.reader.cancelled == 1


def test_says_so_where_there_is_no_reader_after_all(qtbot: QtBot) -> None:
    citizen = laid().type(CAN, "123456").go_on()
    changed: list[bool] = []
    work = CardWork(citizen.navigator.card_desk, None, lambda: changed.append(True))
    work.carry_out(citizen.effects[-1])  # type: ignore[arg-type]

    assert citizen.view.name == "card-no-reader"
    assert changed


def test_cancels_and_closes_when_somebody_leaves(desk: Desk) -> None:
    desk.does(Pressed(LEAVE))

    assert desk.ends == [EndsAt.NEUTRAL]
    assert desk.reader.cancelled == 1
    assert desk.reader.is_closed


def test_does_not_count_the_time_that_a_card_is_read(desk: Desk, qtbot: QtBot) -> None:
    for _ in range(300):
        desk.ms += 1000
        desk.visit._idle_clock.tick()
    assert desk.ends == []

    desk.reader.ends(Reading(CardState.TIMEOUT))
    settled(qtbot, lambda: desk.view.name == "card-timeout")
    for _ in range(300):
        desk.ms += 1000
        desk.visit._idle_clock.tick()
    assert desk.ends == [EndsAt.START]
    assert desk.reader.is_closed


def test_shows_nothing_of_a_document_after_the_visit_ended(desk: Desk, qtbot: QtBot) -> None:
    desk.does(Pressed(LEAVE))
    shown = len(desk.screen.views)
    desk.reader.ends(GENUINE)
    desk.reader.comes_to(Progress(Step.CHECKS, 0.9))
    desk.work._presence_changed.emit(Presence.CARD)
    qtbot.waitUntil(lambda: len(desk.screen.views) == shown, timeout=1000)

    assert "Willeke" not in repr(desk.screen.views)


def test_drops_the_reading_at_once(desk: Desk, qtbot: QtBot) -> None:
    """Not even the collector finds a document, once what would be used is on the screen and the reader forgot it."""

    def documents() -> list[Document]:
        return [thing for thing in gc.get_objects() if isinstance(thing, Document) and thing.surname == "Eenmalig"]

    once = Reading(CardState.DONE, replace(WILLEKE, surname="Eenmalig"))
    desk.reader.ends(once)
    settled(qtbot, lambda: desk.view.name == "card-read")
    del once
    gc.collect()

    assert documents() == []


def test_uses_what_was_read_and_keeps_the_rest_of_the_visit_going(desk: Desk, qtbot: QtBot) -> None:
    desk.reader.ends(GENUINE)
    settled(qtbot, lambda: desk.view.name == "card-read")
    desk.does(Pressed(USE))

    assert desk.view.name == "bel.naam"
    assert desk.navigator.card_desk.page == CardPage()
    assert "Willeke Liselotte de Bruijn" in repr(desk.view)


def test_takes_the_lines_of_a_reader_that_types(qtbot: QtBot) -> None:
    made = Desk(at_question())
    made.does(Pressed(LAY))
    made.work.swiped(None)
    assert made.view.name == "card-lines"
