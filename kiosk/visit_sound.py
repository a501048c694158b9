# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""All the sound of one visit goes through here: the same outputs, the same volume, the same care for headphones.

What is said is the ear's; where sound goes is `kiosk.devices`'s; what headphones change for the visit is
`kiosk.headphones`'s.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.devices.audio_outputs import AudioOutputs
from kiosk.devices.sound_place import SoundPlace
from kiosk.speech.playback import MiniaudioOutput
from kiosk.speech.privacy import Route, route_of
from kiosk.speech.volume import Volume

_KNOWN_S = 1.0


class VisitSound:
    """Made once a visit, so that volume and place begin anew with each."""

    def __init__(
        self,
        headphones: str = "",
        volume: int = 3,
        *,
        is_screen_off: Callable[[], bool] = lambda: False,
    ) -> None:
        self.volume = Volume(volume)
        self.outputs = AudioOutputs(headphones)
        self._is_screen_off = is_screen_off
        self._made: list[MiniaudioOutput] = []

    @property
    def has_headphones(self) -> bool:
        """Tell whether only the visitor hears it."""
        return self.outputs.now.is_headphones

    def route(self) -> Route:
        """Give where the sound goes now, from any thread."""
        return route_of(is_headphones=self.has_headphones, is_screen_off=self._is_screen_off())

    def output(self) -> MiniaudioOutput:
        """Make a stream of sound that goes where sound goes."""
        made = MiniaudioOutput(
            lambda: self.outputs.now,
            lambda: self.volume.gain,
            settled=lambda: self.outputs.wait_until_known(_KNOWN_S),
        )
        self._made.append(made)
        return made

    def watch(self, ear_changed: Callable[[SoundPlace, SoundPlace], None]) -> None:
        """Begin to notice headphones; the ear is told first, for it has to fall silent."""

        def changed(before: SoundPlace, after: SoundPlace) -> None:
            ear_changed(before, after)
            for made in tuple(self._made):
                made.place_changed()

        self.outputs.start(changed)
