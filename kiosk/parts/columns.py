# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cards side by side, one under the other where there is no room: the deal, "Dit doet u" and "Dit doen wij"."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import HeadingBlock, TextBlock
from kiosk.parts.text_measure import width_of
from kiosk.view import Card, CardLine, Columns, Part
from resources.icons import paint_icon, sign

EXAMPLES: tuple[Part, ...] = (
    Columns(
        "deal",
        (
            Card(
                "you",
                "Dit doet u",
                "account-outline",
                (CardLine("Bewaar het papier."), CardLine("Neem uw ID-kaart mee als u wordt gevraagd.")),
            ),
            Card(
                "we",
                "Dit doen wij",
                "office-building-outline",
                (
                    CardLine("De gemeente schrijft uw nieuwe adres op."),
                    CardLine("Klaar op vrijdag 18 december.", strong="vrijdag 18 december"),
                    CardLine("Klopt er iets niet? Dan bellen wij u eerst.", "phone-outline"),
                ),
            ),
        ),
    ),
)

_LEAST_CHARACTERS = 20


class CardBox(QWidget):
    """One card."""

    def __init__(self, stage: Stage, parent: QWidget, card: Card) -> None:
        super().__init__(parent)
        self._stage = stage
        self.card = card
        self.title = HeadingBlock(stage, self, f"{card.id}.title", card.title, "lead_strong", "ink")
        self.lines = [
            TextBlock(stage, self, f"{card.id}.{number}", line.text, "body", "ink", strong=line.strong)
            for number, line in enumerate(card.lines)
        ]
        self._line_tops: list[int] = []
        self._padding = stage.look.space("large")

    def _least_room(self) -> int:
        """Give the width of the longest word."""
        look = self._stage.look
        styled = [(self.card.title, "lead_strong"), *((line.text, "body") for line in self.card.lines)]
        widths = (width_of(word, look, style, self._stage.is_rtl) for text, style in styled for word in text.split())
        return max(widths, default=0)

    def lay_out(self, width: int) -> int:
        look = self._stage.look
        padding, icon, gap = look.space("large"), look.shape("icon_button"), look.space("medium")
        if self._least_room() > width - 2 * padding - icon - gap:
            # The air gives way before a word does.
            padding = gap = look.space("small")
        self._padding = padding
        start = padding + icon + gap
        top = padding + self.title.put(start, padding, width - start - padding, width) + gap
        self._line_tops = []
        for line in self.lines:
            self._line_tops.append(top)
            top += line.put(start, top, width - start - padding, width) + look.space("small")
        return top - look.space("small") + padding

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
        padding, icon = self._padding, look.shape("icon_button")
        square = stage.rect(padding, padding + (look.line("lead") - icon) // 2, icon, icon, self.width())
        paint_icon(painter, self.card.icon, QRectF(square), look.colour("primary"), is_rtl=stage.is_rtl)
        small = icon - look.space("small")
        for line, top in zip(self.card.lines, self._line_tops, strict=True):
            square = stage.rect(
                padding + (icon - small) // 2, top + (look.line("body") - small) // 2, small, small, self.width()
            )
            name, colour = (line.icon, "primary") if line.icon else (sign("check"), "good")
            paint_icon(painter, name, QRectF(square), look.colour(colour), is_rtl=stage.is_rtl)
        painter.end()


class CardColumns(PartWidget):
    """All cards of the part, equally high where they stand side by side."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Columns) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._cards = [CardBox(stage, self, card) for card in part.cards]

    def takes(self, part: object) -> bool:
        return part == self._part

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        gap = look.space("large")
        share = (width - gap * (len(self._cards) - 1)) // len(self._cards)
        least = look.line("body") * _LEAST_CHARACTERS // 3 + 2 * look.space("large") + look.shape("icon_button")
        if share < least:
            top = 0
            for box in self._cards:
                height = box.lay_out(width)
                self.stage.place(box, 0, top, width, height, width)
                top += height + gap
            return top - gap
        height = max(box.lay_out(share) for box in self._cards)
        for number, box in enumerate(self._cards):
            self.stage.place(box, number * (share + gap), 0, share, height, width)
        return height
