# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk's window: who comes in, what locks, and that nothing of the one before is left."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assisted.desk_parts import DeskButton, DeskHeading, DeskText, DeskTile
from assisted.pages import DeskOffice, DeskPage, DeskPageWidget
from domain.staff import Role, SignInOutcome
from domain.tally import Deed, Done
from kiosk.view import ThemeName
from tests.assisted.desk import BADGE, NEW, OMAR, RIET, Desk, seen

MARK = "MERKTEKEN-Jansen"
Make = Callable[..., Desk]


class NotePage(DeskPageWidget):
    """A page with a field and a search, as a page of somebody else could have."""

    def __init__(self, office: DeskOffice) -> None:
        super().__init__(office)
        self.field = QLineEdit()
        self.found = QLabel("")
        column = QVBoxLayout(self)
        column.addWidget(DeskHeading("Notitie"))
        column.addWidget(self.field)
        column.addWidget(self.found)

    def areas(self) -> Sequence[QWidget]:
        return (self.field,)

    def search(self, work: Callable[[], str]) -> None:
        self.office.progress.run("Ik zoek", work, self.found.setText)


NOTE = DeskPage("note", "desk.home", "note-outline", NotePage)
WORK_LIST = DeskPage(
    "work", "desk.home", "note-outline", NotePage, roles=frozenset({Role.COUNTER}), starts_for=frozenset({Role.COUNTER})
)


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[Desk] = []

    def build(**settings: Any) -> Desk:
        made.append(Desk(qtbot, **settings))
        return made[-1]

    yield build
    for desk in made:
        desk.close()


def note_page(desk: Desk) -> NotePage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, NotePage)
    return page


