# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which reader a visit gets, and what its coming and going and its lines do to the visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from commands import card_room
from commands.card_room import CardRoom, longest_s, make_reader
from commands.configuration import load_settings
from commands.id_reader import IdReader
from domain.settings import Settings
from kiosk.background import Background
from kiosk.card_page import LAY
from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.id_reader import IdReader as RealIdReader
from kiosk.devices.id_reader_port import IdReaderPort, Presence
from kiosk.devices.id_reader_simulated import SimulatedIdReader
from kiosk.view import LEAVE, Pressed
from kiosk.visit import Visit
from tests.fakes.clock import FakeClock
from tests.fakes.id_reader import FakeIdReader
from tests.journeys.citizen import Citizen
from tests.kiosk.card_visits import at_question
from tests.kiosk.test_visit import HeldOffice, RememberingEar, RememberingScreen

LINES = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
KEY = MrzKey("L898902C3", "740812", "120415")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text('[device]\nid = "kiosk-07"\ndata_dir = "data"\n')
    return load_settings(file)


def found(monkeypatch: pytest.MonkeyPatch, what: IdReader) -> None:
    monkeypatch.setattr(card_room, "id_reader", lambda settings: what)


def test_starts_nothing_where_no_reader_is_and_none_is_asked_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(monkeypatch, IdReader.NOT_CONFIGURED)

    assert make_reader(settings, FakeClock(), is_simulated=False) is None


@pytest.mark.parametrize("what", [IdReader.PRESENT, IdReader.ABSENT, IdReader.UNKNOWN])
def test_takes_the_real_reader_where_one_is_or_should_be(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, what: IdReader
) -> None:
    found(monkeypatch, what)

    reader = make_reader(settings, FakeClock(), is_simulated=False)
    assert isinstance(reader, RealIdReader)
    reader.close()


def test_simulates_a_reader_with_a_card_on_it(settings: Settings) -> None:
    reader = make_reader(settings, FakeClock(), is_simulated=True)

    assert isinstance(reader, SimulatedIdReader)
    assert reader.presence is Presence.CARD
    reader.close()


def test_waits_longer_than_the_reader_itself_may_take(settings: Settings) -> None:
    assert longest_s(settings) > 2 * settings.id_documents.all_s


class Room:
    def __init__(self, citizen: Citizen, make: Callable[[], IdReaderPort | None]) -> None:
        application = QGuiApplication.instance()
        assert application is not None
        self.navigator = citizen.navigator
        self.told: list[bool] = []
        self.is_free = True
        self.screen = RememberingScreen()
        self.visit = Visit(
            self.navigator,
            self.screen,
            RememberingEar(),
            HeldOffice(citizen.clock),
            Background(),
            lambda at: None,
            clock_ms=lambda: 0,
        )
        self.cards = CardRoom(
            application,
            self.visit,
            make,
            is_there=self.told.append,
            is_free=lambda: self.is_free,
            longest_s=60,
        )
        self.visit.begin()
        self.cards.look()


MakeRoom = Callable[[Citizen, Callable[[], IdReaderPort | None]], Room]


@pytest.fixture
def make_room() -> Iterator[MakeRoom]:
    made: list[Room] = []

    def make(citizen: Citizen, reader: Callable[[], IdReaderPort | None]) -> Room:
        made.append(Room(citizen, reader))
        return made[-1]

    yield make
    for room in made:
        room.cards.close()


def test_tells_each_time_whether_documents_can_be_laid_down(qtbot: QtBot, make_room: MakeRoom) -> None:
    reader = FakeIdReader()
    room = make_room(at_question(), lambda: reader)
    for presence in (Presence.NO_READER, Presence.CARD, Presence.SERVICE_DOWN):
        reader.lays(presence)

    qtbot.waitUntil(lambda: room.told == [True, False, True, False], timeout=5000)


def test_looks_again_for_a_reader_that_was_not_there(qtbot: QtBot, make_room: MakeRoom) -> None:
    readers: list[IdReaderPort | None] = [None]
    room = make_room(at_question(), lambda: readers[-1])
    readers.append(FakeIdReader())
    room.cards.look()
    room.cards.look()

    qtbot.waitUntil(lambda: room.told == [True], timeout=5000)


def test_reads_with_the_lines_of_a_reader_that_types(qtbot: QtBot, make_room: MakeRoom) -> None:
    reader = FakeIdReader()
    room = make_room(at_question(), lambda: reader)
    room.visit.handle(Pressed(LAY))
    assert room.cards._hears_lines()

    room.cards._on_swiped(LINES)
    assert reader.keys == [KEY]
    assert not room.cards._hears_lines()  # while it reads, keys are keys


def test_says_so_when_the_lines_do_not_hold_together(qtbot: QtBot, make_room: MakeRoom) -> None:
    room = make_room(at_question(), FakeIdReader)
    room.visit.handle(Pressed(LAY))
    room.cards._on_swiped(LINES.replace("7408122", "7408123"))

    assert room.screen.views[-1].name == "card-lines"


def test_hears_no_lines_anywhere_else(qtbot: QtBot, make_room: MakeRoom) -> None:
    room = make_room(at_question(), FakeIdReader)
    assert not room.cards._hears_lines()


def test_shows_nothing_over_somebody_who_works_here(qtbot: QtBot, make_room: MakeRoom) -> None:
    reader = FakeIdReader()
    room = make_room(at_question(), lambda: reader)
    room.visit.handle(Pressed(LAY))
    room.cards._on_swiped(LINES)
    shown = len(room.screen.views)
    room.is_free = False
    reader.lays(Presence.TWO_CARDS)
    qtbot.waitUntil(lambda: room.navigator.card_desk.page.are_two, timeout=5000)

    assert len(room.screen.views) == shown


def test_closes_the_reader_with_the_visit(qtbot: QtBot, make_room: MakeRoom) -> None:
    reader = FakeIdReader()
    room = make_room(at_question(), lambda: reader)
    room.visit.handle(Pressed(LEAVE))

    assert reader.is_closed
