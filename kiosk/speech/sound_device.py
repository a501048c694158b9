# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens the machine's sound through miniaudio. Imported late and only by `playback.py`: the import is slow."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import miniaudio


def open_device(
    sample_rate: int, period_ms: int, periods: int, samples: Generator[bytes, int, None]
) -> miniaudio.PlaybackDevice | None:
    """Open and start a stream on the system's present output; None when there is none.

    Streams are not opened freely: miniaudio 1.71 never gives back a stream's connection to the sound server,
    and PulseAudio refuses the 65th.
    """
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=sample_rate,
            buffersize_msec=period_ms,
            callback_periods=periods,
            backends=_backends(),
            app_name="Loket",
        )
        next(samples)
        device.start(samples)
    except miniaudio.MiniaudioError:
        return None
    return device


def _backends() -> list[miniaudio.Backend]:
    """List the sound systems to try; never miniaudio's null device, which would hide that nothing is heard."""
    if sys.platform == "win32":
        return [miniaudio.Backend.WASAPI]
    if sys.platform == "darwin":
        return [miniaudio.Backend.COREAUDIO]
    backends = [miniaudio.Backend.PULSEAUDIO]
    # Asking ALSA on a machine without a card prints thirty lines on the error output.
    if any(Path("/dev/snd").glob("pcm*p")):
        backends.append(miniaudio.Backend.ALSA)
    return backends


def output_names() -> list[str]:
    """Name what sound can go to; nothing where there is no sound system."""
    try:
        return [str(found["name"]) for found in miniaudio.Devices(_backends()).get_playbacks()]
    except miniaudio.MiniaudioError:
        return []
