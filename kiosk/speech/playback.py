# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plays one clip at a time and says how far it is: through the machine's sound, or in silence by the clock.

Where the sound goes is told by `kiosk/devices`; what is played is `reader.py`. What is private leaves here only towards
headphones: the stream is opened on the very sink, the system may not move it, and each 10 ms is asked about again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from kiosk.devices.sound_place import NOWHERE, SoundPlace
from kiosk.speech.clip import BYTES_PER_SAMPLE, Clip
from kiosk.speech.performance import Ended, Performance, Positioned
from kiosk.speech.volume import scaled

if TYPE_CHECKING:
    import miniaudio

PERIOD_MS = 10
PERIODS = 3  # together the sound that is on its way already when somebody says stop
USUAL_SAMPLE_RATE = 22_050
SILENT_STEP_S = 0.02
LOST_S = 2.5  # a device that asks for no sample this long is gone; a sleeping null sink takes up to 2 s to wake
LOOK_S = 0.1  # between two looks whether the sound still goes somewhere
TRY_AGAIN_S = 5.0  # between two attempts to find a device, so that a quiet machine is not slowed down


class Output(Protocol):
    """Plays clips. `play` and `stop` return at once; the two callables are called from a thread of the output."""

    @property
    def is_silent(self) -> bool:
        """Say whether nothing can be heard: there is no sound device."""
        ...

    def warm_up(self) -> None:
        """Find the device in the background, so that the first sentence is quick."""
        ...

    def play(self, clip: Clip, on_position: Positioned, on_end: Ended, *, is_private: bool = False) -> None:
        """Play this instead of what was playing; report samples heard, never backwards, and the end once.

        What is private passes in silence where there are no headphones.
        """
        ...

    def stop(self) -> None:
        """Fall silent; neither callable is called after this returns. Any thread may call."""
        ...

    def place_changed(self) -> None:
        """Let go of where the sound went, and find where it goes now. Any thread may call."""
        ...

    def close(self) -> None:
        """Stop for good and give the device back."""
        ...


class SilentOutput:
    """Lets the time of a clip pass without sound. `pace` above 1 lets it pass quicker, for runs without people."""

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._current: Performance | None = None
        self._calls = threading.Lock()
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
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

    def play(self, clip: Clip, on_position: Positioned, on_end: Ended, *, is_private: bool = False) -> None:
        """Play this instead of what was playing."""
        performance = Performance(clip, on_position, on_end, is_private)
        with self._calls:
            previous, self._current = self._current, performance
            if not self._is_closed:
                self._start_thread()
                self._work.put(lambda: self._begin(performance))
        if previous is not None:
            previous.stop()

    def stop(self) -> None:
        """Fall silent."""
        with self._calls:
            current, self._current = self._current, None
        if current is not None:
            current.stop()

    def place_changed(self) -> None:
        """Silence is the same everywhere."""

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
        while (work := self._work.get()) is not None:
            work()
        self._tidy()

    def _begin(self, performance: Performance) -> None:
        if not performance.over.is_set():
            self._perform(performance)

    def _tidy(self) -> None:
        """Give back what the output's thread holds."""

    def _prepare(self) -> None:
        """Do on the output's thread what the first clip must not wait for."""

    def _perform(self, performance: Performance) -> None:
        self._let_time_pass(performance)

    def _let_time_pass(self, performance: Performance) -> None:
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

    One short stream stays open between clips: the system wakes a sleeping device only after 0.3 to 2 s. `place` says
    where it has to go, `gain` how loud; both are asked for each 10 ms of sound, on the device's own thread.
    """

    def __init__(
        self,
        place: Callable[[], SoundPlace] = lambda: NOWHERE,
        gain: Callable[[], float] = lambda: 1.0,
        settled: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._settled = settled  # waits until `place` knows; opening twice costs up to 2 s
        self._place = place
        self._gain = gain
        self._device: miniaudio.PlaybackDevice | None = None
        self._opened = (0, NOWHERE)  # sample rate and place
        self._next_try = 0.0
        self._is_stale = False  # the open stream may lead to where it should not
        self._on_air: Performance | None = None

    @property
    def is_silent(self) -> bool:
        """Say whether there is no device now."""
        return self._device is None

    def place_changed(self) -> None:
        """Close the stream and open one where the sound goes now; what waited in it is thrown away."""
        if self._place() != self._opened[1]:
            self._is_stale = True
        self._next_try = 0.0
        with self._calls:
            if self._thread is not None:
                self._work.put(self._prepare)

    def _prepare(self) -> None:
        self._settled()
        self._open(self._opened[0] or USUAL_SAMPLE_RATE)

    def _tidy(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            from kiosk.speech import sound_device  # noqa: PLC0415

            sound_device.close_device(device)

    def _open(self, sample_rate: int) -> bool:
        wanted = (sample_rate, self._place())
        if self._device is not None and self._opened == wanted and not self._is_stale:
            return True
        self._tidy()
        if monotonic() < self._next_try:
            return False
        self._is_stale = False
        self._opened = wanted  # before it is open: a change that comes meanwhile is compared with it
        device = None
        # A machine without the library is a machine without sound.
        with suppress(ImportError, OSError):
            # Imported on this thread and not at the top: it takes 60 ms, and the window comes first.
            from kiosk.speech import sound_device  # noqa: PLC0415

            device = sound_device.open_device(sample_rate, PERIOD_MS, PERIODS, self._stream(*wanted), wanted[1].sink)
        self._device = device
        if device is None:
            self._next_try = monotonic() + TRY_AGAIN_S
        return device is not None

    def _perform(self, performance: Performance) -> None:
        if self._open(performance.clip.sample_rate):
            self._on_air = performance
            self._wait_while_played(performance)
            self._on_air = None
        if not performance.over.is_set():
            self._let_time_pass(performance)

    def _wait_while_played(self, performance: Performance) -> None:
        handed, waited = -1, 0.0
        while not performance.over.wait(LOOK_S):
            waited += LOOK_S
            if self._is_stale and not performance.is_private and not self._open(performance.clip.sample_rate):
                return  # what everybody may hear goes on elsewhere, if there is an elsewhere
            if performance.handed != handed:
                handed, waited = performance.handed, 0.0
            elif waited >= LOST_S:
                self._tidy()
                return

    def _may_be_heard(self, performance: Performance, opened: SoundPlace) -> bool:
        """Ask now, and not when it began: the headphones may have gone 10 ms ago."""
        if not performance.is_private:
            return True
        return opened.is_headphones and bool(opened.sink) and not self._is_stale and self._place() == opened

    def _stream(self, sample_rate: int, opened: SoundPlace) -> Generator[bytes, int, None]:
        """Hand the device what it asks for: the clip on the air, or silence. Runs on the device's own thread."""
        # What was handed over is heard at once or 30 ms later, as the server takes it from the buffer: the middle is
        # wrong by the least.
        buffered = sample_rate * PERIOD_MS * PERIODS // 2000
        wanted = yield b""
        while True:
            performance = self._on_air
            chunk = b""
            if performance is not None and self._may_be_heard(performance, opened):
                chunk = scaled(performance.hand_over(wanted, buffered), self._gain())
            wanted = yield chunk.ljust(wanted * BYTES_PER_SAMPLE, b"\0")
