# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parts of one question are made of: its words, its place in the journey and what was done on its screen.

The screen itself is `kiosk.screens.question`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.answers import Answer, AnswerKind, Origin, Problem
from domain.attachment import NOTHING_HEARD, Attachment, Heard, ShelfPicture
from domain.journey import Journey
from domain.service import Question
from kiosk.screens.words import Words
from kiosk.view import Field, Keyboard

# Fields that stand alone on their screen; the question's own example belongs to them.
SINGLE_FIELDS = frozenset({"text", "phone", "email", "number", "amount", "plate"})


@dataclass(frozen=True, slots=True)
class QuestionState:
    """What the visitor has done on this screen so far."""

    kind: AnswerKind = AnswerKind.GIVEN
    fields: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None
    shows_why: bool = False
    way: str = ""  # which of the equal ways to answer is shown; empty: the one that was used
    origin: Origin = Origin.SELF  # whose hand it is of

    def answer(self, question_id: str) -> Answer:
        """Give it as an answer, exactly as given."""
        if self.kind is AnswerKind.GIVEN:
            return Answer(question_id, fields=self.fields, origin=self.origin)
        text = self.fields.get("text", "") if self.kind is AnswerKind.DIFFERENT else ""
        return Answer(question_id, self.kind, {"text": text} if text else {}, self.origin)


class Phase(StrEnum):
    """What the microphone is doing."""

    QUIET = "quiet"
    RECORDING = "recording"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the answers: photos and recordings, what can be chosen, and what a device is doing."""

    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    shelf: tuple[ShelfPicture, ...] | None = None  # None: being looked for
    is_fetching: bool = False
    phase: Phase = Phase.QUIET
    heard: Heard = NOTHING_HEARD


@dataclass(frozen=True, slots=True)
class Asked:
    """What the parts of an answer are made of."""

    words: Words
    journey: Journey
    question: Question
    state: QuestionState
    error: str
    beside: Beside


def field_of(
    asked: Asked,
    name: str,
    label: str,
    *,
    shows_error: bool = True,
    keyboard: Keyboard = Keyboard.TEXT,
    width: int = 24,
    lines: int = 1,
) -> Field:
    """Make the field of that name, with what was typed in it, its example and its error."""
    state, question = asked.state, asked.question
    text = state.fields.get(name, "") if state.kind is AnswerKind.GIVEN else ""
    blamed = state.problem is not None and state.problem.field in ("", name)
    return Field(
        name,
        asked.words.tr(f"field.{label}"),
        text,
        keyboard=keyboard,
        width=width,
        lines=lines,
        example=_example(asked) if name in SINGLE_FIELDS else "",
        error=asked.error if blamed and shows_error else "",
        privacy=question.privacy,
    )


def _example(asked: Asked) -> str:
    key = f"question.{asked.question.id}.example"
    if not asked.words.has(asked.journey.definition, key):
        return ""
    return asked.words.tr("question.example", example=asked.words.service(asked.journey.definition, key))
