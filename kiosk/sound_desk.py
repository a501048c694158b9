# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a press does that concerns the voice, and the pages for it: about listening, and to practise the keys.

They stand over the screen; nothing behind them changes. The navigator hands over such presses; sound itself is the
visit's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from domain.key_names import KeyAction
from kiosk.effects import ChangeVolume, Effect, ReadAgain, RepeatPart, SayParts, SayText, SayWhere
from kiosk.screens.sound import practice_view, rate_text, sound_view, volume_text
from kiosk.screens.words import Words
from kiosk.speech.rate import Rate
from kiosk.speech.volume import USUAL_VOLUME
from kiosk.view import (
    AGAIN,
    BACK,
    COLOURS,
    EAR,
    EARLIER,
    FASTER,
    FURTHER,
    LEAVE,
    LOUDER,
    PRACTISE,
    READ,
    SCREEN,
    SIZE,
    SLOWER,
    SOFTER,
    SOUND,
    TRIED,
    Preferences,
    View,
)

_PIECES = {EARLIER: -1, AGAIN: 0, FURTHER: 1}
_VOLUMES = {SOFTER: -1, LOUDER: 1}
_RATES = {SLOWER: -1, FASTER: 1}
_STAYS = frozenset({READ, SIZE, COLOURS, LEAVE})  # tools that leave the page where it is
_HERE = ("title", "here", "can", EAR, "keys")
_PRACTICE = ("title", "text", "leave")


class Listening(Protocol):
    """Who keeps how this visitor wants to see and hear; `kiosk.navigator.Navigator` is the real one."""

    preferences: Preferences

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


class SoundDesk:
    """Takes the presses about the voice of one visit."""

    def __init__(self, listening: Listening) -> None:
        self._listening = listening
        self._page = ""
        self._tried = ""
        self.volume = USUAL_VOLUME

    @property
    def is_open(self) -> bool:
        """Tell whether a page of ours stands over the screen."""
        return bool(self._page)

    def over(self, words: Words, under: View) -> View:
        """Give what is shown where `under` would be."""
        if self._page == "keys":
            return practice_view(words, self._tried)
        return sound_view(words, under, self.volume) if self._page else under

    def volume_changed(self, volume: int) -> tuple[Effect, ...]:
        """Take the news of how loud the voice is now."""
        self.volume = volume
        return (SayText(volume_text(self._listening.words, volume)),)

    def close(self) -> None:
        """Take our page away."""
        self._page, self._tried = "", ""

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a press about the voice; None when it is for the screen, from which our page is then gone."""
        if self._page == "keys":
            return self._pressed_in_practice(button)
        if button == SOUND:
            self._page = "sound"
            # Said whether or not the screen is read aloud: who is lost may not know yet that it can be.
            return (SayParts(_HERE),)
        if self._page and button == BACK:
            self.close()
            return (SayWhere(),)
        effects = self._pressed_about_voice(button)
        if effects is None and button not in _STAYS:
            self.close()
        return effects

    def _pressed_about_voice(self, button: str) -> tuple[Effect, ...] | None:
        now = self._listening.preferences
        if button == EAR:
            self.close()
            self._listening.preferences = replace(now, is_reading=True)
            return (ReadAgain(),)
        if button in _PIECES:
            self.close()
            return (RepeatPart(_PIECES[button]),)
        if button in _VOLUMES:
            return (ChangeVolume(_VOLUMES[button]),)
        if button in _RATES:
            rate = max(min(Rate), min(max(Rate), now.speech_rate + _RATES[button]))
            self._listening.preferences = replace(now, speech_rate=int(rate))
            return (SayText(rate_text(self._listening.words)),)
        if button == SCREEN:
            self.close()
            # Without a voice a dark screen would be the end of the way.
            self._listening.preferences = replace(now, is_screen_off=not now.is_screen_off, is_reading=True)
            key = "sound.screen_is_on" if now.is_screen_off else "sound.screen_is_off"
            return (SayText(self._listening.words.tr(key)),)
        if button == PRACTISE:
            self._page, self._tried = "keys", ""
            return (SayParts(_PRACTICE),)
        return None

    def _pressed_in_practice(self, button: str) -> tuple[Effect, ...] | None:
        if button.startswith(TRIED):
            key = button.removeprefix(TRIED)
            if key == self._tried == KeyAction.HELP:
                self._page, self._tried = "sound", ""
                return (SayParts(_HERE),)
            self._tried = key
            return (SayParts(("key",)),)
        if button == BACK:
            self._page, self._tried = "sound", ""
            return (SayParts(_HERE),)
        if button not in _STAYS:
            self.close()
        return None
