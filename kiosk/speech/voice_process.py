# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The child program that turns one sentence into sound with espeak-ng.

Started by path in a process of its own, so that GPLv3 code never shares a process with Loket and a crash
costs one sentence. Knows its standard input and output and nothing else of Loket; `voice.py` is the other end.

A request is one line of JSON: {"id", "text", "language", "rate"}. Every line gets one answer: a line of JSON
{"id", "language", "sample_rate", "n_samples", "words": [[start, end, sample], ...], "error"} and then
n_samples of signed 16-bit mono sound. Nothing that is said is ever written anywhere else.
"""

from __future__ import annotations  # array[int] is a name for the type checker only on 3.11

import ctypes
import json
import os
import re
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Protocol

FALLBACK_LANGUAGE = "nl"
LONGEST_TEXT = 2_000  # one sentence a request; the reader splits, this only keeps a mistake small
SLOWEST_WPM, FASTEST_WPM, USUAL_WPM = 80, 450, 150
LOUD_ENOUGH = 100  # below this a sample of 16 bits counts as silence
LEAD_IN_S = 0.004  # kept before the first sound, so that a soft consonant survives the trimming

# speak_lib.h of espeak-ng 1.52
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_RATE = 1
_EVENT_END, _EVENT_WORD = 0, 1
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


class _Identifier(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identifier),
    )


_SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Synthesiser:
    """Holds the library, its one callback and the sound of the sentence being made. Single-threaded."""

    def __init__(self) -> None:
        # Imported here, so that the pure functions below can be tested without GPLv3 code in our process.
        import espeakng_loader  # noqa: PLC0415

        library_path = espeakng_loader.get_library_path()
        data_path = Path(espeakng_loader.get_data_path())
        self._library = ctypes.CDLL(library_path)
        self._library.espeak_Initialize.argtypes = (
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
        )
        self._library.espeak_Synth.argtypes = (
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.POINTER(ctypes.c_uint),
            ctypes.c_void_p,
        )
        self._library.espeak_SetVoiceByName.argtypes = (ctypes.c_char_p,)
        self._library.espeak_SetParameter.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int)
        self.sample_rate: int = self._library.espeak_Initialize(
            _SYNCHRONOUS, 0, os.fsencode(data_path.parent), _DO_NOT_EXIT
        )
        if self.sample_rate <= 0:
            raise OSError("espeak-ng does not start")
        self._pcm = bytearray()
        self._events: list[tuple[int, int]] = []
        self._callback = _SynthCallback(self._take)  # kept: the library holds only a bare pointer to it
        self._library.espeak_SetSynthCallback(self._callback)
        self._language = ""
        self._rate = 0

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type != _EVENT_END:
            event = events[index]
            if event.type == _EVENT_WORD:
                self._events.append((event.text_position - 1, event.sample))
            index += 1
        return 0

    def use(self, language: str, rate: int) -> str:
        """Choose voice and rate; answer the language that will really be heard."""
        for name in (language, language.split("-", maxsplit=1)[0], FALLBACK_LANGUAGE):
            if name == self._language:
                break
            if re.fullmatch(r"[A-Za-z0-9-]{2,20}", name) and not self._library.espeak_SetVoiceByName(name.encode()):
                self._language, self._rate = name, 0
                break
        if rate != self._rate:
            self._library.espeak_SetParameter(_RATE, rate, 0)
            self._rate = rate
        return self._language

    def say(self, text: str) -> tuple[array[int], list[tuple[int, int]]]:
        """Answer the samples, and per word event the character and the sample where it starts."""
        self._pcm.clear()
        self._events.clear()
        data = text.encode("utf-8", "replace") + b"\0"
        self._library.espeak_Synth(data, len(data), 0, 1, 0, _UTF8, None, None)
        samples = array("h")
        samples.frombytes(bytes(self._pcm))
        return samples, list(self._events)


class Synthesising(Protocol):
    """What `answer` needs of a synthesiser, so that it can be tested without the library in our process."""

    sample_rate: int

    def use(self, language: str, rate: int) -> str: ...

    def say(self, text: str) -> tuple[array[int], list[tuple[int, int]]]: ...


def readable(text: str) -> str:
    """Blank what cannot be said, character for character, so that positions stay true."""
    return _UNPRINTABLE.sub(" ", text[:LONGEST_TEXT])


def leading_silence(samples: array[int], sample_rate: int) -> int:
    """Count the samples before the first sound; none when there is no sound at all."""
    first = next((index for index, sample in enumerate(samples) if abs(sample) >= LOUD_ENOUGH), 0)
    return max(0, first - int(LEAD_IN_S * sample_rate))


def words_by_token(text: str, events: Iterable[tuple[int, int]], trimmed: int) -> list[list[int]]:
    """Snap word events to the words between spaces, forward only.

    espeak-ng splits numbers into several words and sometimes steps back inside them; a highlight must not.
    """
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    words: list[list[int]] = []
    index = 0
    for position, sample in events:
        while index < len(tokens) and tokens[index][1] <= position:
            index += 1
        if index == len(tokens):
            break
        start, end = tokens[index]
        if start <= position and (not words or words[-1][0] < start):
            earliest = words[-1][2] if words else 0
            words.append([start, end, max(earliest, sample - trimmed)])
    return words


def answer(line: bytes, synthesiser: Synthesising) -> tuple[dict[str, Any], bytes]:
    """Answer one request line; a line that makes no sense gets an answer that says so."""
    header: dict[str, Any] = {"id": None, "sample_rate": synthesiser.sample_rate, "n_samples": 0, "words": []}
    try:
        request = json.loads(line)
        header["id"] = request["id"]
        text, language, rate = request["text"], request["language"], request["rate"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return header | {"error": "request_not_understood"}, b""
    if not isinstance(text, str) or not isinstance(language, str) or type(rate) is not int:
        return header | {"error": "request_not_understood"}, b""
    text = readable(text)
    header["language"] = synthesiser.use(language, min(max(rate, SLOWEST_WPM), FASTEST_WPM))
    if not text.strip():
        return header, b""
    samples, events = synthesiser.say(text)
    trimmed = leading_silence(samples, synthesiser.sample_rate)
    sound = samples[trimmed:]
    header["n_samples"] = len(sound)
    header["words"] = words_by_token(text, events, trimmed)
    return header, sound.tobytes()


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the other end closes the pipe."""
    synthesiser = Synthesiser()
    synthesiser.use(FALLBACK_LANGUAGE, USUAL_WPM)
    synthesiser.say("a")  # the first sentence pays for loading a dictionary; nobody waits for this one
    while line := requests.readline():
        header, sound = answer(line, synthesiser)
        answers.write(json.dumps(header).encode() + b"\n")
        answers.write(sound)
        answers.flush()


def main() -> None:
    """Keep the pipe for answers to ourselves: a C library that prints would break the protocol."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