def accessible_texts(interface: QAccessibleInterface | None) -> list[str]:
    if interface is None:
        return []
    said = [interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
    for place in range(interface.childCount()):
        said += accessible_texts(interface.child(place))
    return said


def everything(desk: Desk) -> str:
    """Everything that eye, screen reader and clipboard can reach."""
    clipboard = QGuiApplication.clipboard().text()
    tree = accessible_texts(QAccessible.queryAccessibleInterface(desk.window))
    return "\n".join([*seen(desk.window), *tree, clipboard])


# -- signing in ----------------------------------------------------------------------------------------------------


def test_opens_home_with_number_and_pin_by_keys_alone(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "home"
    assert "Wat gaat u doen?" in desk.said


def test_says_nothing_of_what_was_wrong_and_keeps_nothing_typed(make: Make) -> None:
    desk = make()
    desk.type("12")
    desk.press(Qt.Key.Key_Return)
    desk.type("999999")
    desk.press(Qt.Key.Key_Return)
    assert "Dit klopt niet" in desk.said
    sign_in = desk.window.sign_in
    for field in (sign_in.number, sign_in.pin):
        assert field.text() == ""
        field.undo()
        assert field.text() == ""
    assert desk.window.shell is None


def test_says_how_long_it_is_locked(make: Make) -> None:
    desk = make()
    desk.door.outcome = SignInOutcome.LOCKED
    desk.sign_in(RIET)
    assert "15 minuten" in desk.said


@pytest.mark.parametrize("field", ["number", "pin"])
def test_opens_by_a_badge_that_types_wherever_the_focus_is(make: Make, field: str) -> None:
    desk = make()
    getattr(desk.window.sign_in, field).setFocus()
    desk.type(BADGE)
    desk.press(Qt.Key.Key_Return)
    assert desk.door.tried == [(BADGE,)]
    assert desk.window.shell is not None


def test_opens_by_a_badge_whose_reader_ends_without_enter(make: Make, qtbot: QtBot) -> None:
    desk = make()
    desk.type(BADGE)
    assert desk.window.sign_in.number.echoMode() is QLineEdit.EchoMode.Password
    qtbot.waitUntil(lambda: desk.window.shell is not None, timeout=3000)


def test_types_with_the_mouse_on_the_pad(make: Make) -> None:
    desk = make()
    pad = {button.text(): button for button in desk.window.sign_in.findChildren(QPushButton)}
    for digit in "12":
        pad[digit].click()
    desk.window.sign_in.pin.setFocus()
    for digit in PIN_OF_RIET:
        pad[digit].click()
    desk.press(Qt.Key.Key_Return)
    assert desk.window.shell is not None


PIN_OF_RIET = "739204"


def test_tells_it_what_to_run_when_nobody_may_sign_in(make: Make) -> None:
    desk = make(members=())
    assert "Nog niemand kan inloggen" in desk.said
    assert "loket staff add" in desk.said
    assert not desk.window.sign_in.number.isVisible()


def test_lets_people_in_as_soon_as_it_has_added_somebody(make: Make) -> None:
    desk = make(members=())
    desk.door.members = (RIET,)
    desk.window.sign_in._look_again.timeout.emit()
    desk.settle()
    assert "Log in" in desk.said
    desk.sign_in(RIET)
    assert desk.window.shell is not None


def test_asks_for_a_pin_of_ones_own_before_anything_else(make: Make) -> None:
    desk = make()
    desk.sign_in(NEW)
    assert desk.window.shell is None
    assert "Kies uw eigen pincode" in desk.said
    for first, again in (("123456", "123456"), ("482915", "482916"), ("482915", "482915")):
        assert desk.window.shell is None
        desk.window.sign_in.number.setFocus()
        desk.type(first)
        desk.press(Qt.Key.Key_Return)
        desk.type(again)
        desk.press(Qt.Key.Key_Return)
    assert desk.door.pins == {NEW.staff_id: "482915"}
    assert desk.window.shell is not None


def test_begins_with_the_work_list_for_who_has_one(make: Make) -> None:
    desk = make(more=(WORK_LIST,))
    desk.sign_in(OMAR)
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "work"


def test_shows_a_page_to_no_other_role(make: Make) -> None:
    desk = make(more=(WORK_LIST,))
    desk.sign_in(RIET)
    assert desk.window.shell is not None
    assert "work" not in desk.window.shell.nav
    desk.window.shell.go("work")
    assert desk.window.shell.page_id == "home"


# -- locking -------------------------------------------------------------------------------------------------------


def test_locks_when_nobody_touches_it_and_gives_the_same_person_the_work_back(make: Make, qtbot: QtBot) -> None:
    desk = make(more=(NOTE,), lock_ms=150)
    desk.sign_in(RIET)
    desk.window._go("note")
    note_page(desk).field.setText(MARK)
    qtbot.waitUntil(lambda: desk.window.is_locked)
    assert MARK not in everything(desk)
    assert "Vergrendeld" in desk.said
    desk.window._walk_away._timer.setInterval(60_000)
    desk.sign_in(RIET)
    assert note_page(desk).field.text() == MARK
    assert desk.door.left == []


def test_waits_while_a_visit_is_going_on(make: Make, qtbot: QtBot) -> None:
    desk = make()
    desk.sign_in(RIET)
    asked: list[bool] = []
    timer = desk.window._walk_away._timer
    desk.window.visit.begin()
    timer.start(20)
    timer.timeout.connect(lambda: asked.append(True))
    qtbot.waitUntil(lambda: len(asked) >= 4)
    assert not desk.window.is_locked
    desk.window.visit.rest()
    qtbot.waitUntil(lambda: desk.window.is_locked)


def test_puts_the_lock_off_with_each_touch(make: Make, qtbot: QtBot) -> None:
    desk = make()
    desk.sign_in(RIET)
    timer = desk.window._walk_away._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start()
    qtbot.waitUntil(lambda: timer.remainingTime() < 59_950)
    assert desk.window.shell is not None
    QTest.keyClick(desk.window.shell, Qt.Key.Key_Shift)
    assert timer.remainingTime() > 59_950


def test_gives_another_person_nothing_of_who_walked_away(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")
    note_page(desk).field.setText(MARK)
    note_page(desk).field.selectAll()
    note_page(desk).field.copy()
    desk.window.visit.served("schulden")
    desk.window.lock()
    desk.sign_in(OMAR)
    assert desk.window.shell is not None
    assert desk.window.shell.office.member is OMAR
    assert desk.window.visit.done == Done()
    desk.window._go("note")
    assert MARK not in everything(desk)
    assert desk.door.left == [RIET.staff_id]


# -- the clean slate (H06) -----------------------------------------------------------------------------------------


def leave_marks(desk: Desk) -> NotePage:
    desk.window._go("note")
    page = note_page(desk)
    page.field.setFocus()
    desk.type(MARK)
    page.found.setText(MARK)
    page.field.selectAll()
    page.field.copy()
    desk.window._say(MARK)
    desk.window.visit.served("schulden")
    desk.window.visit.did(Deed.TOGETHER)
    return page


@pytest.mark.parametrize("way", ["next", "sign_out"])
def test_leaves_nothing_of_a_visitor_for_the_next(make: Make, way: str) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    page = weakref.ref(leave_marks(desk))
    assert MARK in everything(desk)
    if way == "next":
        desk.press(Qt.Key.Key_F9)
    else:
        desk.window.sign_out()
        desk.settle()
        assert desk.door.left == [RIET.staff_id]
        desk.sign_in(RIET)
    QApplication.sendPostedEvents(None, 52)  # those that are to be deleted
    gc.collect()
    assert MARK not in everything(desk)
    desk.window._go("note")
    note_page(desk).field.undo()
    assert MARK not in everything(desk)
    assert desk.window.visit.done == Done()
    assert page() is None


def test_drops_what_comes_back_after_the_visitor_left(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")
    note_page(desk).search(lambda: MARK)
    desk.window.visit.end()
    desk.settle()
    desk.window._go("note")
    assert MARK not in everything(desk)


def test_leaves_nothing_of_the_one_before_over_many_visitors(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    for number in range(60):
        desk.window._go("note")
        found = everything(desk)
        assert "bezoeker-" not in found, number
        note_page(desk).field.setText(f"bezoeker-{number}")
        note_page(desk).search(lambda said=f"bezoeker-{number}": said)  # type: ignore[misc]
        desk.window.visit.end()


# -- keys and screen readers ---------------------------------------------------------------------------------------


def test_goes_between_areas_with_f6_both_ways(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")
    shell = desk.window.shell
    assert shell is not None
    stops = [QApplication.focusWidget()]
    for _ in range(3):
        desk.press(Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [note_page(desk).field, shell.top_first, shell.nav["note"], note_page(desk).field]
    desk.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is shell.nav["note"]


def test_walks_tiles_with_arrows_and_opens_with_enter(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Return)
    shell = desk.window.shell
    assert shell is not None
    assert shell.page_id == "call"
    assert desk.rings == ["ring"]
    assert "14 000" in desk.said
    desk.press(Qt.Key.Key_Escape)
    assert shell.page_id == "home"


def test_opens_a_page_with_alt_and_its_number(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "call"


def test_lists_every_key_with_f1(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    desk.press(Qt.Key.Key_F1)
    assert desk.window.shell is not None
    assert desk.window.shell.page_id == "keys"


def test_every_button_has_a_name_and_shows_its_key(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    shell = desk.window.shell
    assert shell is not None
    for page in ("home", "note", "tally", "call", "keys"):
        shell.go(page)
        for button in desk.window.findChildren(DeskButton):
            if not button.isVisible():
                continue
            assert button.accessibleName()
            is_choice = button.isCheckable() and button.shortcut().isEmpty()
            assert is_choice or not button.shortcut().isEmpty(), button.accessibleName()
            if not is_choice:
                assert button.shortcut().toString() in button.accessibleDescription()


def test_names_the_heading_of_a_page_for_a_screen_reader(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    [heading] = [item for item in desk.window.findChildren(DeskHeading) if item.isVisible()]
    interface = QAccessible.queryAccessibleInterface(heading)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Wat gaat u doen?"
    assert interface.role() is QAccessible.Role.Heading


def test_lets_a_screen_reader_ask_an_area_for_a_scroll_bar_that_has_gone(make: Make) -> None:
    desk = make()
    desk.sign_in(RIET)
    [area] = [item for item in desk.window.findChildren(QScrollArea) if item.isVisible()]
    interface = QAccessible.queryAccessibleInterface(area)
    assert interface is not None
    assert interface.childCount() > 0
    assert interface.child(interface.childCount()) is None  # of Qt's own this ended the program


def test_changes_colours_without_losing_the_page(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")
    note_page(desk).field.setText(MARK)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.window._look.theme is ThemeName.DARK
    assert note_page(desk).field.text() == MARK


# -- progress and faults -------------------------------------------------------------------------------------------


def test_shows_that_it_works_only_when_it_takes_a_while(make: Make, qtbot: QtBot) -> None:
    import threading

    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")
    go_on = threading.Event()
    page = note_page(desk)
    page.search(lambda: str(go_on.wait(20)))
    progress = page.office.progress
    assert not progress.isVisible()
    qtbot.waitUntil(progress.isVisible, timeout=3000)
    assert "Ik zoek" in desk.said
    go_on.set()
    qtbot.waitUntil(lambda: not progress.isVisible())
    assert page.found.text() == "True"


def test_says_calmly_that_work_failed_and_tells_the_log(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    desk.window._go("note")

    def fail() -> str:
        raise OSError(MARK)

    note_page(desk).search(fail)
    desk.settle()
    assert "Dit lukt nu niet" in desk.said
    assert MARK not in desk.said
    assert [type(fault) for fault in desk.faults] == [OSError]


# -- practice ------------------------------------------------------------------------------------------------------


def test_practises_in_a_yellow_frame_that_says_so_without_signing_in(make: Make) -> None:
    desk = make(is_practice=True)
    assert desk.window.shell is not None
    assert "OEFENEN" in desk.said
    image = desk.window.grab().toImage()
    yellow = desk.window._look.colour("read_word")
    high, wide = image.height(), image.width()
    for x, y in ((4, high // 2), (wide - 4, high // 2), (wide // 2, high - 4), (4, 4), (wide - 4, high - 4)):
        assert image.pixelColor(x, y) == yellow
    assert desk.door.tried == []


class LongPage(DeskPageWidget):
    """A page whose text in lines wants far more height than a laptop has."""

    def __init__(self, office: DeskOffice) -> None:
        super().__init__(office)
        column = QVBoxLayout(self)
        for _ in range(12):
            column.addWidget(DeskText("Lees dit rustig samen. " * 60))


def test_keeps_the_band_of_practice_whole_however_high_a_page_wants_to_be(make: Make) -> None:
    desk = make(is_practice=True, more=[DeskPage("long", "desk.home", "note-outline", LongPage)])
    [band] = [text for text in desk.window.findChildren(DeskText) if text.text().startswith("OEFENEN")]
    assert desk.window.shell is not None
    desk.window.shell.go("long")
    desk.window.resize(1366, 768)
    QApplication.processEvents()
    assert band.height() >= band.sizeHint().height()


def test_no_line_of_a_long_list_of_pages_lies_over_another(make: Make) -> None:
    desk = make(more=tuple(replace(NOTE, id=f"page-{number}") for number in range(12)))
    desk.sign_in(RIET)
    shell = desk.window.shell
    assert shell is not None
    lines = [button.geometry() for button in shell.nav.values()]
    assert len(lines) >= 14
    assert all(above.bottom() < below.top() for above, below in pairwise(lines))
    shell.go("page-3")
    desk.settle()
    chosen = shell.nav["page-3"].geometry()
    assert sum(chosen.intersects(button.geometry()) for button in shell.nav.values()) == 1


def test_opens_the_same_page_with_the_number_alone_on_home_and_with_alt_everywhere(make: Make) -> None:
    unlisted = replace(NOTE, id="aside", is_on_home=False)
    desk = make(more=(unlisted, NOTE))
    desk.sign_in(RIET)
    shell = desk.window.shell
    assert shell is not None
    tiles = [tile for tile in desk.window.findChildren(DeskTile) if tile.isVisible()]
    assert [tile.shortcut().toString() for tile in tiles] == ["2", "3", "4"]
    for number, page_id in enumerate(("aside", "note", "tally", "call"), 1):
        assert shell.nav[page_id].shortcut().toString() == f"Alt+{number}"
    desk.press(Qt.Key.Key_2)
    assert shell.page_id == "note"
    desk.type("4")  # in a field a number is text
    assert shell.page_id == "note"
    assert note_page(desk).field.text() == "4"
    desk.press(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert shell.page_id == "home"
    desk.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert shell.page_id == "call"


def test_keeps_the_key_of_a_page_when_its_name_changes(make: Make) -> None:
    desk = make(more=(NOTE,))
    desk.sign_in(RIET)
    shell = desk.window.shell
    assert shell is not None
    shell.nav["note"].call("Hulp gevraagd", is_asked=True)
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert shell.page_id == "note"
    assert shell.nav["note"].accessibleName() == "Hulp gevraagd"
