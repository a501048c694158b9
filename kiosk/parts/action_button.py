# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The button of Loket: a picture and a word in a box at least 20 mm high; acts on release."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.look import Look
from kiosk.parts.pressable import Pressable
from kiosk.parts.readable import MarkedWhole
from kiosk.parts.stage import Stage
from kiosk.parts.text_measure import height_of, width_of
from kiosk.parts.text_shape import TextShape
from kiosk.view import LEAVE, Button, Pressed, Tone, Weight
from resources.icons import paint_icon


class ActionButton(MarkedWhole, Pressable, QPushButton):
    """One button; inline (picture beside word) or stacked (picture above word)."""

    def __init__(
        self,
        stage: Stage,
        parent: QWidget,
        button: Button,
        style: str = "",
        *,
        is_stacked: bool = False,
        is_tool: bool = False,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._button = button
        self._is_stacked = is_stacked
        # A tool never speaks louder than the question.
        self._weight = Weight.QUIET if is_tool else button.weight
        self._is_framed = button.id == LEAVE
        loud = self._weight is not Weight.QUIET or button.tone is Tone.HUMAN
        self._style = style or ("body_strong" if loud else "body")
        self._shape = self._shape_of(button.text)
        self._made_with = stage.look
        self.setAccessibleName(button.text)
        self.setAccessibleDescription(button.spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    @property
    def button(self) -> Button:
        return self._button

    @property
    def button_id(self) -> str:
        return self._button.id

    @property
    def shape_of_text(self) -> TextShape:
        return self._shape

    def _shape_of(self, text: str) -> TextShape:
        look = self._stage.look
        centred = self._is_stacked
        return TextShape(
            text,
            look.font(self._style),
            look.line(self._style),
            self._stage.is_rtl,
            is_centred=centred,
            is_balanced=True,
        )

    def _on_clicked(self) -> None:
        if self._stage.may_press(self):
            self._stage.send(Pressed(self._button.id))

    @property
    def _icon(self) -> int:
        return self._stage.look.shape("icon_button") if self._button.icon else 0

    def _sides(self, width: int = 0, text: str = "") -> int:
        """Give padding and picture; in a button just too narrow the padding gives way before the word does."""
        look = self._stage.look
        padding = look.space("medium") if self._is_stacked else look.space("large")
        beside = self._icon + look.space("medium") if self._icon and not self._is_stacked else 0
        small = look.space("small")
        if width and self._width_of(text or self._button.text) + 2 * padding + beside > width:
            fits = self._width_of(text or self._button.text) + 2 * small + beside <= width
            padding = small if fits else look.space("medium")
        return 2 * padding + beside

    def natural_width(self, texts: tuple[str, ...] = ()) -> int:
        """Give the width that holds the word on one line, or each of `texts`: the same whichever is shown."""
        widest = max(self._width_of(text) for text in texts or (self._button.text,))
        # The loudest button is never small, whatever its word.
        least = self._stage.look.target * (3 if self._weight is Weight.PRIMARY and not self._is_stacked else 1)
        return max(widest + self._sides() + 2, least)

    def _width_of(self, text: str) -> int:
        return width_of(text, self._look_for(text), self._style, self._stage.is_rtl)

    def _height_of(self, text: str, width: int) -> int:
        return height_of(text, self._look_for(text), self._style, self._stage.is_rtl, width)

    def _look_for(self, text: str) -> Look:
        """Give the look in which a text is measured: its own word stands in that with which it was made."""
        return self._made_with if text == self._button.text else self._stage.look

    def set_stacked(self, is_stacked: bool) -> None:
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            self._shape = self._shape_of(self._button.text)
            self._made_with = self._stage.look

    def width_for(self, words: list[str]) -> int:
        """Give the width that holds each of these words whole."""
        return max([self._stage.look.target, *(self._width_of(word) + self._sides() + 2 for word in words)])

    def lay_out(self, width: int, texts: tuple[str, ...] = ()) -> int:
        """Give the height at `width`, or that for the highest of `texts`: the same whichever is shown."""
        look = self._stage.look
        text = max(
            self._height_of(text, max(width - self._sides(width, text), 8)) for text in texts or (self._button.text,)
        )
        if self._is_stacked:
            return max(look.target, look.space("small") * 2 + self._icon + text)
        return max(look.target, text + 2 * look.space("small") + 4)

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        """Fill, edge, picture, word."""
        look, button = self._stage.look, self._button
        pressed = self.isDown()
        if self.is_read:
            ink = look.colour("ink")
            return look.colour("read_sentence"), ink, ink, ink
        if button.tone is Tone.HUMAN:
            human = look.colour("human")
            paper = look.colour("paper" if pressed else "human_paper")
            return paper, human, human, human
        if self._weight is Weight.PRIMARY:
            fill = look.colour("primary_pressed" if pressed else "primary")
            on = look.colour("on_primary")
            return fill, fill, on, on
        fill = look.colour("tint" if pressed or button.is_on else "paper")
        if button.tone is Tone.DANGER:
            danger = look.colour("danger")
            return fill, danger, danger, danger
        if self._weight is Weight.SECONDARY or button.is_on:
            primary = look.colour("primary")
            return fill, primary, primary, look.colour("ink") if self._weight is Weight.QUIET else primary
        edge = look.colour("ink" if self._is_framed else "edge")
        return fill, edge, look.colour("primary"), look.colour("ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self._stage.look
        fill, edge, picture, word = self._colours()
        paint_box(painter, QRectF(self.rect()), fill, edge, look.shape("border"), look.shape("button_radius"))
        text_width = max(self.width() - self._sides(self.width()), 8)
        text_height = self._shape.lay_out(text_width)
        if self._is_stacked:
            top = (self.height() - self._icon - text_height) / 2
            paint_icon(
                painter,
                self._button.icon,
                QRectF((self.width() - self._icon) / 2, top, self._icon, self._icon),
                picture,
                is_rtl=self._stage.is_rtl,
            )
            self._shape.paint(painter, (self.width() - text_width) / 2, top + self._icon, word)
        else:
            self._paint_inline(painter, text_width, text_height, picture, word)
        painter.end()

    def _paint_inline(
        self, painter: QPainter, text_width: int, text_height: int, picture: QColor, word: QColor
    ) -> None:
        look = self._stage.look
        gap = look.space("medium") if self._icon else 0
        used = self._icon + gap + min(self._shape.used_width, text_width)
        start = (self.width() - used) // 2
        text_at, icon_at = start + self._icon + gap, start
        if self._button.icon_after:
            text_at, icon_at = start, start + used - self._icon
        words = self._stage.rect(text_at, (self.height() - text_height) // 2, text_width, text_height, self.width())
        if self._icon:
            square = self._stage.rect(icon_at, (self.height() - self._icon) // 2, self._icon, self._icon, self.width())
            paint_icon(painter, self._button.icon, QRectF(square), picture, is_rtl=self._stage.is_rtl)
        self._shape.paint(painter, words.left(), words.top(), word)
