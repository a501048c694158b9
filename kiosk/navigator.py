# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One visit: gives the view of now and answers each event with effects for the visit to carry out.

It holds the preferences and takes the news; which desk a press is for is `kiosk.press_desk`'s, the desks themselves
are joined in `kiosk.desks`. What to ask next is the journey's; how a screen looks is `kiosk.screens`; no Qt, no store,
no paper, no sound here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from domain.answers import Origin
from domain.case import CaseId, CaseState
from domain.consent import kind_of
from domain.draft import DraftReply, KeptDraft
from domain.follow_up import FollowUpKind
from domain.journey import Journey, Step
from domain.ports import Clock
from domain.receipt import Receipt
from domain.service import ServiceDefinition
from domain.status_check import StatusReply
from domain.together import HelpState
from i18n.texts import Texts
from kiosk.case_desk import HERE
from kiosk.consent_desk import BESIDE_CONSENT
from kiosk.desks import desks_for
from kiosk.effects import Effect, Order, SayWhere, Sheet
from kiosk.later_page import WAIT
from kiosk.number_desk import NumberDesk
from kiosk.press_desk import PressDesk
from kiosk.screens import hours
from kiosk.screens.consent import consent_view, with_stop
from kiosk.screens.language import names_of
from kiosk.screens.out_of_service import SPOT as OUT_OF_SERVICE
from kiosk.screens.words import Surroundings, Words
from kiosk.showing import Situation, show
from kiosk.sound_desk import SoundDesk
from kiosk.spots import Spot
from kiosk.view import NEXT, Chose, Event, Preferences, Pressed, Typed, View
from resources.service_library import ServiceLibrary
from resources.walk_book import WalkBook

CALL_BACK = "bel"  # the service that every "a person, please" can lead to


