# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the desk to the visit on the same machine: the line, its page, and a sound when somebody asks for help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from assisted.next_time import NextTimePorts
from assisted.pages import HOME, DeskPage
from assisted.together import TOGETHER, together_page
from assisted.visit_link import VisitLink
from assisted.window import DeskWindow
from commands.window_words import window_words
from domain.service import Privacy
from domain.settings import Settings
from domain.together import HelpState
from i18n.texts import DUTCH, Texts
from kiosk.ear import ScreenEar
from kiosk.speech.playback import MiniaudioOutput
from kiosk.speech.reader import Reader
from kiosk.speech.voice import EspeakVoice


class DeskVoice:
    """Says a short sentence of staff aloud; a machine without voice or sound stays silent, the words are shown too."""

    def __init__(self) -> None:
        self._ear: ScreenEar | None = None

    def speak(self, said: str) -> None:
        """Say it instead of what was being said."""
        if self._ear is None:
            self._ear = ScreenEar(lambda deliver, listener: Reader(EspeakVoice(), MiniaudioOutput(), deliver, listener))
        self._ear.say(said, DUTCH, Privacy.OPEN)


class TogetherJoin:
    """The line of one desk and the page for it."""

    def __init__(self, settings: Settings) -> None:
        self.link = VisitLink(settings.device.data_dir or Path())
        self._voice = DeskVoice()

    def page(self, next_time: NextTimePorts) -> DeskPage:
        """Give the page to hang in."""
        return together_page(self.link, window_words(Texts), self._voice.speak, next_time)

    def watch(self, window: DeskWindow, texts: Texts, ring: Callable[[], None]) -> HelpBell:
        """Begin to look for a visit, and let the window know when somebody asks for help."""
        bell = HelpBell(window, self.link, texts, ring)
        self.link.begin()
        return bell


class HelpBell(QObject):
    """Rings softly, and marks the page in the list; who is at another page stays there."""

    def __init__(self, window: DeskWindow, link: VisitLink, texts: Texts, ring: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._texts = texts
        self._ring = ring
        link.help_changed.connect(self._on_link_help_changed)

    def _on_link_help_changed(self, state: object) -> None:
        shell = self._window.shell
        is_asked = state is HelpState.CALLED
        if is_asked:
            self._ring()
        if shell is None or TOGETHER not in shell.nav:
            return  # locked, or nobody of those who help
        name = self._texts.tr("desk.together.called_short" if is_asked else "desk.together.title")
        shell.nav[TOGETHER].call(name, is_asked=is_asked)
        if is_asked and shell.page_id == HOME:
            shell.go(TOGETHER)
        if is_asked:
            shell.say(self._texts.tr("desk.together.called"))
