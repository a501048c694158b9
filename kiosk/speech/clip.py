# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sentence as sound: samples, and where each word starts in them. Made by a voice, played by an output."""

from __future__ import annotations

from dataclasses import dataclass

BYTES_PER_SAMPLE = 2


@dataclass(frozen=True, slots=True)
class WordMark:
    """Says at which sample the word text[start:end] is first heard."""

    start: int
    end: int
    sample: int


@dataclass(frozen=True, slots=True)
class Clip:
    """Holds signed 16-bit mono sound in the machine's byte order, with its words in order."""

    sample_rate: int
    pcm: bytes
    words: tuple[WordMark, ...] = ()

    @property
    def n_samples(self) -> int:
        """Count the samples."""
        return len(self.pcm) // BYTES_PER_SAMPLE

    @property
    def duration_s(self) -> float:
        """Give the playing time."""
        return self.n_samples / self.sample_rate
