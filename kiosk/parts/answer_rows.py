# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check answers: the question small, the answer large, "Aanpassen" behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.parts.action_button import ActionButton
from kiosk.parts.box import paint_box, painter_for
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import AnswerRow, AnswerRows, Button, Part
from resources.icons import sign

EXAMPLES: tuple[Part, ...] = (
    AnswerRows(
        "answers",
        (
            AnswerRow(
                "change.who",
                "Wie verhuist er mee?",
                "Ik en mijn kinderen",
                "Aanpassen",
                "Aanpassen: wie verhuist er mee?",
            ),
            AnswerRow(
                "change.date",
                "Op welke dag gaat u verhuizen?",
                "Maandag 14 december 2026",
                "Aanpassen",
                "Aanpassen: de dag",
            ),
            AnswerRow(
                "change.address",
                "Wat is uw nieuwe adres?",
                "Dorpsstraat 12, 1234 AB Voorbeeldstad",
                "Aanpassen",
                "Aanpassen: het adres",
            ),
            AnswerRow(
                "change.reach",
                "Hoe kunnen wij u bereiken?",
                "Ik kom hier terug. <b>Bel niet</b> \u202enaar huis\u202c \U0001f642",
                "",
                "",
            ),
        ),
    ),
    AnswerRows(
        "endless",
        (AnswerRow("change.story", "Wat wilt u vertellen?", "Het begon met een brief. " * 4000, "Aanpassen"),),
    ),
)


_MOST = 320  # an answer is looked over here; all of it is kept, and stands behind "Aanpassen"


def _beginning(answer: str) -> str:
    return answer if len(answer) <= _MOST else f"{answer[:_MOST]}\u2026"


class RowLine:
    """One row: two texts and a button."""

    def __init__(self, stage: Stage, parent: QWidget, row: AnswerRow) -> None:
        self.row = row
        self.question = TextBlock(stage, parent, f"{row.id}.question", row.question, "small", "ink_soft")
        # An answer may be in any script; it runs its own way, but stands where the screen's answers stand.
        self.answer = TextBlock(
            stage,
            parent,
            f"{row.id}.answer",
            _beginning(row.answer),
            "body_strong",
            "ink",
            has_own_direction=True,
            is_balanced=False,
        )
        button = Button(row.id, row.change, sign("change"), spoken=row.change_spoken)
        self.button = ActionButton(stage, parent, button) if row.change else None
        self.top = 0


class AnswerTable(PartWidget):
    """All rows in one box, with a quiet line between them."""

    is_wide = True

    def __init__(self, stage: Stage, parent: QWidget, part: AnswerRows) -> None:
        super().__init__(stage, parent, part.id)
        self._part = part
        self._rows = [RowLine(stage, self, row) for row in part.rows]

    def takes(self, part: object) -> bool:
        return part == self._part

    def items(self) -> list[QWidget]:
        return [row.button for row in self._rows if row.button is not None]

    def item(self, item_id: str) -> QWidget | None:
        return next((row.button for row in self._rows if row.row.id == item_id and row.button is not None), None)

    def lay_out(self, width: int, least_height: int = 0) -> int:
        look = self.stage.look
        padding, gap = look.space("large"), look.space("medium")
        button_width = max((row.button.natural_width() for row in self._rows if row.button is not None), default=0)
        is_under = width - button_width - 2 * padding - gap < look.line("body") * 9
        top = 0
        for row in self._rows:
            row.top = top
            room = width - 2 * padding
            if row.button is not None and not is_under:
                room -= button_width + gap
            question = row.question.put(padding, 0, room, width)
            answer = row.answer.put(padding, 0, room, width)
            high = row.button.lay_out(button_width) if row.button is not None else 0
            beside = 0 if is_under else high
            height = max(question + answer, beside) + 2 * gap
            start = top + (height - question - answer) // 2
            row.question.put(padding, 0, room, width)
            row.question.move(row.question.x(), start)
            row.answer.move(row.answer.x(), start + question)
            if row.button is not None and is_under:
                self.stage.place(row.button, padding, top + height - gap // 2, button_width, high, width)
                height += high + gap // 2
            elif row.button is not None:
                self.stage.place(
                    row.button, width - padding - button_width, top + (height - high) // 2, button_width, high, width
                )
            top += height
        return top

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        look = self.stage.look
        paint_box(
            painter,
            QRectF(self.rect()),
            look.colour("paper"),
            look.colour("line"),
            look.shape("border"),
            look.shape("tile_radius"),
        )
        padding = look.space("large")
        for row in self._rows[1:]:
            painter.fillRect(padding, row.top - 1, self.width() - 2 * padding, 2, look.colour("line"))
        painter.end()
