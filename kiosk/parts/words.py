# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where am I, the heading, subheadings and running text."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import HeadingBlock, TextBlock
from kiosk.view import Heading, Paragraph, Part, Subheading, Where

EXAMPLES: tuple[Part, ...] = (
    Where("where", "Ik ga verhuizen \u00b7 vraag 2"),
    Heading("heading", "Op welke dag gaat u verhuizen?"),
    Paragraph("help", "Weet u het nog niet precies? Kies dan: Ik weet het niet.", is_soft=True),
    Subheading("group", "Wat neemt u mee?"),
    Paragraph("plain", "Wij schrijven uw nieuwe adres op. U krijgt daarna een brief."),
    Paragraph("answer", "Dorpsstraat 12, 1234 AB Voorbeeldstad", is_strong=True),
    Heading("long-heading", "Arbeidsongeschiktheidsverzekeringsmaatschappijen<b>nietvet</b> sturen soms een brief"),
)

_STYLES = {Where: ("small", "ink_soft"), Heading: ("title", "ink"), Subheading: ("lead_strong", "ink")}


class Words(PartWidget):
    """One block of text."""

    def __init__(self, stage: Stage, parent: QWidget, part: Where | Heading | Subheading | Paragraph) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        is_heading = isinstance(part, Heading | Subheading)
        # A heading may run on over the whole column, so that it keeps to two lines; running text may not.
        self.is_wide = is_heading
        if isinstance(part, Paragraph):
            style, colour = ("body_strong" if part.is_strong else "body"), ("ink_soft" if part.is_soft else "ink")
        else:
            style, colour = _STYLES[type(part)]
        kind = HeadingBlock if is_heading else TextBlock
        self._block = kind(stage, self, part.id, part.text, style, colour)

    def takes(self, part: object) -> bool:
        return part == self._part

    def lay_out(self, width: int, least_height: int = 0) -> int:
        return self._block.put(0, 0, width, width)
