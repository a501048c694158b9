# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look in Qt's words: fonts, colours and distances of one theme at one text size, made once and kept."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QFont

from kiosk.view import Preferences, TextSize, ThemeName
from resources.fonts import text_font
from resources.theme import Theme, load_theme, roomy_from

_MM_PER_INCH = 25.4


class Look:
    """What every part asks for its fonts, colours and distances; nothing is hard-coded in a part."""

    def __init__(self, theme: Theme, dpi: float) -> None:
        self._theme = theme
        self._colours = {name: QColor(value) for name, value in theme.colours.items()}
        self._dpi = dpi
        self.target = max(theme.shape["target"], round(theme.shape["target_mm"] / _MM_PER_INCH * dpi))

    def colour(self, name: str) -> QColor:
        return self._colours[name]

    def font(self, style: str) -> QFont:
        return text_font(self._theme.types[style].px, self._theme.types[style].weight)

    def line(self, style: str) -> int:
        return self._theme.types[style].line

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
def _look(theme: ThemeName, size: TextSize, dpi: float, is_roomy: bool) -> Look:
    return Look(load_theme(theme.value, size.value, is_roomy=is_roomy), dpi)


def look_for(preferences: Preferences, dpi: float, shorter_side: int) -> Look:
    return _look(preferences.theme, preferences.text_size, dpi, shorter_side >= roomy_from())
