# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk's directory, read from its files: those of Loket, and one of the organisation itself.

A wrong file is left out and told; the desk works with the rest. What the entries mean is `domain.knowledge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from domain.directory_file import parse_directory
from domain.errors import DefinitionError, DefinitionProblem
from domain.knowledge import Course, Directory, KnowledgeCard, MayICard, NewsItem, RedFlag, Referral
from resources.laid_over import laid_over

DIRECTORY = Path(__file__).parent / "directory"
LOCAL_FILE = "directory.toml"  # beside the settings; docs/desk-directory.md
WORDS, SYNONYMS = "words.toml", "synonyms.toml"
_CARDS = "cards"
_Entry = TypeVar("_Entry", KnowledgeCard, MayICard, Referral, Course, RedFlag, NewsItem)


@dataclass(frozen=True, slots=True)
class DirectoryBook:
    """All that was read, and what is wrong with what was not."""

    directory: Directory
    errors: tuple[DefinitionError, ...] = ()

    @classmethod
    def load(cls, folder: Path | None = None, local: Path | None = None) -> DirectoryBook:
        """Read every file; an entry of the organisation goes before one of Loket with the same id.

        No folder: those of the content in force, the municipality's before those of Loket.
        """
        parts: list[Directory] = []
        errors: list[DefinitionError] = []
        over = laid_over("directory") if folder is None else None
        base = folder or DIRECTORY
        for place in (base,) if over is None else (over, base):
            for path in directory_files(place):
                theme = path.stem if path.parent.name == _CARDS else ""
                try:
                    parts.append(parse_directory(_read(path, place), shown_name(path, place), theme=theme))
                except DefinitionError as error:
                    errors.append(error)
        if local is not None and local.exists():
            try:
                parts.insert(0, parse_directory(_read(local, local.parent), local.name, theme="hier", is_local=True))
            except DefinitionError as error:
                errors.append(error)
        return cls(_joined(parts), tuple(errors))


def directory_files(folder: Path) -> Iterator[Path]:
    """Give the files that hold entries, in a fixed order."""
    yield from sorted(path for path in folder.glob("*.toml") if path.name not in (WORDS, SYNONYMS))
    yield from sorted((folder / _CARDS).glob("*.toml"))


def shown_name(path: Path, folder: Path) -> str:
    """Give how a file is named to people."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _joined(parts: list[Directory]) -> Directory:
    return Directory(
        cards=_first_of_each(one for part in parts for one in part.cards),
        may_i=_first_of_each(one for part in parts for one in part.may_i),
        referrals=_first_of_each(one for part in parts for one in part.referrals),
        courses=_first_of_each(one for part in parts for one in part.courses),
        flags=_first_of_each(one for part in parts for one in part.flags),
        dates=tuple(one for part in parts for one in part.dates),
        slots=tuple(one for part in parts for one in part.slots),
        anger=next((part.anger for part in parts if part.anger is not None), None),
        news=_first_of_each(one for part in parts for one in part.news),
    )


def _first_of_each(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    """Give the first of each id: the organisation's own file was read first."""
    found: dict[str, _Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _read(path: Path, folder: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        says = "the file cannot be read: put it back, saved as UTF-8"
        raise DefinitionError((DefinitionProblem(shown_name(path, folder), 1, says),)) from None
