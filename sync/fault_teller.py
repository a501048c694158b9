# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings the answer of a fault to each citizen of its group, as an act on the case, once (L04).

A complaint that is ours to close is closed with the answer; any other case keeps its own road and gets a contact.
Sending the acts is `sync.act_sender`'s.
"""

from __future__ import annotations

import uuid

from domain.case_act import ActBook, ActHeader, ActKind, CaseAct
from domain.case_answer import Result
from domain.ports import Clock
from domain.system_fault import act_for
from sync.counter_file import CounterFile
from sync.database import Database
from sync.fault_book import SqliteFaultBook, Untold

_SPACE = uuid.UUID("6d0f5c1e-6f0b-4c7e-9a53-0d0a1f4b8c22")
_CONTACT = {"channel": "desk", "questions": "1"}
_WAITS = frozenset({"pending", "sending", "retrying", "rejected"})
_OVER = frozenset({"done", "withdrawn"})


class FaultTeller:
    """Tells for one device; one process at a time (`sync.sole_sender`)."""

    def __init__(self, file: CounterFile, acts: ActBook, store: Database, clock: Clock) -> None:
        self._file = file
        self._book = SqliteFaultBook(file)
        self._acts = acts
        self._store = store
        self._clock = clock

    def tell(self) -> int:
        """Write an act for everybody who can be told now; give for how many.

        Raises: StoreError and its kinds.
        """
        told = 0
        for one in self._book.untold():
            act = self._act(one)
            if act is None:
                continue
            # The id follows from fault and case: after a power cut in between, the same act is no second one.
            self._acts.record(act)
            self._book.is_telling(one, act.header.act_id)
            told += 1
        return told

    def _act(self, one: Untold) -> CaseAct | None:
        """Make the act; None while the case system does not have the case, or we do not know how it stands there."""
        group, answer = one.group, one.group.answer
        state = self._state_here(one.reference)
        if answer is None or state in _WAITS:
            return None
        kind, version = act_for(group), ""
        if kind is ActKind.ANSWER and state not in _OVER:
            known = self._file.row("SELECT stage, version FROM counter_cases WHERE reference = ?", (one.reference,))
            if known is None:
                return None
            version = "" if known["stage"] == "answered" else known["version"]
        if not version:
            kind = ActKind.CONTACT
        seed = f"{group.number} {group.opened_at.isoformat()} {one.reference}"
        header = ActHeader(
            act_id=str(uuid.uuid5(_SPACE, seed)),
            reference=one.reference,
            kind=kind,
            at=self._clock.now(),
            staff_number=answer.by.staff_number,
            based_on=version,
            key_id="",
        )
        given = {"result": Result.DONE.value} if kind is ActKind.ANSWER else _CONTACT
        return CaseAct(header, answer.by.name, answer.text, given)

    def _state_here(self, reference: str) -> str:
        row = self._store.row(
            "SELECT o.state FROM outbox AS o JOIN submissions AS s USING (case_id) WHERE s.reference = ?", (reference,)
        )
        return "" if row is None else str(row["state"])
