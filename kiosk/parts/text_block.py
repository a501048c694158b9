# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A piece of text as a widget: painted by `TextShape`, known to screen readers, marked while it is read aloud."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.parts.box import painter_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import MOST_CHARACTERS, TextShape, utf16_offset

_MARK_PADDING = 6
_MARK_RADIUS = 6


class TextBlock(QLabel):
    """Plain text; a QLabel so that assistive technology sees static text, but never asked to paint by itself."""

    def __init__(
        self,
        stage: Stage,
        parent: QWidget,
        reading_id: str,
        text: str,
        style: str = "body",
        colour: str = "ink",
        *,
        strong: str = "",
        is_centred: bool = False,
        has_own_direction: bool = False,
        is_balanced: bool = True,
    ) -> None:
        super().__init__(parent)
        self.reading_id = reading_id
        self._stage = stage
        self._colour = colour
        self.shape_of_text = TextShape(
            text,
            stage.look.font(style),
            stage.look.line(style),
            stage.is_rtl,
            is_centred=is_centred,
            strong=strong,
            has_own_direction=has_own_direction,
            is_balanced=is_balanced,
        )
        self._sentence: tuple[int, int] | None = None
        self._word: tuple[int, int] | None = None
        self.setAccessibleName(text[:MOST_CHARACTERS])

    @property
    def length(self) -> int:
        return len(self.shape_of_text.text)

    def lay_out(self, width: int) -> int:
        """Give the height of the text at `width`; the marks of reading may stand out a little on both sides."""
        return self.shape_of_text.lay_out(width)

    def put(self, left: int, top: int, width: int, whole: int) -> int:
        """Place the block in its parent and give its height."""
        height = self.lay_out(width)
        rect = self._stage.rect(left, top, width, height, whole)
        self.setGeometry(rect.adjusted(-_MARK_PADDING, 0, _MARK_PADDING, 0))
        return height

    def mark(self, sentence: tuple[int, int], word: tuple[int, int]) -> QRect:
        """Mark what is being read; gives where it stands in this block."""
        self._sentence, self._word = self._clip(sentence), self._clip(word)
        self.update()
        area = QRectF()
        for rect in self.shape_of_text.rectangles(*self._sentence):
            area = area.united(rect)
        return area.toAlignedRect().translated(_MARK_PADDING, 0)

    def _clip(self, span: tuple[int, int]) -> tuple[int, int]:
        return max(0, min(span[0], self.length)), max(0, min(span[1], self.length))

    def unmark(self) -> None:
        if self._sentence is not None:
            self._sentence = self._word = None
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        selections = []
        if self._sentence is not None and self._word is not None:
            self._paint_mark(painter, self._sentence, "read_sentence", _MARK_PADDING)
            self._paint_mark(painter, self._word, "read_word", 2)
            # They may not overlap: Qt would paint one over the other.
            (start, end), (word_start, word_end) = self._sentence, self._word
            pieces = (((start, word_start), "ink"), (self._word, "on_read_word"), ((word_end, end), "ink"))
            selections = [self._coloured(span, colour) for span, colour in pieces if span[0] < span[1]]
        self.shape_of_text.paint(painter, _MARK_PADDING, 0, look.colour(self._colour), selections)
        painter.end()

    def _paint_mark(self, painter: QPainter, span: tuple[int, int], colour: str, padding: int) -> None:
        painter.setPen(self._stage.look.colour(colour))
        painter.setBrush(self._stage.look.colour(colour))
        for rect in self.shape_of_text.rectangles(*span):
            painter.drawRoundedRect(
                rect.adjusted(_MARK_PADDING - padding, 1, _MARK_PADDING + padding, -1), _MARK_RADIUS, _MARK_RADIUS
            )

    def _coloured(self, span: tuple[int, int], colour: str) -> QTextLayout.FormatRange:
        text = self.shape_of_text.text
        piece = QTextLayout.FormatRange()
        piece.start = utf16_offset(text, span[0])
        piece.length = utf16_offset(text, span[1]) - utf16_offset(text, span[0])
        look = QTextCharFormat()
        look.setForeground(self._stage.look.colour(colour))
        # Without a background, though it be clear, Qt paints the plain text over the coloured.
        look.setBackground(QColor(0, 0, 0, 0))
        piece.format = look
        return piece


class HeadingBlock(TextBlock):
    """The same, known to screen readers as a heading."""
