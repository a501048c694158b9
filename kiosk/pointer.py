# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shows what a helper points at: a ring of its own colour around a part or a piece of it, until the screen changes.

It presses nothing and moves no focus; what is said with it is the visit's.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kiosk.content import Content
from kiosk.focus_ring import FocusRing
from kiosk.frame import Bar, Tools
from kiosk.parts.box import painter_for
from kiosk.parts.look import Look
from kiosk.walker import Walker

_AWAY, _WIDE = 6, 7  # pixels: further out than the ring of the focus, and wider


class PointerRing(FocusRing):
    """Two lines, the colour of help inside ink; nothing blinks."""

    @property
    def reach(self) -> int:
        """How far it stands out."""
        return _AWAY + _WIDE + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide, inset in (("ink", _WIDE + 4, (_WIDE + 4) / 2), ("human", _WIDE, (_WIDE + 4) / 2)):
            painter.setPen(QPen(self._look.colour(colour), wide))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 14, 14)
        painter.end()


class Pointer:
    """Finds what an id means and puts the ring there."""

    def __init__(self, surface: QWidget, look: Look, content: Content, walker: Walker, bar: Bar, tools: Tools) -> None:
        self._surface = surface
        self._content = content
        self._walker = walker
        self._frame = (bar, tools)
        self.ring = PointerRing(surface, look)
        self._target: QWidget | None = None

    def point_at(self, part_id: str) -> bool:
        """Point at a part, a piece or a button; False where there is no such thing on the screen."""
        target = self._find(part_id)
        if target is None:
            return False
        self._target = target
        if self._content.holds(target):
            self._content.show_area(self._content.area_of(target))
        self.place()
        return True

    def place(self) -> None:
        """Stand where the target stands now."""
        if self._target is None:
            self.ring.hide()
            return
        inside = self._content.geometry() if self._content.holds(self._target) else None
        self.ring.surround(FocusRing.box_of(self._target, self._surface), 12, inside)

    def clear(self) -> None:
        """Point at nothing."""
        self._target = None
        self.ring.hide()

    def use(self, look: Look) -> None:
        """Take other colours; what was pointed at is gone with its widgets."""
        self.clear()
        self.ring.use(look)

    def _find(self, part_id: str) -> QWidget | None:
        item = self._walker.item(part_id)
        if item is not None:
            return item
        for widget in self._content.widgets:
            if widget.part_id == part_id:
                return widget
        readable: object = self._content.readable(part_id)
        return readable if isinstance(readable, QWidget) else None
