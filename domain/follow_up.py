# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen adds to a case that was handed in: a correction, a withdrawal, a reminder (C22, C28, U07).

It is sealed like the case itself and goes after it, in order; the case is never edited. `to_bytes` and `from_bytes` are
its one written form; what stands readable beside the sealed bytes is repeated inside them.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.case import CaseId

FORMAT = 1


class FollowUpKind(StrEnum):
    """What it is."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class FollowUpHeader:
    """What stands readable beside the sealed bytes, and again inside them."""

    follow_up_id: str
    case_id: CaseId
    kind: FollowUpKind
    made_at: datetime  # aware, UTC
    key_id: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A question and what its answer has to be from now on, in Dutch as shown."""

    question_id: str
    question: str
    answer: str
    origin: str = "self"  # Origin


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One addition, worded in Dutch already: sync words nothing."""

    header: FollowUpHeader
    title: str
    text: str  # "De inwoner meldde dit zelf op 22 november 2026."
    lines: tuple[ChangedLine, ...] = ()


def new_follow_up_id() -> str:
    """Make the id that stands in the case system's document, so that it is there once."""
    return str(uuid.uuid4())


def to_bytes(follow_up: FollowUp) -> bytes:
    """Write it down."""
    header = follow_up.header
    return json.dumps(
        {
            "format": FORMAT,
            "header": {
                "follow_up_id": header.follow_up_id,
                "case_id": header.case_id,
                "kind": header.kind.value,
                "made_at": header.made_at.astimezone(UTC).isoformat(),
                "key_id": header.key_id,
            },
            "title": follow_up.title,
            "text": follow_up.text,
            "lines": [[line.question_id, line.question, line.answer, line.origin] for line in follow_up.lines],
        },
        ensure_ascii=False,
    ).encode()


def from_bytes(written: bytes) -> FollowUp:
    """Read it back.

    Raises: ValueError, KeyError, TypeError when these bytes are none.
    """
    found = json.loads(written)
    if found["format"] != FORMAT:
        raise ValueError("a follow-up of another format")
    header = found["header"]
    return FollowUp(
        FollowUpHeader(
            follow_up_id=str(header["follow_up_id"]),
            case_id=CaseId(str(header["case_id"])),
            kind=FollowUpKind(header["kind"]),
            made_at=datetime.fromisoformat(header["made_at"]),
            key_id=str(header["key_id"]),
        ),
        title=str(found["title"]),
        text=str(found["text"]),
        lines=tuple(ChangedLine(*map(str, line)) for line in found["lines"]),
    )
