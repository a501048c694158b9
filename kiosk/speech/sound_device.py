# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens the machine's sound through miniaudio. Imported late and only by `playback.py`: the import is slow."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import miniaudio


def open_device(
    sample_rate: int, period_ms: int, periods: int, samples: Generator[bytes, int, None], sink: str = ""
) -> miniaudio.PlaybackDevice | None:
    """Open and start a stream on this sink of PulseAudio, or where the system chooses; None when that cannot be.

    A stream on a named sink is never moved to another by the system: when the sink goes, the stream goes.
    """
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=sample_rate,
            buffersize_msec=period_ms,
            callback_periods=periods,
            device_id=_id_of(sink) if sink else None,
            backends=[miniaudio.Backend.PULSEAUDIO] if sink else _backends(),
            app_name="Loket",
        )
        next(samples)
        device.start(samples)
    except miniaudio.MiniaudioError:
        return None
    return device


def close_device(device: miniaudio.PlaybackDevice) -> None:
    """Close a stream and give its connection back.

    miniaudio 1.71 keeps the connection, and PulseAudio refuses the 65th of a program.
    """
    context = device._context  # noqa: SLF001
    device.close()
    miniaudio.lib.ma_context_uninit(context)


def _id_of(sink: str) -> object:
    """Make miniaudio's name of a sink: a union, whose PulseAudio member is 256 characters that end with a zero."""
    made = miniaudio.ffi.new("ma_device_id *")
    name = sink.encode()[: miniaudio.ffi.sizeof("ma_device_id") - 1]
    miniaudio.ffi.memmove(made, name, len(name))
    return made


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
