# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cases for the tests of store and sync: complete, with nobody's real data."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.case import CaseId, CaseState, CaseSummary
from domain.ports import Sealer
from domain.reference import new_reference
from domain.submission import Document, Initiator, Submission, SubmissionHeader, SubmissionLine, to_bytes
from sync.case_store import SqliteCaseStore
from tests.fakes.clock import TUESDAY

MARK = "Zeldzamenaam"
"""Stands in the answers of every sample: where it is found, personal data is."""


def submission(
    service_id: str = "verhuizen", at: datetime = TUESDAY, key_id: str = "0" * 16, **changes: Any
) -> Submission:
    """Make a complete submission."""
    header = SubmissionHeader(
        case_id=CaseId(str(uuid.uuid4())),
        reference=new_reference(),
        service_id=service_id,
        service_version=3,
        submitted_at=at,
        key_id=key_id,
    )
    made = Submission(
        header=header,
        device_id="bieb-voorbeeld-01",
        case_type=service_id,
        title="Verhuizing doorgeven",
        explanation="Nieuw adres vanaf 1 december.",
        language="nl",
        legal_effect="report",
        is_urgent=False,
        needs_person=False,
        promised_on=date(2026, 12, 1),
        owner="Burgerzaken",
        initiator=Initiator(f"Anna {MARK}", "1951-03-09", "+31612345678", "anna@voorbeeld.example", "", "phone"),
        lines=(SubmissionLine("naam", "Wat is uw naam?", f"Anna {MARK}", "given", "self", {"text": f"Anna {MARK}"}),),
        properties={"postcode": "1234 AB", "huisnummer": "7"},
        documents=(Document("Verhuizing doorgeven", f"{header.reference}.pdf", "application/pdf", b"%PDF-1.7 klein"),),
    )
    return replace(made, **changes)


def summary(made: Submission) -> CaseSummary:
    """Give what may be known of it."""
    header = made.header
    return CaseSummary(
        case_id=header.case_id,
        reference=header.reference,
        service_id=header.service_id,
        service_version=header.service_version,
        state=CaseState.PENDING,
        submitted_at=header.submitted_at,
        promised_on=made.promised_on,
        is_urgent=made.is_urgent,
    )


def hand_in(store: SqliteCaseStore, sealer: Sealer, **changes: Any) -> Submission:
    """Make a submission and keep it, as intake does."""
    made = submission(key_id=sealer.key_id, **changes)
    store.submit(made.header, sealer.seal(to_bytes(made)), summary(made), "4711")
    store.write_copies()
    return made
