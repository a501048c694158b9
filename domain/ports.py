# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the domain asks of the world: small interfaces that `sync`, `kiosk` and the tests each implement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.case import CaseId, CaseSummary
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

    def summary(self, case_id: CaseId) -> CaseSummary | None:
        """Give what is known of a case, without opening it."""
        ...

    def summaries(self) -> Sequence[CaseSummary]:
        """Give all cases, oldest first."""
        ...

    def news_mark(self) -> int:
        """Give a number that changes whenever another process changed the store (PRAGMA data_version)."""
        ...
