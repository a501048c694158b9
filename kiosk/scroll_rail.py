# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two large buttons beside the content that move it up and down; narrow, so that the text keeps its room."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.stage import Stage
from kiosk.parts.text_shape import TextShape
from kiosk.view import Button, Weight
from resources.icons import paint_icon, sign

SCROLL_UP, SCROLL_DOWN = "window.scroll_up", "window.scroll_down"
_MOST_WIDTH = 148  # the longest word may ask for more
_LEAST_LETTERS = 18


class ScrollButton(ActionButton):
    """Picture above word, in the letters of the frame; where there is no room for both words, the pictures alone."""

    is_bare = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_bare:
            super().paintEvent(event)
            return
        painter, look = painter_for(self), self._stage.look
        fill, edge, picture, _word = self._colours()
        paint_box(painter, QRectF(self.rect()), fill, edge, look.shape("border"), look.shape("button_radius"))
        size = self._icon
        square = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        paint_icon(painter, self.button.icon, square, picture)
        painter.end()

    def _sides(self, width: int = 0, text: str = "") -> int:
        return 2 * self._stage.look.space("small")

    def _shape_of(self, text: str) -> TextShape:
        shape = super()._shape_of(text)
        look = self._stage.look
        room = _MOST_WIDTH - self._sides() - 2
        if shape.natural_width <= room:
            return shape
        font = QFont(look.font(self._style))
        # Not even here smaller than can be read from where one stands.
        least = max(_LEAST_LETTERS, look.legible_px)
        font.setPixelSize(max(least, font.pixelSize() * room // shape.natural_width))
        line = look.line(self._style) * font.pixelSize() // look.font(self._style).pixelSize()
        return TextShape(text, font, line, self._stage.is_rtl, is_centred=True, is_balanced=True)

    # What is remembered of words in the letters of the look does not hold for letters of our own.
    def _width_of(self, text: str) -> int:
        return self._measured(text).natural_width

    def _height_of(self, text: str, width: int) -> int:
        return self._measured(text).lay_out(width)

    def _measured(self, text: str) -> TextShape:
        return self.shape_of_text if text == self.button.text else self._shape_of(text)


class ScrollRail:
    """The two buttons: made with the look, shown where there is more to see."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        self._stage = stage
        self._parent = parent
        self._buttons: list[ScrollButton] = []

    def clear(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []

    def build(self) -> None:
        """Make the buttons where there are none."""
        if not self._buttons:
            self._buttons = [self._made(SCROLL_UP, "up"), self._made(SCROLL_DOWN, "down")]

    def _made(self, key: str, picture: str) -> ScrollButton:
        button = Button(key, self._stage.words.get(key, ""), sign(picture), Weight.SECONDARY)
        made = ScrollButton(self._stage, self._parent, button, "tool", is_stacked=True)
        made.hide()
        return made

    @property
    def width(self) -> int:
        """Give what the rail takes, with the distance to the content."""
        return self._size + self._stage.look.space("large") if self._buttons else 0

    @property
    def _size(self) -> int:
        return max((button.natural_width() for button in self._buttons), default=0)

    @property
    def height(self) -> int:
        """Give what both buttons take."""
        return sum(button.height() + self._stage.look.space("medium") for button in self._buttons)

    @property
    def shown(self) -> list[QWidget]:
        return [button for button in self._buttons if not button.isHidden()]

    def lay_out(self, width: int, height: int) -> None:
        """Place them at the far end, low, where a hand reaches."""
        look, size = self._stage.look, self._size
        high = max((button.lay_out(size) for button in self._buttons), default=0)
        is_bare = len(self._buttons) * (high + look.space("medium")) + look.space("large") > height
        for button in self._buttons:
            button.is_bare = is_bare
        high = look.target if is_bare else high
        bottom = height - look.space("large")
        for number, button in enumerate(reversed(self._buttons)):
            top = bottom - (number + 1) * high - number * look.space("medium")
            self._stage.place(button, width - size, top, size, high, width)
            button.raise_()

    def show_needed(self, *, is_up: bool, is_down: bool) -> None:
        """Show the buttons that would move anything."""
        for button, is_needed in zip(self._buttons, (is_up, is_down), strict=False):
            if button.hasFocus() and not is_needed:
                # Before it is hidden: Qt would send the focus wandering.
                other = next(other for other in self._buttons if other is not button)
                other.show()
                other.setFocus()
            button.setVisible(is_needed)
