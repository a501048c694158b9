# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a key does, on each kind of screen: one at a time, no letter is a command, and the focus only points."""

from __future__ import annotations

import string

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.key_map import KEYS
from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.typing_line import TypingArea, TypingLine
from kiosk.scroll_rail import ScrollButton
from kiosk.view import HUMAN, NEXT, Typed
from tests.accessibility.rooms import Room, one_of_each

LETTERS = string.ascii_lowercase + string.digits + ".,;/?!-+"


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def focused(room: Room) -> QWidget:
    found: QWidget | None = room.window.focusWidget()
    assert found is not None
    return found


def test_a_focus_that_arrives_does_nothing(room: Room) -> None:
    for station in one_of_each():
        view = room.show(station)
        for _ in range(len(room.window.focus_order()) + 1):
            room.window.focusNextPrevChild(True)
        assert room.events == [], station.spot
        assert room.window.view is view
        assert not room.window.keyboard.isVisible()


def test_letters_and_digits_do_nothing_outside_a_field(room: Room) -> None:
    tried = 0
    for station in one_of_each():
        view = room.show(station)
        for _ in room.window.focus_order():
            room.window.focusNextPrevChild(True)
            if isinstance(focused(room), TypingLine | TypingArea):
                continue
            where = focused(room)
            QTest.keyClicks(where, LETTERS)
            assert room.events == [], f"{station.spot}: {where.accessibleName()}"
            assert focused(room) is where, f"{station.spot}: {where.accessibleName()}"
            tried += 1
            if tried % 10:
                break  # the first of each screen, and now and then a screen goes on
        assert room.window.view is view
    assert tried > 40


def test_letters_in_a_field_are_text_and_nothing_else(room: Room) -> None:
    for station in one_of_each():
        room.show(station)
        for entry in room.window.findChildren(FieldEntry):
            if entry.editor is None:
                continue
            entry.control.setFocus()
            QTest.keyClicks(entry.control, "akn")
            assert room.events, station.spot
            assert all(isinstance(event, Typed) for event in room.events), station.spot
            room.events.clear()


def test_no_key_of_ours_is_a_letter_or_needs_another_key_with_it() -> None:
    for key in KEYS:
        modifiers = key & int(Qt.KeyboardModifier.KeyboardModifierMask.value)
        assert modifiers == 0, QKeySequence(key).toString()
        assert key == Qt.Key.Key_Space or key >= Qt.Key.Key_Escape, QKeySequence(key).toString()


def walked(room: Room, *, is_on: bool) -> list[QWidget]:
    """Walk the focus once round; the buttons that move a long page come and go with its place, and are left out."""
    first, found = focused(room), []
    for _ in range(4 * len(room.window.focus_order())):
        if not isinstance(focused(room), ScrollButton):
            found.append(focused(room))
        room.window.focusNextPrevChild(is_on)
        if focused(room) is first:
            return found
    raise AssertionError("the focus never came round")


def test_the_focus_leaves_every_item_the_way_it_came(room: Room) -> None:
    for station in one_of_each():
        room.show(station)
        order = [item for item in room.window.focus_order() if not isinstance(item, ScrollButton)]
        order[0].setFocus()
        there = walked(room, is_on=True)
        back = walked(room, is_on=False)
        assert there == order, station.spot
        assert [back[0], *back[:0:-1]] == there, station.spot


def test_the_focus_starts_in_the_page_or_at_the_way_on(room: Room) -> None:
    for station in one_of_each():
        view = room.show(station)
        frame = [room.window.item(button.id) for button in (*view.bar, *view.tools)]
        items = [item for item in room.window.focus_order() if item not in frame and not isinstance(item, ScrollButton)]
        # A page about a service starts at "Begin", one that cannot wait at "Hulp van een mens".
        onward = [room.window.item(button) for button in (NEXT, HUMAN)]
        assert focused(room) in ([*items, *onward] if items else frame), (
            f"{station.spot}: {focused(room).accessibleName()}"
        )


def test_assistive_technology_can_put_the_focus_on_every_item(room: Room) -> None:
    for station in one_of_each()[::4]:
        room.show(station)
        for item in room.window.focus_order():
            action = QAccessible.queryAccessibleInterface(item).actionInterface()
            action.doAction("SetFocus")
            assert focused(room) is item, f"{station.spot}: {item.accessibleName()}"
