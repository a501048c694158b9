# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Photos and papers as cards: the picture, its name, and one button to take it or to take it away."""

from __future__ import annotations

import base64

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import Button, Part, Snapshot, Snapshots
from resources.icons import paint_icon

# A drawing of four pixels, so that the examples have a picture that comes from no file.
_FOUR_PIXELS = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFUlEQVR4nGPQz2u6+/4zw5OPT4AsADVYB7eMTsfgAAAAAElFTkSuQmCC"
)

EXAMPLES: tuple[Part, ...] = (
    Snapshots(
        "pictures",
        (
            Snapshot("photo.remove.1", "Foto 1", "Weghalen", _FOUR_PIXELS, action_icon="mdi6.trash-can-outline"),
            Snapshot("photo.remove.2", "Foto 2", "Weghalen", b"geen foto", "mdi6.image-outline"),
            Snapshot("photo.remove.3", "Papier (PDF)", "Weghalen", b"", "mdi6.file-pdf-box"),
        ),
    ),
)

_PICTURE_LINES = 4  # height of the picture, in lines of text


class SnapshotCard(QWidget):
    """One photo."""

    def __init__(self, stage: Stage, parent: QWidget, snapshot: Snapshot) -> None:
        super().__init__(parent)
        self._stage = stage
        self.snapshot = snapshot
        self.text = TextBlock(stage, self, f"{snapshot.id}.text", snapshot.text, "body_strong", "ink")
        button = Button(snapshot.id, snapshot.action, snapshot.action_icon, spoken=snapshot.spoken)
        self.button = ActionButton(stage, self, button)
        self._pixmap = QPixmap()
        if snapshot.picture:
            self._pixmap.loadFromData(snapshot.picture)

    def _picture_height(self) -> int:
        return self._stage.look.line("body") * _PICTURE_LINES

    def least_width(self) -> int:
        return self.button.natural_width() + 2 * self._stage.look.space("medium")

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        padding = look.space("medium")
        top = padding + self._picture_height() + look.space("small")
        top += self.text.put(padding, top, width - 2 * padding, width) + look.space("small")
        high = self.button.lay_out(width - 2 * padding)
        self._stage.place(self.button, padding, top, width - 2 * padding, high, width)
        return top + high + padding

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        radius = look.shape("tile_radius")
        paint_box(painter, QRectF(self.rect()), look.colour("paper"), look.colour("line"), look.shape("border"), radius)
        padding, high = look.space("medium"), self._picture_height()
        room = QRectF(padding, padding, self.width() - 2 * padding, high)
        if self._pixmap.isNull():
            size = min(look.shape("icon_tile"), high)
            square = QRectF((self.width() - size) / 2, padding + (high - size) / 2, size, size)
            icon = self.snapshot.icon or "mdi6.image-outline"
            paint_icon(painter, icon, square, look.colour("primary"), is_rtl=self._stage.is_rtl)
        else:
            fitting = self._pixmap.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRectF(0, 0, fitting.width(), fitting.height())
            shown.moveCenter(room.center())
            painter.drawPixmap(shown.toRect(), self._pixmap)
        painter.end()


class SnapshotsGrid(PartWidget):
    """All cards, as many beside each other as fit."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Snapshots) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._cards = [SnapshotCard(stage, self, snapshot) for snapshot in part.snapshots]

    def takes(self, part: object) -> bool:
        return part == self._part

    def items(self) -> list[QWidget]:
        return [card.button for card in self._cards]

    def item(self, item_id: str) -> QWidget | None:
        return next((card.button for card in self._cards if card.snapshot.id == item_id), None)

    def lay_out(self, width: int, least_height: int = 0) -> int:
        if not self._cards:
            return 0
        gap = self.stage.look.space("medium")
        least = max(card.least_width() for card in self._cards)
        columns = max(1, min(4, (width + gap) // (max(least, 220) + gap)))
        size = (width + gap) // columns - gap
        top = 0
        for first in range(0, len(self._cards), columns):
            row = self._cards[first : first + columns]
            height = max(card.lay_out(size) for card in row)
            for column, card in enumerate(row):
                self.stage.place(card, column * (size + gap), top, size, height, width)
            top += height + gap
        return top - gap
