# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The microphone, through miniaudio: recorded into memory only. Imported late, for miniaudio takes 60 ms.

The samples themselves are `kiosk.devices.recording`'s.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import miniaudio

from domain.attachment import FileContent, Heard
from kiosk.devices.recording import SAMPLE_RATE, Recording

_PERIOD_MS = 50


class MicrophoneRecorder:
    """Records one message at a time. Used in the device lane; `heard` from any thread."""

    def __init__(self) -> None:
        self._recording = Recording()
        self._device: miniaudio.CaptureDevice | None = None

    @staticmethod
    def is_there() -> bool:
        """Tell whether there is a microphone."""
        try:
            backends = _backends()
            return bool(backends) and bool(miniaudio.Devices(backends).get_captures())
        except miniaudio.MiniaudioError:
            return False

    def start(self) -> bool:
        """Begin anew; False where there is no microphone."""
        self.close()
        self._recording = recording = Recording()
        backends = _backends()
        if not backends:
            return False
        try:
            self._device = miniaudio.CaptureDevice(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=SAMPLE_RATE,
                buffersize_msec=_PERIOD_MS,
                backends=backends,
                app_name="Loket",
            )
            samples = _into(recording)
            next(samples)
            self._device.start(samples)
        except miniaudio.MiniaudioError:
            self.close()
            return False
        return True

    def heard(self) -> Heard:
        """Tell how far it is."""
        return self._recording.heard()

    def stop(self) -> FileContent | None:
        """End and give what was said; None for nothing."""
        self.close()
        return self._recording.finish()

    def close(self) -> None:
        """Give the microphone back."""
        device, self._device = self._device, None
        if device is not None:
            device.close()


def _into(recording: Recording) -> Generator[None, bytes, None]:
    while True:
        samples = yield
        recording.take(bytes(samples))


def _backends() -> list[miniaudio.Backend]:
    """List the sound systems to try; never miniaudio's null device, which records silence for ever."""
    if sys.platform == "win32":
        return [miniaudio.Backend.WASAPI]
    if sys.platform == "darwin":
        return [miniaudio.Backend.COREAUDIO]
    backends = [miniaudio.Backend.PULSEAUDIO]
    # Asking ALSA on a machine without a card prints thirty lines on the error output.
    if any(Path("/dev/snd").glob("pcm*c")):
        backends.append(miniaudio.Backend.ALSA)
    return backends
