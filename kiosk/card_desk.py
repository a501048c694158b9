# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an event does on the screens of "Leg uw kaart neer", and what becomes of a reading (features C36, U06, S08).

Of a reading only what would be used is kept, and that only until the visitor says so or goes away. Nothing here is a
condition: from every stage one press leads back to typing. The reader itself is `kiosk.card_work`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from domain.document_seen import DocumentSeen, SeenCheck, SeenKind
from domain.intake import APPLICANT
from domain.ports import Clock
from domain.service import Question
from kiosk.card_key import key_of
from kiosk.card_page import (
    AGAIN,
    BIRTH,
    CAN,
    DATE_FIELDS,
    EXPIRY,
    KIND,
    LAY,
    NUMBER,
    OTHER_KEY,
    SPOT,
    TYPE,
    USE,
    CardPage,
    Found,
    Slip,
    Stage,
)
from kiosk.case_desk import CaseDesk
from kiosk.devices.emrtd.document import AccessKey, Checks, Document, DocumentKind, MrzKey, Reading
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.id_reader_port import Presence, Progress
from kiosk.effects import CardEffect, Effect, ReadCard, StopCard
from kiosk.guide import Guide
from kiosk.question_desk import QuestionDesk
from kiosk.road import Road
from kiosk.screens.card import BIRTH_DATE, is_offered
from kiosk.screens.words import Words
from kiosk.spots import Spot
from kiosk.view import Chose, Typed

_USABLE = frozenset({CardState.DONE, CardState.UNTRUSTED_ISSUER})
_SEEN_KINDS = {
    DocumentKind.PASSPORT: SeenKind.PASSPORT,
    DocumentKind.ID_CARD: SeenKind.ID_CARD,
    DocumentKind.RESIDENCE_PERMIT: SeenKind.RESIDENCE_PERMIT,
    DocumentKind.OTHER: SeenKind.OTHER,
}
_FIELDS = frozenset({CAN, NUMBER, *(f"{name}.{part}" for name in (BIRTH, EXPIRY) for part in DATE_FIELDS)})


class CardAsker(Protocol):
    """Who lays a card down; `kiosk.navigator.Navigator` is the real one."""

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


