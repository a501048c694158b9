# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choices as large cards: picture, word, and a circle (one) or a square (several).

What is chosen shows by tint, border and sign, never by colour alone.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.pressable import Pressable, show_checked
from kiosk.parts.readable import MarkedWhole, Readable
from kiosk.parts.stage import Stage
from kiosk.parts.text_measure import width_of
from kiosk.parts.text_shape import TextShape
from kiosk.view import Choices, Chose, Option, Part
from resources.icons import paint_icon, sign

_SENDERS = (
    Option("gemeente", "De gemeente", "city-variant-outline"),
    Option("belastingdienst", "De Belastingdienst", "cash-multiple"),
    Option("toeslagen", "Dienst Toeslagen", "home-heart"),
    Option("uwv", "Het UWV", "briefcase-outline"),
    Option("incasso", "Deurwaarder of incasso", "gavel"),
    Option("unknown", "Ik weet het niet", "help-circle-outline"),
)

EXAMPLES: tuple[Part, ...] = (
    Choices("sender", _SENDERS, frozenset({"belastingdienst"}), label="Van wie is de brief?"),
    Choices(
        "who-moves",
        (
            Option("me", "Ik", "account-outline"),
            Option("partner", "Mijn partner", "account-heart-outline", "U woont samen of bent getrouwd."),
            Option("children", "Mijn kinderen", "human-male-child", "Ook kinderen die soms bij u wonen."),
        ),
        frozenset({"me", "children"}),
        is_multiple=True,
        label="Wie verhuist er mee?",
    ),
    Choices(
        "days",
        (Option("ma", "maandag"), Option("di", "dinsdag"), Option("wo", "woensdag"), Option("do", "donderdag")),
        frozenset({"di"}),
        is_multiple=True,
        label="Welke dagen?",
        is_compact=True,
    ),
    Choices("yes-no", (Option("yes", "Ja"), Option("no", "Nee")), label="Bent u nieuw in Nederland?"),
)


