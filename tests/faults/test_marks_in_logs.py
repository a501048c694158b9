# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Visits full of marks, and every kind of fault: no line of a log holds a mark (feature I14)."""

from __future__ import annotations

import logging
import random
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

import pytest
from pytestqt.qtbot import QtBot

from commands.crash_hooks import on_fault
from commands.fault_lines import tell_of, tell_of_fault
from commands.log_book import FOLDER, carry_logging, close_log, open_log, tell
from domain.draft import DraftReply, KeptDraft
from domain.draft_code import new_draft_code
from domain.errors import PaperError, SealingError, StoreFullError, StoreUnsureError
from domain.receipt import Receipt
from domain.reference import new_reference
from domain.settings import defaults
from domain.status_check import StatusReply
from kiosk.background import Background
from kiosk.effects import AddToCase, AskStatus, ForgetDraft, KeepDraft, OpenDraft, Order, Sheet
from kiosk.later_page import CODE, KEEP
from kiosk.navigator import Navigator
from kiosk.screens import ending, start
from kiosk.status_desk import CODE as STATUS_CODE
from kiosk.status_desk import NUMBER
from kiosk.view import (
    BACK,
    LEAVE,
    NEXT,
    STOP,
    Button,
    ButtonRow,
    Choices,
    Chose,
    Event,
    Field,
    FieldRow,
    Pressed,
    Tiles,
    Typed,
    View,
)
from kiosk.visit import Visit
from kiosk.visit_ports import NoEar
from sync.practice.faults import Fault, FaultKind
from tests.fakes.clock import FakeClock
from tests.journeys.citizen import PLACE, library, texts_of
from tests.sync.road import Road, built_road
from tests.sync.samples import MARK

TYPED = f"{MARK} 0612345678"
ERRORS = (
    lambda text: StoreFullError("the disk is full", "make room"),
    lambda text: StoreUnsureError("the disk failed", "try again"),
    lambda text: SealingError("no key", "make one"),
    lambda text: PaperError("no fonts"),
    ValueError,
    KeyError,
    RuntimeError,
    lambda text: OSError(5, text, text),
    lambda text: UnicodeEncodeError("ascii", text, 0, 1, text),
    sqlite3.DatabaseError,
    lambda text: ExceptionGroup(text, [ValueError(text)]),
)


@pytest.fixture
def written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    """Write the log as a process of Loket does, and give all that came of it."""
    root, ours = logging.getLogger(), logging.getLogger("loket")
    before = list(root.handlers), root.level, ours.level, logging.raiseExceptions
    settings = defaults()
    open_log(replace(settings, device=replace(settings.device, data_dir=tmp_path / "data")), FakeClock())
    carry_logging()
    root.setLevel(logging.DEBUG)
    yield Written(tmp_path / "data" / FOLDER, capsys)
    close_log()
    root.handlers[:], level, ours_level, logging.raiseExceptions = before
    root.setLevel(level)
    ours.setLevel(ours_level)


@dataclass
class Written:
    """All that a process left in words."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def text(self) -> str:
        said = self.capsys.readouterr()
        files = [file.read_text(encoding="utf-8") for file in sorted(self.folder.glob("*"))]
        names = [file.name for file in self.folder.glob("*")]
        return "\n".join((said.out, said.err, *files, *names))


class BreakingOffice:
    """Breaks at everything, each time in another way, with what the visitor typed in the error."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.asked: list[str] = []

    def _break(self, asked: object) -> NoReturn:
        self.asked.append(type(asked).__name__)
        raise self._chance.choice(ERRORS)(f"{TYPED} {asked!r}")

    def file(self, order: Order) -> Receipt:
        self._break(order)

    def keep_copies(self) -> None:
        self._break("")

    def print_receipt(self, receipt: Receipt) -> str:
        self._break(receipt)

    def print_paper_road(self, order: Order, *, is_haste: bool) -> str:
        self._break(order)

    def print_sheet(self, sheet: Sheet) -> str:
        self._break(sheet)

    def status(self, asked: AskStatus) -> StatusReply:
        self._break(asked)

    def add_to_case(self, added: AddToCase) -> None:
        self._break(added)

    def keep_draft(self, asked: KeepDraft) -> KeptDraft:
        self._break(asked)

    def open_draft(self, asked: OpenDraft) -> DraftReply:
        self._break(asked)

    def forget_draft(self, asked: ForgetDraft) -> None:
        self._break(asked)


class BlankScreen:
    def show_view(self, view: View) -> None:
        """Show nothing."""


def things_to_do(view: View) -> list[Event]:
    """Give all that can be done on a screen; every field can hold a mark."""
    found: list[Event] = []
    for part in view.parts:
        match part:
            case Field():
                found.append(Typed(part.id, TYPED))
            case FieldRow():
                found += [Typed(field.id, TYPED) for field in part.fields]
            case Choices():
                found += [Chose(part.id, option.id) for option in part.options]
            case ButtonRow():
                found += [Pressed(button.id) for button in part.buttons]
            case Button():
                found.append(Pressed(part.id))
            case Tiles():
                found += [Pressed(tile.id) for tile in part.tiles]
            case _:
                pass
    return found


SERVICES = ("bel", "fout", "schulden", "toeslag", "verhuizen", "straat")


