# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A piece of plain text, wrapped and painted with a fixed line height; long words break, markup stays text.

Only the beginning of a very long text is painted; whoever keeps the text keeps all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

MOST_CHARACTERS = 1500
_ELLIPSIS = "\u2026"
_ZERO_WIDTH = "\u200b"
# Controls draw boxes, embeddings can turn the rest of a line around; marks and isolates keep a translation in order.
_HARMLESS = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239)), _ZERO_WIDTH)
_HARMLESS |= {ord("\n"): "\u2028", ord("\t"): " ", ord("\u2029"): "\u2028"}
_FAR = 1.0e6
_AIR = 2.0  # between two lines of a tall font
_TAIL = 0.84  # of the descent, what the letters really use
_SAME = 2.0  # Qt rounds the height of a line up
_WIDEST = 0.7  # of the height of a font: no word has wider letters on average, so a shorter one always fits
_SMALLER = (0.94, 0.88, 0.82)  # a Dutch word of 24 letters is better read smaller than in two pieces
_LONELY = 0.33  # a last line shorter than this share looks forgotten
# "ID-kaart", "e-mail", "9-17": a short piece and its hyphen do not stand alone at the end of a line. The same number of
# characters, so that every place in the text stays what it is.
_SHORT_PIECE, _KEPT_TOGETHER = re.compile(r"(?<![\w-])(\w{1,3})-(?=\w)"), "\\1\u2011"


def harmless(text: str) -> str:
    """Give the text as it may be painted; the same number of characters unless it is cut."""
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS] + _ELLIPSIS
    return text.translate(_HARMLESS)


