# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tiles of the start screen: a large picture and a word, 4x2 or 2x4, one column where words are very long."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
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

    def lay_out(self, width: int) -> int:
        look = self._stage.look
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
        rows = -(-len(self._tiles) // columns)
        height = max(tile.lay_out(size) for tile in self._tiles)
        if least_height:
            height = max(height, min((least_height - gap * (rows - 1)) // rows, 2 * height))
        for number, tile in enumerate(self._tiles):
            row, column = divmod(number, columns)
            self.stage.place(tile, column * (size + gap), row * (height + gap), size, height, width)
        return rows * (height + gap) - gap
