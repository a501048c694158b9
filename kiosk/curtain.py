# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dark screen: nothing of a visit can be seen, and a quiet line says how it comes back.

Keys and voice go on behind it. When it hangs is for the view's preferences to say.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import painter_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape
from resources.icons import paint_icon

_SIGN = "mdi6.monitor-off"
_NIGHT, _DIM = "#000000", "#B9C4C9"  # the same in every theme: a screen that is off


class Curtain(QWidget):
    """Covers the window. A touch anywhere asks for the screen back."""

    def __init__(self, stage: Stage, parent: QWidget, touched: Callable[[], None]) -> None:
        super().__init__(parent)
        self._stage = stage
        self._touched = touched
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def hang(self, is_dark: bool, text: str) -> None:
        """Cover everything, or let it be seen."""
        self.setAccessibleName(text)
        parent = self.parentWidget()
        if is_dark and parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()
        self.setVisible(is_dark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self._touched()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        painter.fillRect(self.rect(), QColor(_NIGHT))
        size = look.shape("icon_button")
        left, top = (self.width() - size) / 2, self.height() / 2 - size
        paint_icon(painter, _SIGN, QRectF(left, top, size, size), QColor(_DIM), is_rtl=self._stage.is_rtl)
        shape = TextShape(
            self.accessibleName(), look.font("small"), look.line("small"), self._stage.is_rtl, is_centred=True
        )
        margin = look.space("huge")
        shape.lay_out(self.width() - 2 * margin)
        shape.paint(painter, margin, top + size + look.space("medium"), QColor(_DIM))
        painter.end()
