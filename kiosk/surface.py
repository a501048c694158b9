# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The canvas behind everything, with the band that says this is practice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import painter_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape


class Surface(QWidget):
    """The canvas everything stands on; in practice a band says so."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self.band = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def band_height(self) -> int:
        if not self.band:
            return 0
        return max(self._stage.look.line("small"), self._shape().lay_out(self.width()))

    def _shape(self) -> TextShape:
        look = self._stage.look
        return TextShape(self.band, look.font("small_strong"), look.line("small"), self._stage.is_rtl, is_centred=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        painter.fillRect(event.rect(), look.colour("canvas"))
        if self.band:
            painter.fillRect(0, 0, self.width(), self.band_height(), look.colour("warn_paper"))
            shape = self._shape()
            shape.lay_out(self.width())
            shape.paint(painter, 0, 0, look.colour("warn"))
        painter.end()
