# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tiles of the start screen: a large picture and a word, 4x2 or 2x4, one column where words are very long."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.pressable import Pressable
from kiosk.parts.readable import MarkedWhole, Readable
from kiosk.parts.stage import Stage
from kiosk.parts.text_measure import width_of
from kiosk.parts.text_shape import TextShape
from kiosk.view import Part, Pressed, Tile, Tiles
from resources.icons import paint_icon

EXAMPLES: tuple[Part, ...] = (
    Tiles(
        "services",
        (
            Tile("brief", "Hulp bij een brief", "email-open-outline"),
            Tile("bel", "Bel mij terug", "phone-in-talk-outline"),
            Tile("digid", "DigiD", "cellphone-key"),
            Tile("geld", "Problemen met geld", "hand-coin-outline"),
            Tile("idbewijs", "Paspoort of ID-kaart", "card-account-details-outline"),
            Tile("verhuizen", "Ik ga verhuizen", "truck-outline"),
            Tile("hulp-thuis", "Hulp in huis", "home-heart"),
            Tile("fout", "Er ging iets fout", "emoticon-sad-outline"),
        ),
    ),
    Tiles(
        "more",
        (
            Tile("afval", "Afvalpas kwijt", "trash-can-outline"),
            Tile("kind", "Mijn kind", "human-male-child"),
            Tile("werk", "Werk", "briefcase-outline"),
        ),
    ),
)


_FEW, _MOST_LINES = 3, 3


class TileButton(MarkedWhole, Pressable, QPushButton):
    """One tile."""

    def __init__(self, stage: Stage, parent: QWidget, tile: Tile) -> None:
        super().__init__(parent)
        self._stage = stage
        self._tile = tile
        look = stage.look
        self.shape_of_text = TextShape(
            tile.text,
            look.font("body_strong"),
            look.line("body_strong"),
            stage.is_rtl,
            is_centred=True,
            is_balanced=True,
        )
        self._lying_text = TextShape(tile.text, look.font("body_strong"), look.line("body_strong"), stage.is_rtl)
        self.is_lying = False
        self.setAccessibleName(tile.text)
        self.setAccessibleDescription(tile.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    @property
    def button_id(self) -> str:
        return self._tile.id

    def _on_clicked(self) -> None:
        if self._stage.may_press(self):
            self._stage.send(Pressed(self._tile.id))

    def longest_word(self) -> int:
        look = self._stage.look
        words = self._tile.text.split() or [""]
        return max(width_of(word, look, "body_strong", False) for word in words) + 2 * look.space("medium")

    def _side(self) -> int:
        return self._stage.look.space("tiny" if self._stage.is_tight else "medium")

    def _icon(self) -> int:
        return self._stage.look.shape("icon_choice" if self._stage.is_tight else "icon_tile")

    def lines(self, width: int) -> int:
        """Count the lines of the words under the picture of a tile so wide."""
        self.shape_of_text.lay_out(width - 2 * self._side())
        return self.shape_of_text.line_count

    def _beside(self) -> int:
        """Give where the words begin beside the picture."""
        look = self._stage.look
        return look.space("large") + look.shape("icon_choice") + look.space("large")

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        if self.is_lying:
            text = self._lying_text.lay_out(width - self._beside() - look.space("large"))
            return max(look.target, look.shape("icon_choice"), text) + 2 * look.space("medium")
        text = self.shape_of_text.lay_out(width - 2 * self._side())
        return self._icon() + text + (2 if self._stage.is_tight else 3) * look.space("medium")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        fill, edge = ("tint", "primary") if self.isDown() else ("read_sentence" if self.is_read else "paper", "edge")
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour(fill),
            look.colour(edge),
            look.shape("border"),
            look.shape("tile_radius"),
        )
        if self.is_lying:
            self._paint_lying(painter)
            painter.end()
            return
        padding = look.space("medium")
        side = self._side()
        text = self.shape_of_text.lay_out(self.width() - 2 * side)
        large = look.shape("icon_tile")
        icon = large if self.height() >= large + text + 5 * padding // 2 else look.shape("icon_choice")
        gap = padding // 2 if self.height() < icon + text + 4 * padding else look.space("large")
        top = (self.height() - icon - gap - text) / 2
        paint_icon(
            painter,
            self._tile.icon,
            QRectF((self.width() - icon) / 2, top, icon, icon),
            look.colour("primary"),
            is_rtl=self._stage.is_rtl,
        )
        self.shape_of_text.paint(painter, side, top + icon + gap, look.colour("ink"))
        painter.end()

    def _paint_lying(self, painter: QPainter) -> None:
        look, stage = self._stage.look, self._stage
        size = look.shape("icon_choice")
        square = stage.rect(look.space("large"), (self.height() - size) // 2, size, size, self.width())
        paint_icon(painter, self._tile.icon, QRectF(square), look.colour("primary"), is_rtl=stage.is_rtl)
        wide = self.width() - self._beside() - look.space("large")
        high = self._lying_text.lay_out(wide)
        place = stage.rect(self._beside(), (self.height() - high) // 2, wide, high, self.width())
        self._lying_text.paint(painter, place.left(), place.top(), look.colour("ink"))


class TilesGrid(PartWidget):
    """All tiles, of one size."""

    is_wide = True
    stretches = True

    def __init__(self, stage: Stage, parent: QWidget, part: Tiles) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._tiles = [TileButton(stage, self, tile) for tile in part.tiles]

    def takes(self, part: object) -> bool:
        return part == self._part

    def items(self) -> list[QWidget]:
        return list(self._tiles)

    def readables(self) -> dict[str, Readable]:
        return {tile.button_id: tile for tile in self._tiles}

    def item(self, item_id: str) -> QWidget | None:
        return next((tile for tile in self._tiles if tile.button_id == item_id), None)

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        gap = look.space("medium" if self.stage.is_tight else "large")
        longest = max(tile.longest_word() for tile in self._tiles)
        most = 2 if self.stage.is_portrait else 4
        if len(self._tiles) <= most + 1:
            # Few tiles fill the width; an odd one out would leave a hole.
            most = 1 if self.stage.is_portrait else min(most, len(self._tiles))
        columns = next(
            (count for count in (4, 3, 2) if count <= most and (width - gap * (count - 1)) // count >= longest), 1
        )
        if len(self._tiles) == 8 and columns == 3:
            columns = 2
        size = (width - gap * (columns - 1)) // columns
        # A few long sentences: picture and words beside each other, one under the other, or they would be towers.
        is_lying = len(self._tiles) <= _FEW and any(tile.lines(size) > _MOST_LINES for tile in self._tiles)
        for tile in self._tiles:
            tile.is_lying = is_lying
        if is_lying:
            columns, size, least_height = 1, width, 0
        rows = -(-len(self._tiles) // columns)
        height = max(tile.lay_out(size) for tile in self._tiles)
        if least_height:
            height = max(height, min((least_height - gap * (rows - 1)) // rows, 2 * height))
        for number, tile in enumerate(self._tiles):
            row, column = divmod(number, columns)
            self.stage.place(tile, column * (size + gap), row * (height + gap), size, height, width)
        return rows * (height + gap) - gap
