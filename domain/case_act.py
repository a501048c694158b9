# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What staff do to a case: written down here first, sealed, and told to the case system in order, each once.

An act says on which version of the case it is based. When somebody else changed the case since, it becomes a conflict
that a person solves: nobody overwrites another silently (S07).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

FORMAT = 1


class ActKind(StrEnum):
    """What was done. `given` says more, by the names behind each."""

    TAKE_ON = "take_on"  # "I do this one"
    GIVE_BACK = "give_back"
    ASK_MISSING = "ask_missing"
    """what: missing thing in words; kind; working_days; answer_by; called: yes or no; text: the message (S05)"""
    RESUME = "resume"  # what was missing is there; the term goes on
    CONTACT = "contact"
    """channel: phone, desk, mail, post; questions: how many; anonymous: yes or no; text: what it was about (S03)"""
    CALL_BACK = "call_back"
    """to: afdeling:, groep: or medewerker: and a name; day_part; language; name, phone, email: a task (S03)"""
    DOCUMENT_SEEN = "document_seen"  # document: kind; role; no number, no image (S08)
    FORWARD = "forward"  # to: the next owner; letter: to the citizen; hop: how often by now; text: why (S04)
    URGENT = "urgent"  # flag: which one, in words; kind; due_on; text: what to mind when home is not safe (H18)
    CORRECTION = "correction"  # route: lenient or strict; text: why strict, else empty (U07). Only adds
    ANSWER = "answer"
    """text: in plain words; result: the result type's name; rule, object_by: of a decision; tried. Closes the case"""


class ActState(StrEnum):
    """Where an act is. CONFLICT and REJECTED: a person must look."""

    PENDING = "pending"
    RETRYING = "retrying"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    DROPPED = "dropped"  # somebody chose what the other one did


CHANGES_THE_CASE = frozenset(
    {ActKind.TAKE_ON, ActKind.GIVE_BACK, ActKind.ASK_MISSING, ActKind.RESUME, ActKind.FORWARD, ActKind.ANSWER}
)
"""Acts that can overwrite another's; the others only add."""


@dataclass(frozen=True, slots=True)
class ActHeader:
    """What stands readable beside the sealed bytes, and again inside them."""

    act_id: str
    reference: str
    kind: ActKind
    at: datetime  # aware
    staff_number: str  # of who did it
    based_on: str  # `CounterCase.version` that was seen
    key_id: str


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act, worded in Dutch already."""

    header: ActHeader
    staff_name: str
    text: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))


@dataclass(frozen=True, slots=True)
class KeptAct:
    """An act as the book has it, unopened."""

    header: ActHeader
    state: ActState
    reason: str = ""  # slug of the last failure
    attempts: int = 0


class ConflictChoice(StrEnum):
    """What a person chooses when two changed one case."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"  # ours is added as a note beside theirs; nothing of either is lost


class GiveUpReason(StrEnum):
    """Why a refused act is not sent after all. A choice and no sentence: what people type could name a citizen."""

    TOLD = "told"  # the citizen knows
    DONE_ELSEWHERE = "done-elsewhere"  # somebody did it in the case system itself
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class ActConflict:
    """Two changes of one case: ours, that waits, and theirs, that is there."""

    mine: CaseAct
    their_what: str  # in Dutch, for people
    their_who: str
    their_at: datetime | None
    their_device: str = ""


class ActBook(Protocol):
    """Keeps acts; over SQLite in `sync.act_book`. For the store's lane."""

    def record(self, act: CaseAct) -> bool:
        """Seal and keep an act; durable on return. False when it is there already.

        An empty `header.key_id` becomes that of the key it is sealed with: a screen knows no keys.

        Raises: StoreError and its kinds (`domain.case_answer.CannotCloseError` too); then nothing was kept.
        """
        ...

    def acts(self, reference: str = "", *, only_open: bool = False) -> Sequence[KeptAct]:
        """Give the acts of a case, or of all, oldest first; `only_open`: not delivered and not dropped."""
        ...

    def resolve(self, act_id: str, choice: ConflictChoice, staff_number: str, at: datetime) -> None:
        """Solve a conflict; who chose what is logged. Without a conflict nothing happens."""
        ...

    def retry(self, act_id: str) -> None:
        """Try a rejected act again, and those behind it."""
        ...

    def give_up(self, act_id: str, staff_number: str, at: datetime, why: GiveUpReason) -> bool:
        """Drop a rejected act, so that those behind it go; its reason is kept, and who gave it up is logged.

        False where it is not rejected any more.
        """
        ...

    def unfinished(self) -> Sequence[KeptAct]:
        """Give the answers that arrived and could not close their case, as long as it is open: a person closes it."""
        ...


def new_act_id() -> str:
    """Make the id by which the case system is asked whether it has an act already."""
    return str(uuid.uuid4())


def to_bytes(act: CaseAct) -> bytes:
    """Write it down."""
    header = act.header
    return json.dumps(
        {
            "format": FORMAT,
            "header": {
                "act_id": header.act_id,
                "reference": header.reference,
                "kind": header.kind.value,
                "at": header.at.astimezone(UTC).isoformat(),
                "staff_number": header.staff_number,
                "based_on": header.based_on,
                "key_id": header.key_id,
            },
            "staff_name": act.staff_name,
            "text": act.text,
            "given": dict(act.given),
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode(errors="surrogatepass")


def from_bytes(written: bytes) -> CaseAct:
    """Read it back.

    Raises: ValueError when these bytes are none.
    """
    try:
        found = json.loads(written)
        if found["format"] != FORMAT:
            raise ValueError("an act of another format")
        header = found["header"]
        return CaseAct(
            ActHeader(
                act_id=str(header["act_id"]),
                reference=str(header["reference"]),
                kind=ActKind(header["kind"]),
                at=datetime.fromisoformat(header["at"]),
                staff_number=str(header["staff_number"]),
                based_on=str(header["based_on"]),
                key_id=str(header["key_id"]),
            ),
            staff_name=str(found["staff_name"]),
            text=str(found["text"]),
            given={str(name): str(value) for name, value in found["given"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an act: {type(error).__name__}") from None