class Navigator:
    """One visit's preferences and desks."""

    def __init__(
        self,
        library: ServiceLibrary,
        texts_of: Callable[[str], Texts],
        place: Surroundings,
        clock: Clock,
        preferences: Preferences | None = None,
    ) -> None:
        self._library = library
        self._texts_of = texts_of
        self._place = place
        self._clock = clock
        self.preferences = preferences or Preferences()
        self.plain = self.preferences  # as the visit began: reading aloud where headphones were in already
        self._idle_seconds = 0  # until the end, while the warning stands over the screen
        self._walk_book = WalkBook()
        desks = desks_for(self, texts_of, clock)
        self._road = desks.road
        self._book = desks.book
        self._case = desks.case
        self._question = desks.question
        self._question.filled_by = place.filled_by
        self._guide = desks.guide
        self._papers = desks.papers
        self._follow_up = desks.follow_up
        self._told_back = desks.told_back
        self._later = desks.later
        self.card_desk = desks.card
        self.consent_desk = desks.consent
        self.closing_desk = desks.closing
        self._numbers = NumberDesk(self, desks.question, desks.follow_up, desks.later, desks.card)
        self._presses = PressDesk(self, desks)
        self.desk = desks.tray
        self.sound_desk = SoundDesk(self)

    # -- what is on the screen -------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """Give the screen of now; the same state gives the same view."""
        case = self._case
        situation = Situation(
            spot=Spot("idle") if self._idle_seconds else self.spot,
            journey=case.journey if case.service is not None else None,
            step=self.step,
            on_screen=self._question.on_screen,
            beside=self.desk.beside,
            receipt=case.receipt,
            state=case.state,
            print_state=case.print_state,
            sheets=case.sheets.states,
            unfolded=self._presses.unfolded,
            told_back=self._told_back.chosen,
            idle_seconds=self._idle_seconds,
            language_names=lambda: names_of(self._place.languages, self._texts_of),
            call_back=self._call_back(),
            is_unsure=case.is_unsure,
            has_begun=self._guide.has_begun,
            walk_book=self._walk_book,
            status=self._follow_up.status,
            correction=self._follow_up.correction,
            moment=self._clock.now().astimezone(HERE),
            later=self._later.page,
            card=self.card_desk.page,
        )
        words = self.words
        under = show(words, situation)
        if self.is_warned:
            return replace(under, is_for_citizen=self._place.filled_by.is_somebody)
        asking = self.consent_desk.asking
        if asking is not None and self.spot.name not in BESIDE_CONSENT:
            under = consent_view(words, asking.kind, asking.role, is_no_first=asking.is_no_first)
        closes_at = self.closing_desk.closes_at
        if closes_at is not None:
            under = hours.closing_view(words, closes_at, can_keep=self._later.page.can_keep, is_kept=self.is_kept)
        view = replace(self.sound_desk.over(words, under), is_for_citizen=self._place.filled_by.is_somebody)
        return with_stop(words, view) if self.consent_desk.role is not None else view

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        now = self._clock.now().astimezone(HERE)
        texts = self._texts_of(self.preferences.language)
        is_coming = self.consent_desk.help is HelpState.COMING
        place = replace(self._place, desk_is_connected=True) if is_coming else self._place
        return Words(texts, self._library, place, self.preferences, now.date(), now.hour)

    @property
    def place(self) -> Surroundings:
        """Give where this kiosk stands; set anew when a device comes or goes."""
        return self._place

    @place.setter
    def place(self, place: Surroundings) -> None:
        self._place = place

    @property
    def spot(self) -> Spot:
        """Give where the visitor is."""
        return self._road.spot

    @property
    def step(self) -> Step | None:
        """Give the step of the journey that is on the screen; None anywhere else."""
        return self._question.step

    @property
    def today(self) -> date:
        """Give the day in the Netherlands."""
        return self._case.today

    @property
    def journey(self) -> Journey:
        """Give the journey of the service that is being done.

        Raises: RuntimeError when no service was chosen.
        """
        return self._case.journey

    @property
    def has_something_typed(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        if self._follow_up.is_filled or self._later.is_filled or self.card_desk.is_filled:
            return True
        return not self.is_kept and (self._book.has_unfiled or self._question.is_filled)

    @property
    def is_untouched(self) -> bool:
        """Tell whether this visit is still as it began, so that idling needs no end."""
        at_rest = self.spot.name in ("start", "neutral", OUT_OF_SERVICE, hours.SPOT)
        is_plain = self.preferences in (Preferences(), self.plain) and not self.sound_desk.is_open
        return at_rest and is_plain and not self.has_something_typed and self.consent_desk.role is None

    @property
    def service_id(self) -> str:
        """Give the service that is being done; empty where none was chosen."""
        return self._case.service.id if self._case.service is not None else ""

    @property
    def is_kept(self) -> bool:
        """Tell whether the case of this visit is durable."""
        return self._case.receipt is not None

    @property
    def case_id(self) -> CaseId | None:
        """Give the id of the case that was kept."""
        return self._case.case_id

    def _call_back(self) -> ServiceDefinition | None:
        if CALL_BACK in self._place.outages:
            return None
        is_there = self._case.service is None or self._case.service.id != CALL_BACK
        return next((found for found in self._library.services if is_there and found.id == CALL_BACK), None)

    # -- events ----------------------------------------------------------------------------------------------------

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """Take an event of the visitor; the view may be another one afterwards."""
        self.stay()  # who does anything is there
        self._take_hand(self.consent_desk.hand)
        effects = self._handled(event)
        self.consent_desk.meet()
        return effects

    def handle_from_helper(self, event: Typed | Chose) -> tuple[Effect, ...] | None:
        """Take what a helper typed or chose; None when the visitor allowed no such thing, and then nothing changed."""
        if not self.consent_desk.may_type:
            return None
        self._take_hand(Origin.HELPER)
        effects = self._handled(event)
        self.consent_desk.stepped_in()
        self._take_hand(self.consent_desk.hand)
        return effects

    def _take_hand(self, hand: Origin) -> None:
        self._question.hand = hand
        correction = self._follow_up.correction
        asked = correction.question if correction is not None else None
        self._follow_up.take_hand(self.consent_desk.hand_on(kind_of(asked)) if asked is not None else hand)

    def _handled(self, event: Event) -> tuple[Effect, ...]:
        if isinstance(event, Typed):
            return self._numbers.typed(event)
        if self._numbers.finish() and event == Pressed(NEXT):
            return ()  # first they are told why a number is gone
        match event:
            case Chose():
                self._chose(event)
                return ()
            case Pressed():
                about_voice = self.sound_desk.pressed(event.id)
                if about_voice is not None:
                    return about_voice
                if self.closing_desk.pressed(event.id):
                    return (SayWhere(),)
                effects = self.consent_desk.pressed(event.id)
                if effects is None:
                    effects = self._presses.pressed(event.id)
                return (*self.desk.moved(), *self.card_desk.moved(), *effects)

    def stopped_typing(self) -> bool:
        """Know that nothing was typed for a while: a number in the making is whole; tell whether the view changed."""
        return self._numbers.finish()

    @property
    def has_taken_number(self) -> bool:
        """Tell whether a BSN was taken out of what stands on the screen, with the last event."""
        return self._numbers.has_taken

    def _chose(self, event: Chose) -> None:
        if event.part_id == "language" and event.option_id in self._place.languages:
            self.preferences = replace(self.preferences, language=event.option_id)
        else:
            self._follow_up.chose(event)
            self.card_desk.chose(event)
            self._question.chose(event)

    # -- what the desks need of the visitor (`kiosk.desks.Visitor`) ------------------------------------------------

    @property
    def asked_id(self) -> str:
        """Give the id of the question on the screen; empty when there is none."""
        return self._question.asked_id

    def fields_of(self, question_id: str) -> Mapping[str, str]:
        """Give what was filled in for a question, on the screen or kept."""
        return self._question.fields_of(question_id)

    def put(self, question_id: str, fields: Mapping[str, str]) -> None:
        """Fill in a question, on the screen or among the answers."""
        self._question.put(question_id, fields)

    def blame(self, question_id: str, code: str) -> None:
        """Say what to do about a question, when it is on the screen."""
        self._question.blame(question_id, code)

    def show_pictures(self) -> None:
        """Go aside to the pictures to choose from."""
        self._guide.go_aside(Spot("pictures"))

    def leave_pictures(self) -> None:
        """Go back from there."""
        self._guide.leave_aside()

    def new_order(self) -> Order:
        """Make the order of the answers as they are now, with what lies in the tray for them."""
        attachments, is_rehearsal = self.desk.tray.of(self.journey), self.words.place.is_rehearsal
        order = self._case.new_order(self.preferences.language, attachments, is_rehearsal=is_rehearsal)
        whose = replace(order, consents=self.consent_desk.consents, filled_by=self._question.filled_by)
        # With nothing left of it among the answers, that it was seen says nothing about them.
        is_by_chip = any(answer.origin is Origin.CHIP for _question, answer in self.journey.answered())
        seen = self.card_desk.seen if is_by_chip else None
        whose = replace(whose, flag=self.consent_desk.flag, document_seen=seen)
        return self._later.marked(whose)

    # -- news ------------------------------------------------------------------------------------------------------

    def filed(self, receipt: Receipt) -> tuple[Effect, ...]:
        """Take the news that the case is durable; only now is there a receipt."""
        self.sound_desk.close()  # nothing stands over a receipt that was waited for
        self._case.filed(receipt)
        self._later.filed()
        self._road.forget_all()
        self._road.spot = Spot("confirmation", self.journey.definition.id)
        return ()

    def filing_failed(self, *, is_unsure: bool = False) -> None:
        """Take the news that the case could not be kept; the order stays, so that trying again is the same case."""
        self._case.filing_failed(is_unsure=is_unsure)
        self.sound_desk.close()
        self._road.spot = Spot("failure")

    def status_answered(self, reply: StatusReply | None) -> None:
        """Take the store's answer to "Hoe ver is mijn vraag?"; None when it could not be asked."""
        self._follow_up.answered(reply)

    def added_to_case(self, kind: FollowUpKind, *, is_kept: bool) -> None:
        """Take the news whether what was added to a case is safe."""
        self._follow_up.added(kind, is_kept=is_kept)

    def draft_kept(self, kept: KeptDraft | None) -> None:
        """Take the code under which the answers are kept; None when they are not."""
        self._later.kept(kept)

    def draft_answered(self, reply: DraftReply | None) -> None:
        """Take what was found under a code; None when it could not be looked for."""
        self._later.answered(reply)

    def draft_forgotten(self, *, is_gone: bool) -> None:
        """Take the news whether a code opens nothing any more."""
        self._later.forgotten(is_gone=is_gone)

    def printed(self, state: str) -> None:
        """Take the outcome of printing: "printed", "no_printer", "paper_out" or "print_failed"."""
        self._papers.printed(state)

    def sheet_printed(self, sheet: Sheet, state: str) -> None:
        """Take the outcome of printing a letter, the strip of a result or the phone card."""
        self._case.sheets.printed(sheet, state)

    def begin_neutral(self) -> None:
        """Begin on the neutral screen: the visitor before left in a hurry."""
        self._road.spot = Spot("neutral")

    @property
    def can_be_told(self) -> bool:
        """Tell whether a word may come over the screen now: nothing is being written, and no other word stands."""
        return not (self.is_warned or self.closing_desk.closes_at or self.spot.name in ("keeping", WAIT))

    def rest_at(self, spot: str) -> None:
        """Show why nothing can be begun here now (out of service, closed), or with "start" where every visit begins."""
        self._road.forget_all()
        self._road.spot = Spot(spot)

    def status_changed(self, state: CaseState) -> None:
        """Take the news of where the case is now."""
        self._case.status_changed(state)

    def warn_idle(self, seconds: int) -> None:
        """Show the warning that the visit will be wiped in so many seconds; nothing behind it changes."""
        self._idle_seconds = seconds

    def stay(self) -> None:
        """Take the warning away; everything is as it was."""
        self._idle_seconds = 0

    @property
    def is_warned(self) -> bool:
        """Tell whether the warning stands."""
        return self._idle_seconds > 0
