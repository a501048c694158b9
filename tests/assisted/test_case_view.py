# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An opened case: the citizen's own words, who gave them, files, what can be done; and that nothing of it stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assisted import case_words
from assisted.case_sheets import OPEN, CaseSheet, CaseSheetWidget, SheetHand
from assisted.case_view import CaseView
from assisted.counter_ports import CounterPorts
from assisted.document_view import DocumentView, pictures_of
from assisted.work_page import WorkPage, work_page
from domain.case_act import ActHeader, ActKind, CaseAct
from domain.counter import CounterCase, Stage
from domain.errors import CounterError, PaperError, StoreFullError
from domain.filled_by import FilledBy
from domain.staff import StaffMember
from domain.submission import SubmissionLine
from i18n.texts import Texts
from tests.assisted.counter_cases import LATE, NAME, WITHDRAWN, CounterRoom, case_of, paper
from tests.assisted.desk import OMAR, RIET, Desk
from tests.fakes.clock import TUESDAY


class TestSheet(CaseSheetWidget):
    """A sheet with a field, as real ones have."""

    __test__ = False

    def __init__(self, hand: SheetHand) -> None:
        super().__init__(hand)
        self.field = QLineEdit(self)
        self.field.returnPressed.connect(lambda: hand.record(ActKind.CONTACT, self.field.text(), {"channel": "desk"}))

    def first(self) -> QWidget:
        return self.field


def take_on(hand: SheetHand) -> None:
    hand.record(ActKind.TAKE_ON)


def never(_case: CounterCase, _member: StaffMember) -> bool:
    return False


SHEETS = (
    CaseSheet("take", "desk.work.stage.taken", "hand-front-left", "Ctrl+O", OPEN, take_on, is_first=True),
    CaseSheet("contact", "desk.case.act.contact", "account-voice", "Ctrl+K", OPEN, TestSheet),
    CaseSheet("closed", "desk.work.stage.answered", "check", "Ctrl+Y", frozenset({Stage.ANSWERED}), take_on),
    CaseSheet("misfit", "desk.work.stage.new", "check", "Ctrl+Z", OPEN, take_on, fits=never),
)


@pytest.fixture
def room() -> CounterRoom:
    found = CounterRoom()
    found.ports = CounterPorts(found.work, found.desk, found.acts, SHEETS)
    found.page = work_page(found.ports)
    return found


@pytest.fixture
def desk(qtbot: QtBot, room: CounterRoom) -> Iterator[Desk]:
    found = Desk(qtbot, more=[room.page])
    found.sign_in(OMAR)
    yield found
    found.close()


def page_of(desk: Desk) -> WorkPage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, WorkPage)
    return page


def opened(desk: Desk) -> CaseView:
    desk.press(Qt.Key.Key_Home)
    desk.press(Qt.Key.Key_Return)
    view = page_of(desk).case
    assert view is not None
    return view


def test_says_first_what_must_be_known(desk: Desk) -> None:
    opened(desk)
    for said in ("Uw verhuizing doorgeven", LATE, "3 dagen te laat", "Van niemand", "Spreekt Oekraïens", "Haast"):
        assert said in desk.said
    assert "Verbeterd door de inwoner, gisteren 08.30 uur. De dag is 16 december 2026." in desk.said


def test_shows_the_citizens_words_and_who_gave_them(desk: Desk) -> None:
    opened(desk)
    for said in (
        "Dorpsstraat 12 b, 1234 AB Voorbeeldstad",
        "Zelf",
        "Samen met helper",
        "Helper, na toestemming",
        "Uit de chip",
        "Overgenomen",
        "Weet het niet: vraag het samen na",
        NAME,
        "06 12345678",
        "6 april 1984",
    ):
        assert said in desk.said


def test_says_that_staff_filled_it_in_and_keeps_the_citizen_as_who_asks(desk: Desk, room: CounterRoom) -> None:
    room.desk.cases[LATE] = replace(room.desk.cases[LATE], filled_by=FilledBy("12", "counter", "phone", "Bo Balie"))
    opened(desk)
    assert "Ingevuld door een medewerker van de gemeente." in desk.said
    assert "Medewerker 12, voor de inwoner, aan de telefoon" in desk.said
    assert NAME in desk.said
    assert "Bo Balie" not in desk.said


def test_says_nothing_of_staff_where_the_citizen_filled_in_alone(desk: Desk) -> None:
    opened(desk)
    assert "medewerker van de gemeente" not in desk.said


