# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed and wants to go on with later, kept under a code on paper (feature C25).

Text answers only: a photo or a recording is not kept, and the citizen is told so before. How it is closed with the code
is `sync.draft_seal`'s, where it lies `sync.draft_book`'s.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from domain.answers import Answer, AnswerKind, Answers, Origin, Problem
from domain.service import AnswerType, ServiceDefinition
from domain.validation import understand

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """One service's answers, and the place in it where the citizen was."""

    service_id: str
    service_version: int
    language: str
    place: tuple[str, str]  # the name and detail of a `kiosk.spots.Spot`
    answers: Answers


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What the citizen takes home; `last_day` is None while the clock is doubted: then `days` counts."""

    draft_id: str
    code: str
    days: int
    last_day: date | None = None


class DraftOutcome(StrEnum):
    """What came of a code."""

    OPENED = "opened"
    WRONG_CODE = "wrong_code"
    EXPIRED = "expired"  # it was here; its last day is over, and now it is gone
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class DraftReply:
    """The answer to a code; `tries_left` with a wrong one, `locked_until` when locked, the rest when opened."""

    outcome: DraftOutcome
    draft: Draft | None = None
    draft_id: str = ""
    tries_left: int = 0
    locked_until: datetime | None = None


class DraftBook(Protocol):
    """Keeps drafts; over a SQLite file of its own in `sync.draft_book`. Each call takes about half a second."""

    def keep(self, draft: Draft, now: datetime, *, is_clock_doubtful: bool, instead_of: str = "") -> KeptDraft:
        """Keep a draft durably under a new code; the one it replaces goes in the same transaction.

        Raises: StoreError and its kinds, SealingError; then nothing changed.
        """
        ...

    def open(self, code: str, now: datetime, *, is_clock_doubtful: bool) -> DraftReply:
        """Answer a code; counts wrong ones, durably, and locks after five.

        Raises: StoreError and its kinds, SealingError.
        """
        ...

    def forget(self, draft_id: str) -> None:
        """Take a draft away; nothing happens when it is gone already.

        Raises: StoreError and its kinds; then it is still there.
        """
        ...


def draft_of(service: ServiceDefinition, answers: Answers, language: str, place: tuple[str, str]) -> Draft:
    """Make the draft of what was answered; photos and recordings stay out."""
    kept = {}
    for question in service.questions:
        answer = answers.get(question.id)
        bare = None if answer is None else without_files(question.type, answer)
        if bare is not None:
            kept[question.id] = bare
    return Draft(service.id, service.version, language, place, Answers(kept))


def without_files(kind: AnswerType, answer: Answer) -> Answer | None:
    """Give an answer without what lies beside it; None when nothing is left."""
    if answer.kind is not AnswerKind.GIVEN or kind not in (AnswerType.PHOTO, AnswerType.SPOKEN):
        return answer
    fields = {name: text for name, text in answer.fields.items() if kind is AnswerType.SPOKEN and name != "recording"}
    bare = replace(answer, fields=fields)
    return None if bare.is_empty else bare


def has_files(service: ServiceDefinition, answers: Answers) -> bool:
    """Tell whether there is a photo or a recording that a draft would leave out."""
    found = ((question, answers.get(question.id)) for question in service.questions)
    return any(answer is not None and without_files(question.type, answer) != answer for question, answer in found)


def fitting(draft: Draft, service: ServiceDefinition, today: date) -> Answers:
    """Give the answers that still fit: all of them in the version they were typed in, else what is still understood."""
    is_same = draft.service_version == service.version
    kept = {}
    for question in service.questions:
        answer = draft.answers.get(question.id)
        if answer is None:
            continue
        if (
            is_same
            or answer.kind is not AnswerKind.GIVEN
            or not isinstance(understand(question, answer, today), Problem)
        ):
            kept[question.id] = answer
    return Answers(kept)


def to_bytes(draft: Draft) -> bytes:
    """Give the one written form."""
    plain = {
        "format": FORMAT,
        "service_id": draft.service_id,
        "service_version": draft.service_version,
        "language": draft.language,
        "place": list(draft.place),
        "answers": [
            {"question": found.question_id, "kind": found.kind, "origin": found.origin, "fields": dict(found.fields)}
            for found in draft.answers
        ],
    }
    # Half a surrogate pair is no UTF-8, but an answer is kept as given.
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def from_bytes(plain: bytes) -> Draft:
    """Read the written form back.

    Raises: ValueError when the bytes are no draft of this format.
    """
    try:
        found = json.loads(plain.decode(errors="surrogatepass"))
        _look_at_format(found["format"])
        answers = (
            Answer(each["question"], AnswerKind(each["kind"]), each["fields"], Origin(each["origin"]))
            for each in found["answers"]
        )
        name, detail = found["place"]
        return Draft(
            service_id=str(found["service_id"]),
            service_version=int(found["service_version"]),
            language=str(found["language"]),
            place=(str(name), str(detail)),
            answers=Answers({answer.question_id: answer for answer in answers}),
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        # `from None`: the original would carry pieces of the plain text into a traceback.
        raise ValueError(f"not a draft: {type(error).__name__}") from None


def _look_at_format(written: object) -> None:
    if written != FORMAT:
        raise ValueError("unknown draft format")
