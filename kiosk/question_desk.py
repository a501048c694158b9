# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The question on the screen: what stands in it now, and when that becomes an answer.

What a tap or a key does to it is `kiosk.drafting`'s; going from one question to another is `kiosk.guide`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.answers import AnswerKind, Origin, Problem
from domain.filled_by import NOBODY, FilledBy
from domain.intake import APPLICANT, initiator_from
from domain.journey import Ask, Step
from domain.service import Question
from domain.together import origin_after
from domain.validation import understand
from kiosk import drafting
from kiosk.answer_book import AnswerBook
from kiosk.case_desk import CaseDesk
from kiosk.road import Road
from kiosk.screens.asked import QuestionState
from kiosk.screens.filled_in import NAMESAKE
from kiosk.screens.question import OWN_NAME
from kiosk.spots import step_spot
from kiosk.view import Chose, Typed


class QuestionDesk:
    """The question that one visitor is at, if any."""

    def __init__(self, road: Road, case: CaseDesk, book: AnswerBook) -> None:
        self._road = road
        self._case = case
        self._book = book
        self.on_screen = QuestionState()
        self.hand = Origin.SELF  # whose it is that does what comes next
        self.filled_by: FilledBy = NOBODY  # the member of staff who does all of it for the citizen

    @property
    def step(self) -> Step | None:
        """Give the step of the journey that is on the screen; None anywhere else."""
        spot = self._road.spot
        if self._case.service is None or not spot.is_step:
            return None
        return next((step for step in self._case.journey.steps() if step_spot(step) == spot), None)

    @property
    def asked_id(self) -> str:
        """Give the id of the question on the screen; empty when there is none."""
        step = self.step
        return step.question.id if isinstance(step, Ask) else ""

    @property
    def asked(self) -> Question | None:
        """Give the question on the screen; None where there is none."""
        step = self.step
        return step.question if isinstance(step, Ask) else None

    @property
    def entered(self) -> Mapping[str, str]:
        """Give what stands in the fields on the screen."""
        return self.on_screen.fields

    @property
    def is_filled(self) -> bool:
        """Tell whether anything stands on the screen that would be lost."""
        return drafting.is_filled(self.on_screen)

    def show_again(self) -> None:
        """Show what is known of the question that was come to, and nothing of the one before."""
        self.on_screen = self._blank
        step = self.step
        if isinstance(step, Ask):
            answer = self._case.journey.answers.get(step.question.id)
            if answer is not None:
                self.on_screen = QuestionState(answer.kind, answer.fields, origin=answer.origin)

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now."""
        if isinstance(self.step, Ask):
            self._take(drafting.typed(self.on_screen, event))

    def chose(self, event: Chose) -> None:
        """Choose an option of the answer."""
        step = self.step
        if isinstance(step, Ask):
            self._take(drafting.chosen(self.on_screen, step.question, event))

    def pressed(self, button: str) -> None:
        """Answer a button inside the question."""
        if button == NAMESAKE:
            self.filled_by = replace(self.filled_by, is_namesake=True)
            self.on_screen = replace(self.on_screen, problem=None)
            return
        self._take(drafting.pressed(self.on_screen, button))

    def clear(self) -> None:
        """Let nothing stand on the screen."""
        self.on_screen = self._blank

    @property
    def _blank(self) -> QuestionState:
        """Give a question that nobody touched: left so, that too is what a member of staff made of it."""
        return QuestionState(origin=Origin.TAKEN_OVER if self.filled_by.is_somebody else Origin.SELF)

    def _take(self, new: QuestionState) -> None:
        """Show a new state; where the answer is another one, know whose hand made it so."""
        old = self.on_screen
        is_same = (new.kind, dict(new.fields)) == (old.kind, dict(old.fields))
        origin = old.origin if is_same else origin_after(old.origin, self.hand, was_filled=self.is_filled)
        self.on_screen = replace(new, origin=origin)

    def settle(self) -> bool:
        """Keep the answer on the screen when it can be used; else say what to do."""
        step = self.step
        if not isinstance(step, Ask):
            return True
        answer = self.on_screen.answer(step.question.id)
        found = understand(step.question, answer, self._case.today)
        if isinstance(found, Problem):
            self.on_screen = replace(self.on_screen, problem=found)
            return False
        if step.question.id == APPLICANT and self.filled_by.refuses(str(found)):
            self.blame(APPLICANT, OWN_NAME)
            return False
        self._keep(step.question, self.on_screen)
        return True

    def keep_draft(self) -> None:
        """Keep what stands on the screen, usable or not: going back never loses anything."""
        step = self.step
        if isinstance(step, Ask) and (self.is_filled or self._case.journey.answers.get(step.question.id)):
            self._keep(step.question, self.on_screen)

    def fields_of(self, question_id: str) -> Mapping[str, str]:
        """Give what was filled in for a question, on the screen or kept."""
        if question_id == self.asked_id:
            return self.on_screen.fields if self.on_screen.kind is AnswerKind.GIVEN else {}
        kept = self._case.journey.answers.get(question_id) if self._case.service is not None else None
        return kept.fields if kept is not None and kept.kind is AnswerKind.GIVEN else {}

    def put(self, question_id: str, fields: Mapping[str, str]) -> None:
        """Fill in a question, on the screen or among the answers."""
        if question_id == self.asked_id:
            self._take(drafting.filled(self.on_screen, fields))
            return
        asked = self._question_of(question_id)
        if asked is not None and self._case.order is None:
            self._keep(asked, QuestionState(fields=fields, origin=self.hand))

    def fill_from_chip(self, question_id: str, fields: Mapping[str, str]) -> None:
        """Fill in a question with what the chip of a document said (feature U06)."""
        asked = self._question_of(question_id)
        if asked is not None and self._case.order is None:
            self._keep(asked, QuestionState(fields=fields, origin=Origin.CHIP))

    @property
    def bears_own_name(self) -> bool:
        """Tell whether the applicant has the name of who fills in, and nobody said that it is another person."""
        return self.filled_by.refuses(initiator_from(self._case.journey).name)

    def blame(self, question_id: str, code: str) -> None:
        """Say what to do about a question, when it is on the screen."""
        if question_id and question_id == self.asked_id:
            self.on_screen = replace(self.on_screen, problem=Problem(question_id, code))

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        self.on_screen = replace(self.on_screen, problem=Problem(self.asked_id, "bsn", field_id))

    def _question_of(self, question_id: str) -> Question | None:
        questions = self._case.service.questions if self._case.service is not None else ()
        return next((found for found in questions if found.id == question_id), None)

    def _keep(self, asked: Question, state: QuestionState) -> None:
        if self._case.service is not None:
            self._book.keep(self._case.service, state.answer(asked.id))
