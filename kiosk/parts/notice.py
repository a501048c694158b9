# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A box with a sign: status, haste, legal effect, a good outcome. Colour, sign and words say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import Notice, Part, Tone
from resources.icons import paint_icon, sign

EXAMPLES: tuple[Part, ...] = (
    Notice(
        "status",
        "Uw vraag ligt nog hier.",
        "De gemeente heeft hem nog niet. Wij sturen hem vanzelf door.",
        Tone.INFO,
        "inbox-arrow-down",
    ),
    Notice("saved", "Uw vraag is bewaard.", tone=Tone.GOOD),
    Notice(
        "effect",
        "Dit is nog geen bezwaar.",
        "Wij printen een brief. Zet uw handtekening. Stuur hem voor 3 januari.",
        Tone.WARN,
    ),
    Notice("haste", "Er is haast. Wacht niet op ons.", "Bel nu 14 000 of ga naar balie 1.", Tone.DANGER),
    Notice("person", "Er komt iemand.", "U hoeft niets uit te leggen.", Tone.HUMAN),
    Notice("looking", "Rondkijken mag.", "Wij slaan nog niets op.", Tone.PLAIN),
)

# Fill and colour of sign and border.
_TONES = {
    Tone.PLAIN: ("paper", "ink_soft"),
    Tone.INFO: ("tint", "primary"),
    Tone.GOOD: ("good_paper", "good"),
    Tone.WARN: ("warn_paper", "warn"),
    Tone.DANGER: ("danger_paper", "danger"),
    Tone.HUMAN: ("human_paper", "human"),
}


class NoticeBox(PartWidget):
    """One notice: the box as wide as the cards around it, the text in it no wider than a line of reading."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Notice) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        # Text on a coloured paper is ink where that is not the colour's own pair: readable first, coloured second.
        colour = {Tone.GOOD: "good", Tone.DANGER: "danger", Tone.HUMAN: "human"}.get(part.tone, "ink")
        self._blocks = [TextBlock(stage, self, f"{part.id}.title", part.title, "body_strong", colour)]
        if part.text:
            self._blocks.append(TextBlock(stage, self, f"{part.id}.text", part.text, "body", "ink"))

    def takes(self, part: object) -> bool:
        return part == self._part

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        padding, icon = look.space("large"), look.shape("icon_button")
        start = padding + icon + look.space("medium")
        air = look.space("medium") + look.space("tiny")
        top = air
        for block in self._blocks:
            top += block.put(start, top, min(width - start - padding, look.reading_width), width)
        return top + air

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self.stage.look
        fill, colour = _TONES[self._part.tone]
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour(fill),
            look.colour(colour),
            look.shape("border"),
            look.shape("button_radius"),
        )
        padding, icon = look.space("large"), look.shape("icon_button")
        air = look.space("medium") + look.space("tiny")
        square = self.stage.rect(padding, air + (look.line("body") - icon) // 2, icon, icon, self.width())
        name = self._part.icon or sign(self._part.tone.value)
        paint_icon(painter, name, QRectF(square), look.colour(colour), is_rtl=self.stage.is_rtl)
        painter.end()
