# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Hands for the demo: a finger that touches the real window, or one that has only six keys.

Both get the same acts (what an invented visitor wants) and use the window as a person would, through its own widgets.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from domain.errors import ExpectedError
from kiosk.key_map import Move
from kiosk.onscreen_keyboard import ACCENTS, DONE, LETTERS, SCRIPT, SHIFT, SPACE, KeyButton
from kiosk.view import Chose, Event, Pressed, Typed
from kiosk.window import KioskWindow

MOST_STEPS = 400
MOST_PAGES = 8
LAST_LATIN = 0x250
ARROWS = {
    Move.UP: Qt.Key.Key_Up,
    Move.DOWN: Qt.Key.Key_Down,
    Move.LEFT: Qt.Key.Key_Left,
    Move.RIGHT: Qt.Key.Key_Right,
}


class DemoError(ExpectedError):
    """The demo could not do what a person would do: that is a fault of the window."""

    slug = "demo"


class Hand(Protocol):
    """Does one act on the window."""

    def do(self, act: Event) -> None:
        """Do it. Raises: DemoError when the window offers no way."""
        ...


class Taps:
    """The time between two taps, as the window sees it: a person waits a second, a demo need not."""

    def __init__(self) -> None:
        self._now_ms = 0

    def __call__(self) -> int:
        """Let a second go by."""
        self._now_ms += 1000
        return self._now_ms


class TouchHand:
    """Taps and types like somebody at the screen."""

    def __init__(self, window: KioskWindow) -> None:
        self._window = window

    def do(self, act: Event) -> None:
        """Tap a button or option, or tap a field and type."""
        match act:
            case Pressed():
                self._tap(act.id)
            case Chose():
                self._tap(act.option_id)
            case Typed():
                self._type(act)

    def _tap(self, item_id: str) -> None:
        item = _found(self._window, item_id)
        QTest.mouseClick(item, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _middle(item))

    def _type(self, act: Typed) -> None:
        entry = self._window.field_entry(act.field_id)
        if entry is None:
            raise DemoError(f"there is no field {act.field_id} on the screen")
        if entry.panel is not None:
            self._tap(act.field_id)
            cell = next(cell for cell in entry.panel.cells if cell.option.id == act.text)
            QTest.mouseClick(cell, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _middle(cell))
            return
        self._tap(act.field_id)
        QTest.keyClicks(entry.control, act.text)
        self._window.close_keyboard()


class KeyHand:
    """Uses nothing but up, down, left, right, ok (and help): typing too, on the keyboard on the screen."""

    def __init__(self, window: KioskWindow) -> None:
        self._window = window

    def do(self, act: Event) -> None:
        """Walk to an item and press ok, or walk to a field and type key by key."""
        match act:
            case Pressed():
                self._walk_to(_found(self._window, act.id))
                self._press(Qt.Key.Key_Return)
            case Chose():
                self._walk_to(_found(self._window, act.option_id))
                self._press(Qt.Key.Key_Return)
            case Typed():
                self._type(act)

    def _press(self, key: Qt.Key) -> None:
        focused: QWidget | None = self._window.focusWidget()
        QTest.keyClick(self._window if focused is None else focused, key)

    def _walk_to(self, target: QWidget) -> None:
        for _ in range(MOST_STEPS):
            focused = self._window.focusWidget()
            if focused is target:
                return
            order = self._window.focus_order()
            # Left and right walk through everything in order, whatever stands where.
            here = order.index(focused) if focused in order else -1
            is_ahead = target in order and order.index(target) > here
            forward = (
                Qt.Key.Key_Left
                if self._window.layoutDirection() is Qt.LayoutDirection.RightToLeft
                else Qt.Key.Key_Right
            )
            backward = Qt.Key.Key_Right if forward is Qt.Key.Key_Left else Qt.Key.Key_Left
            self._press(forward if is_ahead else backward)
        raise DemoError("an item cannot be reached with the arrow keys")

    def _type(self, act: Typed) -> None:
        entry = self._window.field_entry(act.field_id)
        if entry is None:
            raise DemoError(f"there is no field {act.field_id} on the screen")
        self._walk_to(entry.control)
        self._press(Qt.Key.Key_Return)
        if entry.panel is not None:
            self._walk_to(next(cell for cell in entry.panel.cells if cell.option.id == act.text))
            self._press(Qt.Key.Key_Return)
            return
        for letter in act.text:
            self._key(SPACE if letter == " " else letter)
        self._key(DONE)

    def _key(self, wanted: str) -> None:
        key: KeyButton | None = None
        for _ in range(MOST_PAGES):
            keys = self._window.keyboard.keys()
            written = {key.key if key.key.startswith("<") else key.text_on_key: key for key in keys}
            other_case = written.get(wanted.swapcase())
            is_latin = ord(wanted[0]) < LAST_LATIN
            pages = [ACCENTS, LETTERS, SCRIPT] if is_latin else [SCRIPT, LETTERS]
            turns = [SHIFT] if other_case is not None else pages
            turn = next((written[name] for name in turns if name in written), None)
            # A pad without a shift key has one case only, and either will do.
            key = written.get(wanted) or (other_case if turn is None else None)
            if key is not None or turn is None:
                break
            self._cursor_to(turn)
            self._press(Qt.Key.Key_Return)
        if key is not None:
            self._cursor_to(key)
            self._press(Qt.Key.Key_Return)
        elif wanted.isalnum():
            raise DemoError(f"the letter {wanted} cannot be typed with the arrow keys")
        # Else a dash in a telephone number: the keys do not have it, and nobody needs it.

    def _cursor_to(self, key: KeyButton) -> None:
        for _ in range(MOST_STEPS):
            cursor = self._window.keyboard.cursor_key
            if cursor is None or cursor is key:
                return
            here, there = cursor.geometry(), key.geometry()
            if here.y() != there.y():
                move = Move.DOWN if there.y() > here.y() else Move.UP
            else:
                move = Move.RIGHT if there.x() > here.x() else Move.LEFT
            self._press(ARROWS[move])
        raise DemoError("a key cannot be reached with the arrow keys")


def _found(window: KioskWindow, item_id: str) -> QWidget:
    item = window.item(item_id)
    if item is None:
        raise DemoError(f"there is no {item_id} on the screen")
    return item


def _middle(item: QWidget) -> QPoint:
    return item.rect().center()
