# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which figures of a month may be seen by others (H08): no number under five, nor one that can be worked out.

One table for each thing that is counted, never two together: so the total is all that the tables share, and nobody
gets a small number by holding one beside another. In a table the small numbers are hidden, and then others with them,
until each of the small ones could still be any number from one to four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.help_log import HelpedStep
from domain.tally import DIMENSIONS, Age, Channel, Deed, Organisation, Tally, Theme

LEAST = 5
"""The smallest number that is shown."""

_SMALL = range(1, LEAST)
_WORDS: Mapping[str, tuple[StrEnum, ...]] = {
    "theme": tuple(Theme),
    "deed": tuple(Deed),
    "organisation": tuple(Organisation),
    "referral": tuple(Organisation),
    "age": tuple(Age),
    "channel": tuple(Channel),
}


class Shown(StrEnum):
    """How a number is shown."""

    NUMBER = "number"
    SMALL = "small"  # one to four
    HIDDEN = "hidden"  # none, or five and more; with its number a small one could be worked out


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a table; `number` is 0 unless it is shown."""

    word: str
    shown: Shown
    number: int = 0


@dataclass(frozen=True, slots=True)
class TallyTable:
    """How often each word of one thing was counted; without cells where nothing of it may be shown."""

    dimension: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class StepCell:
    """How often helpers stepped in at a step of a service: five times or more."""

    service_id: str
    question_id: str
    number: int


@dataclass(frozen=True, slots=True)
class TallyReport:
    """The figures of a month that may be seen."""

    year: int
    month: int
    total: Cell
    tables: tuple[TallyTable, ...]
    steps: tuple[StepCell, ...] = ()  # where help was needed most, first


def report_of(
    counts: Mapping[Tally, int], year: int, month: int, steps: Mapping[HelpedStep, int] | None = None
) -> TallyReport:
    """Give the figures of a month; `steps`: where helpers stepped in, which is counted apart from the rest."""
    total = sum(counts.values())
    if total in _SMALL:
        return TallyReport(year, month, Cell("total", Shown.SMALL), (), _steps_of(steps or {}))
    tables = []
    for dimension in DIMENSIONS:
        found: Counter[str] = Counter()
        for tally, number in counts.items():
            found[getattr(tally, dimension)] += number
        tables.append(table_of(dimension, {word.value: found[word.value] for word in _WORDS[dimension]}))
    return TallyReport(year, month, Cell("total", Shown.NUMBER, total), tuple(tables), _steps_of(steps or {}))


def _steps_of(steps: Mapping[HelpedStep, int]) -> tuple[StepCell, ...]:
    """Give the steps that may be seen: nobody is told their sum, so that a small one is simply left out."""
    seen = [StepCell(step.service_id, step.question_id, number) for step, number in steps.items() if number >= LEAST]
    return tuple(sorted(seen, key=lambda cell: (-cell.number, cell.service_id, cell.question_id)))


def table_of(dimension: str, numbers: Mapping[str, int]) -> TallyTable:
    """Give one table, of which the total is known to all."""
    small = [word for word, number in numbers.items() if number in _SMALL]
    # The least is lost with the smallest; those that are none come last, for they hide little.
    others = sorted(
        (word for word in numbers if word not in small), key=lambda word: (not numbers[word], numbers[word])
    )
    hidden: list[str] = []
    while not is_safe([numbers[word] for word in small], [numbers[word] for word in hidden], _next(numbers, others)):
        if not others:
            return TallyTable(dimension, ())
        hidden.append(others.pop(0))
    shown = {**dict.fromkeys(small, Shown.SMALL), **dict.fromkeys(hidden, Shown.HIDDEN)}
    cells = (
        Cell(word, shown[word]) if word in shown else Cell(word, Shown.NUMBER, number)
        for word, number in numbers.items()
    )
    return TallyTable(dimension, tuple(cells))


def is_safe(small: Sequence[int], hidden: Sequence[int], most: int = 0) -> bool:
    """Tell whether each small number could be any from one to four, for who knows the sum of all that is not shown.

    They know this rule too: that none of the hidden is more than the least that is shown (`most`; 0 where none is).
    """
    rest = sum(small) + sum(hidden)
    return not small or all(_may_be(value, rest, len(small) - 1, len(hidden), most) for value in _SMALL)


def _next(numbers: Mapping[str, int], others: Sequence[str]) -> int:
    return next((numbers[word] for word in others if numbers[word]), 0)


def _may_be(value: int, rest: int, others: int, hidden: int, most: int) -> bool:
    """Tell whether one small number can be `value` where all that is not shown adds up to `rest`."""
    for sum_of_others in range(others, others * (LEAST - 1) + 1):
        left = rest - value - sum_of_others
        if not hidden or not most:
            is_possible = left == 0 or (hidden > 0 and left >= LEAST)
        else:
            is_possible = hidden * LEAST <= left <= hidden * most
        if is_possible:
            return True
    return False
