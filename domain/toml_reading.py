# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading TOML that a stranger wrote: sizes, signs and kinds of values are checked before anything is made of them.

What the tables mean is `domain.service_file`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.toml_lines import Findings, find_key_line
from domain.toml_mistakes import what_to_mend

MOST_BYTES = 256 * 1024
_DEEPEST = 8
_LONGEST_VALUE = 2000
_LARGEST_SHOWN = 10**12
_ID = re.compile(r"[a-z0-9-]{1,40}")
# Control characters, and marks that turn the direction of text around: they hide what a text says.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_AT_LINE = re.compile(r"at line (\d+)")
_Member = TypeVar("_Member", bound=StrEnum)


def read_toml(text: str, findings: Findings) -> dict[str, object]:
    """Parse, and refuse what is absurd before it can do harm.

    Raises: DefinitionError with one problem when the file is no TOML, too large, too deep, or holds hidden marks.
    """
    if len(text) > MOST_BYTES:
        findings.add_at(1, f"the file is larger than {MOST_BYTES // 1024} KB: make it smaller")
        findings.raise_if_any()
    try:
        found = tomllib.loads(text)
    except RecursionError:
        findings.add_at(1, "values are nested too deep: keep to plain tables")
    except ValueError as error:
        says = str(error)
        at = _AT_LINE.search(says)
        line = int(at.group(1)) if at else max(text.count("\n"), 1)
        hint = what_to_mend(text, line, says)
        findings.add_at(line, f"not TOML: {hint} ({says[:160]})" if hint else f"not TOML: {says[:160]}")
    else:
        for key, value in _strings(found, ""):
            if _HIDDEN.search(value):
                line = find_key_line(text, key)
                findings.add_at(
                    line, f'"{key[:60]}" holds a control or direction mark that cannot be seen: take it out'
                )
                break
            if len(value) > _LONGEST_VALUE:
                line = find_key_line(text, key)
                findings.add_at(line, f'"{key[:60]}" is longer than {_LONGEST_VALUE} characters: make it shorter')
                break
        else:
            return found
    findings.raise_if_any()
    raise AssertionError("a problem was noted above")  # pragma: no cover


def _strings(value: object, key: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name, name
            yield from _strings(inner, name, depth + 1) if depth < _DEEPEST else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key, depth + 1) if depth < _DEEPEST else ()