class CardDesk:
    """One visitor's document."""

    def __init__(
        self, asker: CardAsker, road: Road, guide: Guide, case: CaseDesk, question: QuestionDesk, clock: Clock
    ) -> None:
        self._asker = asker
        self._road = road
        self._guide = guide
        self._case = case
        self._question = question
        self._clock = clock
        self.page = CardPage()
        self.seen: DocumentSeen | None = None  # of the document that answers were taken from
        self._refused: Mapping[str, str] = {}  # what the card said no to, so that it is not asked again

    # -- what is on the screen -------------------------------------------------------------------------------------

    @property
    def is_filled(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        return self.page.is_filled

    @property
    def is_at_key(self) -> bool:
        """Tell whether a reader that types would be heard now."""
        return self._road.spot.name == SPOT and self.page.stage in (Stage.KIND, Stage.KEY)

    @property
    def has_fields(self) -> bool:
        """Tell whether there are fields of ours on the screen."""
        return self._road.spot.name == SPOT and self.page.stage is Stage.KEY

    @property
    def asked(self) -> Question | None:
        """Give no question: a key is asked."""
        return None

    @property
    def entered(self) -> Mapping[str, str]:
        """Give what stands in the fields on the screen."""
        return self.page.fields

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        self.page = replace(self.page, taken=field_id)

    # -- events ----------------------------------------------------------------------------------------------------

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now."""
        if self.has_fields and event.field_id in _FIELDS:
            fields = {**self.page.fields, event.field_id: event.text}
            self.page = replace(self.page, fields=fields, slips={}, taken="")

    def chose(self, event: Chose) -> None:
        """Choose what lies there, or the month of a date from its list."""
        if self.has_fields and event.part_id in _FIELDS:
            self.typed(Typed(event.part_id, event.option_id))
        elif self._road.spot.name == SPOT and self.page.stage is Stage.KIND and event.part_id == KIND:
            kind = DocumentKind(event.option_id)
            self.page = CardPage(kind=kind, is_by_lines=kind is DocumentKind.PASSPORT)

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a button of ours; None when it is another button."""
        if button == LAY:
            return self._begin()
        if self._road.spot.name != SPOT:
            return None
        match button:
            case _ if button == TYPE:
                return self._leave()
            case _ if button == OTHER_KEY and self.page.stage is Stage.KEY:
                self.page = replace(self.page, is_by_lines=not self.page.is_by_lines, slips={}, taken="")
            case _ if button == AGAIN and self.page.stage is Stage.ENDED and self.page.may_try_again:
                is_other = self.page.state is CardState.UNSUPPORTED_CARD
                self.page = CardPage() if is_other else replace(self.page, stage=Stage.KEY)
            case _ if button == USE and self.page.found is not None:
                return self._use(self.page.found)
            case _:
                return None
        return ()

    def next(self) -> tuple[Effect, ...]:
        """Go on from a screen of ours."""
        if self.page.stage is Stage.KIND:
            is_chosen = self.page.kind is not None
            self.page = replace(self.page, stage=Stage.KEY if is_chosen else Stage.KIND, asks_kind=not is_chosen)
            return ()
        if self.page.stage is not Stage.KEY:
            return ()
        key = key_of(self.page, self._case.today)
        if isinstance(key, dict):
            self.page = replace(self.page, slips=key)
            return ()
        if self._refused == self.page.fields:
            first = NUMBER if self.page.is_by_lines else CAN
            self.page = replace(self.page, slips={first: Slip.SAME})
            return ()
        return self._read(key)

    def back(self) -> tuple[Effect, ...]:
        """Go a stage back, and from the first one to the question."""
        match self.page.stage:
            case Stage.KEY:
                self.page = replace(self.page, stage=Stage.KIND)
            case Stage.READING:
                self.page = replace(self.page, stage=Stage.KEY)
                return (StopCard(),)
            case Stage.ENDED if self.page.may_try_again:
                self.page = replace(self.page, stage=Stage.KEY)
            case _:
                return self._leave()
        return ()

    def moved(self) -> tuple[Effect, ...]:
        """Leave nothing of a document behind when the visitor went elsewhere, other than for a word aside."""
        if self.page == CardPage() or self._road.spot.name == SPOT or self._road.is_aside:
            return ()
        self._road.forget((SPOT,))
        return self._drop()

    # -- news ------------------------------------------------------------------------------------------------------

    def swiped(self, key: MrzKey | None) -> tuple[CardEffect, ...]:
        """Take the lines that a reader typed; None when it read them badly."""
        if not self.is_at_key:
            return ()
        kind = self.page.kind or DocumentKind.PASSPORT
        self.page = CardPage(stage=Stage.KEY, kind=kind, is_by_lines=True)
        if key is None:
            self.page = replace(self.page, slips={NUMBER: Slip.NUMBER})
            return ()
        return self._read(key)

    def progressed(self, progress: Progress) -> None:
        """Take the news of how far the reading is."""
        if self.page.stage is Stage.READING:
            self.page = replace(self.page, step=progress.step, are_two=False)

    def presence_changed(self, presence: Presence) -> None:
        """Take the news of what lies there."""
        if self.page.stage is Stage.READING:
            self.page = replace(self.page, are_two=presence is Presence.TWO_CARDS)

    def done(self, reading: Reading) -> None:
        """Take a reading: what would be used stays, all else goes at once."""
        if self.page.stage is not Stage.READING:
            return
        state = _state_of(reading)
        found = _found_in(reading) if state in _USABLE else None
        if state in _USABLE and found is None:
            state = CardState.UNSUPPORTED_CARD  # read well, and yet there is nothing on it to use
        is_wrong = state is CardState.WRONG_KEY
        self._refused = self.page.fields if is_wrong else {}
        self.page = replace(
            self.page,
            stage=Stage.READ if found is not None else Stage.ENDED,
            state=state,
            tries_left=reading.tries_left if is_wrong else None,
            found=found,
            fields=self.page.fields if found is None else {},
        )

    # -- inside ----------------------------------------------------------------------------------------------------

    def _begin(self) -> tuple[Effect, ...] | None:
        asked = self._question.asked
        if asked is None or not is_offered(self._asker.words, asked):
            return None
        self.page, self._refused = CardPage(), {}
        self._guide.go_aside(Spot(SPOT))
        return ()

    def _read(self, key: AccessKey) -> tuple[CardEffect, ...]:
        self.page = replace(
            self.page, stage=Stage.READING, slips={}, taken="", tries_left=None, are_two=False, step=CardPage().step
        )
        return (ReadCard(key),)

    def _use(self, found: Found) -> tuple[Effect, ...]:
        """Fill in what was shown, and go back to the question that it was for."""
        fields: dict[str, Mapping[str, str]] = {APPLICANT: {"text": found.name}}
        if (born := found.birth_date) is not None:
            fields[BIRTH_DATE] = {"day": str(born.day), "month": str(born.month), "year": f"{born.year:04}"}
        for question_id, given in fields.items():
            self._question.fill_from_chip(question_id, given)
        self.seen = None
        if SeenCheck.SIGNATURE in found.checks:
            self.seen = DocumentSeen(_SEEN_KINDS[found.kind], self._clock.now(), found.checks)
        return self._leave()

    def _leave(self) -> tuple[Effect, ...]:
        effects = self._drop()
        self._guide.leave_aside()
        return effects

    def _drop(self) -> tuple[Effect, ...]:
        is_reading = self.page.stage is Stage.READING
        self.page, self._refused = CardPage(), {}
        return (StopCard(),) if is_reading else ()


def _state_of(reading: Reading) -> CardState:
    """Use nothing where any proof failed, whatever the reading is called."""
    checks = reading.checks
    has_failed = Verdict.FAILED in (checks.passive, checks.active, checks.chip)
    return CardState.PASSIVE_FAILED if has_failed and reading.state in _USABLE else reading.state


def _found_in(reading: Reading) -> Found | None:
    """Take what would be used out of a reading; None where there is no name on the document."""
    document = reading.document
    if document is None:
        return None
    name = " ".join(filter(None, (document.given_names.strip(), document.surname.strip())))
    if not name:
        return None
    is_trusted = reading.state is CardState.DONE
    return Found(
        kind=document.kind,
        name=name,
        birth_date=_born(document),
        checks=_held(reading.checks) if is_trusted else (),
        is_expired=document.is_expired,
        is_cut_off=document.is_cut_off,
    )


def _held(checks: Checks) -> tuple[SeenCheck, ...]:
    found = (SeenCheck.SIGNATURE,) if checks.passive is Verdict.HELD else ()
    return (*found, SeenCheck.CHIP) if Verdict.HELD in (checks.active, checks.chip) else found


def _born(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.birth_date)
    except ValueError:
        return None  # the day or the month is not known
