# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What renders the clips of a voice pack: espeak-ng as Loket has it, or a command of the operator's, such as Piper.

A command gets the sentence on its standard input and writes a sound file where `{file}` stands in it. It says nothing
about words, so their places are taken from their length: good for the eye, not exact.
"""

from __future__ import annotations

import io
import re
import subprocess
import wave
from collections.abc import Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip, WordMark
from kiosk.speech.voice import EspeakVoice
from kiosk.speech.voice_pack import SAMPLE_RATE, VoicePackError, decoded

RENDER_S = 120.0


class Engine(Protocol):
    """Renders sentences."""

    name: str

    def render(self, said: str) -> Clip:
        """Give the clip of a sentence; raises VoicePackError or VoiceError."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class EspeakEngine:
    """Renders with the voice that Loket has anyway; its word places are exact."""

    name = "espeak-ng"

    def __init__(self, language: str, words_per_minute: int) -> None:
        self._voice = EspeakVoice()
        self._language = language
        self._words_per_minute = words_per_minute

    def render(self, said: str) -> Clip:
        """Give the clip of a sentence."""
        try:
            clip = self._voice.request(said, self._language, self._words_per_minute).result()
        except CancelledError:
            raise VoicePackError("the voice was closed", "start again") from None
        if clip.sample_rate == SAMPLE_RATE:
            return clip
        scale = SAMPLE_RATE / clip.sample_rate
        words = tuple(WordMark(mark.start, mark.end, int(mark.sample * scale)) for mark in clip.words)
        return Clip(SAMPLE_RATE, decoded(as_wav(clip), "espeak"), words)

    def close(self) -> None:
        """End the voice process."""
        self._voice.close()


class CommandEngine:
    """Renders with a command; the sentence goes in by standard input, never on the command line."""

    def __init__(self, command: Sequence[str]) -> None:
        if not any("{file}" in word for word in command):
            raise VoicePackError(
                "the command does not say where the sound goes", "write {file} in it: --output_file {file}"
            )
        self._command = tuple(command)
        self.name = Path(command[0]).name

    def render(self, said: str) -> Clip:
        """Give the clip of a sentence."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "clip.wav"
            command = [word.replace("{file}", str(file)) for word in self._command]
            try:
                subprocess.run(command, input=said.encode(), capture_output=True, check=True, timeout=RENDER_S)
                content = file.read_bytes()
            except (OSError, subprocess.SubprocessError):
                raise VoicePackError(
                    f"{self.name} made no sound", "run the command by hand: it reads the sentence on its input"
                ) from None
        pcm = decoded(content, f"of {self.name}")
        return Clip(SAMPLE_RATE, pcm, estimated_words(said, len(pcm) // BYTES_PER_SAMPLE))

    def close(self) -> None:
        """Hold nothing."""


def estimated_words(said: str, n_samples: int) -> tuple[WordMark, ...]:
    """Place the words of a sentence by their length."""
    words = [match.span() for match in re.finditer(r"\S+", said)]
    return tuple(WordMark(start, end, n_samples * start // max(len(said), 1)) for start, end in words)


def as_wav(clip: Clip) -> bytes:
    """Give a clip as the content of a wav file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(BYTES_PER_SAMPLE)
        file.setframerate(clip.sample_rate)
        file.writeframes(clip.pcm)
    return buffer.getvalue()
