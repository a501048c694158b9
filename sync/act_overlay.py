# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff did here, seen on top of what the case system last told: the desk knows its own work at once.

An act that was delivered counts until the case was read again, else a case would jump back for a few minutes. What is
in conflict or was refused changes nothing: there the case system has the last word until a person chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from domain.case_act import ActKind, ActState
from domain.counter import Stage, WorkItem
from domain.errors import PracticeError
from sync.database import Row

ACTS = (
    "SELECT a.reference, a.kind, a.staff_number, a.state, a.reason FROM counter_acts AS a"
    " LEFT JOIN counter_cases AS c USING (reference)"
    " WHERE a.state NOT IN ('delivered', 'dropped') OR (a.state = 'delivered' AND a.based_on = c.version)"
)
"""The acts that still matter; to be ordered by number."""

_OPEN = frozenset({ActState.PENDING, ActState.RETRYING, ActState.CONFLICT, ActState.REJECTED})
_COUNTS = frozenset({ActState.PENDING, ActState.RETRYING, ActState.DELIVERED})


@dataclass(frozen=True, slots=True)
class Overlay:
    """What acts make of one case; None: they leave it as it is."""

    stage: Stage | None = None
    owner: str | None = None
    is_urgent: bool = False
    waiting: int = 0
    has_conflict: bool = False

    @property
    def moves(self) -> bool:
        """Tell whether the case may stand elsewhere in the list, or in another list."""
        return self.stage is not None or self.owner is not None or self.is_urgent

    def on(self, item: WorkItem, names: Mapping[str, str]) -> WorkItem:
        """Give the line as the desk has to see it; a case that nobody has is here as long as it is."""
        stage = item.stage if self.stage is None else self.stage
        if item.is_here and stage is Stage.NEW:
            stage = Stage.HERE
        owner = item.owner if self.owner is None else self.owner
        return replace(
            item,
            stage=stage,
            owner=owner,
            owner_name=item.owner_name if owner == item.owner else names.get(owner, ""),
            is_urgent=item.is_urgent or self.is_urgent,
            acts_waiting=self.waiting,
            has_conflict=self.has_conflict,
        )


def overlays(rows: Iterable[Row]) -> dict[str, Overlay]:
    """Give for each case what its acts make of it; `rows` in the order of their number."""
    found: dict[str, Overlay] = {}
    for row in rows:
        reference = row["reference"]
        found[reference] = _after(found.get(reference, Overlay()), row)
    return found


def _after(before: Overlay, row: Row) -> Overlay:
    state = ActState(row["state"])
    seen = replace(
        before,
        waiting=before.waiting + (state in _OPEN),
        has_conflict=before.has_conflict or state is ActState.CONFLICT,
    )
    # Nobody will ever say what became of a practice case: there the desk has the last word.
    if state not in _COUNTS and row["reason"] != PracticeError.slug:
        return seen
    match row["kind"]:
        case ActKind.TAKE_ON.value:
            return replace(seen, stage=Stage.TAKEN, owner=row["staff_number"])
        case ActKind.GIVE_BACK.value | ActKind.FORWARD.value:
            return replace(seen, stage=Stage.NEW, owner="")
        case ActKind.ASK_MISSING.value:
            return replace(seen, stage=Stage.ASKED)
        case ActKind.RESUME.value:
            return replace(seen, stage=Stage.TAKEN)
        case ActKind.ANSWER.value:
            return replace(seen, stage=Stage.ANSWERED)
        case ActKind.URGENT.value:
            return replace(seen, is_urgent=True)
        case _:
            return seen
