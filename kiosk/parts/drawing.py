# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drawings of a document: where on it something stands, and how it lies on the reader; in the colours of the theme.

A document looks the same in every language, so a drawing is never mirrored. Beside it stands what it shows, and under
it, where something is going on, how far that is.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import Drawing, Part, Sketch
from resources.icons import paint_icon

EXAMPLES: tuple[Part, ...] = (
    Drawing("number", Sketch.CARD_NUMBER, "Kijk op de voorkant. Het zijn 6 cijfers."),
    Drawing("page", Sketch.PASSPORT_PAGE, "Kijk op de bladzijde met uw foto."),
    Drawing("data", Sketch.CARD_DATA, "Kijk op de voorkant van uw kaart."),
    Drawing("lay", Sketch.CARD_ON_READER, "Laat de kaart liggen tot wij klaar zijn.", step=2, steps=4),
    Drawing("lay_passport", Sketch.PASSPORT_ON_READER, "Leg de bladzijde met uw foto op het vak.", step=4, steps=4),
)

_WIDE, _HIGH = 320, 200  # units of a sketch; a pixel each where there is room
_TIGHT, _LARGE = 0.75, 1.5  # of a sketch beside a question; of one that is looked at while nothing else happens
_LEAST_TEXT = 9  # line heights of text beside it; else it stands under it
_BAR = 12
_PLACE = 0.6  # of the room for a digit, what its mark takes
_ON_READER = frozenset({Sketch.CARD_ON_READER, Sketch.PASSPORT_ON_READER})


