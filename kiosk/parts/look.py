# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look in Qt's words: fonts, colours and distances of one theme at one text size, made once and kept."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtGui import QColor, QFont

from kiosk.view import Preferences, TextSize, ThemeName
from resources.fonts import text_font
from resources.theme import Theme, load_theme, roomy_from

_MM_PER_INCH = 25.4
DISTANCE_MM = 600  # between eye and screen, where the settings do not say otherwise
# EN 301 549, 5.1.4: of the distance, the height of a capital H (0.7 degrees) and of a small x (V4.1.1).
_CAPITAL_SHARE = 2 * math.tan(math.radians(0.35))
_X_SHARE = 0.00595
_CAPITAL_EM, _X_EM = 0.714, 0.536  # of Noto Sans
# WCAG 1.4.12, in em: between lines, paragraphs, letters and words.
_WIDE_LINE, _WIDE_PARAGRAPH, _WIDE_LETTERS, _WIDE_WORDS = 1.5, 2.0, 0.12, 0.16


def legible_px(dpi: float, distance_mm: float) -> int:
    """Give the least size of letters that is legible from a distance on a screen (EN 301 549, 5.1.4)."""
    millimetres = max(_CAPITAL_SHARE / _CAPITAL_EM, _X_SHARE / _X_EM) * distance_mm
    return math.ceil(millimetres / _MM_PER_INCH * dpi)


def _upwards(distance: float) -> float:
    """Give a distance as Qt keeps it, in 64ths of a pixel, never less."""
    return math.ceil(distance * 64) / 64


class Look:
    """What every part asks for its fonts, colours and distances; nothing is hard-coded in a part."""

    def __init__(self, theme: Theme, dpi: float, *, legible_px: int = 0, is_spaced: bool = False) -> None:
        self._theme = theme
        self.is_spaced = is_spaced
        self.legible_px = legible_px  # no letters may be smaller; 0 where the size promises nothing
        self._colours = {name: QColor(value) for name, value in theme.colours.items()}
        self._dpi = dpi
        self.target = max(theme.shape["target"], round(theme.shape["target_mm"] / _MM_PER_INCH * dpi))

    def colour(self, name: str) -> QColor:
        return self._colours[name]

    def font(self, style: str) -> QFont:
        px = self._theme.types[style].px
        font = text_font(px, self._theme.types[style].weight)
        if self.is_spaced:
            font = QFont(font)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _upwards(px * _WIDE_LETTERS))
            font.setWordSpacing(_upwards(px * _WIDE_WORDS))
        return font

    def line(self, style: str) -> int:
        own = self._theme.types[style]
        return max(own.line, round(own.px * _WIDE_LINE)) if self.is_spaced else own.line

    @property
    def paragraph_gap(self) -> int:
        """The distance between two paragraphs where the text is set wide; nothing of its own where it is not."""
        return round(self._theme.types["body"].px * _WIDE_PARAGRAPH) if self.is_spaced else 0

    def space(self, name: str) -> int:
        return self._theme.space[name]

    def shape(self, name: str) -> int:
        return self._theme.shape[name]

    @property
    def reading_width(self) -> int:
        """The widest line of running text."""
        return round(self.shape("characters") * self.line("body") * self._theme.reading_em)

    @property
    def is_roomy(self) -> bool:
        return self._theme.is_roomy

    def mm(self, millimetres: float) -> int:
        """Give so many millimetres of this screen in pixels."""
        return round(millimetres / _MM_PER_INCH * self._dpi)


@cache
def _look(theme: ThemeName, size: TextSize, dpi: float, is_roomy: bool, least_px: int, is_spaced: bool) -> Look:
    tokens = load_theme(theme.value, size.value, is_roomy=is_roomy, least_px=least_px)
    return Look(tokens, dpi, legible_px=least_px, is_spaced=is_spaced)


def look_for(preferences: Preferences, dpi: float, shorter_side: int, distance_mm: float = DISTANCE_MM) -> Look:
    """Give the look; the largest letters are legible from the distance, whatever the screen."""
    is_largest = preferences.text_size is TextSize.LARGEST
    least = legible_px(dpi, distance_mm) if is_largest else 0
    is_roomy = shorter_side >= roomy_from()
    return _look(preferences.theme, preferences.text_size, dpi, is_roomy, least, preferences.is_spaced)
