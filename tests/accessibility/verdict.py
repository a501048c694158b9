# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Says of each criterion how far we are, from its state and how its tests ended. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.accessibility.criteria import Criterion
from tests.accessibility.evidence import Ending


class Level(StrEnum):
    """The terms of OpenACR."""

    SUPPORTS = "supports"
    PARTLY = "partially-supports"
    NOT = "does-not-support"
    UNKNOWN = "not-evaluated"  # a person has to judge
    NOT_OURS = "not-applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One criterion, how far we are, and the words for it."""

    criterion: Criterion
    level: Level
    notes: str

    @property
    def number(self) -> str:
        """Give the number that it goes by."""
        return self.criterion.number


def verdict_of(criterion: Criterion, endings: Mapping[str, Ending]) -> Verdict:
    """Judge one criterion; a test that fails or showed nothing outweighs whatever the list says."""
    if not criterion.tests:
        if criterion.not_met:
            return Verdict(criterion, Level.NOT, criterion.not_met)
        if criterion.person:
            return Verdict(criterion, Level.UNKNOWN, f"Needs a person: {criterion.person}")
        return Verdict(criterion, Level.NOT_OURS, criterion.does_not_apply)
    failed = [test for test in criterion.tests if endings[test] is Ending.FAILED]
    if failed:
        return Verdict(criterion, Level.NOT, f"A test of it fails: {', '.join(failed)}")
    skipped = [test for test in criterion.tests if endings[test] is Ending.SKIPPED]
    if skipped:
        return Verdict(criterion, Level.UNKNOWN, f"Could not be tested on this machine: {', '.join(skipped)}")
    if criterion.limits:
        return Verdict(criterion, Level.PARTLY, " ".join(filter(None, (criterion.limits, criterion.note))))
    return Verdict(criterion, Level.SUPPORTS, criterion.note)