@pytest.mark.parametrize("seed", range(len(SERVICES)))
def test_no_visit_that_breaks_leaves_a_mark_in_a_log(qtbot: QtBot, written: Written, seed: int) -> None:
    breaking = BreakingVisit(qtbot, random.Random(seed))
    breaking.ask_after_a_case()
    breaking.go_on_with_a_code()
    breaking.fill_in(SERVICES[seed])
    breaking.wander(60)
    breaking.end()

    asked = set(breaking.office.asked)
    assert {"AskStatus", "OpenDraft", "KeepDraft", "Order"} <= asked
    text = written.text()
    assert "unexpected: " in text
    assert MARK not in text


class BreakingVisit:
    """A visit where everything breaks, at the hands of somebody who types a mark wherever it can be typed."""

    def __init__(self, qtbot: QtBot, chance: random.Random) -> None:
        self._qtbot = qtbot
        self._chance = chance
        self.office = BreakingOffice(chance)
        self.background = Background()
        self.visit = Visit(
            Navigator(library(), texts_of, replace(PLACE, draft_days=7), FakeClock()),
            BlankScreen(),
            NoEar(),
            self.office,
            self.background,
            lambda _at: None,
            status_office=self.office,
            draft_office=self.office,
            failed=tell_of,
        )
        self.visit.begin()

    def do(self, *events: Event) -> None:
        """Do this, one after the other, and wait for what comes of it."""
        for event in events:
            try:
                self.visit.handle(event)
            except Exception as error:  # noqa: BLE001  as Qt hands it to the hook
                tell_of_fault(type(error), error, error.__traceback__)
            self._qtbot.waitUntil(lambda: not self.background.is_busy, timeout=20_000)

    def ask_after_a_case(self) -> None:
        self.do(Pressed(start.STATUS), Typed(NUMBER, new_reference()), Typed(STATUS_CODE, "1234"), Pressed(NEXT))
        self.do(Typed(NUMBER, TYPED), Pressed(NEXT), Pressed(BACK))

    def go_on_with_a_code(self) -> None:
        self.do(Pressed(start.LATER), Typed(CODE, TYPED), Pressed(NEXT))
        self.do(Typed(CODE, new_draft_code()), Pressed(NEXT), Pressed(BACK))

    def fill_in(self, service_id: str) -> None:
        """Go to the end of a service, and stop half way to keep it for later."""
        self.do(Pressed(f"service:{service_id}"))
        for number in range(60):
            view = self.visit.navigator.view
            if view.name == "failure":
                return
            self.do(*(event for event in things_to_do(view) if isinstance(event, Typed | Chose)))
            if number == 8:
                self.do(Pressed(STOP), Pressed(ending.LATER), Pressed(KEEP), Pressed(BACK))
            place = self.visit.navigator.spot
            self.do(Pressed(NEXT))
            if self.visit.navigator.spot == place:  # what was typed is no answer here
                self.do(Pressed("offer.unknown"), Pressed(NEXT))

    def end(self) -> None:
        self.do(Pressed(LEAVE))
        self.background.close(waits=True)

    def wander(self, steps: int) -> None:
        """Press whatever there is."""
        for _ in range(steps):
            ways = [*things_to_do(self.visit.navigator.view), Pressed(NEXT), Pressed(BACK)]
            self.do(self._chance.choice([way for way in ways if way != Pressed(ending.YES_STOP)]))


ANSWERS_OF_A_SERVER = [
    *(Fault(kind, code=MARK, param=MARK, seconds=0.1) for kind in FaultKind if kind is not FaultKind.MEET),
    *(Fault(FaultKind.JSON_ERROR, status=status, code=MARK, param=f"/{MARK}") for status in (400, 401, 403, 404, 409)),
]


@pytest.mark.parametrize("fault", ANSWERS_OF_A_SERVER, ids=lambda fault: f"{fault.kind}-{fault.status}")
def test_no_answer_of_a_server_leaves_a_mark_in_a_log(
    tmp_path: Path, written: Written, clock: FakeClock, fault: Fault
) -> None:
    with built_road(tmp_path, clock) as road:
        road.submit()
        road.back_end.faults.add(replace(fault, times=2))
        road.sync()
        text = written.text()

    assert "delivered" in text or "not-delivered" in text
    assert MARK not in text


@pytest.mark.parametrize("error", ERRORS)
def test_no_mistake_in_a_round_leaves_a_mark_in_a_log(
    tmp_path: Path, written: Written, clock: FakeClock, error: type[Exception]
) -> None:
    with built_road(tmp_path, clock) as road:
        road.submit()
        _stumble(road, error)
        try:
            road.sync()
        except Exception as raised:  # noqa: BLE001  what ends a process ends at its hook
            on_fault(type(raised), raised, raised.__traceback__)
    text = written.text()
    assert text.strip()
    assert MARK not in text


def _stumble(road: Road, error: type[Exception]) -> None:
    def stumble(claim: object) -> NoReturn:
        raise error(f"{TYPED} {claim!r}")

    road.pack = stumble


def test_finds_a_mark_that_is_planted(written: Written) -> None:
    tell(TYPED)
    assert MARK in written.text()

    print(TYPED, file=sys.stderr)
    assert MARK in written.text()
