# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the sealed cases that libraries sent, and takes each into a store here, once (decision 4).

From there `sync.engine` completes them by the recipe of every case. They begin as if tried before, so that each step is
looked for at the case system before it is made: whoever loses this store makes nothing twice.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.case import CaseId
from domain.errors import SealingError
from domain.ports import Clock
from domain.submission import Submission, from_bytes
from sync import audit_log, fingerprints
from sync.added_arrivals import AddedArrivals, Arrived
from sync.catalogue import Catalogue
from sync.database import Database, stamp
from sync.key_ring import KeyRing
from sync.zgw import bodies
from sync.zgw.api import Api
from sync.zgw.catalogi import items_of
from sync.zgw.sealed_files import sealed_file

_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was found: new cases and new additions, and references of what no key opens or is not what it says."""

    new: int
    added: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The sealed cases of one intake case type."""

    database: Database
    api: Api
    ring: KeyRing
    clock: Clock
    case_type: str
    document_type: str

    def take_in(self) -> TakenIn:
        """Take in what is there and not here yet.

        Raises: DeliveryError and its kinds, StoreError and its kinds.
        """
        new, added, unreadable = 0, 0, []
        let_go = self._let_go()
        added_arrivals = AddedArrivals(self.database, self.api, self.ring, self.clock)
        for arrived in self._there():
            if not self._is_here(arrived.case_id):
                if arrived.case_id in let_go and let_go[arrived.case_id] in ("", arrived.papers):
                    continue  # completed long ago, and nothing came since
                sealed = sealed_file(self.api, arrived.reference, arrived.case_id, 1)
                if sealed is None:
                    continue  # the library has not sent the file yet
                if not self._take_in_case(arrived, sealed):
                    unreadable.append(arrived.reference)
                    continue
                new += 1
            found = added_arrivals.take_in(arrived)
            added += found.new
            if not found.is_readable:
                unreadable.append(arrived.reference)
        return TakenIn(new, added, tuple(unreadable))

    def _is_here(self, case_id: CaseId) -> bool:
        return self.database.row("SELECT 1 FROM submissions WHERE case_id = ?", (case_id,)) is not None

    def _let_go(self) -> Mapping[str, str]:
        """Give the cases that retention took away, each with the mark of the papers that it had then."""
        rows = self.database.rows("SELECT case_id, detail FROM audit_log WHERE event = 'removed' ORDER BY number")
        return {row["case_id"]: row["detail"].partition(" ")[2] for row in rows}

    def _take_in_case(self, arrived: Arrived, sealed: bytes) -> bool:
        submission = self._opened(sealed)
        if submission is None:
            return False
        header = submission.header
        if (header.case_id, header.reference) != (arrived.case_id, arrived.reference):
            return False
        self._keep(submission, sealed, self.clock.now())
        return True

    def _there(self) -> Iterator[Arrived]:
        url = Catalogue(self.api, self.document_type).case_type(self.case_type).url
        for page in range(1, _MOST_PAGES + 1):
            found = self.api.get("zaken", "zaken", {"zaaktype": url, "page": str(page)})
            for zaak in items_of(found):
                case_id = _our_mark(zaak)
                if case_id:
                    yield Arrived(str(zaak.get("identificatie", "")), CaseId(case_id), _papers_of(zaak))
            if not isinstance(found, dict) or not found.get("next"):
                return

    def _opened(self, sealed: bytes) -> Submission | None:
        try:
            return from_bytes(self.ring.open(sealed))
        except (SealingError, ValueError):
            return None

    def _keep(self, submission: Submission, sealed: bytes, now: datetime) -> None:
        header = submission.header
        with self.database.writing() as connection:
            connection.execute(
                "INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    header.case_id,
                    header.reference,
                    header.service_id,
                    header.service_version,
                    stamp(header.submitted_at),
                    header.key_id,
                    sealed,
                    # The four digits stay at the library; here no digits fit.
                    secrets.token_bytes(16),
                    secrets.token_bytes(64),
                ),
            )
            connection.execute(
                "INSERT INTO outbox (case_id, state, promised_on, is_urgent, attempts, next_try_at, changed_at)"
                " VALUES (?, 'pending', ?, ?, 1, ?, ?)",
                (header.case_id, submission.promised_on.isoformat(), submission.is_urgent, stamp(now), stamp(now)),
            )
            row = connection.execute(
                "SELECT s.*, o.is_urgent, o.promised_on FROM submissions AS s JOIN outbox AS o USING (case_id)"
                " WHERE case_id = ?",
                (header.case_id,),
            ).fetchone()
            sums = f"{fingerprints.of_submission(row)} {fingerprints.of_sealed(sealed)} {row['promised_on']}"
            audit_log.append(connection, now, "arrived", header.case_id, sums)


def _our_mark(zaak: Mapping[str, Any]) -> str:
    marks = zaak.get("kenmerken")
    for mark in marks if isinstance(marks, list) else []:
        if isinstance(mark, dict) and mark.get("bron") == bodies.SOURCE:
            return str(mark.get("kenmerk", ""))
    return ""


def _papers_of(zaak: Mapping[str, Any]) -> str | None:
    links = zaak.get("zaakinformatieobjecten")
    if not isinstance(links, list):
        return None
    return hashlib.blake2b("\n".join(sorted(map(str, links))).encode(), digest_size=16).hexdigest()
