# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The colours and type sizes of paper. They follow the screen's light theme and read well in black and white.

Apart from `resources`, which keeps screen tokens in pixels: paper is measured in points and has one theme.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

INK = "#1A2226"
INK_SOFT = "#4A565C"
PRIMARY = "#00566B"
ON_PRIMARY = "#FFFFFF"
TINT = "#E6F2F5"
RULE = "#B9C4C9"
EDGE = "#7A868C"  # of a box to write in
HUMAN = "#8A3B12"
HUMAN_TINT = "#FFF1E6"
WARN = "#7A5200"
PAPER = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK

    def bolder(self) -> Style:
        """Give the same, in bold."""
        return replace(self, bold=True)

    def coloured(self, colour: str) -> Style:
        """Give the same in another colour."""
        return replace(self, colour=colour)


BODY = Style(14, 18.5)  # nothing a citizen reads on paper is smaller (feature C19)
DUTCH = Style(14, 18.5, colour=INK_SOFT)  # the Dutch beside another language
LABEL = Style(14, 18, colour=INK_SOFT)
HEADING = Style(16, 21, bold=True)
TITLE = Style(24, 30, bold=True)
TITLE_BESIDE = Style(20, 25, bold=True)  # where the Dutch stands beside it
HASTE = Style(18, 24, bold=True, colour=HUMAN)
ROAD_HASTE = Style(26, 34, bold=True, colour=HUMAN)
REFERENCE_A4 = Style(46, 52, bold=True)
CODE_A4 = Style(32, 38, bold=True)

STAFF = Style(11.5, 16)  # pages for the counter and the case system
STAFF_LABEL = Style(10, 14, colour=INK_SOFT)
STAFF_HEADING = Style(13, 18, bold=True)
STAFF_TITLE = Style(20, 26, bold=True)
