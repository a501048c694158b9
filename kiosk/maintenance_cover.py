# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies over the whole window while staff look after it: the dark screen for cleaning, and the test of the corners.

No touch and no key goes through. They are gone by themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

CLEANS_S = 120
TOUCH_TEST_S = 30
_TICK_MS = 1000
_NIGHT, _DIM, _LIT = "#000000", "#B9C4C9", "#8FD89B"
_SPOT = 56  # half of a target, from the edge too: 20 mm and more on every screen
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class MaintenanceCover(QWidget):
    """Covers its window, takes all keys, and counts seconds down."""

    def __init__(self, window: QWidget, says: str, seconds: int, tick_ms: int = _TICK_MS) -> None:
        super().__init__(window)
        self._says = says
        self.seconds_left = seconds
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setGeometry(window.rect())
        self._timer = QTimer(self)
        self._timer.setInterval(tick_ms)
        self._timer.timeout.connect(self._on_timer_timeout)

    def lay(self) -> None:
        """Begin."""
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self.raise_()
        self.show()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let no key through."""
        return event.type() in _KEYS

    def _on_timer_timeout(self) -> None:
        self.seconds_left -= 1
        if self.seconds_left <= 0:
            self._lift()
        else:
            self.update()

    def _lift(self) -> None:
        self._timer.stop()
        handle = self.window().windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(_NIGHT))
        painter.setPen(QColor(_DIM))
        painter.setFont(_font(96))
        middle = QRectF(0, 0, self.width(), self.height() / 2)
        left = f"{self.seconds_left // 60}:{self.seconds_left % 60:02}"
        painter.drawText(middle, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, left)
        painter.setFont(_font(28))
        below = QRectF(self.width() * 0.1, self.height() / 2 + 24, self.width() * 0.8, self.height() / 3)
        wraps = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(wraps), self._says)
        self._paint_more(painter)
        painter.end()

    def _paint_more(self, painter: QPainter) -> None:
        """Paint nothing more."""


class CleaningCover(MaintenanceCover):
    """Dark and deaf until the time is over."""

    def __init__(
        self,
        window: QWidget,
        says: str,
        is_over: Callable[[], None],
        seconds: int = CLEANS_S,
        tick_ms: int = _TICK_MS,
    ) -> None:
        super().__init__(window, says, seconds, tick_ms)
        self._is_over = is_over

    def _lift(self) -> None:
        super()._lift()
        self._is_over()


class CornerTest(MaintenanceCover):
    """Targets in the corners and the middle; done when each was touched."""

    def __init__(
        self,
        window: QWidget,
        says: str,
        is_over: Callable[[bool], None],
        seconds: int = TOUCH_TEST_S,
        tick_ms: int = _TICK_MS,
    ) -> None:
        super().__init__(window, says, seconds, tick_ms)
        self._is_over = is_over
        self._touched: set[int] = set()

    def targets(self) -> tuple[QPointF, ...]:
        """Give the middles of the targets."""
        right, bottom = self.width() - _SPOT, self.height() - _SPOT
        corners = ((_SPOT, _SPOT), (right, _SPOT), (_SPOT, bottom), (right, bottom))
        return (*(QPointF(x, y) for x, y in corners), QPointF(self.width() / 2, self.height() * 0.8))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        for number, at in enumerate(self.targets()):
            away = event.position() - at
            if max(abs(away.x()), abs(away.y())) <= _SPOT:
                self._touched.add(number)
        self.update()
        if len(self._touched) == len(self.targets()):
            self._lift()

    def _lift(self) -> None:
        super()._lift()
        self._is_over(len(self._touched) == len(self.targets()))

    def _paint_more(self, painter: QPainter) -> None:
        for number, at in enumerate(self.targets()):
            colour = QColor(_LIT if number in self._touched else _DIM)
            painter.setPen(QPen(colour, 6))
            painter.setBrush(colour if number in self._touched else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, _SPOT - 12, _SPOT - 12)


def _font(pixels: int) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(pixels)
    return font
