# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds what libraries added sealed to a case (a correction, withdrawal, reminder), and takes each in, once, in order.

`sync.follow_up_sender` carries them out. They begin as if tried before, like the cases of `sync.arrivals`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.case import CaseId
from domain.errors import SealingError
from domain.follow_up import FollowUpHeader, from_bytes
from domain.ports import Clock
from sync import audit_log, fingerprints
from sync.database import Database, stamp
from sync.follow_up_sender import SEALED_FROM
from sync.key_ring import KeyRing
from sync.zgw.api import Api
from sync.zgw.sealed_files import sealed_file

_DUTCH = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A zaak that a library made."""

    reference: str
    case_id: CaseId
    papers: str | None
    """Changes whenever a document is hung on the zaak; None where the case system does not tell."""


@dataclass(frozen=True, slots=True)
class AddedIn:
    """What was found at one case. What no key opens stops the later ones of its case: they go in order."""

    new: int = 0
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class AddedArrivals:
    """What was added to the cases of one store."""

    database: Database
    api: Api
    ring: KeyRing
    clock: Clock

    def take_in(self, arrived: Arrived) -> AddedIn:
        """Take in what is there and not here yet; asks only where a document came since the last look.

        Raises: DeliveryError and its kinds, StoreError and its kinds.
        """
        if arrived.papers is not None and arrived.papers == self._seen(arrived.case_id):
            return AddedIn()
        new = 0
        for number in range(self._last_number(arrived.case_id) + 1, 2 * SEALED_FROM):
            sealed = sealed_file(self.api, arrived.reference, arrived.case_id, SEALED_FROM + number)
            if sealed is None:
                break
            header = self._opened(sealed)
            if header is None or header.case_id != arrived.case_id:
                return AddedIn(new, is_readable=False)
            new += self._keep(header, number, sealed, self.clock.now())
        self._remember(arrived, self.clock.now())
        return AddedIn(new)

    def _opened(self, sealed: bytes) -> FollowUpHeader | None:
        try:
            return from_bytes(self.ring.open(sealed)).header
        except (SealingError, ValueError, KeyError, TypeError):
            return None

    def _last_number(self, case_id: CaseId) -> int:
        row = self.database.row("SELECT max(number) AS number FROM follow_ups WHERE case_id = ?", (case_id,))
        return int(row["number"] or 0) if row is not None else 0

    def _seen(self, case_id: CaseId) -> str | None:
        row = self.database.row("SELECT etag FROM case_news WHERE case_id = ?", (case_id,))
        return None if row is None else str(row["etag"])

    def _remember(self, arrived: Arrived, now: datetime) -> None:
        if arrived.papers is None:
            return
        with self.database.writing(survives_power_cut=False) as connection:
            connection.execute(
                "INSERT INTO case_news (case_id, etag, checked_at, next_ask_at) VALUES (:case_id, :etag, :now, :now)"
                " ON CONFLICT (case_id) DO UPDATE SET etag = excluded.etag, checked_at = excluded.checked_at",
                {"case_id": arrived.case_id, "etag": arrived.papers, "now": stamp(now)},
            )

    def _keep(self, header: FollowUpHeader, number: int, sealed: bytes, now: datetime) -> bool:
        with self.database.writing() as connection:
            kept = connection.execute(
                # Another process that looks at the same moment may have been first.
                "INSERT INTO follow_ups (follow_up_id, case_id, number, kind, made_at, made_on, key_id, sealed, state,"
                " attempts, next_try_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', 1, ?) ON CONFLICT DO NOTHING",
                (
                    header.follow_up_id,
                    header.case_id,
                    number,
                    header.kind.value,
                    stamp(header.made_at),
                    header.made_at.astimezone(_DUTCH).date().isoformat(),
                    header.key_id,
                    sealed,
                    stamp(now),
                ),
            ).rowcount
            if kept:
                row = connection.execute(
                    "SELECT * FROM follow_ups WHERE follow_up_id = ?", (header.follow_up_id,)
                ).fetchone()
                sums = f"{fingerprints.of_follow_up(row)} {fingerprints.of_sealed(sealed)}"
                audit_log.append(connection, now, f"arrived-{header.kind.value}", header.case_id, sums)
        return bool(kept)
