# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two papers that Loket prints on, in points (1/72 inch), and the part of each that may carry ink."""

from __future__ import annotations

from enum import StrEnum

POINTS_A_MM = 72 / 25.4


class Paper(StrEnum):
    """A sheet, or a till roll that is as long as what stands on it."""

    A4 = "a4"
    ROLL_80 = "roll-80"

    @property
    def width(self) -> float:
        """Give the width in points."""
        return (210 if self is Paper.A4 else 80) * POINTS_A_MM

    @property
    def margin(self) -> float:
        """Give the white edge in points; receipt printers reach 72 of the 80 mm."""
        return (15 if self is Paper.A4 else 4) * POINTS_A_MM

    @property
    def inner_width(self) -> float:
        """Give the width that may carry ink."""
        return self.width - 2 * self.margin

    @property
    def height(self) -> float:
        """Give the height of a sheet; a roll's page gets the height of its content."""
        return 297 * POINTS_A_MM if self is Paper.A4 else 0.0