class SketchBox(QWidget):
    """The drawing itself."""

    def __init__(self, stage: Stage, parent: QWidget, part: Drawing) -> None:
        super().__init__(parent)
        self._stage = stage
        self.part = part

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.scale(self.width() / _WIDE, self.width() / _WIDE)
        if self.part.sketch in _ON_READER:
            self._paint_reader(painter)
        elif self.part.sketch is Sketch.PASSPORT_PAGE:
            self._paint_page(painter)
        else:
            self._paint_card(painter)
        painter.end()

    # -- where something stands ------------------------------------------------------------------------------------

    def _paint_card(self, painter: QPainter) -> None:
        self._box(painter, QRectF(8, 8, 304, 184), 16)
        self._photo(painter, QRectF(28, 48, 84, 104))
        self._lines(painter, ((28, 24, 150), (128, 52, 60)))
        if self.part.sketch is Sketch.CARD_NUMBER:
            self._lines(painter, ((128, 76, 120), (128, 100, 150), (128, 124, 96)))
            self._marked(painter, QRectF(184, 146, 116, 36), 6)
            return
        self._marked(painter, QRectF(200, 18, 98, 28))
        self._lines(painter, ((128, 72, 90),))
        self._marked(painter, QRectF(124, 90, 130, 28))
        self._lines(painter, ((128, 134, 110),))
        self._marked(painter, QRectF(124, 150, 130, 28))

    def _paint_page(self, painter: QPainter) -> None:
        self._box(painter, QRectF(28, 4, 264, 192), 10)
        self._photo(painter, QRectF(42, 34, 72, 92))
        self._lines(painter, ((42, 16, 96), (128, 52, 90), (128, 98, 80)))
        for box in (QRectF(186, 12, 96, 26), QRectF(124, 64, 122, 26), QRectF(124, 108, 122, 26)):
            self._marked(painter, box)
        painter.setPen(QPen(self._stage.look.colour("ink_soft"), 5, Qt.PenStyle.DotLine))
        for y in (154, 176):
            painter.drawLine(QPointF(42, y), QPointF(278, y))

    def _box(self, painter: QPainter, box: QRectF, radius: int) -> None:
        look = self._stage.look
        paint_box(painter, box, look.colour("paper"), look.colour("edge"), 3, radius)

    def _photo(self, painter: QPainter, box: QRectF) -> None:
        look = self._stage.look
        paint_box(painter, box, look.colour("tint"), look.colour("edge"), 2, 6)
        side = min(box.width(), box.height()) - 8
        square = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        paint_icon(painter, "mdi6.account", square, look.colour("primary"))

    def _lines(self, painter: QPainter, lines: tuple[tuple[int, int, int], ...]) -> None:
        painter.setPen(QPen(self._stage.look.colour("line"), 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for left, y, length in lines:
            painter.drawLine(QPointF(left + 4, y + 4), QPointF(left + length - 4, y + 4))

    def _marked(self, painter: QPainter, box: QRectF, digits: int = 0) -> None:
        """Mark a place by a strong edge, so that it needs no colour to be seen."""
        look = self._stage.look
        paint_box(painter, box, look.colour("warn_paper"), look.colour("primary"), 4, 8)
        painter.setPen(look.colour("ink"))
        if not digits:
            painter.setPen(QPen(look.colour("ink"), 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            y = box.center().y()
            painter.drawLine(QPointF(box.left() + 16, y), QPointF(box.right() - 16, y))
            return
        # A place for each digit: letters in a picture would be too small to read.
        step = box.width() / (digits + 1)
        for number in range(1, digits + 1):
            place = QRectF(0, 0, step * _PLACE, box.height() * _PLACE)
            place.moveCenter(QPointF(box.left() + step * number, box.center().y()))
            painter.fillRect(place, look.colour("ink"))

    # -- how it lies -----------------------------------------------------------------------------------------------

    def _paint_reader(self, painter: QPainter) -> None:
        look = self._stage.look
        paint_box(painter, QRectF(30, 112, 260, 80), look.colour("tint"), look.colour("primary"), 4, 20)
        paint_icon(painter, "mdi6.contactless-payment", QRectF(136, 132, 48, 48), look.colour("primary"))
        if self.part.sketch is Sketch.CARD_ON_READER:
            self._box(painter, QRectF(72, 6, 128, 78), 10)
            self._photo(painter, QRectF(82, 22, 36, 46))
            self._lines(painter, ((126, 24, 60), (126, 42, 44), (126, 60, 54)))
        else:
            self._box(painter, QRectF(40, 4, 92, 84), 6)
            self._box(painter, QRectF(132, 4, 92, 84), 6)
            self._photo(painter, QRectF(140, 14, 34, 42))
            self._lines(
                painter, ((50, 20, 70), (50, 38, 54), (50, 56, 64), (182, 18, 36), (182, 34, 36), (142, 66, 74))
            )
        pen = QPen(look.colour("primary"), 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(254, 14), QPointF(254, 84))
        painter.setBrush(look.colour("primary"))
        painter.drawPolygon(QPolygonF((QPointF(238, 74), QPointF(270, 74), QPointF(254, 94))))


class StepLine(QWidget):
    """As many pieces as there are steps: done, going on, to come; told by fill and edge, not by colour alone."""

    def __init__(self, stage: Stage, parent: QWidget, part: Drawing) -> None:
        super().__init__(parent)
        self._stage = stage
        self.part = part

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look, gap = self._stage.look, self._stage.look.space("small")
        steps = self.part.steps
        wide = (self.width() + gap) // steps - gap
        for number in range(1, steps + 1):
            is_done, is_now = number < self.part.step, number == self.part.step
            fill = look.colour("primary" if is_done else "tint" if is_now else "paper")
            edge = look.colour("primary" if is_done or is_now else "edge")
            piece = self._stage.rect((number - 1) * (wide + gap), 0, wide, self.height(), self.width())
            paint_box(painter, QRectF(piece), fill, edge, 3 if is_now else 2, self.height() // 2)
        painter.end()


class DrawingBox(PartWidget):
    """Drawing and words."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Drawing) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._sketch = SketchBox(stage, self, part)
        self._line = StepLine(stage, self, part) if part.steps else None
        self._text = TextBlock(stage, self, part.id, part.text, "lead", "ink") if part.text else None

    def takes(self, part: object) -> bool:
        if not isinstance(part, Drawing):
            return False
        now = self._part
        if (part.sketch, part.text, bool(part.steps)) != (now.sketch, now.text, bool(now.steps)):
            return False
        self._part = self._sketch.part = part
        if self._line is not None:
            self._line.part = part
            self._line.update()
        return True

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        gap = look.space("wide")
        least, most = (1.0, _LARGE) if self._part.sketch in _ON_READER else (_TIGHT, 1.0)
        share = least if self.stage.is_tight else most
        wide = min(round(_WIDE * share), width)
        high = wide * _HIGH // _WIDE
        beside = width - wide - gap
        is_beside = beside >= look.line("lead") * _LEAST_TEXT
        self.stage.place(self._sketch, 0, 0, wide, high, width)
        bottom = high
        if self._line is not None:
            bottom += look.space("medium")
            self.stage.place(self._line, 0, bottom, wide, _BAR, width)
            bottom += _BAR
        if self._text is None:
            return bottom
        if is_beside:
            room = min(beside, look.reading_width)
            top = max(0, (high - self._text.lay_out(room)) // 2)
            return max(bottom, top + self._text.put(wide + gap, top, room, width))
        return bottom + look.space("medium") + self._text.put(0, bottom + look.space("medium"), width, width)
