# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is sent for one case, whatever the profile: the whole case at the town hall, one sealed file from a library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.case import CaseId
from domain.errors import PracticeError
from domain.filled_by import NOBODY, FilledBy
from domain.practice import is_practice_case
from domain.submission import Document, Initiator, Submission, SubmissionHeader, answers_document


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that a delivery needs; words as the submission has them. There is none of a practice case."""

    case_id: CaseId
    reference: str
    case_type: str  # as the catalogue of the municipality identifies it
    title: str
    explanation: str
    submitted_at: datetime
    language: str
    documents: tuple[Document, ...]
    initiator: Initiator | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    service_id: str = ""
    filled_by: FilledBy = NOBODY

    def __post_init__(self) -> None:
        if is_practice_case(self.case_id):
            raise PracticeError("this case is only practice", "nothing to do: it is never sent")


def open_parcel(submission: Submission, case_type: str) -> Parcel:
    """Pack an opened submission: its documents, and its answers as a file beside them."""
    header = submission.header
    answers = Document(
        title=f"{submission.title} (JSON)",
        file_name=f"{header.reference}.json",
        media_type="application/json",
        content=answers_document(submission),
    )
    return Parcel(
        case_id=header.case_id,
        reference=header.reference,
        case_type=case_type,
        title=submission.title,
        explanation=submission.explanation,
        submitted_at=header.submitted_at,
        language=submission.language,
        documents=(*submission.documents, answers),
        initiator=submission.initiator,
        properties=submission.properties,
        service_id=header.service_id,
        filled_by=submission.filled_by,
    )


def sealed_parcel(header: SubmissionHeader, sealed: bytes, case_type: str) -> Parcel:
    """Pack a submission as it is, for whoever cannot open it (decision 4)."""
    name = f"Loket {header.reference}"
    document = Document(
        title=name, file_name=f"{header.reference}.loket", media_type="application/octet-stream", content=sealed
    )
    return Parcel(
        case_id=header.case_id,
        reference=header.reference,
        case_type=case_type,
        title=name,
        explanation="",
        submitted_at=header.submitted_at,
        language="nl",
        documents=(document,),
    )
