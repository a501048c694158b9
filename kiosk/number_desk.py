# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door at the fields: what a visitor types passes here before a question, a correction or the status has it.

A BSN is taken out and the visitor is told why; the rest of what was typed stays. Only where the signed profile of this
device allows it and the question names the law that does, it may stand (FEATURES U09).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.answers import is_chosen
from domain.service import AnswerType, Question
from kiosk.card_desk import CardDesk
from kiosk.draft_desk import DraftDesk
from kiosk.effects import AwaitDigit
from kiosk.follow_up_desk import FollowUpDesk
from kiosk.number_guard import Entry, NumberGuard, Reading
from kiosk.question_desk import QuestionDesk
from kiosk.screens.words import Surroundings
from kiosk.status_desk import NUMBER
from kiosk.view import Typed


class NumberPlace(Protocol):
    """Where it is; `kiosk.navigator.Navigator` is the real one."""

    @property
    def place(self) -> Surroundings:
        """Give where this kiosk stands."""
        ...


class FieldDesk(Protocol):
    """Who has fields on the screen: question, correction and status, the code of a draft, the key of a card."""

    @property
    def asked(self) -> Question | None:
        """Give the question the fields belong to; None where it is no question."""
        ...

    @property
    def entered(self) -> Mapping[str, str]:
        """Give what stands in the fields on the screen."""
        ...

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now."""
        ...

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        ...


class NumberDesk:
    """Judges the fields of one visitor."""

    def __init__(
        self, where: NumberPlace, question: QuestionDesk, follow_up: FollowUpDesk, later: DraftDesk, card: CardDesk
    ) -> None:
        self._where = where
        self._question = question
        self._follow_up = follow_up
        self._later = later
        self._card = card
        self._guard = NumberGuard()
        self.has_taken = False  # with the last event

    def typed(self, event: Typed) -> tuple[AwaitDigit, ...]:
        """Judge what was typed, and hand on what may be."""
        self.has_taken = False
        desk = self._desk
        if desk is None:
            return ()
        if self._may_stand(desk.asked):
            desk.typed(event)
            return ()
        before = desk.entered.get(event.field_id, "")
        entry = self._guard.entered(
            event.field_id, event.text, before, reading=_reading(desk.asked, event.field_id), exempt=self._exempt
        )
        self._hand_on(desk, event.field_id, entry)
        return (AwaitDigit(),) if entry.waits else ()

    def finish(self) -> bool:
        """Judge the fields as they stand, for nothing more is typed in them now; tell whether a BSN was taken out."""
        self.has_taken = False
        desk = self._desk
        if desk is None or self._may_stand(desk.asked):
            return False
        for field_id, text in tuple(desk.entered.items()):
            if is_chosen(field_id):
                continue
            entry = self._guard.finished(field_id, text, reading=_reading(desk.asked, field_id), exempt=self._exempt)
            if entry.text != text or entry.is_taken:
                self._hand_on(desk, field_id, entry)
        return self.has_taken

    def _hand_on(self, desk: FieldDesk, field_id: str, entry: Entry) -> None:
        desk.typed(Typed(field_id, entry.text))
        if entry.is_taken:
            self.has_taken = True
            desk.bsn_taken(field_id)

    @property
    def _desk(self) -> FieldDesk | None:
        if self._question.asked is not None:
            return self._question
        if self._follow_up.has_fields:
            return self._follow_up
        if self._card.has_fields:
            return self._card
        return self._later if self._later.has_fields else None

    @property
    def _exempt(self) -> frozenset[str]:
        return frozenset(filter(None, (self._where.place.rsin,)))

    def _may_stand(self, asked: Question | None) -> bool:
        return asked is not None and bool(asked.bsn_ground) and self._where.place.may_ask_bsn


def _reading(asked: Question | None, field_id: str) -> Reading:
    if asked is None:
        return Reading.REFERENCE if field_id == NUMBER else Reading.TEXT
    return Reading.PHONE if asked.type is AnswerType.PHONE and field_id == "phone" else Reading.TEXT
