# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages to look something up, by keyboard alone, as a helper uses them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assisted.assisted_visit import AssistedVisit
from assisted.desk_look import DeskLook
from assisted.desk_parts import DeskButton, DeskText
from assisted.handover_form import HandoverForm
from assisted.knowledge import knowledge_page
from assisted.look_up import LookUpPage, LookUpPorts
from assisted.may_i import may_i_page
from assisted.pages import DeskOffice, DeskPage
from assisted.progress import Progress
from assisted.referrals import referrals_page
from commands.desk_knowledge import search_words
from domain.settings import Settings
from domain.staff import Role, StaffId, StaffMember
from domain.tally import Deed, Organisation
from i18n.texts import Texts
from kiosk.background import Background
from kiosk.paper.paper_size import Paper
from kiosk.printing import SimulatedPrinter
from kiosk.view import ThemeName
from resources.directory_book import DirectoryBook
from sync.knowledge import SqliteKnowledgeBook
from tests.fakes.clock import FakeClock
from tests.kiosk.paper.reading import whole_text

MEMBER = StaffMember(StaffId("h1"), 123456, "Noor", Role.HELPER)


@dataclass
class Desk:
    """A page in a window, and what it says and prints."""

    qtbot: QtBot
    folder: Path
    background: Background
    said: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    holders: list[QWidget] = field(default_factory=list)
    visit: AssistedVisit = field(default_factory=AssistedVisit)

    def __post_init__(self) -> None:
        self.printer = SimulatedPrinter(self.folder / "paper")
        directory = DirectoryBook.load().directory
        book = SqliteKnowledgeBook(directory, search_words())
        self.ports = LookUpPorts(directory, book, self.printer, Paper.A4, {"digid": "Hulp bij DigiD"})
        self.progress = Progress(self.background, self.faults.append)
        self.qtbot.addWidget(self.progress)

    def open(self, page: DeskPage, size: tuple[int, int] = (1130, 620)) -> LookUpPage:
        office = DeskOffice(
            texts=Texts("nl", is_strict=True),
            look=DeskLook(),
            clock=FakeClock(),
            settings=Settings(),
            member=MEMBER,
            is_practice=True,
            visit=self.visit,
            progress=self.progress,
            go=self.went.append,
            say=self.said.append,
            ring=lambda: None,
            failed=self.faults.append,
        )
        made = page.make(office)
        assert isinstance(made, LookUpPage)
        # A holder without a layout, as the window's stack: the offscreen platform warns about size hints.
        holder = QWidget()
        self.qtbot.addWidget(holder)
        self.holders.append(holder)
        holder.setStyleSheet(office.look.style_sheet)
        holder.resize(*size)
        made.setParent(holder)
        made.setGeometry(holder.rect())
        with self.qtbot.waitActive(holder):
            holder.show()
            holder.activateWindow()
        made.opened()
        return made

    def printed(self) -> list[str]:
        self.qtbot.waitUntil(lambda: not self.progress.is_busy, timeout=10_000)
        return [whole_text(path.read_bytes()) for path in self.printer.printed]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    background = Background()
    desk = Desk(qtbot, tmp_path, background)
    yield desk
    background.close(waits=True)
    assert desk.faults == []


def titles(page: LookUpPage) -> list[str]:
    return [page.results.item(row).text() for row in range(page.results.count())]


