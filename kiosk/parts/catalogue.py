# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which widget draws which part, and every part's examples: for the gallery, the pictures and the tests."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.parts import (
    answer_rows,
    big_number,
    buttons,
    choices,
    columns,
    drawing,
    fields,
    notice,
    pictures,
    place_map,
    signed_text,
    snapshots,
    tiles,
    words,
)
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.stage import Stage
from kiosk.view import (
    AnswerRows,
    BigNumber,
    Button,
    ButtonRow,
    Choices,
    Columns,
    Drawing,
    ErrorText,
    Field,
    FieldRow,
    Heading,
    Notice,
    Paragraph,
    Part,
    Pictures,
    PlaceMap,
    Snapshots,
    Subheading,
    Tiles,
    Understood,
    Where,
)

EXAMPLES: tuple[Part, ...] = (
    *words.EXAMPLES,
    *notice.EXAMPLES,
    *signed_text.EXAMPLES,
    *buttons.EXAMPLES,
    *tiles.EXAMPLES,
    *choices.EXAMPLES,
    *fields.EXAMPLES,
    *columns.EXAMPLES,
    *pictures.EXAMPLES,
    *big_number.EXAMPLES,
    *answer_rows.EXAMPLES,
    *place_map.EXAMPLES,
    *snapshots.EXAMPLES,
    *drawing.EXAMPLES,
)


def build(part: Part, stage: Stage, parent: QWidget, said_elsewhere: frozenset[str] = frozenset()) -> PartWidget:
    """Make the widget of a part; `said_elsewhere` are error texts that stand on the screen already."""
    match part:
        case Where() | Heading() | Subheading() | Paragraph():
            return words.Words(stage, parent, part)
        case Notice():
            return notice.NoticeBox(stage, parent, part)
        case ErrorText() | Understood():
            return signed_text.SignedText(stage, parent, part)
        case Button() | ButtonRow():
            return buttons.Buttons(stage, parent, part)
        case Tiles():
            return tiles.TilesGrid(stage, parent, part)
        case Choices():
            return choices.ChoicesGrid(stage, parent, part)
        case Field() | FieldRow():
            return fields.Fields(stage, parent, part, said_elsewhere)
        case _:
            return _build_shown(part, stage, parent)


def _build_shown(
    part: Columns | Pictures | BigNumber | AnswerRows | PlaceMap | Snapshots | Drawing, stage: Stage, parent: QWidget
) -> PartWidget:
    """Make the widget of a part that mostly shows."""
    match part:
        case Columns():
            return columns.CardColumns(stage, parent, part)
        case Pictures():
            return pictures.PicturesGrid(stage, parent, part)
        case BigNumber():
            return big_number.Number(stage, parent, part)
        case AnswerRows():
            return answer_rows.AnswerTable(stage, parent, part)
        case PlaceMap():
            return place_map.PlaceMapGrid(stage, parent, part)
        case Snapshots():
            return snapshots.SnapshotsGrid(stage, parent, part)
        case Drawing():
            return drawing.DrawingBox(stage, parent, part)
