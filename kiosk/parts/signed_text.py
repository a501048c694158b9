# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sign with words behind it: an error beside its field, and what an answer was understood as."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import ErrorText, Part, Understood
from resources.icons import paint_icon, sign

EXAMPLES: tuple[Part, ...] = (
    ErrorText("error", "Kies eerst van wie de brief is. Weet u het niet? Kies dan: Ik weet het niet.", "sender"),
    Understood("understood", "Maandag 14 december 2026.", "Dat is over 23 dagen."),
)


class SignedText(PartWidget):
    """Sign and words in one colour; the sign stands at the first line."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: ErrorText | Understood) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        is_error = isinstance(part, ErrorText)
        self._colour = "danger" if is_error else "good"
        self._sign = sign("error" if is_error else "understood")
        if isinstance(part, ErrorText):
            self._blocks = [TextBlock(stage, self, part.id, part.text, "body_strong", "danger")]
        else:
            self._blocks = [TextBlock(stage, self, f"{part.id}.strong", part.strong, "body_strong", "good")]
            if part.text:
                self._blocks.append(TextBlock(stage, self, f"{part.id}.text", part.text, "body", "ink"))

    def takes(self, part: object) -> bool:
        return part == self._part

    def _start(self) -> int:
        return self._size() + self.stage.look.space("small") + self.stage.look.space("tiny")

    def _size(self) -> int:
        return self.stage.look.shape("icon_button") - self.stage.look.space("tiny")

    def lay_out(self, width: int, least_height: int = 0) -> int:
        start = self._start()
        room = width - start
        first = self._blocks[0]
        if len(self._blocks) == 2:
            gap = self.stage.look.space("small") + self.stage.look.space("tiny")
            widths = [block.shape_of_text.natural_width for block in self._blocks]
            if sum(widths) + gap <= room:
                height = first.put(start, 0, widths[0], width)
                self._blocks[1].put(start + widths[0] + gap, 0, widths[1], width)
                return height
        top = 0
        for block in self._blocks:
            top += block.put(start, top, room, width)
        return top

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self.stage.look
        size = self._size()
        square = self.stage.rect(0, (look.line("body") - size) // 2, size, size, self.width())
        paint_icon(painter, self._sign, QRectF(square), look.colour(self._colour), is_rtl=self.stage.is_rtl)
        painter.end()
