# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""An act book in memory; passes the same contract as the one over SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.case_act import ActState, CaseAct, ConflictChoice, GiveUpReason, KeptAct
from domain.errors import StoreError

KEY_ID = "test-key"


class FakeActBook:
    """Keeps acts as long as the test lasts; `fails_with` makes each write fail until it is taken away."""

    def __init__(self) -> None:
        self.recorded: list[CaseAct] = []
        self.chosen: list[tuple[str, ConflictChoice, str, datetime]] = []
        self.given_up: list[tuple[str, str, datetime, GiveUpReason]] = []
        self.fails_with: StoreError | None = None
        self._kept: list[KeptAct] = []

    def record(self, act: CaseAct) -> bool:
        self._fail()
        if any(kept.header.act_id == act.header.act_id for kept in self._kept):
            return False
        known = replace(act, header=replace(act.header, key_id=KEY_ID))
        self.recorded.append(known)
        self._kept.append(KeptAct(known.header, ActState.PENDING))
        return True

    def acts(self, reference: str = "", *, only_open: bool = False) -> Sequence[KeptAct]:
        over = (ActState.DELIVERED, ActState.DROPPED)
        return [
            kept
            for kept in self._kept
            if reference in ("", kept.header.reference) and not (only_open and kept.state in over)
        ]

    def resolve(self, act_id: str, choice: ConflictChoice, staff_number: str, at: datetime) -> None:
        self._fail()
        if self._state_of(act_id) is ActState.CONFLICT:
            self.chosen.append((act_id, choice, staff_number, at))
            self.settle(act_id, ActState.DROPPED if choice is ConflictChoice.THEIRS else ActState.PENDING)

    def retry(self, act_id: str) -> None:
        self._fail()
        if self._state_of(act_id) in (ActState.REJECTED, ActState.RETRYING):
            self.settle(act_id, ActState.PENDING)

    def give_up(self, act_id: str, staff_number: str, at: datetime, why: GiveUpReason) -> bool:
        self._fail()
        found = next((kept for kept in self._kept if kept.header.act_id == act_id), None)
        if found is None or found.state is not ActState.REJECTED:
            return False
        self.given_up.append((act_id, staff_number, at, why))
        self.settle(act_id, ActState.DROPPED, found.reason)
        return True

    def unfinished(self) -> Sequence[KeptAct]:
        return ()

    def settle(self, act_id: str, state: ActState, reason: str = "") -> None:
        """Do what the sender does."""
        self._kept = [
            replace(kept, state=state, reason=reason) if kept.header.act_id == act_id else kept for kept in self._kept
        ]

    def _state_of(self, act_id: str) -> ActState | None:
        return next((kept.state for kept in self._kept if kept.header.act_id == act_id), None)

    def _fail(self) -> None:
        if self.fails_with is not None:
            raise self.fails_with
