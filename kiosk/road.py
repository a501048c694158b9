# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The places a visitor came past, so that there is always a way back; nothing of what was answered there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from kiosk.spots import Spot

# Left again to where one was.
ASIDE = frozenset(
    {"human", "language", "stop", "large-number", "phone-card", "rehearse", "pictures", "tell-back", "later", "card"}
)
# Aside too, and yet come back to from what is beside them: whoever chose a language or asked for help is there again.
_COME_BACK_TO = frozenset({"card"})


class Road:
    """Where one visitor is, and where he was."""

    def __init__(self) -> None:
        self.spot = Spot("start")
        self._been: list[Spot] = []

    @property
    def is_aside(self) -> bool:
        """Tell whether this is a place beside the road."""
        return self.spot.name in ASIDE

    def remember(self) -> None:
        """Remember the place of now, to come back to."""
        self._been.append(self.spot)

    def go_aside(self, spot: Spot) -> None:
        """Go beside the road."""
        # A language is chosen on any screen, also on one aside, and whoever chose it is there again.
        if not self.is_aside or spot.name == "language" or self.spot.name in _COME_BACK_TO:
            self.remember()
        self.spot = spot

    @property
    def back_to(self) -> Spot:
        """Give the place of now, or the one that was left for what is beside the road."""
        return self._been[-1] if self.is_aside and self._been else self.spot

    def before(self) -> Spot:
        """Give the place before this one, and forget it; the start when there is none."""
        return self._been.pop() if self._been else Spot("start")

    def before_on(self, steps: AbstractSet[Spot]) -> Spot:
        """Give the place before this one, past steps that are no longer among `steps`."""
        while self._been:
            spot = self._been.pop()
            if not spot.is_step or spot in steps:
                return spot
        return Spot("start")

    def forget(self, names: tuple[str, ...]) -> None:
        """Forget the places whose names begin like one of these: there is no way back there."""
        self._been = [spot for spot in self._been if not spot.name.startswith(names)]

    def forget_all(self) -> None:
        """Forget every place: there is no way back."""
        self._been.clear()
