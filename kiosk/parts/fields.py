# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A field to type in, and fields side by side such as day, month and year."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.parts.field_entry import FieldEntry
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.picks import PickPanel
from kiosk.parts.stage import Stage
from kiosk.parts.text_block import TextBlock
from kiosk.view import Field, FieldRow, Keyboard, Option, Part

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_PICKS = tuple(Option(str(number + 1), month) for number, month in enumerate(_MONTHS))

EXAMPLES: tuple[Part, ...] = (
    FieldRow(
        "date",
        (
            Field("day", "Dag", "14", Keyboard.DIGITS, 4),
            Field("month", "Maand", "12", width=12, picks=_PICKS),
            Field("year", "Jaar", "2026", Keyboard.DIGITS, 6),
        ),
    ),
    Field(
        "phone",
        "Uw telefoonnummer",
        "06 12 34 56",
        Keyboard.PHONE,
        18,
        example="Bijvoorbeeld: 06 12 34 56 78",
        error="Dit nummer is te kort. Kijk of er 10 cijfers staan.",
    ),
    Field("story", "Wat wilt u vertellen?", "Ik kreeg een brief.\nIk snap hem niet.", width=48, lines=4),
    Field("empty", "Uw naam", "", Keyboard.NAME, 32),
    FieldRow(
        "address",
        (
            Field(
                "postcode", "Postcode", "1234", Keyboard.POSTCODE, 9, error="Een postcode heeft 4 cijfers en 2 letters."
            ),
            Field("number", "Huisnummer", "12", Keyboard.DIGITS, 6),
            Field("addition", "Toevoeging", "", Keyboard.TEXT, 6),
        ),
        label="Uw nieuwe adres",
    ),
)


class Fields(PartWidget):
    """One field, or several side by side that wrap where there is no room."""

    is_wide = True

    def __init__(
        self, stage: Stage, parent: QWidget, part: Field | FieldRow, said_elsewhere: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(stage, parent, part.id)
        self.said_elsewhere = said_elsewhere
        fields = part.fields if isinstance(part, FieldRow) else (part,)
        label = part.label if isinstance(part, FieldRow) else ""
        self._label_text = label
        self._label = TextBlock(stage, self, f"{part.id}.label", label, "body_strong", "ink") if label else None
        self.entries = [FieldEntry(stage, self, field, said_elsewhere, label) for field in fields]
        panels = [entry.make_panel(self, stage.relayout) for entry in self.entries]
        self._panels: list[PickPanel] = [panel for panel in panels if panel is not None]

    def takes(self, part: object) -> bool:
        if not isinstance(part, Field | FieldRow):
            return False
        fields = part.fields if isinstance(part, FieldRow) else (part,)
        label = part.label if isinstance(part, FieldRow) else ""
        if label != self._label_text or len(fields) != len(self.entries):
            return False
        taken = [entry.takes(field, self.said_elsewhere) for entry, field in zip(self.entries, fields, strict=True)]
        return all(taken)

    def items(self) -> list[QWidget]:
        found: list[QWidget] = []
        for entry in self.entries:
            found.append(entry.control)
            if entry.panel is not None and not entry.panel.isHidden():
                found.extend(entry.panel.cells)
        return found

    def item(self, item_id: str) -> QWidget | None:
        return next((entry.control for entry in self.entries if entry.field.id == item_id), None)

    def lay_out(self, width: int, least_height: int = 0) -> int:
        gap = self.stage.look.space("large")
        top = self._label.put(0, 0, width, width) + self.stage.look.space("small") if self._label is not None else 0
        for row in self._rows(width, gap):
            if len(row) == 1:
                widths = [min(width, max(row[0].natural_width(), self._reading_width(width)))]
            else:
                widths = [entry.natural_width() for entry in row]
            head = max(entry.head_height(size) for entry, size in zip(row, widths, strict=True))
            left = height = 0
            for entry, size in zip(row, widths, strict=True):
                needed = entry.lay_out(size, head)
                self.stage.place(entry, left, top, size, needed, width)
                left += size + gap
                height = max(height, needed)
            top += height + gap
        for panel in self._panels:
            if not panel.isHidden():
                height = panel.lay_out(width)
                self.stage.place(panel, 0, top, width, height, width)
                top += height + gap
        return top - gap

    def _reading_width(self, width: int) -> int:
        return min(width, self.stage.look.reading_width)

    def _rows(self, width: int, gap: int) -> list[list[FieldEntry]]:
        rows: list[list[FieldEntry]] = []
        used = 0
        for entry in self.entries:
            # An error needs a line of its own to be read in.
            size = min(entry.natural_width(), width)
            if not rows or used + gap + size > width or entry.error is not None or rows[-1][-1].error is not None:
                rows.append([])
                used = -gap
            rows[-1].append(entry)
            used += gap + size
        return rows
