# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A mistake that was told: the questions of a case, one to answer anew, and all new answers before they are kept.

No earlier answer is ever shown, and no word of a fine: who tells of his own mistake is thanked (C28, U07).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.answers import Answer, Answers, Origin
from domain.follow_up import ChangedLine
from domain.journey import Ask, Journey
from domain.service import AnswerType, Question, ServiceDefinition
from kiosk.screens.asked import QuestionState
from kiosk.screens.frame import forward, page
from kiosk.screens.question import question_view
from kiosk.screens.wording import answer_text
from kiosk.screens.words import Words
from kiosk.view import (
    NEXT,
    AnswerRow,
    AnswerRows,
    Button,
    ButtonRow,
    Choices,
    Heading,
    Option,
    Paragraph,
    View,
)

MORE = "correct.more"
PICK = "correct.question"  # the part with the questions
CHANGE = "correct:"  # + question id
_NEEDS_A_DEVICE = frozenset({AnswerType.PHOTO, AnswerType.SPOKEN})


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """What the screens are made of."""

    definition: ServiceDefinition
    picked: str = ""
    state: QuestionState = field(default_factory=QuestionState)
    corrected: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give the questions that can be corrected here."""
        return tuple(found for found in self.definition.questions if found.type not in _NEEDS_A_DEVICE)

    @property
    def question(self) -> Question | None:
        """Give the question that was picked."""
        return next((found for found in self.questions if found.id == self.picked), None)

    def journey(self, today: date) -> Journey:
        """Give a journey that knows the new answers and no others."""
        return Journey(self.definition, Answers(self.corrected), today)

    def lines(self, dutch: Words) -> tuple[ChangedLine, ...]:
        """Word the new answers in Dutch, for who reads them."""
        journey = self.journey(dutch.today)
        return tuple(
            ChangedLine(
                question.id,
                dutch.service(self.definition, f"question.{question.id}.title"),
                _told(dutch, answer_text(dutch, journey, question, found), found),
                found.origin.value,
            )
            for question in self.questions
            if (found := self.corrected.get(question.id)) is not None
        )


def _told(dutch: Words, text: str, answer: Answer) -> str:
    """Say under an answer who gave it, where that is not the citizen alone (feature U06)."""
    return text if answer.origin is Origin.SELF else f"{text}\n{dutch.tr(f'case_page.note.{answer.origin.value}')}"


def pick_view(words: Words, now: CorrectionPage) -> View:
    """Ask which answer is wrong."""
    title = words.tr("correct.title")
    options = tuple(Option(question.id, _title(words, now, question)) for question in now.questions)
    chosen = frozenset({now.picked} if now.picked else ())
    return page(
        words,
        "correct",
        (
            Heading("title", title),
            Paragraph("text", words.tr("correct.text"), is_soft=True),
            Choices(PICK, options, chosen, label=title, privacy=now.definition.title_privacy),
        ),
        title=title,
        primary=forward(words),
        focus=PICK,
    )


def answer_view(words: Words, now: CorrectionPage, question: Question) -> View:
    """Ask that question again; photos and recordings are for a new case."""
    bare = replace(words, place=replace(words.place, has_microphone=False, has_pictures=False))
    number = now.questions.index(question) + 1
    view = question_view(bare, now.journey(words.today), Ask(question, number), now.state)
    return replace(view, name=f"correct.{view.name}")


def check_view(words: Words, now: CorrectionPage, *, failed: bool) -> View:
    """Show the new answers before they are kept."""
    title = words.tr("check.title")
    journey = now.journey(words.today)
    rows = tuple(
        AnswerRow(
            CHANGE + question.id,
            _title(words, now, question),
            answer_text(words, journey, question, now.corrected[question.id]),
            words.tr("check.change"),
            words.tr("check.change_spoken", question=_title(words, now, question)),
            privacy=question.privacy,
        )
        for question in now.questions
        if question.id in now.corrected
    )
    text = words.tr("status_found.failed" if failed else "correct.check")
    more = Button(MORE, words.tr("correct.more"), icon="mdi6.pencil-plus-outline")
    return page(
        words,
        "correct-check",
        (
            Heading("title", title),
            Paragraph("text", text, is_soft=not failed, is_strong=failed),
            AnswerRows("answers", rows),
            ButtonRow("more", (more,)),
        ),
        title=title,
        primary=forward(words, "bar.send", icon="mdi6.check"),
        focus=NEXT,
    )


def _title(words: Words, now: CorrectionPage, question: Question) -> str:
    return words.service(now.definition, f"question.{question.id}.title")
