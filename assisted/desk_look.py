# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of the desk in Qt's words: colours, fonts, pictures and sizes of the theme of now.

One object for a whole window: what paints itself asks it at each paint, so that another theme needs no new widgets.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from kiosk.parts.look import Look, look_for
from kiosk.view import Preferences, ThemeName
from resources.desk_theme import desk_colours, desk_px, desk_style_sheet
from resources.fonts import text_font
from resources.icons import paint_icon

_SCREEN_DPI, _SIDE = 92.0, 700


class DeskLook:
    """Asked by what paints itself; the rest is dressed by the style sheet."""

    def __init__(self, theme: ThemeName = ThemeName.LIGHT) -> None:
        self.theme = theme

    @property
    def style_sheet(self) -> str:
        return desk_style_sheet(self.theme.value)

    @property
    def kiosk(self) -> Look:
        """Give the look that parts of the kiosk ask for, in the same theme."""
        return look_for(Preferences(theme=self.theme), _SCREEN_DPI, _SIDE)

    def px(self, name: str) -> int:
        return desk_px()[name]

    def colour(self, name: str) -> QColor:
        return QColor(desk_colours(self.theme.value)[name])

    def font(self, size: str = "body", weight: int = 400) -> QFont:
        return text_font(self.px(size), weight)

    def icon(self, name: str, colour: str = "primary", px: int = 0) -> QIcon:
        """Give a picture for a Qt button or row; it keeps the colour of the theme in which it was made."""
        size = px or self.px("icon")
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, name, QRectF(0, 0, size, size), self.colour(colour))
        painter.end()
        return QIcon(pixmap)
