# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says a queue of utterances in order, sentence by sentence, and tells which sentence and word is heard.

It makes the next sentence while the present one plays. What a screen says is `reading.py`, how it is said
`verbalisation.py`, who may hear it `privacy.py`; sound is made by a `Voice` and heard through an `Output`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Protocol

from kiosk.speech.clip import Clip, WordMark
from kiosk.speech.playback import Output
from kiosk.speech.privacy import Route, Treatment, treatment
from kiosk.speech.rate import Rate
from kiosk.speech.script import Line, lines_of, replacement_of
from kiosk.speech.studio import Studio, Take, silence_for
from kiosk.speech.utterance import Utterance
from kiosk.speech.voice import Voice, VoiceError

Deliver = Callable[[Callable[[], None]], None]

_REMEMBERED = 2_000  # sentences


class ReaderListener(Protocol):
    """Hears what the ear is doing. All calls come through the `deliver` that the reader was given."""

    def sentence_started(self, part_id: str, start: int, end: int) -> None:
        """Mark text[start:end] of the part; 0, 0 marks the part when what is said of it is not on the screen."""
        ...

    def word_started(self, part_id: str, start: int, end: int) -> None:
        """Mark the word text[start:end] of the part as being said."""
        ...

    def voice_failed(self) -> None:
        """Tell the visitor, once, that there is text only."""
        ...

    def finished(self) -> None:
        """Know that all was said; not called after `stop`."""
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence whose saying began: as written, and as said. What was replaced is replaced here too."""

    part_id: str
    text: str
    said: str


@dataclass(slots=True)
class _Run:
    """One go through the queue, from a place in it until its end or until somebody says stop."""

    utterances: tuple[Utterance, ...]
    rate: Rate
    position: int
    sentence_start: int
    lock: threading.Lock = field(default_factory=threading.Lock)
    happened: SimpleQueue[WordMark | None] = field(default_factory=SimpleQueue)  # None: the clip is over, or stopped
    takes: list[Take] = field(default_factory=list)
    is_stopped: bool = False
    is_done: bool = False
    is_voiceless: bool = False

    def stop(self) -> None:
        with self.lock:
            self.is_stopped = True
            for take in self.takes:
                take.future.cancel()
        self.happened.put(None)


class Reader:
    """The ear of one window. Its methods return at once and are called from one thread, the UI's.

    After `stop` or a new `say` returns, nothing of what was being said before is heard or delivered any more.
    """

    def __init__(
        self,
        voice: Voice,
        output: Output,
        deliver: Deliver,
        listener: ReaderListener,
        *,
        route: Callable[[], Route] = lambda: Route.LOUDSPEAKER,
        instead_of_private: Callable[[str], str] = lambda _language: "",
    ) -> None:
        self._voice = voice
        self._output = output
        self._studio = Studio(voice)
        self._deliver = deliver
        self._listener = listener
        self._route = route
        self._instead_of_private = instead_of_private
        self._rate = Rate.NORMAL
        self._run = _Run((), self._rate, 0, 0, is_done=True)
        self._spoken: deque[Spoken] = deque(maxlen=_REMEMBERED)
        self._has_warned = False
        self._runs: SimpleQueue[_Run | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def warm_up(self) -> None:
        """Get voice and output ready in the background."""
        self._output.warm_up()
        self._voice.warm_up()

    def say(self, utterances: Iterable[Utterance]) -> None:
        """Say these instead of what was being said."""
        self._begin(tuple(utterances), 0, 0)

    def stop(self) -> None:
        """Fall silent at once; the queue stays, for `repeat`. The headphones' guard calls it on its own thread."""
        self._run.stop()
        self._output.stop()

    def place_changed(self) -> None:
        """Let the output find where the sound goes now. Any thread may call."""
        self._output.place_changed()

    def repeat(self) -> None:
        """Say the present utterance again from its start, or the last one that was said."""
        self._begin(self.queue, self._run.position, 0)

    def next(self) -> None:
        """Go on with the next utterance; at the last one, say that again."""
        self._begin(self.queue, max(0, min(self._run.position + 1, len(self.queue) - 1)), 0)

    def previous(self) -> None:
        """Go back to the utterance before."""
        self._begin(self.queue, max(self._run.position - 1, 0), 0)

    def close(self) -> None:
        """Stop and end the thread; voice and output belong to whoever made them."""
        self.stop()
        thread, self._thread = self._thread, None
        self._runs.put(None)
        if thread is not None:
            thread.join(2)

    @property
    def rate(self) -> Rate:
        """Give the speed; setting it while something is said says the present sentence again at the new speed."""
        return self._rate

    @rate.setter
    def rate(self, rate: Rate) -> None:
        self._rate = rate
        if self.is_reading:
            self._begin(self.queue, self._run.position, self._run.sentence_start)

    @property
    def is_reading(self) -> bool:
        """Say whether something is being said."""
        return not self._run.is_stopped and not self._run.is_done

    @property
    def is_silent(self) -> bool:
        """Say whether nothing can be heard, because there is no sound device."""
        return self._output.is_silent

    @property
    def position(self) -> int:
        """Give the place in the queue of what is or was last being said."""
        return self._run.position

    @property
    def queue(self) -> tuple[Utterance, ...]:
        """Give all that was last asked for, in order, said or not."""
        return self._run.utterances

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """Give the sentences whose saying began, in order, since the reader was made."""
        return tuple(self._spoken)

    def _begin(self, utterances: tuple[Utterance, ...], position: int, sentence_start: int) -> None:
        self.stop()
        self._run = _Run(utterances, self._rate, position, sentence_start)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="reader", daemon=True)
            self._thread.start()
        self._runs.put(self._run)

    # Below: on the reader's own thread ------------------------------------------------------------------------------

    def _work(self) -> None:
        while (run := self._runs.get()) is not None:
            self._go_through(run)

    def _go_through(self, run: _Run) -> None:
        lines = lines_of(run.utterances, run.position, run.sentence_start)
        replaced, said_instead = -2, ""  # the last utterance that something else was said for, and what
        line = next(lines, None)
        while line is not None and not run.is_stopped:
            what = treatment(line.utterance.privacy, self._route())
            said_line: Line | None = line if what is Treatment.SAY else None
            if what is Treatment.REPLACE:
                # Once for a row of private texts; a list of them must not say the same sentence ten times.
                text = line.utterance.instead or self._instead_of_private(line.utterance.language)
                is_again = line.index <= replaced + 1 and (line.index == replaced or text == said_instead)
                said_line = replacement_of(line, text) if text and not is_again else None
                replaced, said_instead = line.index, text
            following = next(lines, None)
            if said_line is not None:
                self._perform(run, said_line, following)
            line = following
        if not run.is_stopped:
            run.is_done = True
            self._tell(run, self._listener.finished)

    def _perform(self, run: _Run, line: Line, following: Line | None) -> None:
        clip = self._clip(run, line)
        if clip is None:
            return
        run.position, run.sentence_start = line.index, line.start
        part_id = line.utterance.part_id
        self._spoken.append(Spoken(part_id, line.written, line.said.text))
        is_shown = line.utterance.is_shown
        place = (line.start, line.end) if is_shown else (0, 0)
        self._tell(run, lambda: self._listener.sentence_started(part_id, *place))
        marks = iter(clip.words if is_shown else ())
        upcoming = next(marks, None)

        def on_position(sample: int) -> None:
            nonlocal upcoming
            while upcoming is not None and upcoming.sample <= sample:
                run.happened.put(upcoming)
                upcoming = next(marks, None)

        with run.lock:
            if run.is_stopped:
                return
            self._output.play(clip, on_position, lambda: run.happened.put(None), is_private=line.utterance.is_private)
        if following is not None:
            self._order(run, following)
        last_start = -1
        while (mark := run.happened.get()) is not None:
            start, end = line.word(mark.start, mark.end)
            if start > last_start:
                last_start = start
                self._tell_word(run, part_id, start, end)

    def _order(self, run: _Run, line: Line) -> Take | None:
        """Order a line's clip, or find the order that was already given for it."""
        key = (line.said.text, line.language)
        for take in run.takes:
            if (take.key.text, take.key.language) == key:
                return take
        with run.lock:
            if run.is_stopped or run.is_voiceless:
                return None
            take = self._studio.order(*key, run.rate.words_per_minute, is_kept=not line.utterance.is_private)
            run.takes.append(take)
            return take

    def _clip(self, run: _Run, line: Line) -> Clip | None:
        """Give the clip of a line; silence in its rhythm when the voice fails; None when stopped."""
        take = self._order(run, line)
        if take is not None:
            try:
                clip = self._studio.collect(take)
            except VoiceError:
                run.is_voiceless = True  # one wait is enough: the rest of this run does not ask again
                self._warn(run)
            else:
                return clip
            finally:
                with run.lock:
                    run.takes.remove(take)
        return None if run.is_stopped else silence_for(line.said.text, run.rate.words_per_minute)

    def _warn(self, run: _Run) -> None:
        if not self._has_warned:
            self._has_warned = True
            self._tell(run, self._listener.voice_failed)

    def _tell_word(self, run: _Run, part_id: str, start: int, end: int) -> None:
        self._tell(run, lambda: self._listener.word_started(part_id, start, end))

    def _tell(self, run: _Run, news: Callable[[], None]) -> None:
        # Asked again when it arrives: between now and then somebody may have said stop.
        self._deliver(lambda: None if run.is_stopped else news())
