# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at the screen: whether letters that can be read from where people stand leave room for words."""

from __future__ import annotations

from commands.doctor_check import Check, fine, warning
from kiosk.parts.look import legible_px

# A line of about forty letters, as wide as the shorter side of the smallest kiosk screen.
_LETTERS, _SHORTER_SIDE_PX = 20, 1080


def check_letters(dpi: float, distance_mm: float) -> Check:
    """Look whether the largest letters reach what EN 301 549 (5.1.4) asks, with room to spare."""
    px = legible_px(dpi, distance_mm)
    if px * _LETTERS <= _SHORTER_SIDE_PX:
        return fine("letters", f"the largest letters are at least {px} px high: legible from {distance_mm:g} mm")
    return warning(
        "letters",
        f"letters legible from {distance_mm:g} mm are {px} px on this screen: too few words stay on it",
        "take a larger screen, let people stand closer, or mend screen_dpi and viewing_distance_mm in [kiosk]",
    )
