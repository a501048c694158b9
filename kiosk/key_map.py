# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The keys of Loket in one table: arrows, Enter and Help are the six keys; the rest is for a full keyboard."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt


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
}

HELP_HOLD_MS = 2000  # holding Help this long is "Snel weg"; never several presses: someone lost presses Help
DOUBLE_TAP_MS = 400  # people with tremor tap twice