def test_shows_what_happened_and_what_is_still_to_be_sent(desk: Desk) -> None:
    opened(desk)
    assert "Gebeld. Nam niet op." in desk.said
    assert "Te verzenden" in desk.said
    assert "ID-kaart gezien 23-11 08:30 door rol balie" in desk.said


def test_says_on_top_that_it_was_withdrawn(desk: Desk, room: CounterRoom) -> None:
    page_of(desk)._open_item(room.work.items[WITHDRAWN])
    desk.settle()
    assert "De inwoner heeft dit ingetrokken." in desk.said


def test_shows_facts_where_there_are_no_words(desk: Desk, room: CounterRoom) -> None:
    room.desk.cases[LATE] = replace(room.desk.cases[LATE], lines=(), facts=(("Datum verhuizing", "2026-12-14"),))
    opened(desk)
    assert "Gegevens van de zaak" in desk.said
    assert "2026-12-14" in desk.said


def test_nothing_is_cut_off_beside_an_open_sheet_on_a_laptop(desk: Desk, room: CounterRoom) -> None:
    address = "een.heel.lang.adres.met-streepjes@een-lange-naam-zonder-einde.voorbeeldstad.example"
    known = room.desk.cases[LATE]
    odd = (*known.lines, SubmissionLine("q", "Vraag", "w" * 120, "given", "self"))
    room.desk.cases[LATE] = replace(known, initiator=replace(known.initiator, email=address), lines=odd)
    view = opened(desk)
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert view._scrolling.inside.width() <= view._scrolling.viewport().width()
    assert address in desk.said  # whole, for a screen reader


def test_an_answer_is_never_read_as_markup_or_as_a_key(desk: Desk, room: CounterRoom) -> None:
    odd = (SubmissionLine("q", "Vraag", "<b>a & b</b>", "given", "strange"),)
    room.desk.cases[LATE] = replace(room.desk.cases[LATE], lines=odd)
    opened(desk)
    assert "<b>a & b</b>" in desk.said
    assert "strange" in desk.said


def test_offers_only_what_fits_the_case(desk: Desk) -> None:
    assert [button.accessibleName() for button in opened(desk).action_buttons] == ["Opgepakt", "Had contact"]


def test_the_list_of_keys_names_what_can_be_done_to_a_case(desk: Desk, room: CounterRoom) -> None:
    assert {("Ctrl+O", "desk.work.stage.taken"), ("F5", "desk.work.refresh")} <= {
        (key.keys, key.text) for key in room.page.keys
    }


def test_does_at_once_what_needs_no_asking_and_says_so(desk: Desk, room: CounterRoom) -> None:
    opened(desk)
    desk.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    act = room.acts.kept[0]
    assert (act.header.kind, act.header.reference, act.header.based_on) == (ActKind.TAKE_ON, LATE, "v1")
    assert (act.header.staff_number, act.staff_name) == ("34", "Omar Aydin")
    assert "Opgepakt. Wordt verstuurd zodra er netwerk is." in desk.said
    assert room.desk.opened == [LATE, LATE]


def test_opens_a_sheet_beside_the_case_and_records_what_was_typed(desk: Desk, room: CounterRoom) -> None:
    view = opened(desk)
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(view.sheet, TestSheet)
    assert QApplication.focusWidget() is view.sheet.field
    assert NAME in desk.said  # the case stays beside it
    desk.type("wil weten hoe het gaat")
    desk.press(Qt.Key.Key_Return)
    assert [(act.text, dict(act.given)) for act in room.acts.kept] == [("wil weten hoe het gaat", {"channel": "desk"})]
    assert "Het contact is opgeschreven." in desk.said


def test_closes_the_sheet_first_by_esc_and_then_the_case(desk: Desk, room: CounterRoom) -> None:
    view = opened(desk)
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Escape)
    assert view.sheet is None
    assert page_of(desk).case is view
    desk.press(Qt.Key.Key_Escape)
    assert page_of(desk).case is None
    assert room.acts.kept == []


def test_keeps_the_sheet_when_an_act_cannot_be_kept(desk: Desk, room: CounterRoom) -> None:
    view = opened(desk)
    room.acts.fails_with = StoreFullError("no room")
    desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.type("hallo")
    desk.press(Qt.Key.Key_Return)
    assert isinstance(view.sheet, TestSheet)
    assert view.sheet.field.text() == "hallo"
    assert [type(error) for error in desk.faults] == [StoreFullError]