class OptionCard:
    """How an option looks and measures; shared by the radio and the check button."""

    def __init__(self, stage: Stage, option: Option) -> None:
        look = stage.look
        self._stage = stage
        self.option = option
        self.word = TextShape(option.text, look.font("body_strong"), look.line("body_strong"), stage.is_rtl)
        self.help = (
            TextShape(option.help, look.font("small"), look.line("small"), stage.is_rtl) if option.help else None
        )

    def _picture(self) -> int:
        return self._stage.look.shape("icon_choice") if self.option.icon else 0

    def _text_start(self) -> int:
        look = self._stage.look
        return look.space("large") + (self._picture() + look.space("large") if self.option.icon else 0)

    def _text_width(self, width: int) -> int:
        look = self._stage.look
        return max(width - self._text_start() - look.shape("sign") - 2 * look.space("large"), 8)

    def least_width(self) -> int:
        """Give the width that keeps every word whole."""
        look = self._stage.look
        words = (self.option.text + " " + self.option.help).split() or [""]
        longest = max(width_of(word, look, "body_strong", False) for word in words)
        return longest + self._text_start() + look.shape("sign") + 2 * look.space("large")

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        text = self.word.lay_out(self._text_width(width))
        if self.help:
            text += self.help.lay_out(self._text_width(width))
        return max(
            look.target + look.space("large"),
            text + 2 * look.space("medium"),
            self._picture() + 2 * look.space("medium"),
        )

    def paint(self, button: QAbstractButton, *, is_round: bool, is_read: bool) -> None:
        stage, look = self._stage, self._stage.look
        painter = painter_for(button)
        width, height = button.width(), button.height()
        is_chosen = button.isChecked()
        edge, thick = ("primary", "border_chosen") if is_chosen else ("edge", "border")
        fill = "read_sentence" if is_read else "tint" if is_chosen or button.isDown() else "paper"
        paint_box(
            painter,
            QRectF(button.rect()),
            look.colour(fill),
            look.colour(edge),
            look.shape(thick),
            look.shape("tile_radius"),
        )
        if self.option.icon:
            size = self._picture()
            square = stage.rect(look.space("large"), (height - size) // 2, size, size, width)
            self._paint_picture(painter, QRectF(square))
        text_width = self._text_width(width)
        text = self.word.lay_out(text_width)
        total = text + (self.help.lay_out(text_width) if self.help else 0)
        place = stage.rect(self._text_start(), (height - total) // 2, text_width, total, width)
        self.word.paint(painter, place.left(), place.top(), look.colour("ink"))
        if self.help:
            self.help.paint(painter, place.left(), place.top() + text, look.colour("ink" if is_chosen else "ink_soft"))
        size = look.shape("sign")
        circle = QRectF(stage.rect(width - look.space("large") - size, (height - size) // 2, size, size, width))
        self._paint_sign(painter, circle, is_chosen, is_round=is_round)
        painter.end()

    def _paint_picture(self, painter: QPainter, square: QRectF) -> None:
        look, ink = self._stage.look, "primary"
        if self.option.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(f"mark_{self.option.colour}"))
            radius = look.shape("button_radius")
            painter.drawRoundedRect(square, radius, radius)
            inset, ink = square.width() / 8, "on_mark"
            square = square.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, self.option.icon, square, look.colour(ink), is_rtl=self._stage.is_rtl)

    def _paint_sign(self, painter: QPainter, square: QRectF, is_chosen: bool, *, is_round: bool) -> None:
        look = self._stage.look
        painter.setPen(QPen(look.colour("primary" if is_chosen else "edge"), 3))
        painter.setBrush(look.colour("primary" if is_chosen and not is_round else "paper"))
        inner = square.adjusted(1.5, 1.5, -1.5, -1.5)
        if is_round:
            painter.drawEllipse(inner)
            if is_chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("primary"))
                painter.drawEllipse(square.adjusted(10, 10, -10, -10))
            return
        painter.drawRoundedRect(inner, 8, 8)
        if is_chosen:
            paint_icon(painter, sign("check"), square.adjusted(4, 4, -4, -4), look.colour("on_primary"))


class RadioOption(MarkedWhole, Pressable, QRadioButton):
    """One of several, of which one can be chosen."""

    def __init__(self, card: OptionCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = card

    def paintEvent(self, event: QPaintEvent) -> None:
        self.card.paint(self, is_round=True, is_read=self.is_read)


class CheckOption(MarkedWhole, Pressable, QCheckBox):
    """One of several, of which more can be chosen."""

    def __init__(self, card: OptionCard, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = card

    def paintEvent(self, event: QPaintEvent) -> None:
        self.card.paint(self, is_round=False, is_read=self.is_read)


class ChoicesGrid(PartWidget):
    """All options, two beside each other where they fit."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Choices) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        kind = CheckOption if part.is_multiple else RadioOption
        self._options: list[RadioOption | CheckOption] = []
        for option in part.options:
            button = kind(OptionCard(stage, option), self)
            button.setAccessibleName(option.text)
            button.setAccessibleDescription(option.help)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(self._on_option_clicked)
            self._options.append(button)
        self.setAccessibleName(part.label)
        self._show_chosen()

    def _show_chosen(self) -> None:
        for button in self._options:
            show_checked(button, button.card.option.id in self._part.chosen)

    def _on_option_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, RadioOption | CheckOption):
            return
        if not self.stage.may_press(button):
            self._show_chosen()
            return
        chosen = button.card.option.id
        if not self._part.is_multiple:
            self._part = replace(self._part, chosen=frozenset({chosen}))
        else:
            self._part = replace(self._part, chosen=self._part.chosen ^ {chosen})
        self._show_chosen()
        self.stage.send(Chose(self.part_id, chosen))

    def takes(self, part: object) -> bool:
        if not isinstance(part, Choices) or replace(part, chosen=self._part.chosen) != self._part:
            return False
        self._part = part
        self._show_chosen()
        return True

    def items(self) -> list[QWidget]:
        return list(self._options)

    def item(self, item_id: str) -> QWidget | None:
        return next((button for button in self._options if button.card.option.id == item_id), None)

    def readables(self) -> dict[str, Readable]:
        found: dict[str, Readable] = {}
        for button in self._options:
            reading_id = f"{self.part_id}.{button.card.option.id}"
            found[reading_id] = found[f"{reading_id}.help"] = button
        return found

    def lay_out(self, width: int, least_height: int = 0) -> int:
        gap = self.stage.look.space("medium")
        half = (width - gap) // 2
        is_double = len(self._options) > 1 and all(button.card.least_width() <= half for button in self._options)
        is_double = is_double and not (
            self.stage.is_portrait and any(button.card.option.help for button in self._options)
        )
        columns = 2 if is_double else 1
        third = (width - 2 * gap) // 3
        if self._part.is_compact and all(button.card.least_width() <= third for button in self._options):
            columns = 3
        size = (width + gap) // columns - gap
        top, look = 0, self.stage.look
        highest = max(button.card.lay_out(size) for button in self._options)
        for first in range(0, len(self._options), columns):
            row = self._options[first : first + columns]
            # Where room is dear, one long answer need not make all others as high.
            own = max(button.card.lay_out(size) for button in row)
            height = highest if columns > 1 and not look.legible_px else own
            for column, button in enumerate(row):
                self.stage.place(button, column * (size + gap), top, size, height, width)
            top += height + gap
        return top - gap
