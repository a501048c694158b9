# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A button in the content, and buttons side by side that wrap where there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.view import Button, ButtonRow, Part, Tone, Weight

EXAMPLES: tuple[Part, ...] = (
    Button("begin", "Ik begin", "arrow-right", Weight.PRIMARY, icon_after=True),
    ButtonRow(
        "ways-out",
        (
            Button("unknown", "Ik weet het niet", "help-circle-outline", Weight.QUIET),
            Button("different", "Bij mij is het anders", "account-question-outline", Weight.QUIET),
            Button("why", "Waarom vragen wij dit?", "comment-question-outline", Weight.QUIET),
        ),
    ),
    ButtonRow(
        "again",
        (Button("print", "Print nog eens", "printer-outline"), Button("hear", "Hoor het nummer", "volume-high")),
        fills=True,
    ),
    ButtonRow(
        "stop",
        (
            Button("no", "Nee, ga terug", "arrow-left", Weight.PRIMARY),
            Button("yes", "Ja, stop en wis alles", "delete-outline", Weight.SECONDARY, Tone.DANGER),
            Button("person", "Hulp van een mens", "account-voice", tone=Tone.HUMAN),
        ),
    ),
)


class Buttons(PartWidget):
    """One row of buttons, or several where the row is full."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: Button | ButtonRow) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        # Quiet ways out should not fall over a second line for want of a few pixels.
        self.is_full = isinstance(part, ButtonRow) and not part.fills
        buttons = part.buttons if isinstance(part, ButtonRow) else (part,)
        self._fills = isinstance(part, ButtonRow) and part.fills
        self._buttons = [ActionButton(stage, self, button) for button in buttons]

    def takes(self, part: object) -> bool:
        return part == self._part

    def items(self) -> list[QWidget]:
        return list(self._buttons)

    def item(self, item_id: str) -> QWidget | None:
        return next((button for button in self._buttons if button.button_id == item_id), None)

    def lay_out(self, width: int, least_height: int = 0) -> int:
        gap = self.stage.look.space("medium")
        rows = self._rows(width, gap)
        top = 0
        for row in rows:
            if self._fills:
                share = (width - gap * (len(row) - 1)) // len(row)
                widths = [share] * len(row)
            else:
                widths = [min(button.natural_width(), width) for button in row]
            height = max(button.lay_out(size) for button, size in zip(row, widths, strict=True))
            left = 0
            for button, size in zip(row, widths, strict=True):
                self.stage.place(button, left, top, size, height, width)
                left += size + gap
            top += height + gap
        return top - gap

    def _rows(self, width: int, gap: int) -> list[list[ActionButton]]:
        if self._fills:
            share = (width - gap * (len(self._buttons) - 1)) // len(self._buttons)
            # Lying down, a long word may take two lines before the row falls apart; standing, there is height enough.
            most = share if self.stage.is_portrait else share * 17 // 10
            whole = all(button.width_for(button.button.text.split()) <= share for button in self._buttons)
            if whole and all(button.natural_width() <= most for button in self._buttons):
                return [self._buttons]
            return [[button] for button in self._buttons]
        rows: list[list[ActionButton]] = []
        used = 0
        for button in self._buttons:
            size = min(button.natural_width(), width)
            if not rows or used + gap + size > width:
                rows.append([])
                used = -gap
            rows[-1].append(button)
            used += gap + size
        return rows
