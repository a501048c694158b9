# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one written form of an opened case and of a conflict: JSON, never pickled.

So it is sealed in the counter's file, and so it goes over the line between the sync service and a desk.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain import case_act
from domain.case_act import ActConflict
from domain.counter import CaseDocument, CaseEvent, CounterCase, Stage, WorkItem
from domain.filled_by import NOBODY, as_table, from_table
from domain.submission import Initiator, SubmissionLine

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A copied case and where its files are."""

    case: CounterCase
    files: Mapping[str, str] = field(default_factory=dict)  # key of a document -> its address
    acts: frozenset[str] = frozenset()  # acts of staff that the case system showed, by their id


def kept_bytes(kept: KeptCase) -> bytes:
    """Write a copied case, to be sealed."""
    plain = {"case": plain_case(kept.case), "files": dict(kept.files), "acts": sorted(kept.acts)}
    return json.dumps(plain, ensure_ascii=False).encode(errors="replace")


def kept_of(written: bytes) -> KeptCase:
    """Read a copied case back.

    Raises: ValueError when it is none.
    """
    try:
        plain = json.loads(written)
        files = {str(key): str(address) for key, address in plain["files"].items()}
        return KeptCase(case_of(plain["case"]), files, frozenset(map(str, plain["acts"])))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a copied case: {type(error).__name__}") from None


def plain_case(case: CounterCase) -> Plain:
    """Write a case."""
    by_staff = {"filled_by": as_table(case.filled_by)} if case.filled_by.is_somebody else {}
    return {
        "item": _plain_item(case.item),
        "version": case.version,
        "initiator": {name: getattr(case.initiator, name) for name in Initiator.__slots__},
        "explanation": case.explanation,
        "lines": [
            {
                "question_id": line.question_id,
                "question": line.question,
                "answer": line.answer,
                "kind": line.kind,
                "origin": line.origin,
                "given": dict(line.given),
            }
            for line in case.lines
        ],
        "facts": [list(fact) for fact in case.facts],
        "documents": [
            {
                "key": document.key,
                "title": document.title,
                "file_name": document.file_name,
                "media_type": document.media_type,
                "size": document.size,
            }
            for document in case.documents
        ],
        "seen": [_plain_event(event) for event in case.seen],
        "history": [_plain_event(event) for event in case.history],
        "fetched_at": case.fetched_at.isoformat() if case.fetched_at else "",
        **by_staff,
    }


def case_of(plain: Plain) -> CounterCase:
    """Read a case back.

    Raises: ValueError when it is none; nothing of it stands in the text of the error.
    """
    try:
        return CounterCase(
            item=_item_of(plain["item"]),
            version=str(plain["version"]),
            initiator=Initiator(**{str(name): str(value) for name, value in plain["initiator"].items()}),
            explanation=str(plain["explanation"]),
            lines=tuple(line_of(line) for line in plain["lines"]),
            facts=tuple((str(name), str(value)) for name, value in plain["facts"]),
            documents=tuple(
                CaseDocument(
                    key=str(each["key"]),
                    title=str(each["title"]),
                    file_name=str(each["file_name"]),
                    media_type=str(each["media_type"]),
                    size=int(each["size"]),
                )
                for each in plain["documents"]
            ),
            seen=tuple(_event_of(event) for event in plain["seen"]),
            history=tuple(_event_of(event) for event in plain["history"]),
            fetched_at=datetime.fromisoformat(plain["fetched_at"]) if plain["fetched_at"] else None,
            filled_by=from_table(plain["filled_by"]) if "filled_by" in plain else NOBODY,
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an opened case: {type(error).__name__}") from None


def plain_conflict(conflict: ActConflict) -> Plain:
    """Write a conflict."""
    return {
        "mine": case_act.to_bytes(conflict.mine).decode(errors="replace"),
        "their_what": conflict.their_what,
        "their_who": conflict.their_who,
        "their_at": conflict.their_at.isoformat() if conflict.their_at else "",
        "their_device": conflict.their_device,
    }


def conflict_of(plain: Plain) -> ActConflict:
    """Read a conflict back.

    Raises: ValueError.
    """
    try:
        return ActConflict(
            mine=case_act.from_bytes(str(plain["mine"]).encode()),
            their_what=str(plain["their_what"]),
            their_who=str(plain["their_who"]),
            their_at=datetime.fromisoformat(plain["their_at"]) if plain["their_at"] else None,
            their_device=str(plain["their_device"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a conflict: {type(error).__name__}") from None


def _plain_item(item: WorkItem) -> Plain:
    return {
        "reference": item.reference,
        "service_id": item.service_id,
        "title": item.title,
        "stage": item.stage.value,
        "submitted_at": item.submitted_at.isoformat(),
        "due_on": item.due_on.isoformat() if item.due_on else "",
        "planned_on": item.planned_on.isoformat() if item.planned_on else "",
        "owner": item.owner,
        "owner_name": item.owner_name,
        "language": item.language,
        "is_urgent": item.is_urgent,
        "asks_call": item.asks_call,
        "is_withdrawn": item.is_withdrawn,
        "acts_waiting": item.acts_waiting,
        "has_conflict": item.has_conflict,
        "is_here": item.is_here,
        "device_id": item.device_id,
    }


def _item_of(plain: Plain) -> WorkItem:
    return WorkItem(
        reference=str(plain["reference"]),
        service_id=str(plain["service_id"]),
        title=str(plain["title"]),
        stage=Stage(plain["stage"]),
        submitted_at=datetime.fromisoformat(plain["submitted_at"]),
        due_on=date.fromisoformat(plain["due_on"]) if plain["due_on"] else None,
        planned_on=date.fromisoformat(plain["planned_on"]) if plain["planned_on"] else None,
        owner=str(plain["owner"]),
        owner_name=str(plain["owner_name"]),
        language=str(plain["language"]),
        is_urgent=bool(plain["is_urgent"]),
        asks_call=bool(plain["asks_call"]),
        is_withdrawn=bool(plain["is_withdrawn"]),
        acts_waiting=int(plain["acts_waiting"]),
        has_conflict=bool(plain["has_conflict"]),
        is_here=bool(plain.get("is_here")),
        device_id=str(plain["device_id"]),
    )


def line_of(plain: Plain) -> SubmissionLine:
    """Read a question and its answer, as `domain.submission` writes them too.

    Raises: KeyError, TypeError, AttributeError when it is none.
    """
    return SubmissionLine(
        question_id=str(plain["question_id"]),
        question=str(plain["question"]),
        answer=str(plain["answer"]),
        kind=str(plain["kind"]),
        origin=str(plain["origin"]),
        given={str(name): str(value) for name, value in plain["given"].items()},
    )


def _plain_event(event: CaseEvent) -> Plain:
    return {
        "at": event.at.isoformat(),
        "kind": event.kind,
        "text": event.text,
        "by": event.by,
        "is_waiting": event.is_waiting,
    }


def _event_of(plain: Plain) -> CaseEvent:
    return CaseEvent(
        at=datetime.fromisoformat(plain["at"]),
        kind=str(plain["kind"]),
        text=str(plain["text"]),
        by=str(plain["by"]),
        is_waiting=bool(plain["is_waiting"]),
    )
