# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The helper beside one visitor, and what the visitor allowed: asks, remembers, takes back (features H02, H04, U14).

It knows no window and no line: what a helper sees is masked by `kiosk.together.masking` with the sight from here, and
what a helper does is tried here first, whatever the other window thinks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from domain.answers import Origin
from domain.consent import ConsentKind, ConsentRecord, Consents, Decision, HelperSight, Way, kind_of
from domain.help_log import HelpedStep, HelpLog
from domain.ports import Clock
from domain.service import Privacy, Question
from domain.staff import Role
from domain.together import HelpState
from kiosk.answer_book import AnswerBook
from kiosk.case_desk import CaseDesk
from kiosk.effects import Effect, SayText
from kiosk.question_desk import QuestionDesk
from kiosk.road import Road
from kiosk.screens.consent import NO, STOP_HELP, YES
from kiosk.screens.words import Words
from kiosk.sight import Sight
from kiosk.view import HUMAN, NEXT, Preferences

_BUSY = frozenset({"keeping", "later-wait"})
_LONGEST_FLAG = 40
BESIDE_CONSENT = frozenset({"language", "human", "stop"})  # a question that waits lets these come first


class Consenting(Protocol):
    """Who is asked; `kiosk.navigator.Navigator` is the real one."""

    preferences: Preferences

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """What the screen that asks is made of."""

    kind: ConsentKind
    is_no_first: bool  # it changes each time, so that the place of a button leads nobody
    role: Role


