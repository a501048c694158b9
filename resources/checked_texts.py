# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which translated texts a person has checked: one file a language beside the services, read when first asked for.

What stands in no file is a machine's. A signature holds for the Dutch and the translation as they were: when either
changes it holds no more, by itself. `loket content checked` writes the files.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PROGRAMME, WALK = "programme", "walk"  # beside the ids of services: where texts stand that are no service's


@dataclass(frozen=True, slots=True)
class Signature:
    """Who checked a text and when, and the sum of the Dutch and the translation that were read."""

    by: str
    on: date
    sum: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is signed of one language; `is_whole`: everything was, when it was written."""

    is_whole: bool = False
    texts: Mapping[str, Mapping[str, Signature]] = field(default_factory=dict)


def sum_of(dutch: str, own: str) -> str:
    """Give the sum that a signature holds for."""
    return hashlib.sha256(f"{dutch}\0{own}".encode()).hexdigest()[:16]


class CheckedTexts:
    """The signatures of one folder of services."""

    def __init__(self, folder: Path, over: Path | None = None) -> None:
        self._folder = folder
        self._over = over  # signatures of a municipality under its own words
        self._read: dict[str, Signatures] = {}
        self._read_over: dict[str, Signatures] = {}

    def path(self, language: str) -> Path:
        """Give the file of a language."""
        return self._folder / f"checked-{language}.toml"

    def of(self, language: str) -> Signatures:
        """Give what is signed of a language; a file that cannot be read signs nothing."""
        found = self._read.get(language)
        if found is None:
            found = self._read[language] = _read(self.path(language))
        return found

    def signature(self, language: str, places: Iterable[str], key: str, dutch: str, own: str) -> Signature | None:
        """Give the signature that holds for a text as it is now; it stands under one of these places."""
        all_texts = [found.texts for found in (self.of(language), self._of_over(language)) if found.texts]
        if not all_texts:
            return None
        wanted, named = sum_of(dutch, own), tuple(places)
        found = (texts.get(place, {}).get(key) for texts in all_texts for place in named)
        return next((signature for signature in found if signature is not None and signature.sum == wanted), None)

    def _of_over(self, language: str) -> Signatures:
        found = self._read_over.get(language)
        if found is None:
            path = self._over / f"checked-{language}.toml" if self._over is not None else None
            found = self._read_over[language] = _read(path) if path is not None else Signatures()
        return found


def _read(path: Path) -> Signatures:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return Signatures()
    places = {
        place: {
            key: Signature(value["by"], value["on"], value["sum"]) for key, value in table.items() if _is_one(value)
        }
        for place, table in found.items()
        if isinstance(table, dict)
    }
    return Signatures(found.get("is_whole") is True, places)


def _is_one(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("by"), str)
        and isinstance(value.get("on"), date)
        and isinstance(value.get("sum"), str)
    )
