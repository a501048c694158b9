# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which colour is really put on which: every pair that a window paints, with what it is for, and its contrast.

Taken from what is painted (`commands.painted`), not from a list that somebody keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QAbstractButton, QWidget

from commands.painted import Painting, painting_of
from commands.screen_check import shown_in
from kiosk.parts.field_entry import FieldEntry
from kiosk.window import KioskWindow
from resources.colour_pairs import PART, TEXT, contrast

_BORDER = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """One colour on another; `least` is what the law asks of the two."""

    ink: str
    ground: str
    least: float
    what: str

    @property
    def is_enough(self) -> bool:
        """Tell whether the two stand out from each other."""
        return contrast(self.ink, self.ground) >= self.least


def pairs_of(window: KioskWindow) -> set[Pair]:
    """Give every pair of colours of the screen in this window."""
    shown = shown_in(window)
    canvas = shown.content.look.colour("canvas").name()
    surfaces = [*shown.surfaces, *([shown.keyboard] if shown.keyboard.isVisible() else [])]
    found: set[Pair] = set()
    for surface in surfaces:
        painting = painting_of(surface)
        found.update(_words(painting, canvas))
        found.update(_controls(painting, surface, canvas))
    return found


def _words(painting: Painting, canvas: str) -> Iterator[Pair]:
    for word in painting.words:
        least, what = (PART, "picture") if word.is_icon else (TEXT, "text")
        yield Pair(word.colour, word.ground or canvas, least, what)


def _controls(painting: Painting, surface: QWidget, canvas: str) -> Iterator[Pair]:
    """Give for each thing to touch what shows where it is: its edge, or its fill where that stands out more."""
    items = [item for item in surface.findChildren(QAbstractButton) if item.isVisibleTo(surface)]
    # What is pressed inside a field has the edge of the field.
    controls = [_place(item, surface) for item in items if not isinstance(item.parentWidget(), FieldEntry)]
    entries = surface.findChildren(FieldEntry)
    controls += [entry.box.translated(_place(entry, surface).topLeft()) for entry in entries]
    for box in painting.boxes:
        if any(_is_same(box.rect, place) for place in controls):
            ground = box.ground or canvas
            edges = [colour for colour in (box.edge, box.fill) if colour]
            yield Pair(max(edges, key=lambda colour: contrast(colour, ground)), ground, PART, "control")


def _is_same(box: QRectF, place: QRect) -> bool:
    return QRectF(place).adjusted(-1, -1, 1, 1).contains(box) and box.contains(
        QRectF(place).adjusted(_BORDER, _BORDER, -_BORDER, -_BORDER)
    )


def _place(item: QWidget, surface: QWidget) -> QRect:
    return QRect(item.mapTo(surface, QPoint(0, 0)), item.size())
