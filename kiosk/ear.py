# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the reader to the window: what is said is marked on the screen while it is said.

The reader works on threads of its own; this object brings its news to the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, groupby
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from domain.bsn_door import holds_bsn
from domain.service import Privacy
from kiosk.devices.sound_place import SoundPlace
from kiosk.speech.privacy import Route, Treatment, treatment
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.speech.reading import utterances
from kiosk.speech.utterance import Utterance
from kiosk.speech.volume import Volume
from kiosk.view import View


class Highlighter(Protocol):
    """Marks what is being said; `kiosk.window.KioskWindow` is the real one."""

    def highlight(self, part_id: str, start: int, end: int, word_start: int, word_end: int) -> None:
        """Mark a sentence of a part, and a word in it."""
        ...

    def clear_highlight(self) -> None:
        """Mark nothing any more."""
        ...


class ScreenEar(QObject):
    """Reads views aloud and marks sentence and word."""

    _news = Signal(object)  # Emitted by the reader's threads, with a callable to run in the UI thread.

    def __init__(
        self,
        reader_of: Callable[[Callable[[Callable[[], None]], None], ScreenEar], Reader],
        route: Callable[[], Route] = lambda: Route.LOUDSPEAKER,
        volume: Volume | None = None,
        may_say: Callable[[str], bool] = lambda text: not holds_bsn(text),
    ) -> None:
        super().__init__()
        self._route = route
        self._may_say = may_say  # the last door: what the fields let through by mistake is not said aloud
        self._volume = volume or Volume()
        self._on_headphones: Callable[[bool], None] = lambda are_in: None
        self._highlighter: Highlighter | None = None
        self._sentence = ("", 0, 0)
        self._page: tuple[Utterance, ...] = ()  # all of the screen, for who goes through it piece by piece
        self._left_at: Utterance | None = None  # where they were when something came over the screen
        self._news.connect(self._on_news, Qt.ConnectionType.QueuedConnection)
        self._reader = reader_of(self._news.emit, self)

    def attach(self, highlighter: Highlighter) -> None:
        """Say where the marks are to be shown."""
        self._highlighter = highlighter

    @property
    def reader(self) -> Reader:
        """Give the reader, to look at what was said."""
        return self._reader

    @property
    def is_speaking(self) -> bool:
        """Tell whether something is being said."""
        return self._reader.is_reading

    @property
    def route(self) -> Route:
        """Give where the sound goes now."""
        return self._route()

    @property
    def volume(self) -> int:
        """Give the step of the volume, 1 to 5; each visit begins with that of the settings."""
        return self._volume.level

    def louder(self) -> int:
        """Go a step up, at once and also in the middle of a word; give the step, the same one at the top."""
        return self._volume.change(+1)

    def softer(self) -> int:
        """Go a step down; give the step, the same one at the bottom."""
        return self._volume.change(-1)

    def tell_headphones(self, changed: Callable[[bool], None]) -> None:
        """Say who is told, in the UI thread and when it is silent already, that headphones went in (True) or out."""
        self._on_headphones = changed

    def place_changed(self, before: SoundPlace, after: SoundPlace) -> None:
        """Fall silent before anything else when headphones go out or in. Called on the thread of the outputs."""
        is_theirs = before.is_headphones or after.is_headphones
        if is_theirs:
            self._reader.stop()
            self._volume.reset()  # what was right in the hall hurts in an ear
        self._reader.place_changed()
        if is_theirs:
            self._news.emit(lambda: self._headphones_changed(after.is_headphones))

    def read(self, view: View, only: tuple[str, ...] = (), first: str = "") -> None:
        """Read a view from the top, or only some of its parts; `first` is said before it and stands nowhere."""
        pieces = tuple(f"{part_id}." for part_id in only)
        wanted = (
            utterance
            for utterance in utterances(view)
            if (not only or utterance.part_id in only or utterance.part_id.startswith(pieces))
            and self._may_say(utterance.text)
        )
        before = (Utterance("", first, view.language, is_shown=False),) if first else ()
        self._know_place(view)
        self._reader.say((*before, *wanted))

    def say(self, text: str, language: str, privacy: Privacy) -> None:
        """Say a word that is no part of a view, such as the name of a key; in the hall nothing that is private."""
        if treatment(privacy, self._route()) is Treatment.SAY and self._may_say(text):
            self._reader.say((Utterance("", text, language, privacy, is_shown=False),))

    def repeat(self, by: int = 0) -> None:
        """Say the last piece of the screen once more, or read on from the piece before (-1) or after (1) it."""
        here, self._left_at = self._left_at or self._last(), None
        if here is None:
            return
        pieces = [tuple(group) for _part_id, group in groupby(self._page, key=lambda found: found.part_id)]
        number = next((number for number, piece in enumerate(pieces) if here in piece), None)
        if number is None:
            self._reader.say((here,))  # a word that stands nowhere, such as a key
        elif by == 0:
            self._reader.say(pieces[number])
        else:
            wanted = min(max(number + by, 0), len(pieces) - 1)
            self._reader.say(chain.from_iterable(pieces[wanted:]))

    def set_rate(self, rate: int) -> None:
        """Speak at this speed from now on, 1 to 5."""
        if self._reader.rate != rate:
            self._reader.rate = Rate(rate)

    def _know_place(self, view: View) -> None:
        """Keep where the visitor was in the screen, also while something stands over it."""
        if not view.is_over:
            said = (utterance for utterance in utterances(view) if self._may_say(utterance.text))
            self._page, self._left_at = tuple(said), None
        elif self._left_at is None:
            self._left_at = self._last()

    def _last(self) -> Utterance | None:
        queue = self._reader.queue
        return queue[min(self._reader.position, len(queue) - 1)] if queue else None

    def stop(self) -> None:
        """Fall silent at once and mark nothing."""
        if self._reader.is_reading:
            self._reader.stop()
        self._clear()

    def close(self) -> None:
        """End the reader's threads."""
        self._reader.close()

    # What the reader tells, already in the UI thread:

    def sentence_started(self, part_id: str, start: int, end: int) -> None:
        """Mark the sentence."""
        self._sentence = (part_id, start, end)
        if self._highlighter is not None:
            self._highlighter.highlight(part_id, start, end, start, start)

    def word_started(self, part_id: str, start: int, end: int) -> None:
        """Mark the word in its sentence."""
        if self._highlighter is not None and self._sentence[0] == part_id:
            self._highlighter.highlight(part_id, self._sentence[1], self._sentence[2], start, end)

    def voice_failed(self) -> None:
        """There is text only; the text is on the screen already."""

    def finished(self) -> None:
        """Mark nothing any more."""
        self._clear()

    def _headphones_changed(self, are_in: bool) -> None:
        self._clear()
        self._on_headphones(are_in)

    def _clear(self) -> None:
        if self._highlighter is not None:
            self._highlighter.clear_highlight()

    def _on_news(self, call: Callable[[], None]) -> None:
        call()
