# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of Loket in one table: arrows, Enter and Help are the six keys; the rest is for a full keyboard."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt

from domain.key_names import KeyAction
from kiosk.view import AGAIN, EAR, EARLIER, FASTER, FURTHER, LOUDER, SCREEN, SLOWER, SOFTER


class Move(Enum):
    """What a key asks of the window."""

    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    PRESS = auto()
    BACK = auto()
    HELP = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    EAR = auto()
    AGAIN = auto()
    EARLIER = auto()
    FURTHER = auto()
    LOUDER = auto()
    SOFTER = auto()
    SLOWER = auto()
    FASTER = auto()
    SCREEN = auto()


KEYS: dict[int, Move] = {
    Qt.Key.Key_Up: Move.UP,
    Qt.Key.Key_Down: Move.DOWN,
    Qt.Key.Key_Left: Move.LEFT,
    Qt.Key.Key_Right: Move.RIGHT,
    Qt.Key.Key_Return: Move.PRESS,
    Qt.Key.Key_Enter: Move.PRESS,
    Qt.Key.Key_Select: Move.PRESS,
    Qt.Key.Key_Space: Move.PRESS,  # in a field Qt types it before the window sees it
    Qt.Key.Key_Escape: Move.BACK,
    Qt.Key.Key_Back: Move.BACK,
    Qt.Key.Key_F1: Move.HELP,
    Qt.Key.Key_Help: Move.HELP,
    Qt.Key.Key_PageUp: Move.PAGE_UP,
    Qt.Key.Key_PageDown: Move.PAGE_DOWN,
    Qt.Key.Key_F2: Move.EAR,
    Qt.Key.Key_F3: Move.AGAIN,
    Qt.Key.Key_MediaPrevious: Move.EARLIER,
    Qt.Key.Key_F4: Move.EARLIER,
    Qt.Key.Key_MediaNext: Move.FURTHER,
    Qt.Key.Key_F5: Move.FURTHER,
    Qt.Key.Key_VolumeDown: Move.SOFTER,
    Qt.Key.Key_F6: Move.SOFTER,
    Qt.Key.Key_VolumeUp: Move.LOUDER,
    Qt.Key.Key_F7: Move.LOUDER,
    Qt.Key.Key_F8: Move.SLOWER,
    Qt.Key.Key_F9: Move.FASTER,
    Qt.Key.Key_F10: Move.SCREEN,
}

# What each of these asks of who takes events; they mean the same on every screen.
ASKS: dict[Move, str] = {
    Move.EAR: EAR,
    Move.AGAIN: AGAIN,
    Move.EARLIER: EARLIER,
    Move.FURTHER: FURTHER,
    Move.LOUDER: LOUDER,
    Move.SOFTER: SOFTER,
    Move.SLOWER: SLOWER,
    Move.FASTER: FASTER,
    Move.SCREEN: SCREEN,
}

# The standard key of each action; a keypad's own keys are turned into these (`kiosk.keypad`).
STANDARD: dict[KeyAction, Qt.Key] = {
    KeyAction.UP: Qt.Key.Key_Up,
    KeyAction.DOWN: Qt.Key.Key_Down,
    KeyAction.LEFT: Qt.Key.Key_Left,
    KeyAction.RIGHT: Qt.Key.Key_Right,
    KeyAction.OK: Qt.Key.Key_Select,
    KeyAction.HELP: Qt.Key.Key_F1,
    KeyAction.BACK: Qt.Key.Key_Escape,
    KeyAction.EAR: Qt.Key.Key_F2,
    KeyAction.AGAIN: Qt.Key.Key_F3,
    KeyAction.EARLIER: Qt.Key.Key_F4,
    KeyAction.FURTHER: Qt.Key.Key_F5,
    KeyAction.SOFTER: Qt.Key.Key_F6,
    KeyAction.LOUDER: Qt.Key.Key_F7,
    KeyAction.SLOWER: Qt.Key.Key_F8,
    KeyAction.FASTER: Qt.Key.Key_F9,
    KeyAction.SCREEN: Qt.Key.Key_F10,
}


OTHER_KEY = "other"


def action_of(move: Move | None) -> str:
    """Name what a key does, for who practises."""
    return next((action.value for action, key in STANDARD.items() if KEYS[key] is move), OTHER_KEY)


def code_of(name: str) -> int:
    """Give the code of a key by its name in the settings (`domain.key_names.KEY_NAMES`)."""
    return int(Qt.Key[f"Key_{name}"])


HELP_HOLD_MS = 2000  # holding Help this long is "Snel weg"; never several presses: someone lost presses Help
DOUBLE_TAP_MS = 400  # people with tremor tap twice
