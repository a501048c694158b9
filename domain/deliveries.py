# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits on this device to be sent, or was refused, as staff see it at the desk; without one case being opened.

The list is `sync.delivery_list`'s; sending is the sync service's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from domain.case_act import GiveUpReason


class DeleteReason(StrEnum):
    """Why a case is taken away for good. A choice and no sentence: what people type could name a citizen."""

    DOUBLED = "doubled"
    PRACTICE = "practice"
    ASKED_BY_CITIZEN = "asked-by-citizen"
    DONE_ON_PAPER = "done-on-paper"
    NOT_MEANT = "not-meant"


class DeliveryKind(StrEnum):
    """What is to be sent."""

    CASE = "case"
    ADDED = "added"  # what a citizen added to a case that arrived
    ACT = "act"  # what staff did to a case


class DeliveryState(StrEnum):
    """How it stands; the last three need a person."""

    WAITING = "waiting"  # was not tried yet
    RETRYING = "retrying"  # goes by itself when it can
    REJECTED = "rejected"
    CONFLICT = "conflict"  # somebody else changed the case too; solved at the case itself
    STILL_OPEN = "still_open"  # an answer that arrived, of a case that a person has to close


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """One line of the list."""

    kind: DeliveryKind
    key: str  # the case's reference; of an act its id
    reference: str
    about: str  # a service's id; of an act its kind
    state: DeliveryState
    since: datetime
    attempts: int = 0
    reason: str = ""  # slug of the last failure
    is_late: bool = False  # waits longer than the settings allow

    @property
    def needs_person(self) -> bool:
        """Tell whether waiting alone does not help."""
        return self.is_late or self.state not in (DeliveryState.WAITING, DeliveryState.RETRYING)

    @property
    def can_be_given_up(self) -> bool:
        """Tell whether staff may choose that it is not sent after all; a case itself is deleted instead."""
        return self.kind is not DeliveryKind.CASE and self.state is DeliveryState.REJECTED


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case that was written to a file for people."""

    file_name: str
    is_readable: bool  # False: still sealed, for somebody who has the key


class Deliveries(Protocol):
    """Joined by `commands.desk_deliveries`. For the store's lane, but for `export`, which may ask another process."""

    def waiting(self) -> Sequence[WaitingDelivery]:
        """Give what needs a person first, then the oldest.

        Raises: StoreError and its kinds.
        """
        ...

    def retry(self, delivery: WaitingDelivery) -> bool:
        """Make one due at once; False when it does not wait any more, or is a conflict."""
        ...

    def give_up(self, delivery: WaitingDelivery, staff_number: str, why: GiveUpReason) -> bool:
        """Send what was refused no more; what waits behind it goes. False when it is not refused any more."""
        ...

    def retry_all(self) -> int:
        """Make all due at once; give how many."""
        ...

    def export(self, reference: str, folder: Path) -> WrittenCase:
        """Write a case to a folder that staff name: readable where the key can be asked, else sealed.

        Raises: NotWrittenError, CounterError, StoreError and its kinds.
        """
        ...

    def delete(self, reference: str, why: DeleteReason) -> bool:
        """Take a case away for good; the audit log keeps why. False when it does not wait, or is being sent."""
        ...