def texts_on(page: LookUpPage) -> str:
    assert page.sheet is not None
    return "\n".join(label.text() for label in page.sheet.findChildren(DeskText))


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_the_page_opens_in_the_search_field_with_everything_below_it(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    assert page.field.hasFocus()
    assert page.results.count() == len(desk.ports.directory.cards)
    assert page.sheet is not None


def test_a_question_is_typed_and_its_card_read_without_a_mouse(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    QTest.keyClicks(page.field, "ik kom nie meer in me digid")
    assert titles(page)[0] == "Ik kom niet meer in DigiD"
    assert "Wachtwoord vergeten" in texts_on(page)
    press(Qt.Key.Key_Return)
    assert page.sheet is not None
    assert page.sheet.heading.hasFocus()


def test_arrows_walk_the_list_and_come_back_to_the_field(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    QTest.keyClicks(page.field, "huur")
    press(Qt.Key.Key_Down)
    assert page.results.hasFocus()
    assert page.results.currentRow() == 1
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert page.field.hasFocus()


def test_escape_goes_one_step_back_each_time_and_then_home(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    QTest.keyClicks(page.field, "schulden")
    press(Qt.Key.Key_Return)
    assert page.sheet is not None
    link = next(button for button in page.sheet.buttons if "Geldfit" in button.text())
    link.setFocus()
    press(Qt.Key.Key_Return)
    assert page.sheet.heading.text() == "Geldfit"
    assert page.went_back()
    assert page.sheet.heading.text() == "Hulp bij schulden"
    page.sheet.heading.setFocus()
    assert page.went_back()
    assert page.results.hasFocus()
    assert page.went_back()
    assert page.field.text() == ""
    assert not page.went_back()


def test_the_focus_never_falls_on_a_button_of_the_window(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    press(Qt.Key.Key_Return)
    page.field.setText("schulden")
    assert QApplication.focusWidget() is page.results


def test_words_of_danger_bring_the_red_card_first(desk: Desk) -> None:
    for made in (knowledge_page, referrals_page, may_i_page):
        page = desk.open(made(desk.ports))
        QTest.keyClicks(page.field, "mijn man slaat mij")
        assert titles(page)[0] == "Geweld of angst thuis"
        assert "Snel weg" in texts_on(page)
        assert "Geef geen papier mee zonder te vragen" in texts_on(page)
        assert desk.said[-1] == "Let op: lees eerst de rode kaart."
        call = next(button for button in page.sheet.buttons if "collega" in button.text()) if page.sheet else None
        assert call is not None
        call.click()
        assert desk.went.pop() == "call"


def test_nothing_found_is_said(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    QTest.keyClicks(page.field, "qqqqqq")
    assert page.results.count() == 0
    assert page.sheet is None
    assert desk.said[-1] == "Niets gevonden. Probeer een ander woord."


def test_may_i_has_the_card_for_anger_first_and_each_answer_in_words(desk: Desk) -> None:
    page = desk.open(may_i_page(desk.ports))
    assert page.results.count() == 13
    assert "Ik hoor dat u boos bent. Ik zoek iemand die dit kan beslissen." in texts_on(page)
    answers = set()
    for row in range(1, 13):
        page.results.setCurrentRow(row)
        answers |= {line for line in texts_on(page).splitlines() if line in ANSWERS}
    assert answers == ANSWERS


ANSWERS = {"Ja, dit mag", "Nee, dit doet u niet", "Soms, kijk hoe"}


def test_a_card_of_may_i_is_read_in_two_taps(desk: Desk) -> None:
    page = desk.open(may_i_page(desk.ports))  # the first tap: its tile
    row = titles(page).index("Een wachtwoord weten of bewaren")
    item = page.results.item(row)
    page.results.scrollToItem(item)
    rect = page.results.visualItemRect(item)
    QTest.mouseClick(page.results.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert "U typt het niet en u schrijft het niet op." in texts_on(page)


def test_next_time_yourself_comes_out_of_the_printer(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    QTest.keyClicks(page.field, "verhuizing doorgeven")
    assert page.sheet is not None
    page.sheet.buttons[-1].click()
    assert "De volgende keer zelf: Een verhuizing doorgeven" in desk.printed()[0]
    assert desk.said[-1] == "Het papier ligt bij de printer."


def test_a_printer_without_paper_is_told(desk: Desk) -> None:
    desk.printer.has_paper = False
    page = desk.open(knowledge_page(desk.ports))
    assert page.sheet is not None
    page.sheet.buttons[-1].click()
    assert desk.printed() == []
    assert desk.said[-1] == "Printen lukt nu niet. Schrijf het op voor de bezoeker."


def handover(page: LookUpPage) -> tuple[QLineEdit, QCheckBox, DeskButton]:
    form = page.findChild(HandoverForm)
    assert form is not None
    button = form.findChild(DeskButton)
    line, box = form.findChild(QLineEdit), form.findChild(QCheckBox)
    assert line is not None
    assert box is not None
    assert button is not None
    return line, box, button


def test_a_handover_without_a_yes_prints_nothing(desk: Desk) -> None:
    page = desk.open(referrals_page(desk.ports))
    page.field.setText("juridisch loket")
    line, box, button = handover(page)
    line.setText("u belt dinsdag terug")
    button.click()
    assert desk.printed() == []
    assert box.hasFocus()
    assert desk.said[-1] == "Vraag eerst: vindt u dit goed?"


@pytest.mark.parametrize("note", ["06-12345678", "BSN 111222333", "j@voorbeeld.nl", "geb. 12-03-1951"])
def test_a_handover_with_who_somebody_is_prints_nothing(desk: Desk, note: str) -> None:
    page = desk.open(referrals_page(desk.ports))
    page.field.setText("juridisch loket")
    line, box, button = handover(page)
    line.setText(note)
    box.setChecked(True)
    button.click()
    assert desk.printed() == []
    assert desk.said[-1].startswith("Hier staat een")


def test_a_handover_with_a_yes_prints_what_was_agreed_and_is_counted_as_a_word(desk: Desk) -> None:
    page = desk.open(referrals_page(desk.ports))
    page.field.setText("juridisch loket")
    line, box, button = handover(page)
    line.setText("u belt dinsdag terug")
    box.setChecked(True)
    button.click()
    said = desk.printed()[0]
    assert "u belt dinsdag terug" in said
    assert "Uw handtekening en de datum" in said
    assert (desk.visit.done.referral, desk.visit.done.deed) == (Organisation.LEGAL_HELP, Deed.REFERRED)


def test_every_entry_opens_on_a_small_window_and_none_is_wider_than_it(desk: Desk) -> None:
    for made in (may_i_page, referrals_page, knowledge_page):
        page = desk.open(made(desk.ports), (1130, 620))
        for row in range(page.results.count()):
            page.results.setCurrentRow(row)
            assert page.sheet is not None
            assert page.sheet.minimumSizeHint().width() <= page._scrolling.viewport().width()


def test_body_text_is_22_pixels(desk: Desk) -> None:
    page = desk.open(knowledge_page(desk.ports))
    assert page.sheet is not None
    plain = [label for label in page.sheet.findChildren(DeskText) if not label.property("kind")]
    assert {label.fontInfo().pixelSize() for label in plain} == {22}
    assert page.results.fontInfo().pixelSize() == 22


def test_another_theme_colours_the_pictures_anew_and_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.open(referrals_page(desk.ports))
    page.field.setText("juridisch loket")
    line, _, _ = handover(page)
    line.setText("u belt dinsdag terug")

    def picture() -> QImage:
        return page.results.item(0).icon().pixmap(page.results.iconSize()).toImage()

    before = picture()
    page.office.look.theme = ThemeName.DARK
    page.dressed()
    assert picture() != before
    assert line.text() == "u belt dinsdag terug"


def test_what_takes_the_focus_has_a_name_for_a_screen_reader(desk: Desk) -> None:
    for made in (may_i_page, referrals_page, knowledge_page):
        page = desk.open(made(desk.ports))
        for widget in page.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page):
                found = QAccessible.queryAccessibleInterface(widget)
                assert found.text(QAccessible.Text.Name), type(widget).__name__
