# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a widget really paints: every word with its place, letters and colour, and what lies behind it.

A paint engine that draws nothing writes down what Qt asks of it; the sums of the parts themselves are not trusted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QPen,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from kiosk.parts.text_shape import TextShape

_NO_PEN = 0
_SOLID = 1
_ICON_FAMILY = "Material Design Icons"


def _is_ink(letter: str) -> bool:
    """Tell letters from marks of direction and language, which leave no ink."""
    return not letter.isspace() and unicodedata.category(letter) != "Cf"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text on one line, in one font."""

    text: str
    rect: QRectF
    colour: str
    ground: str  # empty: what the widget stands on
    px: int
    is_icon: bool
    shape: int  # which of `Painting.shapes` it belongs to; -1 when Qt wrote it by itself


@dataclass(frozen=True, slots=True)
class Box:
    """A filled or outlined shape, with the colour of what lies behind it."""

    rect: QRectF
    fill: str  # empty: nothing
    edge: str
    ground: str


@dataclass(slots=True)
class Painting:
    """Everything one widget and its children painted, in its coordinates, in order."""

    words: list[Word] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    shapes: list[TextShape] = field(default_factory=list)
    painters: list[QWidget | None] = field(default_factory=list)  # the widget that painted each shape

    def behind(self, rect: QRectF) -> str:
        """Give the colour of the uppermost filled box behind the middle of this."""
        middle = rect.center()
        return next((box.fill for box in reversed(self.boxes) if box.fill and box.rect.contains(middle)), "")


class _Engine(QPaintEngine):
    """Writes down instead of drawing."""

    def __init__(self, painting: Painting) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.painting = painting
        self.shape = -1
        self._pen, self._brush, self._transform = QPen(), QBrush(), QTransform()

    # Qt calls these by their names.
    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:  # noqa: N802
        changed = state.state()
        if changed & QPaintEngine.DirtyFlag.DirtyPen:
            self._pen = QPen(state.pen())
        if changed & QPaintEngine.DirtyFlag.DirtyBrush:
            self._brush = QBrush(state.brush())
        if changed & QPaintEngine.DirtyFlag.DirtyTransform:
            self._transform = QTransform(state.transform())

    def drawTextItem(self, at: Any, item: QTextItem) -> None:  # noqa: N802
        if not any(_is_ink(letter) for letter in item.text()):
            return
        font = item.font()
        is_icon = font.family().startswith(_ICON_FAMILY)
        if is_icon:
            side = item.width()
            middle = self._transform.map(QPointF(at.x() + side / 2, at.y() - (item.ascent() - item.descent()) / 2))
            rect = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        else:
            ink = QFontMetricsF(font).tightBoundingRect(item.text())
            place = QRectF(at.x(), at.y() + ink.top(), item.width(), ink.height())
            rect = self._transform.mapRect(place)
        painting = self.painting
        painting.words.append(
            Word(
                item.text(),
                rect,
                self._pen.color().name(),
                painting.behind(rect),
                font.pixelSize(),
                is_icon,
                self.shape,
            )
        )

    def _box(self, rect: QRectF) -> None:
        fill = self._brush.color().name() if self._brush.style().value == _SOLID else ""
        if self._brush.color().alpha() == 0:
            fill = ""
        edge = self._pen.color().name() if self._pen.style().value != _NO_PEN else ""
        if fill or edge:
            self.painting.boxes.append(Box(rect, fill, edge, self.painting.behind(rect)))

    def drawPath(self, path: QPainterPath) -> None:  # noqa: N802
        self._box(self._transform.mapRect(path.boundingRect()))

    def drawRects(self, rects: Any, *_count: int) -> None:  # noqa: N802
        for rect in rects if isinstance(rects, list | tuple) else [rects]:
            self._box(self._transform.mapRect(QRectF(rect)))

    def drawEllipse(self, rect: Any) -> None:  # noqa: N802
        self._box(self._transform.mapRect(QRectF(rect)))

    def drawPixmap(self, *_what: Any) -> None:  # noqa: N802
        return

    def drawLines(self, *_what: Any) -> None:  # noqa: N802
        return

    def drawPolygon(self, *_what: Any) -> None:  # noqa: N802
        return


class _Device(QPaintDevice):
    """Paper of a size that nothing is drawn on."""

    def __init__(self, width: int, height: int, painting: Painting) -> None:
        super().__init__()
        self.engine = _Engine(painting)
        metric = QPaintDevice.PaintDeviceMetric
        self._metrics = {
            metric.PdmWidth: width,
            metric.PdmHeight: height,
            metric.PdmDepth: 32,
            metric.PdmDpiX: 96,
            metric.PdmDpiY: 96,
            metric.PdmPhysicalDpiX: 96,
            metric.PdmPhysicalDpiY: 96,
            metric.PdmDevicePixelRatioScaled: 65536,
        }

    def paintEngine(self) -> QPaintEngine:  # noqa: N802
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, 1)


@contextmanager
def _shapes_marked(engine: _Engine) -> Iterator[None]:
    """Write down which shape each word belongs to while this lasts."""
    plain = TextShape.paint

    def paint(shape: TextShape, painter: QPainter, *rest: Any, **named: Any) -> None:
        device = painter.device()
        engine.painting.shapes.append(shape)
        engine.painting.painters.append(device if isinstance(device, QWidget) else None)
        engine.shape = len(engine.painting.shapes) - 1
        plain(shape, painter, *rest, **named)
        engine.shape = -1

    TextShape.paint = paint  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        TextShape.paint = plain  # type: ignore[method-assign]


def painting_of(widget: QWidget) -> Painting:
    """Let a widget and its children paint themselves whole, beyond what the window shows of it."""
    painting = Painting()
    device = _Device(widget.width(), widget.height(), painting)
    with _shapes_marked(device.engine):
        flags = QWidget.RenderFlag.DrawChildren
        widget.render(device, QPoint(), renderFlags=flags)
    return painting
