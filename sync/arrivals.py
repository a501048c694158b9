# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the sealed cases that libraries sent, and takes each into a store here, once (decision 4).

From there `sync.engine` completes them by the recipe of every case. They begin as if tried before, so that each step is
looked for at the case system before it is made: whoever loses this store makes nothing twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import SealingError
from domain.ports import Clock
from domain.submission import Submission, from_bytes
from sync import audit_log
from sync.catalogue import Catalogue
from sync.database import Database, stamp
from sync.key_ring import KeyRing
from sync.zgw import bodies
from sync.zgw.api import Api
from sync.zgw.catalogi import items_of

_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was found: new cases, and references of those that no key opens or that are not what they say."""

    new: int
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
        new, unreadable = 0, []
        for reference, case_id in self._there():
            if self.database.row("SELECT 1 FROM submissions WHERE case_id = ?", (case_id,)) is not None:
                continue
            sealed = self._sealed(reference, case_id)
            if sealed is None:
                continue  # the library has not sent the file yet
            submission = self._opened(sealed)
            header = submission.header if submission is not None else None
            if submission is None or header is None or (header.case_id, header.reference) != (case_id, reference):
                unreadable.append(reference)
                continue
            self._keep(submission, sealed, self.clock.now())
            new += 1
        return TakenIn(new, tuple(unreadable))

    def _there(self) -> Iterator[tuple[str, str]]:
        url = Catalogue(self.api, self.document_type).case_type(self.case_type).url
        for page in range(1, _MOST_PAGES + 1):
            found = self.api.get("zaken", "zaken", {"zaaktype": url, "page": str(page)})
            for zaak in items_of(found):
                case_id = _our_mark(zaak)
                if case_id:
                    yield str(zaak.get("identificatie", "")), case_id
            if not isinstance(found, dict) or not found.get("next"):
                return

    def _sealed(self, reference: str, case_id: str) -> bytes | None:
        query = {"identificatie": f"{reference}-1", "bronorganisatie": self.api.settings.rsin}
        for document in items_of(self.api.get("documenten", "enkelvoudiginformatieobjecten", query)):
            name, url = document.get("bestandsnaam"), str(document.get("url", ""))
            is_ours = document.get("beschrijving") == f"{bodies.SOURCE} {case_id}"
            if is_ours and name == f"{reference}.loket" and url:
                return self.api.file("documenten", f"{self.api.path_of(url)}/download")
        return None

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
            audit_log.append(connection, now, "arrived", header.case_id)


def _our_mark(zaak: Mapping[str, Any]) -> str:
    marks = zaak.get("kenmerken")
    for mark in marks if isinstance(marks, list) else []:
        if isinstance(mark, dict) and mark.get("bron") == bodies.SOURCE:
            return str(mark.get("kenmerk", ""))
    return ""
