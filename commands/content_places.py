# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where in the files of a service something stands, so that each problem names file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain.errors import DefinitionProblem
from domain.service import ServiceDefinition
from domain.toml_lines import find_line, find_text_line
from resources.service_library import SHARED


@dataclass(frozen=True, slots=True)
class Places:
    """Points at things in one service and in the shared questions."""

    folder: Path
    service: ServiceDefinition

    def at_question(self, question_id: str, says: str, key: str = "id", word: str = "") -> DefinitionProblem:
        """Point at a question, in the shared file where it is shared."""
        is_shared = self.service.question(question_id).is_shared
        name = SHARED if is_shared else self.service.id
        source = read(self.folder / name / "service.toml")
        index = _ids(source).index(question_id) if question_id in _ids(source) else 0
        return DefinitionProblem(f"{name}/service.toml", find_line(source, "question", index, key, word), says)

    def at_table(self, table: str, index: int, says: str, key: str = "id") -> DefinitionProblem:
        """Point at the index-th table of a name."""
        return self._at(find_line(self._source, table, index, key), says)

    def at_key(self, key: str, says: str, word: str = "") -> DefinitionProblem:
        """Point at a key at the top."""
        return self._at(find_line(self._source, key=key, word=word), says)

    def at_text(self, key: str, says: str) -> DefinitionProblem:
        """Point at a Dutch text."""
        source = read(self.folder / self.service.id / "nl.toml")
        return DefinitionProblem(f"{self.service.id}/nl.toml", find_text_line(source, key), says)

    def _at(self, line: int, says: str) -> DefinitionProblem:
        return DefinitionProblem(f"{self.service.id}/service.toml", line, says)

    @property
    def _source(self) -> str:
        return read(self.folder / self.service.id / "service.toml")


def read(path: Path) -> str:
    """Read a file that the library could read before."""
    return path.read_text(encoding="utf-8-sig")


def _ids(source: str) -> list[str]:
    """Give the ids of the questions in a file, in their order."""
    import tomllib

    tables = tomllib.loads(source).get("question", [])
    return [str(table.get("id")) for table in tables]
