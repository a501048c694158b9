# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes or finds the clip of a line: from the cache, by the voice, or as silence in its rhythm when the voice fails."""

from __future__ import annotations

import re
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass

from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip, WordMark
from kiosk.speech.clip_cache import ClipCache, ClipKey
from kiosk.speech.voice import Voice

_SILENT_SAMPLE_RATE = 22_050
_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Take:
    """A clip that is ordered and may not be there yet."""

    key: ClipKey
    is_kept: bool
    future: Future[Clip]


class Studio:
    """Belongs to the reader's thread; `cancel` of a take may come from any."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._cache = ClipCache()

    def order(self, text: str, language: str, rate_wpm: int, *, is_kept: bool) -> Take:
        """Order a clip; one that may be kept is looked for in the cache first."""
        key = ClipKey(text, language, rate_wpm)
        cached = self._cache.get(key) if is_kept else None
        if cached is None:
            return Take(key, is_kept, self._voice.request(text, language, rate_wpm))
        future: Future[Clip] = Future()
        future.set_result(cached)
        return Take(key, is_kept, future)

    def collect(self, take: Take) -> Clip | None:
        """Wait for the clip; None when it was cancelled.

        Raises: VoiceError.
        """
        try:
            clip = take.future.result()
        except CancelledError:
            return None
        if take.is_kept:
            self._cache.put(take.key, clip)
        return clip


def silence_for(text: str, rate_wpm: int) -> Clip:
    """Give a silent clip in which the words of the text come by at this speed."""
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    samples_per_word = _SILENT_SAMPLE_RATE * _SECONDS_PER_MINUTE // rate_wpm
    words = tuple(WordMark(start, end, index * samples_per_word) for index, (start, end) in enumerate(tokens))
    return Clip(_SILENT_SAMPLE_RATE, bytes(len(tokens) * samples_per_word * BYTES_PER_SAMPLE), words)
