# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sound of the tray: plays a recording back, and finds the microphone only when somebody wants to speak.

What is played goes where all sound goes (`kiosk.speech.playback`); nothing is played unasked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from domain.attachment import NOTHING_HEARD, FileContent, Heard

if TYPE_CHECKING:
    from kiosk.devices.recorder import MicrophoneRecorder
    from kiosk.speech.playback import Output


class FindableRecorder(Protocol):
    """A microphone that may not be there; it listens as `kiosk.tray_work.Recorder` says."""

    def is_there(self) -> bool:
        """Tell whether there is one."""
        ...

    def start(self) -> bool:
        """Begin anew; False where there is none."""
        ...

    def heard(self) -> Heard:
        """Tell how far it is."""
        ...

    def stop(self) -> FileContent | None:
        """End and give what was said; None for nothing."""
        ...


class TraySound:
    """Plays one recording at a time, from the UI thread."""

    def __init__(self, output: Callable[[], Output], has_headphones: Callable[[], bool]) -> None:
        self._make_output = output
        self._has_headphones = has_headphones
        self._output: Output | None = None
        self._plays = threading.Event()

    @property
    def is_playing(self) -> bool:
        """Tell whether a recording is being played."""
        return self._plays.is_set()

    def play(self, file: FileContent) -> None:
        """Play a recording instead of what was playing."""
        from kiosk.devices.recording import SAMPLE_RATE, pcm_of  # noqa: PLC0415 - nobody waits for it at the start
        from kiosk.speech.clip import Clip  # noqa: PLC0415

        if self._output is None:
            self._output = self._make_output()
        self._plays.set()
        clip = Clip(SAMPLE_RATE, pcm_of(file.content))
        # Who listens with headphones plays it for nobody else; without them pressing "play" is asking for it.
        self._output.play(clip, lambda _sample: None, self._plays.clear, is_private=self._has_headphones())

    def hush(self) -> None:
        """Fall silent."""
        if self._output is not None:
            self._output.stop()
            self._plays.clear()


class LateRecorder:
    """The microphone, found when it is first used; a machine without the library is a machine without one."""

    def __init__(self) -> None:
        self._real: MicrophoneRecorder | None = None

    def is_there(self) -> bool:
        """Tell whether there is a microphone."""
        real = self._made()
        return real is not None and real.is_there()

    def start(self) -> bool:
        """Begin anew; False where there is no microphone."""
        real = self._made()
        return real is not None and real.start()

    def heard(self) -> Heard:
        """Tell how far it is."""
        return self._real.heard() if self._real is not None else NOTHING_HEARD

    def stop(self) -> FileContent | None:
        """End and give what was said."""
        return self._real.stop() if self._real is not None else None

    def _made(self) -> MicrophoneRecorder | None:
        if self._real is None:
            try:
                from kiosk.devices.recorder import MicrophoneRecorder  # noqa: PLC0415 - takes 60 ms
            except (ImportError, OSError):
                return None
            self._real = MicrophoneRecorder()
        return self._real
