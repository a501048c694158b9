# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When each word was marked on the screen, and what its sentence sounds like, to find it in a recording."""

from __future__ import annotations

from concurrent.futures import Future
from itertools import pairwise
from typing import Any

from kiosk.ear import Highlighter
from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip
from kiosk.speech.reader import Reader
from kiosk.speech.voice import Voice
from tests.benchmarks.x_screen import now_ms

PIECE = 300  # samples; as many in a row are alike nowhere else
LOUD = 1_000


class _OverheardVoice:
    """The real voice; what it made is written down."""

    def __init__(self, voice: Voice, clips: dict[str, Clip]) -> None:
        self._voice = voice
        self._clips = clips

    def warm_up(self) -> None:
        self._voice.warm_up()

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        made = self._voice.request(text, language, rate_wpm)
        made.add_done_callback(lambda done: self._keep(text, done))
        return made

    def close(self) -> None:
        self._voice.close()

    def _keep(self, text: str, done: Future[Clip]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._clips[text] = done.result()


class Marks:
    """Stands before the window's marks and writes down when they were asked for."""

    def __init__(self, window: Highlighter) -> None:
        self._window = window
        self._clips: dict[str, Clip] = {}
        self._marked: list[tuple[str, list[tuple[float, int]]]] = []  # part; of each word when, and where it starts
        self.reader: Reader | None = None

    def overheard(self, voice: Voice) -> Voice:
        return _OverheardVoice(voice, self._clips)

    def highlight(self, part_id: str, start: int, end: int, word_start: int, word_end: int) -> None:
        at_ms = now_ms()
        if word_start == word_end:
            self._marked.append((part_id, []))
        else:
            self._marked[-1][1].append((at_ms, word_start))
        self._window.highlight(part_id, start, end, word_start, word_end)

    def clear_highlight(self) -> None:
        self._window.clear_highlight()

    def told(self) -> list[dict[str, Any]]:
        """Give each sentence whose words are said as they are written, and forget all."""
        spoken = self.reader.spoken if self.reader is not None else ()
        found = []
        for sentence, (part_id, marked) in zip(spoken[-len(self._marked) :], self._marked, strict=False):
            clip = self._clips.get(sentence.said)
            is_told = sentence.part_id == part_id and sentence.text == sentence.said
            if clip is None or not is_told or len(clip.words) != len(marked) or not _is_whole(marked):
                continue
            at = _loud_piece(clip)
            piece = clip.pcm[at * BYTES_PER_SAMPLE : (at + PIECE) * BYTES_PER_SAMPLE]
            words = [(mark.sample, at_ms) for mark, (at_ms, _) in zip(clip.words, marked, strict=True)]
            found.append({"rate": clip.sample_rate, "at": at, "piece": piece.hex(), "words": words})
        self._marked.clear()
        return found


def _is_whole(marked: list[tuple[float, int]]) -> bool:
    return bool(marked) and all(before < after for (_, before), (_, after) in pairwise(marked))


def _loud_piece(clip: Clip) -> int:
    samples = memoryview(clip.pcm).cast("h")
    return next((at for at, sample in enumerate(samples) if abs(sample) > LOUD), 0)
