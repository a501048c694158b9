# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference in very large digits; over the whole screen, 20 mm high, when there is no printer."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.parts.text_shape import TextShape
from kiosk.view import BigNumber, Part

EXAMPLES: tuple[Part, ...] = (
    BigNumber("number", "7F3K-9Q2M-X4", "Dit is uw nummer. Het staat ook op uw papier."),
    BigNumber("whole-number", "7F3K-9Q2M-X4", "Schrijf dit nummer op, of maak een foto.", is_whole_screen=True),
)

_DIGIT_MM = 20
_WHOLE_SCREEN_DIGIT_MM = 30  # where there is room; never under 20
_BREAK = "-\u200b"  # a number may wrap between its groups only


class NumberBlock(TextBlock):
    """The number: always from left to right, in a font that fits."""

    def __init__(self, stage: Stage, parent: QWidget, reading_id: str, text: str) -> None:
        super().__init__(stage, parent, reading_id, text, "number", "ink")
        self._groups = text

    def fit(self, width: int, wished: int, least: int) -> None:
        """Take the largest size from `wished` down at which one line fits, or `least`, wrapping between groups."""
        look = self._stage.look
        font = QFont(look.font("number"))
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 103)
        font.setPixelSize(wished)
        needed = QFontMetricsF(font).horizontalAdvance(self._groups) + 8
        px = wished if needed <= width else max(least, int(wished * width / needed))
        font.setPixelSize(px)
        side = self._stage.is_rtl
        self.shape_of_text = TextShape(
            self._groups.replace("-", _BREAK), font, round(px * 1.2), side, has_own_direction=True
        )


class Number(PartWidget):
    """Number and what it is."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: BigNumber) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._number = NumberBlock(stage, self, part.id, part.text)
        self._label = TextBlock(stage, self, f"{part.id}.label", part.label, "body", "ink_soft") if part.label else None

    def takes(self, part: object) -> bool:
        return part == self._part

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        font = look.font("number")
        digit = QFontMetricsF(font).tightBoundingRect("0").height() / font.pixelSize()
        least = look.font("lead").pixelSize()  # one line is copied with fewer mistakes than two larger ones
        wished = font.pixelSize()
        if self._part.is_whole_screen:
            least = round(look.mm(_DIGIT_MM) / digit) + 1
            wished = round(look.mm(_WHOLE_SCREEN_DIGIT_MM) / digit)
        self._number.fit(width, wished, least)
        height = self._number.put(0, 0, width, width)
        if self._label is not None:
            height += self._label.put(0, height, width, width)
        return height
