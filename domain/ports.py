# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the domain asks of the world: small interfaces that `sync`, `kiosk` and the tests each implement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.case import CaseId, CaseSummary
from domain.follow_up import FollowUpHeader
from domain.outage import Outage
from domain.status_check import StatusReply
from domain.submission import SubmissionHeader
from domain.understanding import Reply, TextVersion


class Clock(Protocol):
    """Tells the time, so that a test can play with it."""

    def now(self) -> datetime:
        """Give the present moment, aware and in UTC."""
        ...


class Sealer(Protocol):
    """Closes a submission so that only the holder of the private key can open it."""

    @property
    def key_id(self) -> str:
        """Name the public key that is used."""
        ...

    def seal(self, plain: bytes) -> bytes:
        """Give the sealed form."""
        ...


class UnderstandingLog(Protocol):
    """Counts whether texts are understood; losing a count harms nobody, so it never raises."""

    def count(self, text: TextVersion, reply: Reply) -> None:
        """Count one reply."""
        ...


class CaseStore(Protocol):
    """Keeps submitted cases; implemented over SQLite in `sync.case_store`, in memory for tests."""

    def submit(self, header: SubmissionHeader, sealed: bytes, details: CaseSummary, status_code: str) -> None:
        """Write the sealed submission, its outbox row and its audit row in one transaction; durable on return.

        `status_code` are the four digits on the receipt; only a salted hash of them is kept.

        Raises: StoreFullError, StoreReadOnlyError, StoreDamagedError, StoreError; then nothing was written.
        """
        ...

    def write_copies(self) -> None:
        """Do for what was submitted here what need not be done before the citizen is told; never raises."""
        ...

    def forget(self, case_id: CaseId) -> bool:
        """Take away a case of which nobody was told, unless a sender has it; tell whether it is certainly not there.

        Raises: StoreError and its kinds.
        """
        ...

    def summary(self, case_id: CaseId) -> CaseSummary | None:
        """Give what is known of a case, without opening it."""
        ...

    def summaries(self) -> Sequence[CaseSummary]:
        """Give all cases, oldest first."""
        ...

    def last_seen(self) -> datetime | None:
        """Give the latest moment that was written down here with a clock that could be right."""
        ...

    def clock_gap(self) -> timedelta | None:
        """Give how far a server's clock was ahead of ours, where the last one that told it said that ours is wrong."""
        ...

    def news_mark(self) -> int:
        """Give a number that changes whenever another process changed the store (PRAGMA data_version)."""
        ...


class StatusBook(Protocol):
    """Tells how far a case is, and takes what a citizen adds to it; over SQLite in `sync.status_book`."""

    def look_up(self, reference: str, status_code: str, now: datetime) -> StatusReply:
        """Answer who has the number and the code of a receipt; counts wrong codes, durably, and locks after five.

        Raises: StoreError and its kinds.
        """
        ...

    def add(self, header: FollowUpHeader, sealed: bytes) -> bool:
        """Keep a correction, withdrawal or reminder; durable on return. False when it is there already.

        Raises: StoreError and its kinds; then nothing was kept.
        """
        ...


class OutageBook(Protocol):
    """Tells which services the municipality closed for now; over a file in `sync.outages`."""

    def outages(self, now: datetime) -> Mapping[str, Outage]:
        """Give the closed services by id: the last that was heard, however long ago; never raises."""
        ...
