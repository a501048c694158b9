# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for "where am I?": the place, the question, and what can be done there, from any view."""

from __future__ import annotations

from domain.service import Privacy
from kiosk.screens.words import Words
from kiosk.view import Choices, Field, FieldRow, Heading, Notice, Paragraph, Part, PlaceMap, Tiles, View, Where


def where_parts(words: Words, under: View) -> tuple[Part, ...]:
    """Tell where somebody is on the screen `under`, and what can be done there."""
    where = next((part for part in under.parts if isinstance(part, Where)), None)
    heading = next((part for part in under.parts if isinstance(part, Heading)), None)
    texts = [part.text for part in (where, heading) if part is not None]
    privacy = max(
        (part.privacy for part in (where, heading) if part is not None),
        key=[Privacy.OPEN, Privacy.PERSONAL, Privacy.SECRET].index,
        default=Privacy.OPEN,
    )
    return (
        Notice("here", words.tr("sound.where"), "\n".join(texts), icon="mdi6.map-marker-outline", privacy=privacy),
        Paragraph("can", " ".join(_what_can_be_done(words, under)), is_soft=True),
    )


def _what_can_be_done(words: Words, under: View) -> list[str]:
    said: list[str] = []
    fields = 0
    for part in under.parts:
        match part:
            case Choices():
                key = "here.choose_several" if part.is_multiple else "here.choose"
                said.append(words.tr(key, number=str(len(part.options))))
            case PlaceMap():
                said.append(words.tr("here.map", number=str(len(part.squares))))
            case Tiles():
                said.append(words.tr("here.tiles", number=str(len(part.tiles))))
            case Field():
                fields += 1
            case FieldRow():
                fields += len(part.fields)
            case _:
                pass
    if fields:
        said.append(words.tr("here.type" if fields == 1 else "here.type_several", number=str(fields)))
    if under.bar:
        said.append(words.tr("here.bar", buttons=", ".join(button.text for button in under.bar)))
    return said
