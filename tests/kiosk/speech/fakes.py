# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A voice, an output and a listener in memory; the fake output passes the same contract as the real ones."""

from __future__ import annotations

import re
import threading
from concurrent.futures import Future

from kiosk.speech.clip import Clip, WordMark
from kiosk.speech.performance import Ended, Positioned
from kiosk.speech.voice import VoiceError

SAMPLES_PER_WORD = 100


class FakeVoice:
    """Says each word in a hundred samples; fails when told to."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, int]] = []
        self.fails = False
        self.holds = False
        self.held: list[Future[Clip]] = []

    def warm_up(self) -> None: ...

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        self.requests.append((text, language, rate_wpm))
        future: Future[Clip] = Future()
        if self.fails:
            future.set_exception(VoiceError("no voice"))
        elif self.holds:
            self.held.append(future)
        else:
            future.set_result(clip_of(text))
        return future

    def close(self) -> None: ...


def clip_of(text: str) -> Clip:
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    words = tuple(WordMark(start, end, index * SAMPLES_PER_WORD) for index, (start, end) in enumerate(tokens))
    return Clip(22_050, b"\1\0" * (SAMPLES_PER_WORD * len(tokens)), words)


class FakeOutput:
    """Plays a clip only when the test lets time pass."""

    def __init__(self) -> None:
        self.played: list[Clip] = []
        self.private: list[bool] = []
        self.is_silent = False
        self.news = threading.Condition()
        self._now: tuple[Clip, Positioned, Ended] | None = None

    def warm_up(self) -> None: ...

    def play(self, clip: Clip, on_position: Positioned, on_end: Ended, *, is_private: bool = False) -> None:
        with self.news:
            self._now = (clip, on_position, on_end)
            self.played.append(clip)
            self.private.append(is_private)
            self.news.notify_all()

    def stop(self) -> None:
        with self.news:
            self._now = None
            self.news.notify_all()

    def place_changed(self) -> None: ...

    def close(self) -> None:
        self.stop()

    @property
    def is_playing(self) -> bool:
        return self._now is not None

    def advance(self, samples: int) -> None:
        if self._now is not None:
            self._now[1](min(samples, self._now[0].n_samples))

    def finish(self) -> None:
        with self.news:
            now, self._now = self._now, None
        if now is not None:
            now[1](now[0].n_samples)
            now[2]()

    def wait_for_clip(self, count: int) -> None:
        with self.news:
            assert self.news.wait_for(lambda: len(self.played) >= count, timeout=5)


class Diary:
    """Writes down what a reader tells, and lets a test wait for it."""

    def __init__(self) -> None:
        self.entries: list[tuple[object, ...]] = []
        self.news = threading.Condition()

    def _write(self, *entry: object) -> None:
        with self.news:
            self.entries.append(entry)
            self.news.notify_all()

    def sentence_started(self, part_id: str, start: int, end: int) -> None:
        self._write("sentence", part_id, start, end)

    def word_started(self, part_id: str, start: int, end: int) -> None:
        self._write("word", part_id, start, end)

    def voice_failed(self) -> None:
        self._write("voice_failed")

    def finished(self) -> None:
        self._write("finished")

    def wait_for(self, *entry: object, timeout_s: float = 5) -> None:
        with self.news:
            assert self.news.wait_for(lambda: entry in self.entries, timeout=timeout_s), (entry, self.entries)
