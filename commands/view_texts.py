# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every text of a view in the order it is met, found without asking the voice: to hold what was spoken against it.

It walks the parts as they are declared, so a part or a field that the voice forgets is found here all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from domain.service import Privacy
from kiosk.view import AnswerRow, Button, Choices, Field, Heading, MapSquare, PlaceMap, Snapshot, Tile, View

# What comes first in a part is read first; the rest follows as declared.
_FIRST = ("label", "title", "question", "strong", "example", "text", "answer", "help", "action", "otherwise", "change")
# Names, pictures, and what says the same once more: the voice has no use for these.
_NO_WORDS = frozenset(
    {"id", "icon", "about", "colour", "ground", "picture", "action_icon", "chosen", "spoken", "change_spoken"}
    | {"keyboard", "tone", "weight", "privacy", "error", "picks", "instead", "sketch"}
)


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text on a screen, and the part it belongs to."""

    part_id: str
    text: str


def texts_of_view(view: View) -> tuple[ShownText, ...]:
    """Give all that somebody who sees the screen can read on it: parts, bar, tools."""
    found: list[ShownText] = []
    headings = frozenset(part.text for part in view.parts if isinstance(part, Heading))
    for part in view.parts:
        # A label that says what the heading asks is for assistive technology; nobody needs to hear it twice.
        is_asked = isinstance(part, Choices) and part.label in headings
        found += _texts_of(replace(part, label="") if isinstance(part, Choices) and is_asked else part, "")
    found += [ShownText("bar.note", view.bar_note)]
    for button in (*view.bar, *view.tools):
        found += _texts_of(button, "")
    return tuple(shown for shown in found if shown.text.strip())


def _texts_of(part: object, owner: str) -> Iterator[ShownText]:
    if not is_dataclass(part) or isinstance(part, type):
        return
    part_id = str(getattr(part, "id", "") or owner)
    if isinstance(part, Button | Tile) and part.spoken:
        yield ShownText(part_id, part.spoken)
        return
    if isinstance(part, PlaceMap):
        yield ShownText(part_id, part.label)
        yield from (ShownText(square.id, square.spoken) for square in part.squares if _is_said(square, part))
        return
    names = [field.name for field in fields(part) if field.name not in _NO_WORDS]
    is_card_line = type(part).__name__ == "CardLine"  # what is bold in it is a piece of its text
    for name in sorted(names, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
        value = getattr(part, name)
        if isinstance(value, str) and not (is_card_line and name == "strong"):
            yield ShownText(part_id, _as_said(part, name, value))
        elif isinstance(value, tuple):
            for piece in value:
                yield from _texts_of(piece, part_id)


def _is_said(square: MapSquare, part: PlaceMap) -> bool:
    """Thirty-six squares would be too long to hear: those that everybody knows, and the one that was chosen."""
    return bool(square.name) or square.id == part.chosen


def _as_said(part: object, name: str, text: str) -> str:
    if isinstance(part, Field) and name == "text" and part.privacy is Privacy.SECRET:
        return ""  # a secret is said nowhere
    if isinstance(part, AnswerRow) and name == "change" and text:
        return part.change_spoken or text
    if isinstance(part, Snapshot) and name == "action":
        return part.spoken or text
    return text
