# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The complete thing that leaves the visitor's hands: answers, Dutch lines, the PDF and what the case system needs.

It is sealed once and never edited. `to_bytes` and `from_bytes` are its one written form; the header is part of it, so
that a row whose readable columns were changed is noticed when it is opened (decision 3).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from domain import document_seen
from domain.case import CaseId
from domain.document_seen import DocumentSeen
from domain.filled_by import NOBODY, FilledBy, as_table, from_table

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """What stands readable beside the sealed bytes, and again inside them."""

    case_id: CaseId
    reference: str
    service_id: str
    service_version: int
    submitted_at: datetime  # aware, UTC
    key_id: str


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One question and its answer, in Dutch as shown, and as given."""

    question_id: str
    question: str
    answer: str
    kind: str  # AnswerKind
    origin: str  # Origin
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))


@dataclass(frozen=True, slots=True)
class Initiator:
    """Who asks; every field may be empty, for nobody has to say who he is."""

    name: str = ""
    birth_date: str = ""  # ISO date, or empty
    phone: str = ""  # E.164
    email: str = ""
    address: str = ""  # one line, for people
    reach: str = ""  # how the citizen wants to hear: phone, email, post, text, comes_back, someone_else
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with the case."""

    title: str
    file_name: str  # never bears personal data
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything that sync carries; sync words and renders nothing."""

    header: SubmissionHeader
    device_id: str
    case_type: str  # key; the settings map it to a zaaktype identificatie
    title: str  # Dutch, at most 80 characters: the zaak's omschrijving
    explanation: str  # Dutch, at most 1000 characters: the zaak's toelichting
    language: str
    legal_effect: str
    is_urgent: bool
    needs_person: bool  # an answer was unknown, declined or different
    promised_on: date
    owner: str
    initiator: Initiator
    lines: tuple[SubmissionLine, ...]
    properties: Mapping[str, str]  # zaakeigenschap name -> value
    documents: tuple[Document, ...]  # the PDF first
    filled_by: FilledBy = NOBODY  # the member of staff who typed it for the citizen
    document_seen: DocumentSeen | None = None  # the ID document that answers were read from, when its chip held

    def __post_init__(self) -> None:
        object.__setattr__(self, "properties", MappingProxyType(dict(self.properties)))


def to_bytes(submission: Submission) -> bytes:
    """Give the one written form: JSON, UTF-8, sorted keys."""
    plain = json.dumps(_plain(submission), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half a surrogate pair is no UTF-8, but an answer is kept as given and must never stop a case.
    return plain.encode(errors="surrogatepass")


def answers_document(submission: Submission) -> bytes:
    """Give the readable JSON that is registered beside the PDF: all but the files."""
    plain = _plain(submission)
    del plain["documents"]
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True).encode(errors="replace")


def _plain(submission: Submission) -> dict[str, Any]:
    header = submission.header
    # Only where somebody did: what a citizen filled in alone is written as it always was.
    by_staff = {"filled_by": as_table(submission.filled_by)} if submission.filled_by.is_somebody else {}
    seen = submission.document_seen
    by_chip = {"document_seen": document_seen.as_table(seen)} if seen is not None else {}
    return {
        "format": FORMAT,
        "header": {
            "case_id": header.case_id,
            "reference": header.reference,
            "service_id": header.service_id,
            "service_version": header.service_version,
            "submitted_at": header.submitted_at.isoformat(),
            "key_id": header.key_id,
        },
        "device_id": submission.device_id,
        "case_type": submission.case_type,
        "title": submission.title,
        "explanation": submission.explanation,
        "language": submission.language,
        "legal_effect": submission.legal_effect,
        "is_urgent": submission.is_urgent,
        "needs_person": submission.needs_person,
        "promised_on": submission.promised_on.isoformat(),
        "owner": submission.owner,
        "initiator": {name: getattr(submission.initiator, name) for name in Initiator.__slots__},
        "lines": [
            {
                "question_id": line.question_id,
                "question": line.question,
                "answer": line.answer,
                "kind": line.kind,
                "origin": line.origin,
                "given": dict(line.given),
            }
            for line in submission.lines
        ],
        "properties": dict(submission.properties),
        "documents": [
            {
                "title": document.title,
                "file_name": document.file_name,
                "media_type": document.media_type,
                "content": base64.b64encode(document.content).decode(),
            }
            for document in submission.documents
        ],
        **by_staff,
        **by_chip,
    }


def from_bytes(plain: bytes) -> Submission:
    """Read the written form back.

    Raises: ValueError when the bytes are no submission of this format.
    """
    try:
        found = json.loads(plain)
        if found["format"] != FORMAT:
            raise ValueError("unknown submission format")
        header = found["header"]
        return Submission(
            header=SubmissionHeader(
                case_id=CaseId(header["case_id"]),
                reference=header["reference"],
                service_id=header["service_id"],
                service_version=int(header["service_version"]),
                submitted_at=datetime.fromisoformat(header["submitted_at"]),
                key_id=header["key_id"],
            ),
            device_id=found["device_id"],
            case_type=found["case_type"],
            title=found["title"],
            explanation=found["explanation"],
            language=found["language"],
            legal_effect=found["legal_effect"],
            is_urgent=bool(found["is_urgent"]),
            needs_person=bool(found["needs_person"]),
            promised_on=date.fromisoformat(found["promised_on"]),
            owner=found["owner"],
            initiator=Initiator(**found["initiator"]),
            lines=tuple(SubmissionLine(**line) for line in found["lines"]),
            properties=found["properties"],
            documents=tuple(
                Document(
                    title=document["title"],
                    file_name=document["file_name"],
                    media_type=document["media_type"],
                    content=base64.b64decode(document["content"], validate=True),
                )
                for document in found["documents"]
            ),
            filled_by=from_table(found["filled_by"]) if "filled_by" in found else NOBODY,
            document_seen=document_seen.from_table(found["document_seen"]) if "document_seen" in found else None,
        )
    except (KeyError, TypeError, RecursionError) as error:
        # `from None`: the original would carry pieces of the plain text into a traceback.
        raise ValueError(f"not a submission: {type(error).__name__}") from None
