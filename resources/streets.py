# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The streets and the map of the municipality, as data: which streets there are and what each square holds.

What a place means as an answer is `domain.lenient.places`; how the map is drawn is `kiosk.parts.place_map`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from domain.lenient.characters import LONGEST, fold
from domain.lenient.places import COLUMNS, ROWS
from resources.laid_over import STREETS, laid_over

FILE = Path(__file__).parent / "places" / "streets.toml"
GROUNDS = {"h": "houses", "p": "park", "w": "water", "c": "centre", "b": "business"}
_LEAST_TYPED = 2


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the map; `name` and `icon` where something stands that everybody knows."""

    id: str
    ground: str
    name: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """All squares in rows from the north, and each street with its square."""

    squares: tuple[Square, ...]
    streets: Mapping[str, str]

    def square_of(self, street: str) -> str:
        """Give the square in which a street begins; empty for a street that is not in the list."""
        wanted = fold(street) if len(street) <= LONGEST else ""
        return next((square for name, square in self.streets.items() if fold(name) == wanted), "")

    def suggestions(self, typed: str, most: int = 6) -> tuple[str, ...]:
        """Give the streets that begin with what was typed, then those with a word that does; none for one letter."""
        wanted = fold(typed) if len(typed) <= LONGEST else ""
        if len(wanted) < _LEAST_TYPED or self.square_of(typed):
            return ()
        first = [name for name in self.streets if fold(name).startswith(wanted)]
        inside = [name for name in self.streets if name not in first and wanted in fold(name)]
        return tuple((first + inside)[:most])

    def landmark(self, square_id: str) -> str:
        """Give what everybody knows in a square; empty where there is nothing of the kind."""
        return next((square.name for square in self.squares if square.id == square_id), "")


def load_town(file: Path | None = None) -> Town:
    """Read the streets and the map; no file: those of the content in force."""
    return _load(file or laid_over(STREETS) or FILE)


@cache
def _load(file: Path) -> Town:
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {landmark["square"]: landmark for landmark in found["landmark"]}
    squares = []
    for row, letters in zip(ROWS, found["map"], strict=True):
        for column, letter in zip(COLUMNS, letters.split(), strict=True):
            landmark = known.get(column + row, {})
            name, icon = landmark.get("name", ""), landmark.get("icon", "")
            squares.append(Square(column + row, GROUNDS[letter], name, icon))
    return Town(tuple(squares), MappingProxyType(dict(found["streets"])))
