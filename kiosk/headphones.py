# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What headphones change for one visit: a first sentence that explains the keys, and a calm word when they are out.

That it falls silent in time is not done here, but long before (`kiosk.ear.ScreenEar.place_changed`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from i18n.texts import Texts
from kiosk.view import Notice, Preferences, Tone, View


class Headphones:
    """Remembers of one visit whether the keys were explained, and whether the headphones were just taken out."""

    def __init__(self, texts_of: Callable[[str], Texts]) -> None:
        self._texts_of = texts_of
        self._has_explained = False
        self._are_just_out = False

    def preferences(self, now: Preferences, *, are_in: bool) -> Preferences:
        """Give what holds from now on: in means read aloud; out means quiet, and never a dark screen."""
        return replace(now, is_reading=are_in, is_screen_off=now.is_screen_off and are_in)

    def greeting(self, language: str) -> str:
        """Give the sentences that explain the keys; nothing when they were said before."""
        if self._has_explained:
            return ""
        self._has_explained = True
        return self._texts_of(language).tr("voice.headphones_in")

    def went_out(self) -> None:
        """Know that they were taken out in the middle of something."""
        self._are_just_out = True

    def forget(self) -> None:
        """Know that the visitor goes on."""
        self._are_just_out = False

    def on(self, view: View) -> View:
        """Give the view with a notice above it, for as long as nobody did anything since."""
        if not self._are_just_out or view.is_over:
            return view
        texts = self._texts_of(view.language)
        notice = Notice(
            "headphones",
            texts.tr("headphones.out.title"),
            texts.tr("headphones.out.text"),
            tone=Tone.PLAIN,
            icon="mdi6.headphones-off",
        )
        return replace(view, parts=(notice, *view.parts))
