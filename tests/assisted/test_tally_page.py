# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counting a help: three taps, no field to type in, filled in from what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from assisted.desk_parts import DeskButton
from assisted.tally import TallyPage
from domain.errors import StoreFullError
from domain.tally import Age, Deed, Organisation, Tally, TallyDraft, Theme
from tests.assisted.desk import RIET, Desk

DAY = date(2026, 11, 24)
MOST_MS = 8000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    found = Desk(qtbot)
    found.sign_in(RIET)
    yield found
    found.close()


def page_of(desk: Desk) -> TallyPage:
    assert desk.window.shell is not None
    page = desk.window.shell.page
    assert isinstance(page, TallyPage)
    return page


def tap(desk: Desk, name: str) -> None:
    """Tap a button that is in sight, in its middle."""
    buttons = page_of(desk).findChildren(DeskButton)
    button = next(item for item in buttons if item.accessibleName() == name and item.isVisible())
    assert not button.visibleRegion().isEmpty(), f"{name} is out of sight"
    QTest.mouseClick(button, LEFT)
    desk.settle()


def test_counts_with_three_taps_and_in_time(desk: Desk) -> None:
    desk.window._go("tally")
    timer = QElapsedTimer()
    timer.start()
    for name in ("Geld, toeslag", "Uitgelegd", "Tel"):
        tap(desk, name)
    assert desk.book.counted == [(Tally(Theme.MONEY, Deed.EXPLAINED), DAY)]
    assert timer.elapsed() < MOST_MS
    assert "Geteld" in desk.said


def test_counts_by_keys_alone(desk: Desk) -> None:
    desk.window._go("tally")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_F2):
        desk.press(key)
    expected = Tally(Theme.PASSPORT, Deed.EXPLAINED, organisation=Organisation.MUNICIPALITY)
    assert desk.book.counted == [(expected, DAY)]


def test_is_filled_in_from_the_visit_so_that_one_tap_is_left(desk: Desk) -> None:
    visit = desk.window.visit
    visit.begin()
    visit.served("schulden")
    visit.referred(Organisation.LEGAL_HELP)
    visit.is_of_age(Age.FROM_65)
    visit.rest()
    desk.window._go("tally")
    assert QApplication.focusWidget() is page_of(desk)._confirm
    tap(desk, "Tel")
    expected = Tally(Theme.MONEY, Deed.REFERRED, Organisation.MUNICIPALITY, Organisation.LEGAL_HELP, age=Age.FROM_65)
    assert desk.book.counted == [(expected, DAY)]


def test_takes_one_tap_for_each_of_the_rest(desk: Desk) -> None:
    desk.window._go("tally")
    for name in ("Verhuizen", "Doorverwezen", "65-74", "Bij het scherm", "UWV"):
        buttons = [item for item in page_of(desk).findChildren(DeskButton) if item.accessibleName() == name]
        QTest.mouseClick(buttons[0], LEFT)
    draft = page_of(desk).draft
    assert (draft.theme, draft.deed, draft.age) == (Theme.MOVING, Deed.REFERRED, Age.FROM_65)
    assert (draft.organisation, draft.channel.value) == (Organisation.UWV, "kiosk")


def test_shows_all_it_asks_without_scrolling_on_a_laptop(desk: Desk) -> None:
    desk.window._go("tally")
    QApplication.processEvents()
    for button in page_of(desk).findChildren(DeskButton):
        if button.isVisible():
            assert button.visibleRegion().boundingRect().size() == button.size(), button.accessibleName()


def test_has_no_field_to_type_in(desk: Desk) -> None:
    desk.window._go("tally")
    for kind in (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox):
        assert page_of(desk).findChildren(kind) == []


def test_says_what_must_be_chosen_first(desk: Desk) -> None:
    desk.window._go("tally")
    tap(desk, "Tel")
    assert desk.book.counted == []
    assert "Kies eerst" in desk.said


def test_takes_a_slip_back(desk: Desk) -> None:
    desk.window._go("tally")
    for name in ("Verhuizen", "Gebeld", "Tel"):
        tap(desk, name)
    tap(desk, "Klopt niet, haal weg")
    assert desk.book.counted == []
    assert "Het is weer weg" in desk.said


def test_keeps_what_was_chosen_when_it_cannot_be_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_tally: Tally, _day: date) -> None:
        raise StoreFullError("the disk is full")

    monkeypatch.setattr(desk.book, "count", full)
    desk.window._go("tally")
    for name in ("Verhuizen", "Gebeld", "Tel"):
        tap(desk, name)
    assert page_of(desk).draft == TallyDraft(Theme.MOVING, Deed.CALLED, Organisation.MUNICIPALITY)
    assert "Dit lukt nu niet" in desk.said
    assert len(desk.faults) == 1


def test_counts_once_when_it_is_pressed_twice(desk: Desk) -> None:
    desk.window._go("tally")
    for name in ("Verhuizen", "Gebeld"):
        tap(desk, name)
    confirm = page_of(desk)._confirm
    confirm.click()
    confirm.click()
    desk.settle()
    assert len(desk.book.counted) == 1
