# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What `loket content check` finds in the walk for who is lost, and in what leads on to another service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import DefinitionProblem
from domain.service import ServiceDefinition
from domain.text_table import parse_texts
from domain.toml_lines import find_line, find_text_line
from domain.walk import Walk
from resources.walk_book import WALK, WalkBook


def walk_of(folder: Path = WALK) -> tuple[Walk | None, Mapping[str, str], list[DefinitionProblem]]:
    """Give the walk, its Dutch words and what is wrong with them."""
    book = WalkBook(folder)
    if book.walk is None:
        return None, {}, list(book.error.problems) if book.error else []
    return book.walk, parse_texts((folder / "nl.toml").read_text(encoding="utf-8-sig"), "walk/nl.toml", "nl"), []


def text_line(key: str, folder: Path = WALK) -> int:
    """Give the line of a text."""
    return find_text_line((folder / "nl.toml").read_text(encoding="utf-8-sig"), key)


def lost_owners(walk: Walk, known: set[str], folder: Path = WALK) -> Iterator[DefinitionProblem]:
    """Name the owners that are a service which is not here."""
    source = (folder / "walk.toml").read_text(encoding="utf-8-sig")
    for index, owner in enumerate(walk.owners):
        if owner.service and owner.service not in known:
            line = find_line(source, "owner", index, "service")
            yield DefinitionProblem("walk/walk.toml", line, f'"{owner.service}" is no service here: mend the owner')


def also_problems(service: ServiceDefinition, known: set[str], source: str) -> Iterator[DefinitionProblem]:
    """Name what a service points out that is not here."""
    for index, also in enumerate(service.also):
        if also.service and also.service not in known:
            line = find_line(source, "also", index, "service")
            says = f'also "{also.id}" leads to "{also.service}", which is no service here'
            yield DefinitionProblem(f"{service.id}/service.toml", line, says)
