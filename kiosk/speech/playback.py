# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plays one clip at a time and says how far it is: through the machine's sound, or in silence by the clock.

Which device the sound goes to is the system's choice and is watched in `kiosk/devices`; what is played is `reader.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip

if TYPE_CHECKING:
    import miniaudio

PERIOD_MS = 10
PERIODS = 3  # together the sound that is on its way already when somebody says stop
USUAL_SAMPLE_RATE = 22_050
SILENT_STEP_S = 0.02
LOST_S = 2.5  # a device that asks for no sample this long is gone; a sleeping null sink takes up to 2 s to wake
TRY_AGAIN_S = 5.0  # between two attempts to find a device, so that a quiet machine is not slowed down

Positioned = Callable[[int], None]
Ended = Callable[[], None]


class Output(Protocol):
    """Plays clips. `play` and `stop` return at once; the two callables are called from a thread of the output."""

    @property
    def is_silent(self) -> bool:
        """Say whether nothing can be heard: there is no sound device."""
        ...

    def warm_up(self) -> None:
        """Find the device in the background, so that the first sentence is quick."""
        ...

    def play(self, clip: Clip, on_position: Positioned, on_end: Ended) -> None:
        """Play this instead of what was playing; report samples heard, never backwards, and the end once."""
        ...

    def stop(self) -> None:
        """Fall silent; neither callable is called after this returns."""
        ...

    def close(self) -> None:
        """Stop for good and give the device back."""
        ...


@dataclass(slots=True)
class _Performance:
    """One clip being played, and the lock that makes `stop` mean stop."""

    clip: Clip
    on_position: Positioned
    on_end: Ended
    lock: threading.RLock = field(default_factory=threading.RLock)
    over: threading.Event = field(default_factory=threading.Event)
    handed: int = 0
    reported: int = -1

    def report(self, position: int) -> None:
        position = min(max(position, 0), self.clip.n_samples)
        with self.lock:
            if position > self.reported and not self.over.is_set():
                self.reported = position
                self.on_position(position)

    def hand_over(self, wanted: int, buffered: int) -> bytes:
        """Give the next samples, and report what of the earlier ones is heard by now; nothing once it is over."""
        with self.lock:
            if self.over.is_set():
                return b""
            start = self.handed
            self.handed += wanted
            self.report(start - buffered)
            if start - buffered >= self.clip.n_samples:
                self.end()
            return self.clip.pcm[start * BYTES_PER_SAMPLE : (start + wanted) * BYTES_PER_SAMPLE]

    def end(self) -> None:
        with self.lock:
            if not self.over.is_set():
                self.over.set()
                self.on_end()

    def stop(self) -> None:
        with self.lock:
            self.over.set()


class SilentOutput:
    """Lets the time of a clip pass without sound. `pace` above 1 lets it pass quicker, for runs without people."""

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._current: _Performance | None = None
        self._calls = threading.Lock()
        self._work: SimpleQueue[_Performance | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    @property
    def is_silent(self) -> bool:
        """Nothing can be heard here."""
        return True

    def warm_up(self) -> None:
        """Start the thread."""
        with self._calls:
            self._start_thread()

    def play(self, clip: Clip, on_position: Positioned, on_end: Ended) -> None:
        """Play this instead of what was playing."""
        performance = _Performance(clip, on_position, on_end)
        with self._calls:
            previous, self._current = self._current, performance
            if not self._is_closed:
                self._start_thread()
                self._work.put(performance)
        if previous is not None:
            previous.stop()

    def stop(self) -> None:
        """Fall silent."""
        with self._calls:
            current, self._current = self._current, None
        if current is not None:
            current.stop()

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        with self._calls:
            self._is_closed = True
            thread, self._thread = self._thread, None
            self._work.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(LOST_S * 2)

    def _start_thread(self) -> None:
        if self._thread is None and not self._is_closed:
            self._thread = threading.Thread(target=self._run, name="playback", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        self._prepare()
        while (performance := self._work.get()) is not None:
            if not performance.over.is_set():
                self._perform(performance)
        self._tidy()

    def _tidy(self) -> None:
        """Give back what the output's thread holds."""

    def _prepare(self) -> None:
        """Do on the output's thread what the first clip must not wait for."""

    def _perform(self, performance: _Performance) -> None:
        self._let_time_pass(performance)

    def _let_time_pass(self, performance: _Performance) -> None:
        clip = performance.clip
        begin = monotonic() - max(performance.reported, 0) / (clip.sample_rate * self._pace)
        while not performance.over.is_set():
            position = int((monotonic() - begin) * clip.sample_rate * self._pace)
            performance.report(position)
            if position >= clip.n_samples:
                performance.end()
            performance.over.wait(SILENT_STEP_S / self._pace)


class MiniaudioOutput(SilentOutput):
    """Plays through the machine's sound; while there is no device, time passes in silence instead.

    One short stream stays open between clips: the system wakes a sleeping device only after 0.3 to 2 s.
    """

    def __init__(self) -> None:
        super().__init__()
        self._device: miniaudio.PlaybackDevice | None = None
        self._sample_rate = 0
        self._next_try = 0.0
        self._on_air: _Performance | None = None

    @property
    def is_silent(self) -> bool:
        """Say whether there is no device now."""
        return self._device is None

    def _prepare(self) -> None:
        self._open(USUAL_SAMPLE_RATE)

    def _tidy(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def _open(self, sample_rate: int) -> bool:
        if self._device is not None and self._sample_rate == sample_rate:
            return True
        self._tidy()
        if monotonic() < self._next_try:
            return False
        device = None
        # A machine without the library is a machine without sound.
        with suppress(ImportError, OSError):
            # Imported on this thread and not at the top: it takes 60 ms, and the window comes first.
            from kiosk.speech import sound_device  # noqa: PLC0415

            device = sound_device.open_device(sample_rate, PERIOD_MS, PERIODS, self._stream(sample_rate))
        self._device, self._sample_rate = device, sample_rate
        if device is None:
            self._next_try = monotonic() + TRY_AGAIN_S
        return device is not None

    def _perform(self, performance: _Performance) -> None:
        if self._open(performance.clip.sample_rate):
            self._on_air = performance
            self._wait_while_played(performance)
            self._on_air = None
        if not performance.over.is_set():
            self._let_time_pass(performance)

    def _wait_while_played(self, performance: _Performance) -> None:
        handed = -1
        while performance.handed != handed:
            handed = performance.handed
            if performance.over.wait(LOST_S):
                return
        self._tidy()

    def _stream(self, sample_rate: int) -> Generator[bytes, int, None]:
        """Hand the device what it asks for: the clip on the air, or silence. Runs on the device's own thread."""
        # What was handed over is not heard yet: it waits in the device's buffer.
        buffered = sample_rate * PERIOD_MS * PERIODS // 1000
        wanted = yield b""
        while True:
            performance = self._on_air
            chunk = b"" if performance is None else performance.hand_over(wanted, buffered)
            wanted = yield chunk.ljust(wanted * BYTES_PER_SAMPLE, b"\0")
