# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The window's own words: keys of the keyboard, up and down, and every word that a button of the frame may ever carry.

The frame reserves room for the longest of them, so that no button moves when its word changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from i18n.texts import Texts
from kiosk.screens.consent import STOP_HELP
from kiosk.view import BACK, COLOURS, HUMAN, LANGUAGE, LEAVE, LOW, NEXT, READ, SIZE, SOUND, STOP
from kiosk.window import WindowWords

OWN = {
    "window.practice": "practice.note",
    "window.unsigned": "unsigned.note",
    "window.for_citizen": "fill.band",
    "window.scroll_up": "keyboard.up",
    "window.scroll_down": "keyboard.down",
    "window.dark": "sound.screen_dark",
}
KEYBOARD = ("space", "delete", "shift", "done", "accents", "letters", "numbers", "enter", "at", "dot", "hyphen")
TYPED = ("opens", "so_far", "nothing", "secret", "deleted")
FRAME = {
    READ: ("tool.read", "tool.read_stop"),
    SIZE: ("tool.size",),
    SOUND: ("tool.sound",),
    COLOURS: ("tool.colours",),
    LANGUAGE: ("tool.language",),
    LEAVE: ("tool.leave",),
    STOP_HELP: ("consent.stop",),
    BACK: ("bar.back",),
    HUMAN: ("bar.human",),
    STOP: ("bar.stop",),
    LOW: ("bar.low", "bar.high"),
    NEXT: ("bar.next", "bar.start", "bar.send", "bar.done", "bar.done_choosing", "rehearse.close"),
}


def window_words(texts_of: Callable[[str], Texts]) -> Callable[[str], WindowWords]:
    """Give what the window asks its words from, by language."""

    @cache
    def of(language: str) -> WindowWords:
        texts = texts_of(language)
        own = {name: texts.tr(key) for name, key in OWN.items()}
        # The window puts in what was typed itself: it never leaves it but by the field and the voice.
        typed = {f"typed.{name}": texts.tr(f"typed.{name}", sign="{sign}", text="{text}") for name in TYPED}
        keys = {f"keyboard.{name}": texts.tr(f"keyboard.{name}") for name in KEYBOARD}
        frame = {button: tuple(texts.tr(key) for key in found) for button, found in FRAME.items()}
        return WindowWords({**own, **typed, **keys}, frame)

    return of
