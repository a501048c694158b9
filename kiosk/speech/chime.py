# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one sound Loket makes by itself: two soft notes, made here, for "are you still there?" (feature C13).

The same is always said in words and in a picture on the screen. It goes where all sound goes.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

from kiosk.speech.clip import Clip

if TYPE_CHECKING:
    from kiosk.speech.playback import Output

SAMPLE_RATE = 22_050
_NOTES_HZ = (523.25, 659.25)  # a rising third: it asks, it does not warn
_NOTE_S = 0.4
_RISE_S = 0.03  # so that it does not click
_LOUDNESS = 0.2
_LARGEST = 32_767


def chime_clip() -> Clip:
    """Make the sound, soft at the loudest step; the output makes it as soft as the visit's volume is."""
    samples = array("h")
    count = round(_NOTE_S * SAMPLE_RATE)
    for note in _NOTES_HZ:
        for number in range(count):
            seconds = number / SAMPLE_RATE
            envelope = min(1.0, seconds / _RISE_S) * (1 - number / count) ** 2
            height = math.sin(2 * math.pi * note * seconds) * envelope * _LOUDNESS
            samples.append(round(height * _LARGEST))
    return Clip(SAMPLE_RATE, samples.tobytes())


class Chime:
    """Plays it; a machine without sound stays silent."""

    def __init__(self, output: Output | None = None) -> None:
        self._output = output

    def play(self) -> None:
        """Sound once; returns at once."""
        if self._output is None:
            from kiosk.speech.playback import MiniaudioOutput  # noqa: PLC0415 - nobody waits for it at the start

            self._output = MiniaudioOutput()
        self._output.play(chime_clip(), lambda _sample: None, lambda: None)

    def hush(self) -> None:
        """Fall silent."""
        if self._output is not None:
            self._output.stop()
