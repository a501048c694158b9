# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens invented cases for a counter, in memory, and keeps what staff do to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.case_act import ActConflict, ActState, CaseAct, ConflictChoice, GiveUpReason, KeptAct
from domain.counter import CounterCase
from domain.errors import CounterError, StoreError
from domain.staff import StaffMember


@dataclass
class FakeCounterDesk:
    """Opens only for who sits at it, as the real one does; `fails_with` makes all of it fail."""

    cases: dict[str, CounterCase] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    conflicting: list[ActConflict] = field(default_factory=list)
    member: StaffMember | None = None
    secrets: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    refreshed: int = 0
    ended: int = 0
    needs_sitting: bool = False
    fails_with: CounterError | None = None

    def begin(self, member: StaffMember, secret: str) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        self.member = member
        self.secrets.append(secret)

    def end(self) -> None:
        self.member = None
        self.ended += 1

    def open(self, reference: str) -> CounterCase:
        self._check()
        self.opened.append(reference)
        if reference not in self.cases:
            raise CounterError("there is no such case")
        return self.cases[reference]

    def document(self, reference: str, key: str) -> bytes:
        self._check()
        return self.files[key]

    def conflicts(self, reference: str = "") -> Sequence[ActConflict]:
        self._check()
        return [found for found in self.conflicting if reference in ("", found.mine.header.reference)]

    def refresh(self) -> None:
        self._check()
        self.refreshed += 1

    def take_in_library(self) -> tuple[int, int]:
        return 0, 0

    def _check(self) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        if self.needs_sitting and self.member is None:
            raise CounterError("nobody signed in")


@dataclass
class FakeActBook:
    """Keeps acts in memory; `fails_with` makes it keep nothing."""

    kept: list[CaseAct] = field(default_factory=list)
    states: dict[str, ActState] = field(default_factory=dict)
    chosen: list[tuple[str, ConflictChoice, str, datetime]] = field(default_factory=list)
    fails_with: StoreError | None = None

    def record(self, act: CaseAct) -> bool:
        if self.fails_with is not None:
            raise self.fails_with
        if any(found.header.act_id == act.header.act_id for found in self.kept):
            return False
        self.kept.append(act)
        return True

    def acts(self, reference: str = "", *, only_open: bool = False) -> Sequence[KeptAct]:
        found = [
            KeptAct(act.header, self.states.get(act.header.act_id, ActState.PENDING))
            for act in self.kept
            if reference in ("", act.header.reference)
        ]
        closed = (ActState.DELIVERED, ActState.DROPPED)
        return [act for act in found if not (only_open and act.state in closed)]

    def resolve(self, act_id: str, choice: ConflictChoice, staff_number: str, at: datetime) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        self.chosen.append((act_id, choice, staff_number, at))

    def retry(self, act_id: str) -> None:
        self.states[act_id] = ActState.PENDING

    def give_up(self, act_id: str, staff_number: str, at: datetime, why: GiveUpReason) -> bool:
        self.states[act_id] = ActState.DROPPED
        return True

    def unfinished(self) -> Sequence[KeptAct]:
        return ()
