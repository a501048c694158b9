# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where in a TOML file something stands, for people who must mend it.

`tomllib` keeps no line numbers; this looks a table and a key up in the text, only when there is something to say.
"""

from __future__ import annotations

import re

from domain.errors import DefinitionError, DefinitionProblem

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")


def find_line(source: str, table: str = "", index: int = 0, key: str = "", word: str = "") -> int:
    """Give the line, from 1, of a word or key in the index-th table of that name; else of the table; else 1."""
    lines = source.splitlines()
    start, end = _region(lines, table, index)
    for wanted in (f'"{word}"' if word else "", key):
        if not wanted:
            continue
        pattern = re.compile(re.escape(wanted) if wanted[0] == '"' else rf'(^|[\s{{,."]){re.escape(wanted)}"?\s*=')
        for number in range(start, end):
            if pattern.search(lines[number]):
                return number + 1
    if key and not table:
        return next((number for number, line in enumerate(lines, start=1) if _header_of(line) == key), 1)
    return min(start, max(len(lines) - 1, 0)) + 1


def find_text_line(source: str, flat_key: str) -> int:
    """Give the line of a flattened key such as "question.datum.title"; the nearest table when the key is missing."""
    names = flat_key.split(".")
    for cut in range(len(names) - 1, -1, -1):
        table, key = ".".join(names[:cut]), ".".join(names[cut:])
        if table and not _has_table(source, table):
            continue
        return find_line(source, table, key=key)
    return 1


def find_key_line(source: str, key: str) -> int:
    """Give the first line anywhere that has this key or table; 1 when none has."""
    pattern = re.compile(rf'(^|[\s{{,.\["]){re.escape(key)}"?\s*[=\].]')
    return next((number for number, line in enumerate(source.splitlines(), start=1) if pattern.search(line)), 1)


def _header_of(line: str) -> str:
    found = _HEADER.match(line)
    return found.group(1) if found else ""


def _has_table(source: str, table: str) -> bool:
    return any(_header_of(line) == table for line in source.splitlines())


def _region(lines: list[str], table: str, index: int) -> tuple[int, int]:
    headers = [(number, name) for number, line in enumerate(lines) if (name := _header_of(line))]
    if not table:
        return 0, headers[0][0] if headers else len(lines)
    of_table = [number for number, name in headers if name == table]
    if index >= len(of_table):
        return 0, len(lines)
    start = of_table[index]
    return start, next((number for number, _ in headers if number > start), len(lines))


class Findings:
    """Collects everything wrong in one file, so that it is all reported together.

    `top_keys` are keys that stand above all tables: who adds one at the end of the file, gets it in the last table.
    """

    __slots__ = ("_problems", "file", "source", "top_keys")

    def __init__(self, file: str, source: str, top_keys: frozenset[str] = frozenset()) -> None:
        self.file = file
        self.source = source
        self.top_keys = top_keys
        self._problems: list[DefinitionProblem] = []

    def __len__(self) -> int:
        return len(self._problems)

    def add(self, says: str, table: str = "", index: int = 0, key: str = "", word: str = "") -> None:
        """Note a problem in a table."""
        self.add_at(find_line(self.source, table, index, key, word), says)

    def add_at(self, line: int, says: str) -> None:
        """Note a problem on a line."""
        self._problems.append(DefinitionProblem(self.file, line, says))

    def raise_if_any(self) -> None:
        """Stop here when anything was found.

        Raises: DefinitionError with all of them, in the order of the file.
        """
        if self._problems:
            raise DefinitionError(tuple(sorted(self._problems, key=lambda problem: problem.line)))
