# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The walk of "Ik weet niet waar ik moet zijn" and its words, read when somebody first asks for it.

A wrong walk closes the walk and never the kiosk: whoever is lost then goes to the municipality at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.errors import DefinitionError, DefinitionProblem
from domain.text_table import parse_texts
from domain.walk import Walk, check_walk_texts, parse_walk
from i18n.pseudo import PSEUDO, pseudo
from i18n.stretches import only_dutch

WALK = Path(__file__).parent / "walk"
DUTCH = "nl"


class WalkBook:
    """One walk and its words in any language; marked Dutch where a language has none."""

    def __init__(self, folder: Path = WALK) -> None:
        self.folder = folder
        self._read: tuple[Walk | None, DefinitionError | None] | None = None
        self._texts: dict[str, Mapping[str, str]] = {}

    @property
    def walk(self) -> Walk | None:
        """Give the walk; None when it is wrong."""
        return self._found[0]

    @property
    def error(self) -> DefinitionError | None:
        """Give what is wrong with it."""
        return self._found[1]

    def text(self, language: str, key: str) -> str:
        """Give a text."""
        dutch = self._texts.get(DUTCH, {}).get(key, "")
        if language == PSEUDO:
            return pseudo(dutch)
        own = self._in(language).get(key)
        return own if own is not None else dutch if language == DUTCH else only_dutch(dutch)

    @property
    def _found(self) -> tuple[Walk | None, DefinitionError | None]:
        if self._read is None:
            try:
                self._read = self._load(), None
            except DefinitionError as error:
                self._read = None, error
        return self._read

    def _load(self) -> Walk:
        walk = parse_walk(_source(self.folder / "walk.toml"), "walk/walk.toml")
        source = _source(self.folder / "nl.toml")
        texts = parse_texts(source, "walk/nl.toml", DUTCH)
        check_walk_texts(walk, texts, source, "walk/nl.toml")
        self._texts[DUTCH] = texts
        return walk

    def _in(self, language: str) -> Mapping[str, str]:
        found = self._texts.get(language)
        if found is None:
            path = self.folder / f"{language}.toml"
            found = {}
            if language.isalpha() and path.exists():
                try:
                    found = parse_texts(_source(path), f"walk/{path.name}", language)
                except DefinitionError:
                    found = {}  # Dutch stands in; `loket content check` says why
            self._texts[language] = found
        return found


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        says = "the file cannot be read: put it back, saved as UTF-8"
        raise DefinitionError((DefinitionProblem(f"walk/{path.name}", 1, says),)) from None
