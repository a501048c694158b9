# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What to bring: a picture and a word each, with what to do without it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import HeadingBlock, TextBlock
from kiosk.view import Part, Picture, Pictures
from resources.icons import paint_icon

EXAMPLES: tuple[Part, ...] = (
    Pictures(
        "bring",
        "Neem mee",
        (
            Picture(
                "id",
                "card-account-details-outline",
                "Uw paspoort of ID-kaart",
                "Hebt u dit niet? Kom toch. Wij helpen u.",
            ),
            Picture("contract", "file-sign", "Uw huurcontract", "Hebt u dit niet? Een brief van de eigenaar mag ook."),
        ),
    ),
)

_LEAST_CHARACTERS = 18


class PictureBox(QWidget):
    """One thing to bring."""

    def __init__(self, stage: Stage, parent: QWidget, picture: Picture) -> None:
        super().__init__(parent)
        self._stage = stage
        self.picture = picture
        self.blocks = [TextBlock(stage, self, picture.id, picture.text, "body_strong", "ink")]
        if picture.otherwise:
            self.blocks.append(
                TextBlock(stage, self, f"{picture.id}.otherwise", picture.otherwise, "small", "ink_soft")
            )

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        padding, icon = look.space("large"), look.shape("icon_choice")
        start = padding + icon + look.space("large")
        top = padding
        for block in self.blocks:
            top += block.put(start, top, width - start - padding, width)
        return max(top, padding + icon) + padding

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        stage, look = self._stage, self._stage.look
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour("paper"),
            look.colour("line"),
            look.shape("border"),
            look.shape("tile_radius"),
        )
        padding, icon = look.space("large"), look.shape("icon_choice")
        square = stage.rect(padding, padding, icon, icon, self.width())
        paint_icon(painter, self.picture.icon, QRectF(square), look.colour("primary"), is_rtl=stage.is_rtl)
        painter.end()


class PicturesGrid(PartWidget):
    """The title and all things, two beside each other where they fit."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Pictures) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._title = (
            HeadingBlock(stage, self, f"{part.id}.title", part.title, "lead_strong", "ink") if part.title else None
        )
        self._boxes = [PictureBox(stage, self, picture) for picture in part.pictures]

    def takes(self, part: object) -> bool:
        return part == self._part

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        gap = look.space("medium")
        top = self._title.put(0, 0, width, width) + gap if self._title is not None else 0
        half = (width - gap) // 2
        least = look.line("body") * _LEAST_CHARACTERS // 3 + look.shape("icon_choice") + 3 * look.space("large")
        columns = 2 if half >= least and len(self._boxes) > 1 else 1
        size = half if columns == 2 else width
        for first in range(0, len(self._boxes), columns):
            row = self._boxes[first : first + columns]
            height = max(box.lay_out(size) for box in row)
            for column, box in enumerate(row):
                self.stage.place(box, column * (size + gap), top, size, height, width)
            top += height + gap
        return top - gap
