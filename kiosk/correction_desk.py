# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes what somebody tells about his own mistake: which question, and what the answer has to be (C28, U07).

What was answered before is not here: only its sealed form is on this device. The screens are
`kiosk.screens.correction`'s.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.answers import Origin, Problem
from domain.service import ServiceDefinition
from domain.together import origin_after
from domain.validation import understand
from kiosk import drafting
from kiosk.screens.asked import QuestionState
from kiosk.screens.correction import CorrectionPage
from kiosk.view import Chose, Typed


class CorrectionDesk:
    """The corrections of one visitor to one case."""

    def __init__(self) -> None:
        self.page: CorrectionPage | None = None
        self.hand = Origin.SELF  # whose it is that does what comes next

    @property
    def is_filled(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        return self.page is not None and (bool(self.page.corrected) or drafting.is_filled(self.page.state))

    def begin(self, definition: ServiceDefinition) -> None:
        """Begin with a case of this service."""
        self.page = CorrectionPage(definition)

    def end(self) -> None:
        """Forget all of it."""
        self.page = None

    def pick(self, question_id: str) -> None:
        """Pick a question; a new answer that was given already stands in it."""
        if self.page is not None and any(found.id == question_id for found in self.page.questions):
            known = self.page.corrected.get(question_id)
            state = (
                QuestionState(known.kind, known.fields, origin=known.origin) if known is not None else QuestionState()
            )
            self.page = replace(self.page, picked=question_id, state=state)

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now."""
        if self.page is not None and self.page.question is not None:
            self._take(self.page, drafting.typed(self.page.state, event))

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        if self.page is not None:
            problem = Problem(self.page.picked, "bsn", field_id)
            self.page = replace(self.page, state=replace(self.page.state, problem=problem))

    def chose(self, event: Chose) -> None:
        """Choose an option of the answer."""
        if self.page is not None and self.page.question is not None:
            self._take(self.page, drafting.chosen(self.page.state, self.page.question, event))

    def pressed(self, button: str) -> None:
        """Answer a button inside the question."""
        if self.page is not None:
            self._take(self.page, drafting.pressed(self.page.state, button))

    def _take(self, page: CorrectionPage, new: QuestionState) -> None:
        old = page.state
        is_same = (new.kind, dict(new.fields)) == (old.kind, dict(old.fields))
        origin = origin_after(old.origin, self.hand, was_filled=drafting.is_filled(old))
        self.page = replace(page, state=replace(new, origin=old.origin if is_same else origin))

    def settle(self, today: date) -> bool:
        """Keep the new answer when it can be used; else say what to do."""
        page = self.page
        if page is None or page.question is None:
            return False
        answer = page.state.answer(page.picked)
        found = understand(page.question, answer, today)
        if isinstance(found, Problem):
            self.page = replace(page, state=replace(page.state, problem=found))
            return False
        if answer.is_empty:
            self.page = replace(page, state=replace(page.state, problem=Problem(page.picked, "empty")))
            return False
        self.page = replace(page, corrected={**page.corrected, page.picked: answer}, picked="", state=QuestionState())
        return True