def test_says_what_to_do_when_it_does_not_open_and_tries_again_by_f5(desk: Desk, room: CounterRoom) -> None:
    room.desk.fails_with = CounterError("the sync service is not there")
    desk.press(Qt.Key.Key_Return)
    assert page_of(desk).case is None
    assert "Dit gaat nu niet open." in desk.said
    room.desk.fails_with = None
    desk.press(Qt.Key.Key_F5)
    assert NAME in desk.said


def test_opens_a_file_inside_the_window_and_comes_back_by_keys(desk: Desk) -> None:
    view = opened(desk)
    view.documents[0].setFocus()
    desk.press(Qt.Key.Key_Return)
    page = page_of(desk)
    assert isinstance(page.front, DocumentView)
    assert "Pagina 2 van 2" in desk.said
    before = page.front._labels[0].pixmap().width()
    desk.press(Qt.Key.Key_Plus)
    assert page.front._labels[0].pixmap().width() > before
    desk.press(Qt.Key.Key_Escape)
    assert page.case is view
    assert page._stack.count() == 2


def test_says_so_when_a_file_cannot_be_shown(desk: Desk, room: CounterRoom) -> None:
    room.desk.files["pdf"] = b"MZ\x90\x00"
    view = opened(desk)
    view.documents[0].click()
    desk.settle()
    assert page_of(desk).front is view
    assert "Dit document gaat hier niet open." in desk.said


def test_draws_papers_and_pictures_and_nothing_else() -> None:
    assert len(pictures_of(paper())) == 2
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(written, QByteArray(b"png")).write(image)
    assert pictures_of(bytes(written.data().data()))[0].size() == image.size()
    for content in (b"", b"<svg/>", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken"):
        with pytest.raises(PaperError):
            pictures_of(content)


def nothing_left(desk: Desk) -> bool:
    gc.collect()
    return NAME not in desk.said and not any(
        isinstance(widget, CaseView) and widget.isVisible() for widget in QApplication.allWidgets()
    )


def test_is_gone_for_the_next_visitor(desk: Desk) -> None:
    opened(desk)
    desk.press(Qt.Key.Key_F9)
    assert page_of(desk).case is None
    assert nothing_left(desk)


def test_is_gone_when_the_desk_was_locked_and_the_sitting_ended(desk: Desk, room: CounterRoom) -> None:
    opened(desk)
    desk.window.lock()
    desk.settle()
    assert room.desk.ended == 1
    desk.sign_in(OMAR)
    assert page_of(desk).case is None
    assert nothing_left(desk)
    desk.press(Qt.Key.Key_Return)
    assert page_of(desk).case is not None


def test_is_gone_when_somebody_else_signs_in(desk: Desk) -> None:
    opened(desk)
    desk.window.lock()
    desk.sign_in(RIET)
    assert nothing_left(desk)


def test_does_not_open_behind_a_lock(desk: Desk, room: CounterRoom) -> None:
    page = page_of(desk)
    page._open_item(room.work.items[LATE])
    desk.window.lock()
    desk.settle()
    assert page.case is None


def test_puts_nothing_of_a_case_on_the_clipboard(desk: Desk) -> None:
    opened(desk)
    QGuiApplication.clipboard().setText("before")
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        desk.press(key, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"


def test_walks_down_the_case_by_keys_alone(desk: Desk) -> None:
    view = opened(desk)
    bar = view._scrolling.verticalScrollBar()
    desk.press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    desk.press(Qt.Key.Key_Home)
    assert bar.value() == 0
    stops = []
    for _ in range(20):
        desk.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.append(focused.accessibleName())
    assert {"Wie vraagt dit?", "Wat de inwoner zegt", "Documenten", "Wat er is gebeurd", "Opgepakt"} <= set(stops)


def test_says_in_practice_that_nothing_is_sent() -> None:
    act = CaseAct(ActHeader("a", LATE, ActKind.TAKE_ON, TUESDAY, "34", "v1", ""), "Omar Aydin")
    texts = Texts("nl")
    assert case_words.done(texts, act, is_practice=True) == "Opgepakt. U oefent. Er wordt niets verstuurd."
    assert "zodra er netwerk is" in case_words.done(texts, act, is_practice=False)


def test_shows_a_case_that_is_still_on_this_device(desk: Desk, room: CounterRoom) -> None:
    item = room.work.items["M004-71FK-3P66-9R"]
    room.desk.cases[item.reference] = replace(case_of(item), fetched_at=None, version="")
    page_of(desk)._open_item(item)
    desk.settle()
    assert "Deze vraag staat nog op dit apparaat." in desk.said
