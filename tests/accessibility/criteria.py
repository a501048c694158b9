# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads criteria.toml: what each standard asks, and how we stand. Knows neither tests nor reports."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ExpectedError

HERE = Path(__file__).with_name("criteria.toml")
STATES = ("tests", "not_met", "person", "does_not_apply")
_FIELDS = frozenset({"number", "title", "covers", "v411", "only_v411", "limits", "note", *STATES})


class CriteriaError(ExpectedError):
    """The list of criteria cannot be used; every problem is named."""

    slug = "criteria-wrong"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked, and exactly one of: tests, why not met, what a person judges, why it is not for us."""

    number: str
    title: str
    covers: tuple[str, ...] = ()  # the numbers that this one answer is for; empty: its own
    v411: str = ""  # what EN 301 549 V4.1.1 is known to change
    only_v411: bool = False  # V3.2.1 does not have it
    tests: tuple[str, ...] = ()
    limits: str = ""  # what the tests do not show
    not_met: str = ""
    person: str = ""
    does_not_apply: str = ""
    note: str = ""  # said with it; changes nothing

    @property
    def numbers(self) -> tuple[str, ...]:
        """Give every number that this answers."""
        return self.covers or (self.number,)

    @property
    def reason(self) -> str:
        """Give the words of the one state that has any."""
        return self.not_met or self.person or self.does_not_apply


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a standard; `catalogue` is its name in an OpenACR file."""

    catalogue: str
    title: str
    intro: str
    component: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """All of it, with what the report says of itself."""

    about: dict[str, str]
    chapters: tuple[Chapter, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        """Give every test that is named, once, in a fixed order."""
        named = (test for chapter in self.chapters for found in chapter.criteria for test in found.tests)
        return tuple(sorted(set(named)))


def read(path: Path = HERE) -> Criteria:
    """Read the list.

    Raises:
        CriteriaError: When anything is wrong with it; all problems together.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    problems = list(_problems(raw))
    if problems:
        raise CriteriaError("; ".join(problems))
    chapters = tuple(
        Chapter(
            chapter["catalogue"],
            chapter["title"],
            chapter.get("intro", "").strip(),
            chapter["component"],
            tuple(_criterion(found) for found in chapter["criterion"]),
        )
        for chapter in raw["chapter"]
    )
    return Criteria({name: str(value).strip() for name, value in raw["report"].items()}, chapters)


def _criterion(found: dict[str, object]) -> Criterion:
    def words(name: str) -> str:
        return " ".join(str(found.get(name, "")).split())

    def names(name: str) -> tuple[str, ...]:
        value = found.get(name, ())
        return tuple(str(each) for each in value) if isinstance(value, list) else ()

    return Criterion(
        words("number"),
        words("title"),
        names("covers"),
        words("v411"),
        found.get("only_v411") is True,
        names("tests"),
        *(words(name) for name in ("limits", "not_met", "person", "does_not_apply", "note")),
    )


def _problems(raw: dict[str, list[dict[str, list[dict[str, object]]]]]) -> Iterator[str]:
    counted: Counter[tuple[str, str]] = Counter()
    for chapter in raw.get("chapter", []):
        for found in chapter.get("criterion", []):
            number = str(found.get("number", "?"))
            covers = found.get("covers")
            standard = "WCAG" if str(chapter["catalogue"]).startswith("success") else "EN"
            counted.update((standard, str(each)) for each in (covers if isinstance(covers, list) else [number]))
            if unknown := sorted(found.keys() - _FIELDS):
                yield f"{number}: nothing is called {', '.join(unknown)}"
            if not found.get("title"):
                yield f"{number}: has no title"
            states = [state for state in STATES if found.get(state)]
            if len(states) != 1:
                yield f"{number}: says {' and '.join(states) or 'nothing'}; exactly one of {', '.join(STATES)}"
            if found.get("limits") and states != ["tests"]:
                yield f"{number}: limits are of tests"
    yield from (
        f"{standard} {number}: stands here {times} times" for (standard, number), times in counted.items() if times > 1
    )
