# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How loud the ear is: five steps that are heard as steps, and the way back to where a visit begins.

It scales our own samples and leaves the system's volume alone: that is what the operator calibrated (docs/sound.md),
it works on every sound system, and it is gone with the visit whatever happens to the process.
"""

from __future__ import annotations

from array import array

LEAST_VOLUME, MOST_VOLUME = 1, 5
USUAL_VOLUME = 3
STEP_DB = 5


class Volume:
    """The volume of one visit; any thread may ask."""

    def __init__(self, start: int = USUAL_VOLUME) -> None:
        self._start = self._level = min(max(start, LEAST_VOLUME), MOST_VOLUME)

    @property
    def level(self) -> int:
        """Give the step, 1 to 5."""
        return self._level

    @property
    def gain(self) -> float:
        """Give what samples are multiplied with; the loudest step leaves them as they are."""
        decibel = (self._level - MOST_VOLUME) * STEP_DB
        return float(10 ** (decibel / 20))

    def change(self, steps: int) -> int:
        """Go up or down, as far as there are steps; give the step."""
        self._level = min(max(self._level + steps, LEAST_VOLUME), MOST_VOLUME)
        return self._level

    def reset(self) -> None:
        """Go back to where every visit begins."""
        self._level = self._start


def scaled(pcm: bytes, gain: float) -> bytes:
    """Make signed 16-bit samples softer; a gain above 1 is not for here."""
    if gain >= 1 or not pcm:
        return pcm
    return array("h", [int(sample * gain) for sample in memoryview(pcm).cast("h")]).tobytes()
