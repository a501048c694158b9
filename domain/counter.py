# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a counter sees of cases: the work list, one opened case, and who tells of them (features S01, S08).

A `WorkItem` holds no personal data and may stand readable on the disk; a `CounterCase` does, and is given only to
somebody who signed in. What staff do to a case is `domain.case_act`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.case_act import ActConflict
from domain.filled_by import NOBODY, FilledBy
from domain.promise import working_days_between
from domain.staff import StaffMember
from domain.submission import Initiator, SubmissionLine


class Stage(StrEnum):
    """How far the handling of a case is, in the order of the work."""

    HERE = "here"  # on this device; the municipality does not have it yet
    NEW = "new"  # nobody took it on
    TAKEN = "taken"
    ASKED = "asked"  # something is missing and the citizen was asked for it; the term stands still
    ANSWERED = "answered"  # closed


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the work list."""

    reference: str
    service_id: str  # empty when the case type is of no service of ours
    title: str  # of the case type, in Dutch; never what somebody wrote
    stage: Stage
    submitted_at: datetime  # aware
    due_on: date | None  # the legal term, or what was promised; None when nobody said
    planned_on: date | None = None  # our own earlier day
    owner: str = ""  # the number of the member of staff who took it on, as text; empty: nobody
    owner_name: str = ""
    language: str = "nl"
    is_urgent: bool = False
    asks_call: bool = False  # the citizen asks to be called
    is_withdrawn: bool = False
    is_here: bool = False  # only on this device still, whatever staff did to it
    acts_waiting: int = 0  # what staff did here and the case system does not know yet
    has_conflict: bool = False  # somebody else changed it too; a person must choose
    device_id: str = ""  # where it was handed in, when that is known

    def days_left(self, today: date) -> int | None:
        """Give the working days until the first of its days; negative: late by so many. None: no day is known."""
        days = [day for day in (self.due_on, self.planned_on) if day is not None]
        return working_days_between(today, min(days)) if days else None

    def is_late(self, today: date) -> bool:
        """Tell whether its day has passed."""
        left = self.days_left(today)
        return left is not None and left < 0


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """What stands above the list."""

    cases: int = 0
    late: int = 0
    urgent: int = 0
    unsent_cases: int = 0  # of this device
    unsent_acts: int = 0
    conflicts: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A file of a case, by which `CounterDesk.document` finds it."""

    key: str
    title: str
    file_name: str
    media_type: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """What happened to a case: status, contact, call, act of staff. `text` is for people, in Dutch."""

    at: datetime
    kind: str  # status, contact, act, correction, withdrawal, reminder
    text: str
    by: str = ""
    is_waiting: bool = False  # an act that is still on this device


@dataclass(frozen=True, slots=True)
class CounterCase:
    """One case, opened: the citizen's own words, in the order in which they were asked."""

    item: WorkItem
    version: str  # of what the case system had; an act says on which version it is based. Empty: it has none yet
    initiator: Initiator
    explanation: str = ""
    lines: tuple[SubmissionLine, ...] = ()  # empty when the case system has no answers document of Loket
    facts: tuple[tuple[str, str], ...] = ()  # name and value of the zaakeigenschappen, for such a case
    documents: tuple[CaseDocument, ...] = ()
    seen: tuple[CaseEvent, ...] = ()  # "ID-kaart gezien 21-11 10:05 door rol balie" (S08)
    history: tuple[CaseEvent, ...] = ()  # oldest first
    fetched_at: datetime | None = None  # None: from this device itself
    filled_by: FilledBy = NOBODY  # "Ingevuld door een medewerker van de gemeente"


@dataclass(frozen=True, slots=True)
class WorkNews:
    """When the case system last told, and what went wrong since; slug and remedy, no personal data."""

    refreshed_at: datetime | None = None
    is_going_on: bool = False
    reason: str = ""


class WorkList(Protocol):
    """Reads the list from what lies readable on this device: quick, works without network, for the store's lane."""

    def page(
        self, limit: int, after: WorkItem | None = None, *, owner: str | None = None, search: str = ""
    ) -> Sequence[WorkItem]:
        """Give open cases, urgent ones before all, then those with the least days left; the next page is after `after`.

        `owner`: only of this member, "" for of nobody; `search`: in reference and title.

        Raises: StoreError and its kinds.
        """
        ...

    def item(self, reference: str) -> WorkItem | None:
        """Give one, closed or not."""
        ...

    def counts(self, today: date) -> WorkCounts:
        """Count what is open."""
        ...

    def news(self) -> WorkNews:
        """Tell how new the list is."""
        ...


class CounterDesk(Protocol):
    """Opens cases for a member of staff who signed in; the sync service does it, which alone has the key.

    Slow (another process): never on the UI thread. Raises: CounterError when the service is not there, does not know
    this sitting, or cannot open the case.
    """

    def begin(self, member: StaffMember, secret: str) -> None:
        """Begin a sitting: `secret` is the PIN or badge that was just accepted. The list is then refreshed."""
        ...

    def end(self) -> None:
        """End it; nothing can be opened any more."""
        ...

    def open(self, reference: str) -> CounterCase:
        """Give one case, with what staff did here on top of what the case system told."""
        ...

    def document(self, reference: str, key: str) -> bytes:
        """Give a file of a case."""
        ...

    def conflicts(self, reference: str = "") -> Sequence[ActConflict]:
        """Give what two changed, of one case or of all, opened: a person chooses with `ActBook.resolve`."""
        ...

    def refresh(self) -> None:
        """Ask the case system now."""
        ...

    def take_in_library(self) -> tuple[int, int]:
        """Open the sealed cases that libraries sent; give how many were completed, and how many could not be."""
        ...
