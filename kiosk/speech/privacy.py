# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that decides what may be heard where: privacy of a text x where the sound goes (feature U10).

The screen model says how private a text is (`domain.service.Privacy`, `domain.text_privacy`); `kiosk/devices` knows
where the sound goes. What is secret stands in dots, and is heard nowhere.
"""

from __future__ import annotations

from enum import StrEnum

from domain.service import Privacy
from kiosk.speech.utterance import Utterance


class Route(StrEnum):
    """Where the sound goes."""

    LOUDSPEAKER = "loudspeaker"
    HEADPHONES = "headphones"
    SCREEN_OFF = "screen off"  # headphones, and nothing on the screen: what is not heard here is nowhere

    @property
    def is_private(self) -> bool:
        """Tell whether only the visitor hears it."""
        return self is not Route.LOUDSPEAKER


def route_of(*, is_headphones: bool, is_screen_off: bool) -> Route:
    """Give the route; a dark screen without headphones is the hall like any other."""
    if not is_headphones:
        return Route.LOUDSPEAKER
    return Route.SCREEN_OFF if is_screen_off else Route.HEADPHONES


class Treatment(StrEnum):
    """What the ear does with a text."""

    SAY = "say"
    REPLACE = "replace"  # say a sentence instead, such as "Dit is alleen voor u. Kijk op het scherm."
    LEAVE_OUT = "leave_out"


_TREATMENTS = {
    (Privacy.OPEN, Route.LOUDSPEAKER): Treatment.SAY,
    (Privacy.OPEN, Route.HEADPHONES): Treatment.SAY,
    (Privacy.OPEN, Route.SCREEN_OFF): Treatment.SAY,
    (Privacy.PERSONAL, Route.LOUDSPEAKER): Treatment.REPLACE,
    (Privacy.PERSONAL, Route.HEADPHONES): Treatment.SAY,
    (Privacy.PERSONAL, Route.SCREEN_OFF): Treatment.SAY,
    (Privacy.SECRET, Route.LOUDSPEAKER): Treatment.LEAVE_OUT,
    (Privacy.SECRET, Route.HEADPHONES): Treatment.LEAVE_OUT,
    (Privacy.SECRET, Route.SCREEN_OFF): Treatment.LEAVE_OUT,
}


def treatment(privacy: Privacy, route: Route) -> Treatment:
    """Say what happens to a text of this privacy on this route."""
    return _TREATMENTS[privacy, route]


def heard(utterance: Utterance, route: Route) -> str:
    """Give what is heard of an utterance on this route; empty for nothing."""
    match treatment(utterance.privacy, route):
        case Treatment.SAY:
            return utterance.text
        case Treatment.REPLACE:
            return utterance.instead
        case Treatment.LEAVE_OUT:
            return ""
