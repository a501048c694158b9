# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recording being made: samples in memory, how loud they are, and the WAV file of them. No sound system here."""

from __future__ import annotations

import io
import math
import sys
import threading
import wave
from array import array

from domain.attachment import LONGEST_RECORDING_S, FileContent, Heard, Loudness

SAMPLE_RATE = 16_000
_BYTES_PER_SAMPLE = 2
_LONGEST = LONGEST_RECORDING_S * SAMPLE_RATE * _BYTES_PER_SAMPLE
_LEAST = SAMPLE_RATE * _BYTES_PER_SAMPLE // 4  # a quarter of a second is a slip of the finger
# Loudness of the last moment, as a share of the loudest possible; the bounds between the words for it.
_SOFT, _GOOD, _LOUD = 0.003, 0.02, 0.35


class Recording:
    """Takes samples on the sound system's thread, and is asked about them on others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pcm = bytearray()
        self._level = 0.0

    def take(self, samples: bytes) -> None:
        """Take signed 16-bit mono samples in the machine's byte order; more than three minutes are not kept."""
        loud = _loudness(samples)
        with self._lock:
            self._level = loud
            self._pcm += samples[: max(_LONGEST - len(self._pcm), 0)]

    def heard(self) -> Heard:
        """Tell how long it is and how loud the last moment was."""
        with self._lock:
            seconds, level = len(self._pcm) // (SAMPLE_RATE * _BYTES_PER_SAMPLE), self._level
        if level < _SOFT:
            return Heard(seconds, Loudness.NOTHING)
        if level < _GOOD:
            return Heard(seconds, Loudness.SOFT)
        return Heard(seconds, Loudness.GOOD if level < _LOUD else Loudness.LOUD)

    def finish(self) -> FileContent | None:
        """Give it as a WAV file and forget it; None when there is nothing in it."""
        with self._lock:
            pcm, self._pcm = bytes(self._pcm), bytearray()
        if len(pcm) < _LEAST:
            return None
        return FileContent("audio/wav", wav_of(pcm), seconds=math.ceil(len(pcm) / (SAMPLE_RATE * _BYTES_PER_SAMPLE)))


def _loudness(samples: bytes) -> float:
    values = array("h", samples[: len(samples) // _BYTES_PER_SAMPLE * _BYTES_PER_SAMPLE])
    if not values:
        return 0.0
    return math.sqrt(sum(value * value for value in values) / len(values)) / 32768


def wav_of(pcm: bytes) -> bytes:
    """Write samples as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_BYTES_PER_SAMPLE)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(_little_endian(pcm))
    return buffer.getvalue()


def pcm_of(wav: bytes) -> bytes:
    """Give the samples of a WAV file of ours, in the machine's byte order."""
    with wave.open(io.BytesIO(wav), "rb") as file:
        return _little_endian(file.readframes(file.getnframes()))


def _little_endian(pcm: bytes) -> bytes:
    if sys.byteorder == "little":
        return pcm
    values = array("h", pcm)
    values.byteswap()
    return values.tobytes()
