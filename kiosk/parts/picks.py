# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing from a short list instead of typing, such as the month: a box that opens a grid of words under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QRadioButton, QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.pressable import Pressable, show_checked
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape
from kiosk.view import Option
from resources.icons import paint_icon, sign


class PickBox(Pressable, QPushButton):
    """Shows what was picked, and a mark that there is more."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._shape = TextShape("", stage.look.font("field"), stage.look.line("field"), stage.is_rtl)
        self._text = self._described = ""
        self.is_open = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_text(self, text: str) -> None:
        look = self._stage.look
        self._shape = TextShape(text, look.font("field"), look.line("field"), self._stage.is_rtl)
        self._text = text
        self._tell()
        self.update()

    def describe(self, described: str) -> None:
        """Say what it belongs to, behind what was picked: two dates on one screen have a month each."""
        self._described = described
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(" ".join(filter(None, (self._text, self._described))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        stage, look = self._stage, self._stage.look
        if self.isDown():
            painter.fillRect(self.rect(), look.colour("tint"))
        icon = look.shape("icon_button")
        room = self.width() - icon
        height = self._shape.lay_out(max(room, 8))
        words = stage.rect(0, (self.height() - height) // 2, room, height, self.width())
        self._shape.paint(painter, words.left(), words.top(), look.colour("ink"))
        square = stage.rect(room, (self.height() - icon) // 2, icon, icon, self.width())
        paint_icon(painter, sign("less" if self.is_open else "more"), QRectF(square), look.colour("ink"))
        painter.end()


class PickCell(Pressable, QRadioButton):
    """One word to pick."""

    def __init__(self, stage: Stage, parent: QWidget, option: Option) -> None:
        super().__init__(parent)
        self._stage = stage
        self.option = option
        look = stage.look
        self.shape_of_text = TextShape(
            option.text, look.font("body_strong"), look.line("body_strong"), stage.is_rtl, is_centred=True
        )
        self.setAccessibleName(option.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        on = self.isChecked()
        edge, thick = ("primary", "border_chosen") if on else ("edge", "border")
        fill = "tint" if on or self.isDown() else "paper"
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour(fill),
            look.colour(edge),
            look.shape(thick),
            look.shape("button_radius"),
        )
        height = self.shape_of_text.lay_out(self.width() - look.space("medium"))
        self.shape_of_text.paint(painter, look.space("small"), (self.height() - height) / 2, look.colour("ink"))
        painter.end()


class PickPanel(QWidget):
    """The grid of words."""

    def __init__(
        self, stage: Stage, parent: QWidget, options: tuple[Option, ...], picked: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._picked = picked
        self.cells = [PickCell(stage, self, option) for option in options]
        for cell in self.cells:
            cell.clicked.connect(self._on_cell_clicked)
        self.hide()

    def mark(self, text: str) -> None:
        for cell in self.cells:
            show_checked(cell, text in (cell.option.id, cell.option.text))

    def _on_cell_clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, PickCell) and self._stage.may_press(cell):
            self._picked(cell.option.id)

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        gap = look.space("medium")
        widest = max(cell.shape_of_text.natural_width for cell in self.cells) + 2 * look.space("medium")
        columns = next((count for count in (6, 4, 3, 2) if (width - gap * (count - 1)) // count >= widest), 1)
        size = min((width - gap * (columns - 1)) // columns, widest + 2 * look.space("wide"))
        height = max(look.target, *(cell.shape_of_text.lay_out(size - gap) + gap for cell in self.cells))
        for number, cell in enumerate(self.cells):
            row, column = divmod(number, columns)
            self._stage.place(cell, column * (size + gap), row * (height + gap), size, height, width)
        return -(-len(self.cells) // columns) * (height + gap) - gap
