# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one place that decides what may be heard where: privacy of a text x where the sound goes.

The screen model says how private a text is (`domain.service.Privacy`); `kiosk/devices` knows where the sound goes.
"""

from __future__ import annotations

from enum import StrEnum

from domain.service import Privacy


class Route(StrEnum):
    """Where the sound goes."""

    LOUDSPEAKER = "loudspeaker"
    HEADPHONES = "headphones"


class Treatment(StrEnum):
    """What the ear does with a text."""

    SAY = "say"
    REPLACE = "replace"  # say a sentence instead, such as "Dit is alleen voor u. Kijk op het scherm."
    LEAVE_OUT = "leave_out"


_TREATMENTS = {
    (Privacy.OPEN, Route.LOUDSPEAKER): Treatment.SAY,
    (Privacy.OPEN, Route.HEADPHONES): Treatment.SAY,
    (Privacy.PERSONAL, Route.LOUDSPEAKER): Treatment.REPLACE,
    (Privacy.PERSONAL, Route.HEADPHONES): Treatment.SAY,
    (Privacy.SECRET, Route.LOUDSPEAKER): Treatment.LEAVE_OUT,
    (Privacy.SECRET, Route.HEADPHONES): Treatment.LEAVE_OUT,
}


def treatment(privacy: Privacy, route: Route) -> Treatment:
    """Say what happens to a text of this privacy on this route."""
    return _TREATMENTS[privacy, route]
