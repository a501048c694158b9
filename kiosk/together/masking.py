# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A view as a helper may see it: what is private becomes dots, always as many, before it leaves the visit (H03).

What a part asks and offers is the same for everybody and stays; what somebody typed, chose or was told because of it
goes. A part that is not known here is a mistake of the program, not something to send. Who may see what is
`kiosk.consent_desk`'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from domain.service import Privacy
from kiosk.screens.pauses import CHANGE
from kiosk.screens.question import WHY
from kiosk.sight import Sight
from kiosk.view import (
    AnswerRow,
    AnswerRows,
    BigNumber,
    Button,
    ButtonRow,
    Card,
    CardLine,
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
    Picture,
    Pictures,
    PlaceMap,
    Snapshot,
    Snapshots,
    Subheading,
    Tiles,
    Understood,
    View,
    Where,
)

DOTS = "• • • • •"


def masked(view: View, sight: Sight) -> View:
    """Give the same screen without what the helper may not see."""
    return replace(view, parts=tuple(_part(part, sight) for part in view.parts))


def _part(part: Part, sight: Sight) -> Part:
    match part:
        case Field() | FieldRow() | Understood() | Choices() | PlaceMap() | Snapshots():
            return _answer(part, sight)
        case Where() | Heading() | Subheading() | Paragraph() | Notice() | ErrorText():
            return _told(part, sight)
        case Button():
            return _button(part, sight)
        case ButtonRow():
            return replace(part, buttons=tuple(_button(button, sight) for button in part.buttons))
        case BigNumber():
            return replace(part, text=DOTS)  # a number or code opens a case, whatever was allowed
        case AnswerRows():
            return replace(part, rows=tuple(_row(row, sight) for row in part.rows))
        case Columns():
            return replace(part, cards=tuple(_card(card, sight) for card in part.cards))
        case Pictures():
            return replace(part, pictures=tuple(_picture(picture, sight) for picture in part.pictures))
        case Tiles() | Drawing():
            return part  # what there is to begin with is the same for everybody
        case _:
            assert_never(part)


def _answer(part: Field | FieldRow | Understood | Choices | PlaceMap | Snapshots, sight: Sight) -> Part:
    if sight.sees_answer and not _is_secret(part):
        return part
    match part:
        case Field():
            return _field(part)
        case FieldRow():
            return replace(part, fields=tuple(map(_field, part.fields)))
        case Understood():
            return replace(part, strong=DOTS, text="")
        case Choices() if part.id == "language":
            return part
        case Choices():
            return replace(part, chosen=frozenset())
        case PlaceMap():
            return replace(part, chosen="")
        case Snapshots():
            return replace(part, snapshots=tuple(map(_snapshot, part.snapshots[:1])))
        case _:
            assert_never(part)


def _is_secret(part: Field | FieldRow | Understood | Choices | PlaceMap | Snapshots) -> bool:
    if isinstance(part, FieldRow):
        return any(found.privacy is Privacy.SECRET for found in part.fields)
    return part.privacy is Privacy.SECRET


def _field(part: Field) -> Field:
    # Whether anything stands there tells something too; the list to pick from would show what was picked.
    return replace(part, text=DOTS, picks=())


def _snapshot(part: Snapshot) -> Snapshot:
    return replace(part, text=DOTS, picture=b"", spoken="")


def _told(part: Where | Heading | Subheading | Paragraph | Notice | ErrorText, sight: Sight) -> Part:
    if not _is_hidden(part.privacy, sight) and not (part.id == "code" and part.privacy is not Privacy.OPEN):
        return part
    match part:
        case Heading() | Paragraph():
            return replace(part, text=part.instead if isinstance(part, Heading) and part.instead else DOTS)
        case Notice():
            return replace(part, title=DOTS, text="")
        case _:
            return replace(part, text=DOTS)


def _is_hidden(privacy: Privacy, sight: Sight) -> bool:
    return privacy is Privacy.SECRET or (privacy is Privacy.PERSONAL and not sight.sees_told)


def _button(button: Button, sight: Sight) -> Button:
    is_on = button.is_on if button.id == WHY or sight.sees_answer else None
    if _is_hidden(button.privacy, sight):
        return replace(button, text=button.instead or DOTS, spoken="", is_on=is_on)
    return replace(button, is_on=is_on)


def _row(row: AnswerRow, sight: Sight) -> AnswerRow:
    is_seen = row.privacy is not Privacy.SECRET and sight.sees_row(row.id.removeprefix(CHANGE))
    return row if is_seen else replace(row, answer=DOTS)


def _card(card: Card, sight: Sight) -> Card:
    return replace(card, lines=tuple(_line(line, sight) for line in card.lines))


def _line(line: CardLine, sight: Sight) -> CardLine:
    return replace(line, text=DOTS, strong="") if _is_hidden(line.privacy, sight) else line


def _picture(picture: Picture, sight: Sight) -> Picture:
    return replace(picture, text=DOTS, otherwise="") if _is_hidden(picture.privacy, sight) else picture
