# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the voice process for clips, on a thread of its own, and starts that process again when it dies or hangs.

What a sentence sounds like is `voice_process.py`; which sentence comes when is `reader.py`. No text is ever logged.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from domain.errors import ExpectedError
from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip, WordMark

START_S = 10.0  # a cold disk, and the warm-up sentence of the child
ANSWER_S = 3.0  # a sentence takes 3 to 30 ms; after this the child is taken for hung
LONGEST_ANSWER_S = 600  # of sound; more is a broken child, not a sentence


class VoiceError(ExpectedError):
    """A sentence cannot be turned into sound; the reader goes on in silence."""

    slug = "voice"


class Voice(Protocol):
    """Turns sentences into clips without making the caller wait."""

    def warm_up(self) -> None:
        """Get ready in the background, so that the first sentence is quick."""
        ...

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        """Order one sentence; the future may be cancelled, and fails with VoiceError."""
        ...

    def close(self) -> None:
        """End at once; what was ordered is cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class _Order:
    text: str
    language: str
    rate_wpm: int
    future: Future[Clip]


def voice_process_command() -> tuple[str, ...]:
    """Give the command of the child: isolated from the environment and from Loket's own modules."""
    return (sys.executable, "-I", str(Path(__file__).with_name("voice_process.py")))


class EspeakVoice:
    """Keeps one espeak-ng child warm. Any thread may call; one thread of its own talks with the child."""

    def __init__(
        self, command: Sequence[str] | None = None, *, start_s: float = START_S, answer_s: float = ANSWER_S
    ) -> None:
        self._command = tuple(command or voice_process_command())
        self._start_s = start_s
        self._answer_s = answer_s
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._child: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._last_id = 0

    def warm_up(self) -> None:
        """Start the child now instead of at the first sentence."""
        self.request("", "nl", 0)

    def request(self, text: str, language: str, rate_wpm: int) -> Future[Clip]:
        """Order one sentence; orders are carried out one after another, cancelled ones not at all."""
        future: Future[Clip] = Future()
        with self._starting:
            if self._is_closed:
                future.cancel()
                return future
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
                self._thread.start()
            self._orders.put(_Order(text, language, rate_wpm, future))
        return future

    def close(self) -> None:
        """End the child and the thread."""
        with self._starting:
            self._is_closed = True
            thread, child = self._thread, self._child
            self._orders.put(None)
        if child is not None:
            child.kill()
        if thread is not None and thread is not threading.current_thread():
            thread.join(self._answer_s)

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            if self._is_closed:
                order.future.cancel()
            if order.future.cancelled():
                continue
            # A future that was cancelled meanwhile does not take a result: that is what cancelling means here.
            with suppress(InvalidStateError):
                try:
                    clip = self._ask_twice(order)
                except VoiceError as error:
                    order.future.set_exception(error)
                else:
                    order.future.set_result(clip)
        self._end_child()

    def _ask_twice(self, order: _Order) -> Clip:
        """Ask again when the child died: it may have been ended from outside between two sentences."""
        try:
            return self._ask(order)
        except _ChildGone:
            with suppress(_ChildGone):
                return self._ask(order)
        raise VoiceError("the voice process does not answer", "run `loket doctor`; is espeakng-loader installed?")

    def _ask(self, order: _Order) -> Clip:
        is_new = self._child is None
        child = self._child or self._start_child()
        self._last_id += 1
        request = {"id": self._last_id, "text": order.text, "language": order.language, "rate": order.rate_wpm}
        watchdog = threading.Timer(self._start_s if is_new else self._answer_s, child.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            return _exchange(child, request)
        except _ChildGone:
            self._end_child()
            raise
        finally:
            watchdog.cancel()

    def _start_child(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_closed:
                raise _ChildGone
            try:
                self._child = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError:
                raise _ChildGone from None
            return self._child

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.wait()


class _ChildGone(Exception):  # noqa: N818  never leaves this module
    """The child died, hung until the watchdog ended it, or answered nonsense."""


def _exchange(child: subprocess.Popen[bytes], request: dict[str, object]) -> Clip:
    if child.stdin is None or child.stdout is None:
        raise _ChildGone
    try:
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()
        header = json.loads(child.stdout.readline())
        sample_rate, n_samples = int(header["sample_rate"]), int(header["n_samples"])
        if header["id"] != request["id"] or not 0 <= n_samples <= LONGEST_ANSWER_S * sample_rate:
            raise _ChildGone
        words = tuple(WordMark(int(start), int(end), int(sample)) for start, end, sample in header["words"])
        pcm = child.stdout.read(n_samples * BYTES_PER_SAMPLE)
    except (OSError, ValueError, TypeError, KeyError):
        raise _ChildGone from None
    if len(pcm) != n_samples * BYTES_PER_SAMPLE:
        raise _ChildGone
    return Clip(sample_rate, pcm, words)
