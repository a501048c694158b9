# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A warm handover at the desk: on paper with a code, asked after on the home page, gone once it is taken up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assisted.entry_sheet import EntrySheet, SheetPorts
from assisted.handovers import handover_reminders
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget
from domain.handover import Handover
from domain.knowledge import Directory
from kiosk.paper.take_along import TakeAlong
from resources.directory_book import DirectoryBook
from tests.assisted.desk import RIET, Desk

DIRECTORY = DirectoryBook.load().directory


@dataclass
class FakeHandoverBook:
    """Keeps them in memory."""

    kept: dict[str, Handover] = field(default_factory=dict)

    def add(self, handover: Handover) -> None:
        self.kept[handover.code] = handover

    def waiting(self, today: date) -> Sequence[Handover]:
        return sorted(self.kept.values(), key=lambda one: one.on)

    def picked_up(self, code: str) -> bool:
        return self.kept.pop(code, None) is not None


def desk_with(qtbot: QtBot, book: FakeHandoverBook, more: Sequence[DeskPage] = ()) -> Desk:
    desk = Desk(qtbot, on_home=handover_reminders(DIRECTORY, book), more=more)
    desk.sign_in(RIET)
    desk.settle()
    return desk


def test_reminds_after_three_working_days_with_the_number_to_call(qtbot: QtBot) -> None:
    book = FakeHandoverBook()
    desk = desk_with(qtbot, book)
    assert "Opgepakt" not in desk.said
    today = desk.clock.now().date()
    book.add(Handover("NEWX", "humanitas", today))
    book.add(Handover("LATE", "juridisch-loket", today - timedelta(days=7)))
    shell = desk.window.shell
    assert shell is not None
    shell.go("home")
    desk.settle()
    assert "Vraag na bij Juridisch Loket: is de hulp begonnen?" in desk.said
    assert "Bel 0800-8020." in desk.said
    assert "Overgedragen aan Humanitas" in desk.said
    assert desk.said.index("Juridisch Loket") < desk.said.index("Humanitas")
    desk.close()


def test_forgets_it_with_one_press_when_the_partner_took_it_up(qtbot: QtBot) -> None:
    book = FakeHandoverBook()
    book.add(Handover("LATE", "juridisch-loket", date(2026, 11, 2)))
    desk = desk_with(qtbot, book)
    [button] = [one for one in desk.window.findChildren(QPushButton) if one.accessibleName() == "Opgepakt: code LATE"]
    button.click()
    desk.settle()
    assert book.kept == {}
    assert "Juridisch Loket" not in desk.said
    desk.close()


def test_remembers_a_handover_by_code_organisation_and_day_and_puts_the_code_on_paper(qtbot: QtBot) -> None:
    book, printed = FakeHandoverBook(), list[TakeAlong]()
    made: list[EntrySheet] = []

    class SheetPage(DeskPageWidget):
        def __init__(self, office: DeskOffice) -> None:
            super().__init__(office)
            referral = DIRECTORY.referral("juridisch-loket")
            assert referral is not None
            ports = SheetPorts(Directory(), lambda _service: "", printed.append, book)
            made.append(EntrySheet(office, ports, referral))
            made[0].setParent(self)

        def areas(self) -> Sequence[QWidget]:
            return (made[0].heading,)

    desk = desk_with(qtbot, book, (DeskPage("sheet", "desk.home", "note-outline", SheetPage),))
    shell = desk.window.shell
    assert shell is not None
    shell.go("sheet")
    made[0]._print_handover(made[0].entry, "Belt over de brief")  # type: ignore[arg-type]
    desk.settle()
    [handover] = book.kept.values()
    assert handover == Handover(handover.code, "juridisch-loket", desk.clock.now().date())
    lines = [line for section in printed[0].sections for line in section.lines]
    assert f"{handover.code}. Noem deze code als u ons belt." in lines
    assert "Belt over de brief" in lines
    assert "Belt over de brief" not in repr(book)
    desk.close()
