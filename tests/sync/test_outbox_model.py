# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox next to a model of it: two senders, crashes, lost answers, a person who retries and takes away, time.

Whatever the order: one sender at most holds a case, none is lost, the server has none twice, and every move is allowed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from domain.case import CaseId, CaseState, may_move
from sync import audit_log
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.delivery_steps import DeliverySteps
from sync.outbox import LEASE, Claim, ClaimLostError, Outbox
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission, summary

DUE = (CaseState.PENDING, CaseState.RETRYING)
SENDERS = st.sampled_from([0, 1])


@dataclass(slots=True)
class _Known:
    """What the model holds of one case."""

    state: CaseState
    next_try_at: datetime
    token: str = ""
    claimed_until: datetime = TUESDAY


class OutboxNextToItsModel(RuleBasedStateMachine):
    """Each rule does the same to both, and says what must come of it."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="loket-outbox-"))
        self.databases = [Database(self.folder / "loket.db") for _ in range(2)]
        self.outboxes = [Outbox(database) for database in self.databases]
        self.now = TUESDAY
        self.known: dict[CaseId, _Known] = {}
        self.server: list[CaseId] = []
        self.submitted = 0

    def teardown(self) -> None:
        assert audit_log.first_broken(self.databases[0]) is None
        for database in self.databases:
            database.close()
        shutil.rmtree(self.folder)

    @rule(is_urgent=st.booleans())
    def submit(self, is_urgent: bool) -> None:
        made = submission(at=self.now, is_urgent=is_urgent)
        # Not by chance: a failure must come back when its steps do.
        self.submitted += 1
        case_id = CaseId(str(uuid.UUID(int=self.submitted)))
        made = replace(made, header=replace(made.header, case_id=case_id))
        SqliteCaseStore(self.databases[0]).submit(made.header, b"sealed", summary(made), "4711")
        self.known[made.header.case_id] = _Known(CaseState.PENDING, self.now)

    @rule(target=claims, sender=SENDERS)
    def claim(self, sender: int) -> tuple[int, Claim] | None:
        found = self.outboxes[sender].claim(self.now)
        for case in self.known.values():
            if case.state is CaseState.SENDING and case.claimed_until < self.now:
                self._move(case, CaseState.RETRYING)
                case.next_try_at = self.now
        due = {name for name, case in self.known.items() if case.state in DUE and case.next_try_at <= self.now}
        if found is None:
            assert not due, "a case that is due was passed over"
            return None
        assert found.header.case_id in due, "somebody else holds it, or it is not its time"
        case = self.known[found.header.case_id]
        self._move(case, CaseState.SENDING)
        case.token, case.claimed_until = found.token, self.now + LEASE
        return sender, found

    @rule(held=claims, is_answer_lost=st.booleans())
    def send(self, held: tuple[int, Claim] | None, is_answer_lost: bool) -> None:
        """One remote step, as `sync.delivery` does it: written before, looked for when it may be there."""
        if held is None:
            return
        sender, claim = held
        steps = DeliverySteps(self.databases[sender], claim)
        is_doubtful = steps.may_be_there("case")
        if not self._is_held(claim):
            with pytest.raises(ClaimLostError):
                steps.before("case", "identifier", self.now)
            return
        steps.before("case", "identifier", self.now)
        self.known[claim.header.case_id].claimed_until = self.now + LEASE
        if not (is_doubtful and claim.header.case_id in self.server):
            self.server.append(claim.header.case_id)
        if not is_answer_lost:
            steps.after("case", self.now, "address")
            steps.write(self.now)

    @rule(held=consumes(claims), outcome=st.sampled_from(["delivered", "retrying", "rejected", "crash"]))
    def conclude(self, held: tuple[int, Claim] | None, outcome: str) -> None:
        if held is None or outcome == "crash":
            return  # nobody tells the store; the claim runs out
        sender, claim = held
        outbox, wait = self.outboxes[sender], timedelta(minutes=5)

        def write_down() -> None:
            match outcome:
                case "delivered":
                    outbox.delivered(claim, self.now)
                case "retrying":
                    outbox.retrying(claim, self.now, "unreachable", wait)
                case _:
                    outbox.rejected(claim, self.now, "rejected")

        if not self._is_held(claim):
            with pytest.raises(ClaimLostError):
                write_down()
            return
        write_down()
        case = self.known[claim.header.case_id]
        self._move(case, CaseState(outcome))
        case.token, case.next_try_at = "", self.now + wait

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def retry_by_hand(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.known)))
        case = self.known[name]
        may = case.state in (CaseState.RETRYING, CaseState.REJECTED)
        assert self.outboxes[0].retry(name, self.now) is may
        if may:
            if case.state is CaseState.REJECTED:
                self._move(case, CaseState.RETRYING)
            case.next_try_at = self.now

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def take_away(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.known)))
        may = self.known[name].state in (*DUE, CaseState.REJECTED)
        assert self.outboxes[1].delete(name, self.now, "doubled") is may
        if may:
            del self.known[name]

    @rule(minutes=st.sampled_from([1, 6, 11, 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def restart(self) -> None:
        """The one process that sends died with all it held, and began anew."""
        held = [case for case in self.known.values() if case.state is CaseState.SENDING]
        assert self.outboxes[0].take_up_dead(self.now) == len(held)
        for case in held:
            self._move(case, CaseState.RETRYING)
            case.token, case.next_try_at = "", self.now

    @invariant()
    def both_say_the_same(self) -> None:
        rows = self.databases[1].rows("SELECT case_id, state, claimed_by FROM outbox")
        assert {row["case_id"]: (row["state"], row["claimed_by"]) for row in rows} == {
            name: (case.state, case.token if case.state is CaseState.SENDING else "")
            for name, case in self.known.items()
        }

    @invariant()
    def the_server_has_nothing_twice(self) -> None:
        assert len(self.server) == len(set(self.server))

    def _is_held(self, claim: Claim) -> bool:
        case = self.known.get(claim.header.case_id)
        return case is not None and case.state is CaseState.SENDING and case.token == claim.token

    def _move(self, case: _Known, state: CaseState) -> None:
        assert may_move(case.state, state), (case.state, state)
        case.state = state


TestOutboxNextToItsModel = OutboxNextToItsModel.TestCase
TestOutboxNextToItsModel.settings = settings(
    max_examples=int(os.environ.get("LOKET_MODEL_EXAMPLES", "40")), stateful_step_count=40, deadline=None
)
