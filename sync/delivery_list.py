# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lists what waits on this device: cases, what citizens added to them, and what staff did (`domain.deliveries`).

Opens nothing. Writing a case to a file is joined in `commands.desk_deliveries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from domain.case import CaseState, CaseSummary, raises_alarm
from domain.case_act import ActBook, ActState, GiveUpReason
from domain.deliveries import DeleteReason, DeliveryKind, DeliveryState, WaitingDelivery
from domain.ports import Clock
from sync import audit_log
from sync.database import Database, moment_of, stamp
from sync.outbox import Outbox
from sync.second_copy import SecondCopies

# What was added to a case that waits itself goes behind it.
_ADDED = """
    SELECT s.reference, s.service_id, f.state, f.made_at, f.attempts, f.reason
    FROM follow_ups AS f JOIN submissions AS s USING (case_id) JOIN outbox AS o USING (case_id)
    WHERE f.state IN ('pending', 'retrying', 'rejected')
        AND o.state NOT IN ('pending', 'sending', 'retrying', 'rejected')
    ORDER BY f.made_at
"""
_CASE_STATES = {CaseState.RETRYING: DeliveryState.RETRYING, CaseState.REJECTED: DeliveryState.REJECTED}
_STATES = {
    "pending": DeliveryState.WAITING,
    "retrying": DeliveryState.RETRYING,
    "rejected": DeliveryState.REJECTED,
    "conflict": DeliveryState.CONFLICT,
}


class DeliveryList:
    """What waits in one store and one book of acts; safe from any thread."""

    def __init__(
        self, database: Database, copies: SecondCopies, acts: ActBook | None, clock: Clock, patience: timedelta
    ) -> None:
        self.outbox = Outbox(database)
        self._database = database
        self._copies = copies
        self._acts = acts
        self._clock = clock
        self._patience = patience

    def waiting(self) -> Sequence[WaitingDelivery]:
        """Give what needs a person first, then the oldest.

        Raises: StoreError and its kinds.
        """
        now = self._clock.now()
        found = [*self._cases(now), *self._added(now), *self._of_staff(now)]
        return sorted(found, key=lambda one: (not one.needs_person, one.since))

    def retry(self, delivery: WaitingDelivery) -> bool:
        """Make one due at once; False when nothing of it waits that could be.

        Raises: StoreError and its kinds.
        """
        if delivery.kind is DeliveryKind.ACT:
            if self._acts is None or delivery.state in (DeliveryState.CONFLICT, DeliveryState.STILL_OPEN):
                return False
            self._acts.retry(delivery.key)
            return True
        case = self.outbox.find(delivery.reference)
        return case is not None and self.outbox.retry(case.case_id, self._clock.now())

    def give_up(self, delivery: WaitingDelivery, staff_number: str, why: GiveUpReason) -> bool:
        """Send what was refused no more; what waits behind it goes.

        Raises: StoreError and its kinds.
        """
        now = self._clock.now()
        if delivery.kind is DeliveryKind.ACT:
            return self._acts is not None and self._acts.give_up(delivery.key, staff_number, now, why)
        return delivery.kind is DeliveryKind.ADDED and self._give_up_added(delivery, staff_number, why, now)

    def retry_all(self) -> int:
        """Make all due at once; give how many.

        Raises: StoreError and its kinds.
        """
        # A case and what was added to it are released together.
        once = {(one.kind is DeliveryKind.ACT, one.key): one for one in self.waiting()}
        return sum(self.retry(one) for one in once.values())

    def delete(self, reference: str, why: DeleteReason) -> bool:
        """Take a case away for good.

        Raises: StoreError and its kinds.
        """
        case = self.outbox.find(reference)
        if case is None or not self.outbox.delete(case.case_id, self._clock.now(), why.value):
            return False
        self._copies.drop(case.case_id)
        return True

    def _give_up_added(self, delivery: WaitingDelivery, staff_number: str, why: GiveUpReason, now: datetime) -> bool:
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT f.follow_up_id, f.case_id, f.kind FROM follow_ups AS f JOIN submissions AS s USING (case_id)"
                " WHERE s.reference = ? AND f.made_at = ? AND f.state = 'rejected'",
                (delivery.reference, stamp(delivery.since)),
            ).fetchone()
            if row is None:
                return False
            # Over is over: nothing of it waits any more, in this store or in its second copy.
            connection.execute(
                "UPDATE follow_ups SET state = 'delivered', reason = 'given-up' WHERE follow_up_id = ?",
                (row["follow_up_id"],),
            )
            detail = f"given-up {why.value} {staff_number}"
            audit_log.append(connection, now, f"delivered-{row['kind']}", row["case_id"], detail)
        return True

    def _cases(self, now: datetime) -> Iterator[WaitingDelivery]:
        for case in self.outbox.waiting():
            yield _of_case(case, is_late=raises_alarm(case, now, self._patience))

    def _added(self, now: datetime) -> Iterator[WaitingDelivery]:
        for row in self._database.rows(_ADDED):
            since = moment_of(row["made_at"])
            yield WaitingDelivery(
                DeliveryKind.ADDED,
                row["reference"],
                row["reference"],
                row["service_id"],
                _STATES[row["state"]],
                since,
                row["attempts"],
                row["reason"],
                is_late=now - since > self._patience,
            )

    def _of_staff(self, now: datetime) -> Iterator[WaitingDelivery]:
        for act in self._acts.acts(only_open=True) if self._acts is not None else ():
            header = act.header
            state = _STATES.get(act.state, DeliveryState.WAITING)
            yield WaitingDelivery(
                DeliveryKind.ACT,
                header.act_id,
                header.reference,
                header.kind.value,
                state,
                header.at,
                act.attempts,
                act.reason,
                is_late=act.state is not ActState.CONFLICT and now - header.at > self._patience,
            )
        for act in self._acts.unfinished() if self._acts is not None else ():
            yield WaitingDelivery(
                DeliveryKind.ACT,
                act.header.act_id,
                act.header.reference,
                act.header.kind.value,
                DeliveryState.STILL_OPEN,
                act.header.at,
                reason=act.reason,
            )


def _of_case(case: CaseSummary, *, is_late: bool) -> WaitingDelivery:
    return WaitingDelivery(
        DeliveryKind.CASE,
        case.reference,
        case.reference,
        case.service_id,
        _CASE_STATES.get(case.state, DeliveryState.WAITING),
        case.submitted_at,
        case.attempts,
        case.reason,
        is_late,
    )
