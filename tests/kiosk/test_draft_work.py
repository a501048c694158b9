# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers kept and opened beside the UI thread: "Even geduld" meanwhile, and what came of it after (feature C25)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from domain.draft import Draft, DraftOutcome, DraftReply, KeptDraft
from domain.errors import StoreFullError
from kiosk.background import Background
from kiosk.effects import ForgetDraft, KeepDraft, OpenDraft
from kiosk.later_page import CODE, KEEP, WIPE
from kiosk.navigator import Navigator
from kiosk.screens import ending, start
from kiosk.view import LEAVE, NEXT, STOP, BigNumber, Notice, Pressed, Typed
from kiosk.visit import Visit
from kiosk.visit_ports import NoEar
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.kiosk.test_visit import HeldOffice, RememberingScreen


@dataclass
class FakeDrafts:
    """Keeps drafts in memory, when it is let."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    goes_on: threading.Event = field(default_factory=threading.Event)
    is_full: bool = False

    def keep_draft(self, asked: KeepDraft) -> KeptDraft:
        assert self.goes_on.wait(30)
        if self.is_full:
            raise StoreFullError("the disk is full", "make room")
        self.drafts["00"] = asked.draft
        return KeptDraft("00", "BKDF-RTXZ", 7, date(2026, 12, 1))

    def open_draft(self, asked: OpenDraft) -> DraftReply:
        assert self.goes_on.wait(30)
        draft = self.drafts.get("00") if asked.code == "BKDF-RTXZ" else None
        if draft is None:
            return DraftReply(DraftOutcome.WRONG_CODE, tries_left=4)
        return DraftReply(DraftOutcome.OPENED, draft, "00")

    def forget_draft(self, asked: ForgetDraft) -> None:
        del self.drafts[asked.draft_id]


class Room:
    """A visit that keeps drafts."""

    def __init__(self, qtbot: QtBot, drafts: FakeDrafts | None) -> None:
        self._qtbot = qtbot
        self.background, clock = Background(), FakeClock()
        navigator = Navigator(library(), texts_of, replace(PLACE, draft_days=7), clock)
        self.visit = Visit(
            navigator,
            RememberingScreen(),
            NoEar(),
            HeldOffice(clock),
            self.background,
            lambda _at: None,
            draft_office=drafts,
        )
        self.visit.begin()

    @property
    def name(self) -> str:
        return self.visit.navigator.view.name

    @property
    def notices(self) -> list[str]:
        return [part.title for part in self.visit.navigator.view.parts if isinstance(part, Notice)]

    def do(self, *events: Pressed | Typed) -> None:
        for event in events:
            self.visit.handle(event)

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.background.is_busy, timeout=10_000)

    def stop_half_way(self) -> None:
        self.do(Pressed("service:bel"), Pressed(NEXT), Pressed("offer.unknown"), Pressed(NEXT))
        self.do(Pressed(STOP), Pressed(ending.LATER), Pressed(KEEP))


@pytest.fixture
def drafts() -> FakeDrafts:
    return FakeDrafts()


@pytest.fixture
def rooms(qtbot: QtBot, drafts: FakeDrafts) -> Iterator[list[Room]]:
    made = [Room(qtbot, drafts), Room(qtbot, drafts), Room(qtbot, None)]
    yield made
    drafts.goes_on.set()
    for room in made:
        room.do(Pressed(LEAVE))
        room.background.close(waits=True)


def test_asks_for_patience_until_the_answers_are_kept(rooms: list[Room], drafts: FakeDrafts) -> None:
    room = rooms[0]
    room.stop_half_way()
    assert room.name == "later-wait"
    room.do(Pressed(KEEP), Pressed(NEXT), Pressed(STOP))
    assert room.name == "later-wait"

    drafts.goes_on.set()
    room.settle()
    assert room.name == "later-kept"
    assert [part.text for part in room.visit.navigator.view.parts if isinstance(part, BigNumber)] == ["BKDF-RTXZ"]


def test_the_next_visit_goes_on_with_the_code(rooms: list[Room], drafts: FakeDrafts) -> None:
    drafts.goes_on.set()
    rooms[0].stop_half_way()
    rooms[0].settle()
    rooms[1].do(Pressed(start.LATER), Typed(CODE, "bkdf rtxz"), Pressed(NEXT))
    assert rooms[1].name == "later-wait"
    rooms[1].settle()
    assert rooms[1].name == "later-opened"

    rooms[1].do(Pressed(WIPE))
    rooms[1].settle()
    assert rooms[1].name == "later-wiped"
    assert not drafts.drafts


def test_says_so_when_the_disk_is_full_and_loses_nothing(rooms: list[Room], drafts: FakeDrafts) -> None:
    drafts.goes_on.set()
    drafts.is_full = True
    rooms[0].stop_half_way()
    rooms[0].settle()

    assert rooms[0].name == "later"
    assert "Dat lukte nu niet. Probeer het nog eens. Of vraag hulp." in rooms[0].notices
    drafts.is_full = False
    rooms[0].do(Pressed(KEEP))
    rooms[0].settle()
    assert rooms[0].name == "later-kept"


def test_says_so_where_there_are_no_drafts(rooms: list[Room]) -> None:
    rooms[2].stop_half_way()
    assert rooms[2].name == "later"
    rooms[2].do(Pressed(ending.YES_STOP))
