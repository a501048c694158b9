# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The schematic map: squares to tap or reach by key, with streets between them; nothing to drag, nothing fetched.

What lies in a square shows by colour, pattern and picture; what is chosen by border, tint and sign.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.pressable import Pressable, show_checked
from kiosk.parts.readable import MarkedWhole, Readable
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.parts.text_shape import TextShape
from kiosk.view import Chose, MapSquare, Part, PlaceMap
from resources.icons import paint_icon, sign

_GROUND = {"houses": "paper", "park": "good_paper", "water": "tint", "centre": "warn_paper", "business": "canvas"}
_LARGEST = 132
_STREET = 16  # the least distance between two things to touch; on a low screen each pixel more hides a row
_EXAMPLE_GROUNDS = ("water", "houses", "park", "centre", "business", "houses")
_EXAMPLE_PLACES = {"C2": ("Stadhuis", "mdi6.town-hall"), "D1": ("Station", "mdi6.train")}

EXAMPLES: tuple[Part, ...] = (
    PlaceMap(
        "map",
        "Kies het vak waar het is.",
        6,
        tuple(
            MapSquare(column + row, f"Vak {column}{row}", ground, *_EXAMPLE_PLACES.get(column + row, ("", "")))
            for row in "123456"
            for column, ground in zip("ABCDEF", _EXAMPLE_GROUNDS, strict=True)
        ),
        "B3",
    ),
)


class SquareButton(MarkedWhole, Pressable, QRadioButton):
    """One square."""

    def __init__(self, stage: Stage, parent: QWidget, square: MapSquare) -> None:
        super().__init__(parent)
        self._stage = stage
        self.square = square
        look = stage.look
        self._word = TextShape(square.id, look.font("small_strong"), look.line("small"), False, is_centred=True)
        self.setAccessibleName(square.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # One square need not be chosen, and the chosen one can be chosen off.
        self.setAutoExclusive(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        is_chosen = self.isChecked()
        fill = "primary" if is_chosen else "read_sentence" if self.is_read else _GROUND[self.square.ground]
        ink = look.colour("on_primary" if is_chosen else "ink")
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour(fill),
            look.colour("primary" if is_chosen or self.isDown() else "edge"),
            look.shape("border_chosen" if is_chosen else "border"),
            look.shape("field_radius"),
        )
        if not is_chosen and not self.is_read:
            self._paint_pattern(painter)
        line = self._word.lay_out(self.width())
        icon = sign("check") if is_chosen else self.square.icon
        size = min(self.height() - line - 8, look.shape("icon_choice")) if icon else 0
        top = (self.height() - line - size) / 2
        if icon:
            square = QRectF((self.width() - size) / 2, top, size, size)
            paint_icon(painter, icon, square, ink if is_chosen else look.colour("primary"))
        self._word.paint(painter, 0, top + size, ink)
        painter.end()

    def _paint_pattern(self, painter: QPainter) -> None:
        """Draw waves on water and dots in a park, so that no ground is told by colour alone."""
        look, ground = self._stage.look, self.square.ground
        if ground not in ("water", "park"):
            return
        painter.setPen(QPen(look.colour("primary" if ground == "water" else "good"), 2))
        wide, high = self.width(), self.height()
        if ground == "park":
            for x, y in ((0.16, 0.2), (0.84, 0.2), (0.16, 0.82), (0.84, 0.82)):
                painter.drawEllipse(QPointF(wide * x, high * y), 4, 4)
            return
        for y in (high * 0.16, high * 0.88):
            for step in range(3):
                left = wide * (0.2 + 0.2 * step)
                painter.drawArc(QRectF(left, y - 4, wide * 0.2, 8), (step % 2) * 180 * 16, 180 * 16)


class PlaceMapGrid(PartWidget):
    """All squares; the west stays left in every language, as on every map."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: PlaceMap) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._label = TextBlock(stage, self, f"{part.id}.label", part.label, "body_strong", "ink")
        self._squares = [SquareButton(stage, self, square) for square in part.squares]
        for button in self._squares:
            button.clicked.connect(self._on_square_clicked)
        self.setAccessibleName(part.label)
        self._show_chosen()

    def _show_chosen(self) -> None:
        for button in self._squares:
            show_checked(button, button.square.id == self._part.chosen)

    def _on_square_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, SquareButton):
            return
        if self.stage.may_press(button):
            chosen = "" if button.square.id == self._part.chosen else button.square.id
            self._part = replace(self._part, chosen=chosen)
            self.stage.send(Chose(self.part_id, button.square.id))
        self._show_chosen()

    def takes(self, part: object) -> bool:
        if not isinstance(part, PlaceMap) or replace(part, chosen=self._part.chosen) != self._part:
            return False
        self._part = part
        self._show_chosen()
        return True

    def items(self) -> list[QWidget]:
        return list(self._squares)

    def item(self, item_id: str) -> QWidget | None:
        wanted = self._part.chosen if item_id == self.part_id else item_id
        return next((button for button in self._squares if button.square.id == wanted), None)

    def readables(self) -> dict[str, Readable]:
        found: dict[str, Readable] = {f"{self.part_id}.{button.square.id}": button for button in self._squares}
        found[self._label.reading_id] = self._label
        return found

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        gap, columns = min(look.space("medium"), _STREET), self._part.columns
        top = self._label.put(0, 0, width, width) + gap
        size = min(max(look.target, (width + gap) // columns - gap), _LARGEST)
        high = look.target
        start = width - columns * (size + gap) + gap if self.stage.is_rtl else 0
        for number, button in enumerate(self._squares):
            row, column = divmod(number, columns)
            # A map is never mirrored: placed without `stage.place`.
            button.setGeometry(start + column * (size + gap), top + row * (high + gap), size, high)
        rows = -(-len(self._squares) // columns)
        return top + rows * (high + gap) - gap
