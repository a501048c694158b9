# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a place outside: a street, a square of the map, or a description in the visitor's own words."""

from __future__ import annotations

import re

from domain.answers import Place
from domain.lenient.characters import LONGEST, fold, is_blank, squeeze
from domain.lenient.faults import Fault

COLUMNS = "ABCDEF"
ROWS = "123456"
_SQUARE = re.compile(f"([{COLUMNS.lower()}]) ?-?([{ROWS}])")
_LONGEST_NEAR = 100_000


def read_place(street: str, number: str, near: str, square: str) -> Place | Fault:
    """Read a place; the street, the square and the description are equal, and one of them is enough."""
    if len(near) > _LONGEST_NEAR:
        return Fault("text-too-long", "near")
    for name, text in (("street", street), ("number", number)):
        if len(text) > LONGEST:
            return Fault("text-too-long", name)
    chosen = "" if is_blank(square) else read_square(square)
    if chosen is None:
        return Fault("place-square", "square")
    place = Place(squeeze(street), squeeze(number), "" if is_blank(near) else near.strip(), chosen)
    return place if place.street or place.near or place.square else Fault("place-empty", "street")


def read_square(text: str) -> str | None:
    """Read a square of the map: "B3", "b 3"; None when it is none."""
    found = _SQUARE.fullmatch(fold(text)) if len(text) <= LONGEST else None
    return (found[1] + found[2]).upper() if found else None
