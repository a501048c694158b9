# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a row measured: ours, the peer's, their ratio, the target, and whether it was met."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """What DESIGN section 6 asks; of the ratio with the peer, or of our own figure."""

    bound: float
    is_ceiling: bool = True
    is_of_ratio: bool = True

    def is_met_by(self, value: float) -> bool:
        return value <= self.bound if self.is_ceiling else value >= self.bound

    def words(self, unit: str) -> str:
        sign = "≤" if self.is_ceiling else "≥"
        return f"{sign} {self.bound:g} x" if self.is_of_ratio else f"{sign} {self.bound:g} {unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `missed_because` is printed only where the target is missed."""

    what: str
    ours: float
    unit: str
    peer_name: str = ""
    peer: float | None = None
    ratio: float | None = None
    target: Target | None = None
    missed_because: str = ""
    samples: int = 0

    @property
    def is_met(self) -> bool | None:
        if self.target is None:
            return None
        value = self.ratio if self.target.is_of_ratio else self.ours
        return value is not None and self.target.is_met_by(value)


@dataclass(frozen=True, slots=True)
class Row:
    """One benchmark: its figures, and remarks that belong beside them."""

    name: str
    figures: tuple[Figure, ...]
    remarks: str = ""
    series: dict[str, list[float]] = field(default_factory=dict)


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 in 100 do not exceed; of fewer than twenty, the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]


def paired_ratio(ours: Sequence[float], peers: Sequence[float]) -> float:
    """Give the median of the ratios of rounds that ran next to each other, so that a busy minute weighs on both."""
    return statistics.median(mine / theirs for mine, theirs in zip(ours, peers, strict=True))