class ConsentDesk:
    """One visitor's word to one helper."""

    def __init__(
        self, asker: Consenting, road: Road, case: CaseDesk, question: QuestionDesk, book: AnswerBook, clock: Clock
    ) -> None:
        self._asker = asker
        self._road = road
        self._case = case
        self._question = question
        self._book = book
        self._clock = clock
        self.hidden = HelperSight()
        self.consents = Consents()
        self.help = HelpState.NONE
        self.role: Role | None = None  # of the helper who is here; None: nobody is
        self.asking: ConsentPage | None = None
        self._asked_often = 0
        self.help_log = HelpLog()
        self.flag = ""  # the red flag that a helper raised; it stays when the helper goes
        self.is_on_one_screen = False  # both sit before the visitor's own window

    # -- who is here -----------------------------------------------------------------------------------------------

    def called(self) -> None:
        """Know that a person was asked for."""
        if self.help is HelpState.NONE:
            self.help = HelpState.CALLED
            self.stepped_in()

    def is_coming(self) -> None:
        """Know that the helper said "Ik kom"."""
        self.help = HelpState.COMING

    def joined(self, role: Role, *, is_on_one_screen: bool = False) -> None:
        """Know that a helper is here."""
        if self.role is not None and self.role is not role:
            self.left()  # what was allowed, was allowed to another
        self.role, self.is_on_one_screen = role, is_on_one_screen
        if is_on_one_screen:
            self.stepped_in()

    def stepped_in(self) -> None:
        """Know that the helper did something at the step on the screen, or was called there (U13)."""
        asked, service = self._question.asked, self._case.service
        if asked is not None and service is not None:
            self.help_log = self.help_log.with_step(HelpedStep(service.id, asked.id))

    def raise_flag(self, flag: str) -> bool:
        """Know that it cannot wait; tell whether it is new and can still go with what is sent."""
        is_word = len(flag) <= _LONGEST_FLAG and flag.isascii() and flag.replace("-", "").isalnum()
        if self.role is None or not is_word or self.flag == flag or self._case.receipt is not None:
            return False
        self.flag = flag
        if self._road.spot.name not in _BUSY:
            self._case.order = None  # what is sent next is made anew
        return True

    @property
    def sent(self) -> str:
        """Give the reference of what was sent in this visit; empty while nothing is."""
        return self._case.receipt.reference if self._case.receipt is not None else ""

    def left(self) -> None:
        """Know that the helper is gone: nothing is allowed any more; what was done together stays."""
        for kind in self.consents.held:
            self._record(kind, Decision.ENDED)
        self._go()

    def _go(self) -> None:
        self.role, self.asking, self.is_on_one_screen = None, None, False
        self.help = HelpState.NONE

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self, kind: ConsentKind) -> bool:
        """Ask the visitor; tell whether the question stands on the screen now."""
        is_free = self.role is not None and self.asking is None and self._road.spot.name not in _BUSY
        if not is_free or self.role is None or self.consents.holds(kind):
            return False
        self.asking = ConsentPage(kind, self._asked_often % 2 == 0, self.role)
        self._asked_often += 1
        return True

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer the buttons of the question, and the one that takes it all back; None when it is another."""
        if button == STOP_HELP:
            return self._withdraw()
        if button == HUMAN:
            self.called()
        if self.asking is None:
            return None
        if button in (YES, NO):
            self._record(self.asking.kind, Decision.GIVEN if button == YES else Decision.REFUSED)
            self.asking = None
            return ()
        return () if button == NEXT and self._road.spot.name not in BESIDE_CONSENT else None

    def _withdraw(self) -> tuple[Effect, ...]:
        if self._road.spot.name in _BUSY:
            return ()
        for kind in self.consents.held:
            self._record(kind, Decision.WITHDRAWN)
            self._forget(kind)
        self._go()
        return (SayText(self._asker.words.tr("consent.stopped")),)

    def _forget(self, kind: ConsentKind) -> None:
        """Take away what the helper filled in of this kind, and what is in no case yet."""
        if self._case.service is None:
            return
        for service in self._asker.words.library.services:
            if self._case.receipt is not None and service.id == self._case.service.id:
                continue  # the visitor sent that himself
            for question in service.questions:
                if kind_of(question) is kind:
                    self._book.forget(service, question.id, Origin.HELPER)
        if self._case.receipt is None:
            self._case.order = None  # what is sent next is made anew
        asked = self._question.asked
        if asked is not None and kind_of(asked) is kind and self._question.on_screen.origin is Origin.HELPER:
            self._question.clear()

    def _record(self, kind: ConsentKind, decision: Decision) -> None:
        if self.role is None:
            return
        way = Way.READ_ALOUD if self._asker.preferences.is_reading else Way.SCREEN
        self.consents = self.consents.with_record(ConsentRecord(kind, decision, self.role, self._clock.now(), way))

    # -- what the helper may ---------------------------------------------------------------------------------------

    @property
    def kind(self) -> ConsentKind | None:
        """Give what the question on the screen falls under; None where there is none, or no consent would open it."""
        asked = self._question.asked
        return kind_of(asked) if asked is not None and not self._hides(asked) else None

    @property
    def may_type(self) -> bool:
        """Tell whether the helper may fill in the question on the screen."""
        kind = self.kind
        return self.role is not None and self.asking is None and kind is not None and self.consents.holds(kind)

    @property
    def sight(self) -> Sight:
        """Tell what the helper may see now."""
        asked, service = self._question.asked, self._case.service
        sees_answer = asked is not None and not self._hides(asked) and self._sees(asked)
        is_hidden = service is not None and self.hidden.hides_service(service.id)
        return Sight(sees_answer, self._sees_row, self.consents.holds(ConsentKind.REST) and not is_hidden)

    def _sees(self, question: Question) -> bool:
        if question.privacy is Privacy.OPEN:
            return True
        return question.privacy is Privacy.PERSONAL and self.consents.holds(kind_of(question))

    def _sees_row(self, question_id: str) -> bool:
        service = self._case.service
        asked = next((found for found in service.questions if found.id == question_id), None) if service else None
        return asked is not None and not self._hides(asked) and self._sees(asked)

    def _hides(self, question: Question) -> bool:
        service = self._case.service
        return service is None or self.hidden.hides(service.id, question)

    @property
    def hand(self) -> Origin:
        """Tell whose hand the visitor's own window is under: before one screen nobody knows who of two types."""
        kind = self.kind
        return self.hand_on(kind) if kind is not None else self._own_hand

    def hand_on(self, kind: ConsentKind) -> Origin:
        """Tell the same for one kind of answers."""
        is_shared = self.role is not None and self.is_on_one_screen and self.consents.holds(kind)
        return Origin.TOGETHER if is_shared else self._own_hand

    @property
    def _own_hand(self) -> Origin:
        """Tell whose it is without a helper: the visitor's, or a member's who takes over what the citizen tells."""
        return Origin.TAKEN_OVER if self._question.filled_by.is_somebody else Origin.SELF

    def meet(self) -> None:
        """Come to a question before one screen: ask once whether it is done together."""
        kind = self.kind
        if self.is_on_one_screen and kind is not None and self.consents.last_of(kind) is None:
            self.ask(kind)
