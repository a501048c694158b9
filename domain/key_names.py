# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The names by which the settings file speaks of keys, and what a key can do.

Which code of the window system belongs to a name is `kiosk.key_map`'s.
"""

from __future__ import annotations

from enum import StrEnum


class KeyAction(StrEnum):
    """What a key of a keypad does. The first six are enough for everything."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    OK = "ok"
    HELP = "help"
    BACK = "back"
    EAR = "ear"
    AGAIN = "again"
    EARLIER = "earlier"
    FURTHER = "further"
    LOUDER = "louder"
    SOFTER = "softer"
    SLOWER = "slower"
    FASTER = "faster"
    SCREEN = "screen"


# Letters and digits are missing on purpose: they belong to who types.
KEY_NAMES = frozenset(
    {
        *(f"F{number}" for number in range(1, 36)),
        *("Up", "Down", "Left", "Right", "Return", "Enter", "Space", "Escape", "Select", "Menu", "Help"),
        *("Home", "End", "PageUp", "PageDown", "Insert", "Pause", "ScrollLock", "Print", "Back", "Forward"),
        *("VolumeUp", "VolumeDown", "VolumeMute", "MediaPlay", "MediaStop", "MediaPrevious", "MediaNext"),
        *("MediaTogglePlayPause", "Yes", "No", "Context1", "Context2", "Context3", "Context4", "Call", "Hangup"),
    }
)
