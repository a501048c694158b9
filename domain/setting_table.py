# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One table of the settings file, read key by key: each with its type and bounds, each problem with its remedy.

Keys that nobody asked for are problems too, with the key that was probably meant. Which keys there are is for
`domain.settings`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from domain.errors import SettingProblem
from domain.key_names import KEY_NAMES, KeyAction
from domain.opening_hours import Spans, spans_in

_Enum = TypeVar("_Enum", bound=StrEnum)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SECRET = frozenset({"secret", "password", "token", "client_secret", "private_key", "wachtwoord", "geheim"})


@dataclass(frozen=True, slots=True)
class SettingsReport:
    """What was found while one file was read: its problems, and which keys stand in it."""

    file_name: str
    folder: Path
    problems: list[SettingProblem] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)


class SettingTable:
    """Takes the keys of one table one by one, and remembers which it was asked for."""

    def __init__(self, table: Mapping[str, Any], prefix: str, report: SettingsReport) -> None:
        self._table = table
        self._prefix = prefix
        self._report = report
        self._sections: dict[str, SettingTable] = {}
        self._asked: set[str] = set()

    def section(self, name: str) -> SettingTable:
        """Give the table of this name, empty when there is none."""
        if name not in self._sections:
            self._asked.add(name)
            table = self._table.get(name, {})
            if not isinstance(table, dict):
                self._problem(name, "this must be a table", f"write [{self._prefix}{name}] and the keys below it")
                table = {}
            self._sections[name] = SettingTable(table, f"{self._prefix}{name}.", self._report)
        return self._sections[name]

    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """Take all tables of a table whose names are free."""
        return MappingProxyType({name: self.section(name).texts() for name in self._table})

    def text(self, key: str, default: str, fits: Callable[[str], bool] = lambda _: True, remedy: str = "") -> str:
        """Take a text that fits."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self._problem(key, "this must be a text", 'write it between quotes: "..."')
        elif not fits(value):
            self._problem(key, "this value cannot be", remedy)
        else:
            return value
        return default

    def number(self, key: str, default: int, lowest: int, highest: int) -> int:
        """Take a whole number between two bounds."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self._problem(
                key, "this must be a whole number", f"write a number from {lowest} to {highest}, without quotes"
            )
        elif not lowest <= value <= highest:
            self._problem(key, f"{value} is out of range", f"choose from {lowest} to {highest}")
        else:
            return value
        return default

    def switch(self, key: str, default: bool) -> bool:
        """Take yes or no."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self._problem(key, "this must be yes or no", "write true or false, without quotes")
        return default

    def choice(self, key: str, default: _Enum) -> _Enum:
        """Take one of the values of an enumeration."""
        kind = type(default)
        value = self._take(key, default.value)
        allowed = [member.value for member in kind]
        if value in allowed:
            return kind(value)
        self._problem(key, "this value is not known", "choose " + " or ".join(f'"{name}"' for name in allowed))
        return default

    def languages(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Take a list of language codes; Dutch is the source of all texts and always among them."""
        value = self._take(key, list(default))
        is_list = isinstance(value, list) and all(isinstance(code, str) and _LANGUAGE.fullmatch(code) for code in value)
        if not is_list:
            self._problem(key, "this must be a list of language codes", 'write for example ["nl", "en"]')
        elif "nl" not in value or len(set(value)) != len(value):
            self._problem(
                key, "each language stands here once, and Dutch is one of them", 'add "nl", or take out the repeat'
            )
        else:
            return tuple(value)
        return default

    def url(self, key: str) -> str:
        """Take the address of an API, which ends in a slash."""
        value = self.text(key, "")
        if not value:
            return ""
        if not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", value):
            self._problem(
                key, "this is no address of an API", "write it whole, such as https://zaken.example/zaken/api/v1/"
            )
            return ""
        return value if value.endswith("/") else value + "/"

    def path(self, key: str) -> Path | None:
        """Take a file or folder, relative to the folder of the settings file."""
        value = self.text(key, "", lambda text: "\0" not in text, "write a path")
        return self._report.folder / value if value else None

    def texts(self) -> Mapping[str, str]:
        """Take all keys of a table whose keys are free."""
        found = {key: self.text(key, "") for key in self._table}
        return MappingProxyType(found)

    def keys(self) -> Mapping[str, KeyAction]:
        """Take all keys of a keypad: its name for the key, and what the key does."""
        found: dict[str, KeyAction] = {}
        actions = [action.value for action in KeyAction]
        for name in self._table:
            value = self._take(name, "")
            if name not in KEY_NAMES:
                near = get_close_matches(name[:60], sorted(KEY_NAMES), n=1, cutoff=0.6)
                hint = f'did you mean "{near[0]}"?' if near else "write a key such as F13, Home or VolumeUp"
                self._problem(name, "no key has this name", hint)
            elif value not in actions:
                self._problem(
                    name, "a key cannot do this", "choose from " + ", ".join(action.value for action in KeyAction)
                )
            else:
                found[name] = KeyAction(value)
        return MappingProxyType(found)

    def spans(self, key: str) -> Spans | None:
        """Take from when to when it is open; None when nothing is said."""
        return self._spans(key) if key in self._table else self._take(key, None)

    def dates(self) -> Mapping[date, Spans]:
        """Take all days of a table whose keys are days."""
        found: dict[date, Spans] = {}
        for key in self._table:
            spans = self._spans(key)
            try:
                found[date.fromisoformat(key)] = spans
            except ValueError:
                self._problem(key, "this is no day", 'write year, month and day: "2026-12-24"')
        return MappingProxyType(found)

    def _spans(self, key: str) -> Spans:
        value = self._take(key, "")
        spans = spans_in(value) if isinstance(value, str) else None
        if spans is None:
            remedy = 'write "9:00-17:00", "9:00-12:30, 13:00-17:00" or "closed"'
            self._problem(key, "these are no opening times", remedy)
        return spans or ()

    def refuse_the_rest(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._table:
            if key not in self._asked:
                self._problem(key, "this key is not known", self._hint(key))
        for section in self._sections.values():
            section.refuse_the_rest()

    def _hint(self, key: str) -> str:
        if key.lower() in _SECRET:
            return "never write a secret here: put it in a file, and name that file"
        near = get_close_matches(key[:60], sorted(self._asked), n=1, cutoff=0.6)
        if near:
            return f'did you mean "{near[0]}"?'
        return "take it out; known here: " + ", ".join(sorted(self._asked))

    def _take(self, key: str, default: object) -> Any:
        self._asked.add(key)
        self._report.origins[self._prefix + key] = "file" if key in self._table else "default"
        return self._table.get(key, default)

    def _problem(self, key: str, says: str, remedy: str) -> None:
        self._report.problems.append(SettingProblem(self._report.file_name, self._prefix + key, says, remedy))