def utf16_offset(text: str, index: int) -> int:
    """Qt counts in UTF-16 units, Python in characters."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


class TextShape:
    """Text in one font; `lay_out` wraps it to a width and gives its height."""

    def __init__(
        self,
        text: str,
        font: QFont,
        line_height: int,
        is_rtl: bool,
        *,
        is_centred: bool = False,
        strong: str = "",
        has_own_direction: bool = False,
        is_balanced: bool = False,
        may_shrink: bool = True,
    ) -> None:
        self.text = harmless(text)
        self._may_shrink = may_shrink
        self._is_balanced = is_balanced
        self._font, self._full_line_height, self._strong = font, line_height, strong
        self._share = 1.0
        self._line_height = line_height
        self._metrics = QFontMetricsF(font)
        self._natural = self._metrics.height()
        self._longest = max(map(len, self.text.split()), default=0)
        self._layout = QTextLayout(_SHORT_PIECE.sub(_KEPT_TOGETHER, self.text), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(Qt.AlignmentFlag.AlignHCenter if is_centred else side)
        if not has_own_direction:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight)
        else:
            option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._mark_strong(strong, font)
        self._width = -1.0
        self._height = 0
        self._natural_width = -1.0

    def _mark_strong(self, strong: str, font: QFont) -> None:
        start = self.text.find(strong) if strong else -1
        if start < 0:
            return
        heavy = QTextCharFormat()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        heavy.setFont(bold)
        piece = QTextLayout.FormatRange()
        piece.start = utf16_offset(self.text, start)
        piece.length = utf16_offset(strong, len(strong))
        piece.format = heavy
        self._layout.setFormats([piece])

    @property
    def natural_width(self) -> int:
        """The width on one line."""
        if self._natural_width < 0:
            self._wrap(_FAR)
            lines = [self._layout.lineAt(number) for number in range(self._layout.lineCount())]
            self._natural_width = max((line.naturalTextWidth() for line in lines), default=0.0)
            self._width = -1.0
        return int(self._natural_width) + 1

    @property
    def line_count(self) -> int:
        return self._layout.lineCount()

    @property
    def used_width(self) -> int:
        """The width of the longest line as it is laid out."""
        lines = [self._layout.lineAt(number) for number in range(self._layout.lineCount())]
        return int(max((line.naturalTextWidth() for line in lines), default=0.0)) + 1

    @property
    def height(self) -> int:
        """The height as it is laid out."""
        return self._height

    @property
    def is_whole(self) -> bool:
        """Say whether every line fits the width it was laid out for."""
        lines = [self._layout.lineAt(number) for number in range(self._layout.lineCount())]
        return all(line.naturalTextWidth() <= self._width + 1 for line in lines)

    @property
    def lines(self) -> list[str]:
        """The text of each line as it is laid out."""
        units = self.text.encode("utf-16-le", "surrogatepass")
        found = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
            found.append(units[start:end].decode("utf-16-le", "replace"))
        return found

    @property
    def breaks_a_word(self) -> bool:
        """Say whether a line ends in the middle of a word."""
        pairs = zip(self.lines, self.lines[1:], strict=False)
        return any(line[-1:].isalnum() and after[:1].isalnum() for line, after in pairs)

    def _wrap(self, width: float) -> float:
        top = tails = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            # A fallback font (Arabic, Ethiopic) may stand taller than Noto Sans: give it its room, and no more.
            is_taller = line.height() - self._natural > _SAME
            height = max(self._line_height, line.height() + _AIR) if is_taller else self._line_height
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            top += height
            tails = line.y() + line.ascent() + _TAIL * self._metrics.descent()
        self._layout.endLayout()
        # Where lines stand close, the tails of the last one may hang out of it: they are not cut.
        return max(top, tails)

    def _wrap_whole(self, width: int) -> float:
        """Wrap; where a word is wider than that, with the letters of this text a little smaller."""
        if self._share != 1.0:
            self._use(1.0)
        height = self._wrap(width)
        if not self._may_shrink or self._longest * self._natural * _WIDEST < width:
            return height
        for share in (*_SMALLER, 1.0):
            if not self.breaks_a_word:
                break
            self._use(share)
            height = self._wrap(width)
        return height

    def _use(self, share: float) -> None:
        """Take letters of this share of the wished size."""
        self._share = share
        font = QFont(self._font)
        if share != 1.0:
            font.setPixelSize(round(font.pixelSize() * share))
        self._line_height = round(self._full_line_height * share)
        self._metrics = QFontMetricsF(font)
        self._natural = self._metrics.height()
        self._layout.setFont(font)
        self._mark_strong(self._strong, font)

    def lay_out(self, width: int) -> int:
        """Wrap to `width` and give the height."""
        if width == self._width:
            return self._height
        height = self._wrap_whole(width)
        if self._is_balanced and 1 < self._layout.lineCount() < 4 and self._ends_lonely(width):
            height = self._balance(width, self._layout.lineCount())
        self._width = width
        self._height = int(height + 0.999)
        return self._height

    def _ends_lonely(self, width: int) -> bool:
        last = self._layout.lineAt(self._layout.lineCount() - 1)
        return last.naturalTextWidth() < width * _LONELY

    def _balance(self, width: int, lines: int) -> float:
        """Make the lines about equally long, so that no word stands alone on the last one; gives the height.

        It may differ from before: a line with letters of a taller font is higher, wherever they end up.
        """
        # Never narrower than the longest word, or balance would break it.
        longest_word = max((self._metrics.horizontalAdvance(word) for word in self.text.split()), default=0.0) + 2
        low, high = max(width / lines, min(longest_word, width - 8)), float(width)
        while high - low > 8:
            middle = (low + high) / 2
            self._wrap(middle)
            if self._layout.lineCount() > lines:
                low = middle
            else:
                high = middle
        height = self._wrap(high)
        indent = width - high
        alignment = self._layout.textOption().alignment()
        shift = (
            indent
            if alignment & Qt.AlignmentFlag.AlignRight
            else indent / 2
            if alignment & Qt.AlignmentFlag.AlignHCenter
            else 0
        )
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            line.setPosition(QPointF(shift, line.y()))
        return height

    def rectangles(self, start: int, end: int) -> list[QRectF]:
        """Where the characters from `start` to `end` stand: one rectangle a line, right in mixed directions too."""
        first, last = utf16_offset(self.text, start), utf16_offset(self.text, end)
        found = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            from_here = max(first, line.textStart())
            length = min(last, line.textStart() + line.textLength()) - from_here
            if length <= 0:
                continue
            box = QRectF()
            for run in line.glyphRuns(from_here, length):
                box = box.united(run.boundingRect())
            if box.isValid():
                middle = line.y() + line.height() / 2
                found.append(QRectF(box.left(), middle - self._line_height / 2, box.width(), self._line_height))
        return found

    def paint(
        self,
        painter: QPainter,
        left: float,
        top: float,
        colour: QColor,
        selections: Sequence[QTextLayout.FormatRange] = (),
    ) -> None:
        painter.setPen(colour)
        self._layout.draw(painter, QPointF(left, top), list(selections))