class Table:
    """One table of a file. Each read takes the key out; what is left at `close` is unknown."""

    __slots__ = ("_index", "_known", "_left", "_path", "findings")

    def __init__(self, values: dict[str, object], findings: Findings, path: str = "", index: int = 0) -> None:
        self._left = dict(values)
        self._path = path
        self._index = index
        self._known: list[str] = []
        self.findings = findings

    def problem(self, says: str, key: str = "", word: str = "") -> None:
        """Note something wrong with this table."""
        where = f"[{self._path}] " if self._path else ""
        self.findings.add(where + says, self._path, self._index, key, word)

    def has(self, key: str) -> bool:
        """Tell whether a key is there and was not read yet."""
        return key in self._left

    def _take(self, key: str) -> object:
        self._known.append(key)
        return self._left.pop(key, None)

    def text(self, key: str, default: str | None = None, longest: int = 200) -> str:
        """Read a text; without a default it must be there."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value.strip() and len(value) <= longest:
            return value
        if value is None:
            says = f'"{key}" is missing: add {key} = "..."'
        elif isinstance(value, str) and value.strip():
            says = f'"{key}" has {len(value)} characters: at most {longest}'
        else:
            says = f'"{key}" is no text of 1 to {longest} characters: write {key} = "..."'
        self.problem(says, key)
        return default or ""

    def id(self, key: str = "id") -> str:
        """Read an id."""
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.problem(f'"{value[:60]}" is no id: use 1 to 40 of a-z (small, no accents), 0-9 and -', key)
            return ""
        return value

    def ids(self, key: str, most: int = 40) -> tuple[str, ...]:
        """Read a list of ids; absent means none."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > most:
            self.problem(f'"{key}" is no list of at most {most} ids: write {key} = ["...", "..."]', key)
            return ()
        good = [item for item in value if isinstance(item, str) and re.fullmatch(r"[a-z0-9_-]{1,40}", item)]
        if len(good) < len(value):
            self.problem(f'"{key}" holds something that is no id: use 1 to 40 of a-z, 0-9, _ and -', key)
        for double in sorted({item for item in good if good.count(item) > 1}):
            self.problem(f'"{double}" stands twice in "{key}": take one out', key, double)
        return tuple(dict.fromkeys(good))

    def texts(self, key: str, most: int = 40, longest: int = 200) -> tuple[str, ...]:
        """Read a list of texts; absent means none."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > most:
            self.problem(f'"{key}" is no list of at most {most} texts: write {key} = ["...", "..."]', key)
            return ()
        good = [item for item in value if isinstance(item, str) and item.strip() and len(item) <= longest]
        if len(good) < len(value):
            self.problem(f'"{key}" holds something that is no text of 1 to {longest} characters: mend it', key)
        return tuple(good)

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Read a whole number; absent means None."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        # An endless number cannot even be shown.
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_SHOWN:
            self.problem(f'"{key}" is {value}: it must be a whole number from {least} to {most}', key)
        else:
            self.problem(f'"{key}" is no whole number from {least} to {most}: write it in figures, without quotes', key)
        return None

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(f'"{key}" is neither true nor false: write {key} = true, without quotes', key)
            return default
        return value

    def day(self, key: str) -> date | None:
        """Read a date, written without quotes."""
        value = self._take(key)
        if isinstance(value, date):
            return value
        self.problem(f'"{key}" is no date: write {key} = 2026-11-21, without quotes', key)
        return None

    def member(self, key: str, kind: type[_Member], default: _Member | None = None) -> _Member | None:
        """Read one of the words of an enum."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        words = [member.value for member in kind]
        if isinstance(value, str) and value in words:
            return kind(value)
        shown = "is missing" if value is None else f"is {str(value)[:40]!r}{did_you_mean(str(value), words)}"
        self.problem(f'"{key}" {shown}: choose one of {", ".join(words)}', key)
        return None

    def table(self, key: str) -> Table | None:
        """Read a table inside this one, with a header of its own or inline."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, dict):
            path = f"{self._path}.{key}" if self._path else key
            return Table(value, self.findings, path, self._index)
        self.problem(f'"{key}" is no single table: write [{key}], with one pair of brackets', key)
        return None

    def inline(self, key: str) -> Table | None:
        """Read an inline table; problems in it point at this table."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Table(value, self.findings, self._path, self._index)
        self.problem(f'"{key}" is no table: write {key} = {{ ... }}', key)
        return None

    def inlines(self, key: str, most: int) -> tuple[Table, ...]:
        """Read a list of inline tables."""
        return self._many(key, most, self._path)

    def tables(self, key: str, most: int) -> tuple[Table, ...]:
        """Read tables that each have a header [[key]]."""
        return self._many(key, most, key)

    def _many(self, key: str, most: int, path: str) -> tuple[Table, ...]:
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            shown = f"[[{key}]]" if path == key else f"{key} = [{{ ... }}]"
            self.problem(f'"{key}" is no list of tables: write {shown}', key)
            return ()
        if len(value) > most:
            self.problem(f'"{key}" has {len(value)} entries: at most {most} are allowed', key)
            return ()
        of_own = path == key
        return tuple(Table(item, self.findings, path, i if of_own else self._index) for i, item in enumerate(value))

    def close(self) -> None:
        """Note every key that nobody read."""
        for key in self._left:
            if self._path and key in self.findings.top_keys:
                self.problem(f'"{key}" belongs at the top: put it above the first line that begins with [', key)
                continue
            self.problem(f'unknown key "{key[:60]}"{did_you_mean(key, self._known)}: mend or remove it', key)


def did_you_mean(word: str, known: list[str]) -> str:
    """Give a hint in brackets, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  only a broken file pays for this

    close = get_close_matches(word[:60], known, n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""
