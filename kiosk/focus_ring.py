# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ring around what has the focus: yellow inside ink, above everything, so that nothing can cover it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import painter_for
from kiosk.parts.look import Look

_AWAY = 2  # pixels between the box and its ring


class FocusRing(QWidget):
    """One overlay for the whole window; lets every tap through."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = 12
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def use(self, look: Look) -> None:
        self._look = look

    @property
    def reach(self) -> int:
        """How far the ring stands out from what it surrounds."""
        return _AWAY + self._look.shape("focus_width") + self._look.shape("focus_edge_width")

    def surround(self, box: QRect, radius: int, inside: QRect | None = None) -> None:
        """Stand around `box`; of what scrolls, show no more than lies `inside`."""
        self._radius = radius
        reach = self.reach
        self.setGeometry(box.adjusted(-reach, -reach, reach, reach))
        if inside is not None and not inside.adjusted(-reach, 0, reach, 0).contains(self.geometry()):
            top, bottom = max(inside.top(), self.y()), min(inside.bottom(), self.geometry().bottom())
            self.setMask(QRegion(0, top - self.y(), self.width(), bottom - top + 1))
        else:
            self.clearMask()
        self.raise_()
        self.show()
        self.update()

    @staticmethod
    def box_of(widget: QWidget, surface: QWidget) -> QRect:
        """Where a widget stands on the surface."""
        return QRect(widget.mapTo(surface, QPoint(0, 0)), widget.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide, edge = self._look.shape("focus_width"), self._look.shape("focus_edge_width")
        outer = edge / 2
        painter.setPen(QPen(self._look.colour("focus_edge"), edge))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(outer, outer, -outer, -outer),
            self._radius + self.reach,
            self._radius + self.reach,
        )
        inner = edge + wide / 2
        painter.setPen(QPen(self._look.colour("focus"), wide))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inner, inner, -inner, -inner), self._radius + _AWAY, self._radius + _AWAY
        )
        painter.end()
