# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a visitor is and what an event does: the one object that moves.

It holds the state of one visit, gives the view of now and answers each event with effects for the visit to carry out.
What to ask next is the journey's; how a screen looks is `kiosk.screens`; no Qt, no store, no paper, no sound here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.answers import AnswerKind, Answers, Problem
from domain.case import CaseId, CaseState
from domain.follow_up import FollowUpKind
from domain.journey import Ask, Journey, Step
from domain.ports import Clock
from domain.receipt import Receipt
from domain.reference import new_reference, new_status_code
from domain.service import Question, ServiceDefinition
from domain.status_check import StatusReply
from domain.validation import understand
from i18n.texts import Texts
from kiosk import drafting
from kiosk import view as view_ids
from kiosk.correction_desk import CorrectionDesk
from kiosk.effects import (
    Effect,
    EndsAt,
    EndVisit,
    FileCase,
    Order,
    PrintLetter,
    PrintPaperRoad,
    PrintPhoneCard,
    PrintReceipt,
    PrintStrip,
    SayParts,
    Sheet,
)
from kiosk.kept import Kept
from kiosk.screens import (
    correction,
    ending,
    letters,
    pauses,
    rehearsal,
    result,
    service_page,
    start,
    tell_back,
)
from kiosk.screens.asked import QuestionState
from kiosk.screens.frame import with_tool
from kiosk.screens.language import names_of
from kiosk.screens.walk import WALK, further
from kiosk.screens.words import Surroundings, Words
from kiosk.sheet_desk import SheetDesk
from kiosk.showing import Situation, show
from kiosk.sound_desk import SoundDesk
from kiosk.spots import Spot, step_spot
from kiosk.status_desk import CORRECT, REMIND, WITHDRAW, YES_WITHDRAW, StatusDesk
from kiosk.tell_back_desk import TellBackDesk
from kiosk.tray_desk import TrayDesk
from kiosk.view import (
    COLOURS,
    LEAVE,
    LOW,
    READ,
    SIZE,
    Chose,
    Event,
    Preferences,
    Pressed,
    Typed,
    View,
)
from resources.service_library import ServiceLibrary
from resources.walk_book import WalkBook

HERE = ZoneInfo("Europe/Amsterdam")
CALL_BACK = "bel"  # the service that every "a person, please" can lead to
# Left again to where one was.
ASIDE = frozenset({"human", "language", "stop", "large-number", "phone-card", "rehearse", "pictures", "tell-back"})


class Navigator:
    """One visit's place, answers and preferences."""

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
        self._spot = Spot("start")
        self._been: list[Spot] = []
        self._service: ServiceDefinition | None = None
        self._answers: dict[str, Answers] = {}
        self._on_screen = QuestionState()
        self._return_to: Spot | None = None
        self._order: Order | None = None
        self._doubtful: dict[str, Order] = {}  # by service: what could not be kept, or perhaps was
        self._is_unsure = False
        self._receipt: Receipt | None = None
        self._state = CaseState.PENDING
        self._print_state = ""
        self._sheets = SheetDesk()
        self._unfolded = ""
        self._idle_seconds = 0  # until the end, while the warning stands over the screen
        self._walk_book = WalkBook()
        self._kept: dict[str, Kept] = {}
        self._filed: set[str] = set()
        self._carried: frozenset[str] = frozenset()
        self._told_back = TellBackDesk()
        self.desk = TrayDesk(self)
        self.sound_desk = SoundDesk(self)
        self._status_desk = StatusDesk()
        self._correction = CorrectionDesk()

    # -- what is on the screen -------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """Give the screen of now; the same state gives the same view."""
        situation = Situation(
            spot=Spot("idle") if self._idle_seconds else self._spot,
            journey=self.journey if self._service is not None else None,
            step=self._step(),
            on_screen=self._on_screen,
            beside=self.desk.beside,
            receipt=self._receipt,
            state=self._state,
            print_state=self._print_state,
            sheets=self._sheets.states,
            unfolded=self._unfolded,
            told_back=self._told_back.chosen,
            idle_seconds=self._idle_seconds,
            language_names=lambda: names_of(self._place.languages, self._texts_of),
            call_back=self._call_back(),
            is_unsure=self._is_unsure,
            walk_book=self._walk_book,
            status=self._status_desk.page,
            correction=self._correction.page,
            moment=self._clock.now(),
        )
        words = self._words()
        under = show(words, situation)
        return under if self.is_warned else self.sound_desk.over(words, under)

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        return self._words()

    def _words(self) -> Words:
        now = self._local_now()
        texts = self._texts_of(self.preferences.language)
        return Words(texts, self._library, self._place, self.preferences, now.date(), now.hour)

    def _local_now(self) -> datetime:
        return self._clock.now().astimezone(HERE)

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
        return self._spot

    @property
    def step(self) -> Step | None:
        """Give the step of the journey that is on the screen; None anywhere else."""
        return self._step()

    @property
    def today(self) -> date:
        """Give the day in the Netherlands."""
        return self._local_now().date()

    @property
    def journey(self) -> Journey:
        """Give the journey of the service that is being done.

        Raises: RuntimeError when no service was chosen.
        """
        if self._service is None:
            raise RuntimeError("no service chosen")
        answers = self._order.answers if self._order else self._answers.get(self._service.id, Answers())
        return Journey(self._service, answers, self._order.today if self._order else self.today)

    @property
    def has_something_typed(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        if self._status_desk.is_filled or self._correction.is_filled:
            return True
        if self._receipt is not None:
            return False
        kept = [answer for service_id in self._filed for answer in self._answers[service_id]]
        known = [answer for answers in self._answers.values() for answer in answers]
        return any(answer not in kept for answer in known) or drafting.is_filled(self._on_screen)

    @property
    def is_untouched(self) -> bool:
        """Tell whether this visit is still as it began, so that idling needs no end."""
        at_rest = self._spot.name in ("start", "neutral")
        is_plain = self.preferences in (Preferences(), self.plain) and not self.sound_desk.is_open
        return at_rest and is_plain and not self.has_something_typed

    @property
    def is_kept(self) -> bool:
        """Tell whether the case of this visit is durable."""
        return self._receipt is not None

    @property
    def case_id(self) -> CaseId | None:
        """Give the id of the case that was kept."""
        return self._order.case_id if self._order and self._receipt else None

    # -- events ----------------------------------------------------------------------------------------------------

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """Take an event of the visitor; the view may be another one afterwards."""
        self.stay()  # who does anything is there
        match event:
            case Typed():
                self._typed(event)
                return ()
            case Chose():
                self._chose(event)
                return ()
            case Pressed():
                about_voice = self.sound_desk.pressed(event.id)
                if about_voice is not None:
                    return about_voice
                effects = self._pressed(event.id)
                return (*self.desk.moved(), *effects)

    def _pressed(self, button: str) -> tuple[Effect, ...]:
        if button in (READ, SIZE, COLOURS, LOW):
            self.preferences = with_tool(self.preferences, button)
            return ()
        if button == LEAVE:
            return (EndVisit(EndsAt.NEUTRAL),)
        if self._spot.name == "keeping":
            return ()  # the case is being written; a tap in between does nothing
        match button:
            case view_ids.LANGUAGE:
                self._go_aside(Spot("language"))
            case view_ids.HUMAN:
                self._go_aside(Spot("human"))
            case view_ids.STOP:
                if not self.has_something_typed:
                    return (EndVisit(),)
                self._go_aside(Spot("stop"))
            case ending.YES_STOP:
                return (EndVisit(),)
            case view_ids.BACK:
                self._go_back()
            case ending.STAY:
                pass  # the warning is gone already
            case ending.AWAKE:
                self._spot = Spot("start")
            case view_ids.NEXT:
                return self._next()
            case _:
                return self._pressed_in_page(button)
        return ()

    def _pressed_in_page(self, button: str) -> tuple[Effect, ...]:
        if button.startswith(start.SERVICE):
            self._open(button.removeprefix(start.SERVICE))
        elif button in (start.MORE, start.LOST):
            self._go(Spot(button.removeprefix("start.")))
        elif button.startswith(WALK):
            self._go(Spot("lost", further(self._spot.detail, button)))
        elif button in service_page.FOLDS:
            self._unfolded = "" if self._unfolded == button else button
        elif button.startswith(tell_back.CHOICE):
            return self._told_back.chose(button.removeprefix(tell_back.CHOICE))
        elif button.startswith(pauses.CHANGE):
            self._change(button.removeprefix(pauses.CHANGE))
        elif button == pauses.PRINT_PAPER_ROAD:
            self._print_state = "printing"
            return (PrintPaperRoad(self._new_order(), is_haste=True),)
        elif button == ending.PRINT_ANSWERS and self._order:
            return (PrintPaperRoad(self._order, is_haste=False),)
        elif button == ending.TRY_AGAIN:
            return self._file()
        elif button == ending.PRINT and self._receipt:
            self._print_state = "printing"
            return (PrintReceipt(self._as_it_is_now(self._receipt)),)
        elif button == ending.HEAR:
            return (SayParts(("number", "code")),)
        elif button == ending.LARGE_NUMBER:
            self._go_aside(Spot("large-number"))
        elif (effects := self._pressed_for_device(button)) is not None:
            return effects
        else:
            self._on_screen = drafting.pressed(self._on_screen, button)
        return ()

    def _pressed_about_status(self, button: str) -> tuple[Effect, ...] | None:
        """Answer the buttons under "Hoe ver is mijn vraag?"; None when it is another button."""
        if button == start.STATUS:
            self._status_desk.begin()
            self._correction.end()
            self._go(Spot("status"))
            return ()
        if self._spot.name == "correct-answer":
            self._correction.pressed(button)
            return ()
        if button == REMIND:
            return self._status_desk.add(FollowUpKind.REMINDER)
        if button == CORRECT:
            self._begin_correction()
            return ()
        if button == correction.MORE:
            self._go(Spot("correct"))
            return ()
        if button.startswith(correction.CHANGE):
            self._correction.pick(button.removeprefix(correction.CHANGE))
            self._go(Spot("correct-answer"))
            return ()
        if button == WITHDRAW:
            self._go_aside(Spot("status-withdraw"))
            return ()
        if button == YES_WITHDRAW:
            self._leave_aside()
            return self._status_desk.add(FollowUpKind.WITHDRAWAL)
        return None

    def _begin_correction(self) -> None:
        reply = self._status_desk.page.reply
        service_id = reply.case.service_id if reply is not None and reply.case is not None else ""
        definition = next((found for found in self._library.services if found.id == service_id), None)
        if definition is not None:
            self._correction.begin(definition)
            self._go(Spot("correct"))

    def _next_of_correction(self) -> tuple[Effect, ...]:
        page = self._correction.page
        match self._spot.name:
            case "correct" if page is not None and page.question is not None:
                self._go(Spot("correct-answer"))
            case "correct-answer" if self._correction.settle(self.today):
                self._arrive(Spot("correct-check"))
            case "correct-check" if page is not None and page.corrected:
                return self._status_desk.add(FollowUpKind.CORRECTION, page.lines(self._words().dutch))
        return ()

    def _pressed_for_device(self, button: str) -> tuple[Effect, ...] | None:
        """Answer the buttons that need a printer, a camera's pictures or a microphone."""
        effects = self._pressed_about_status(button)
        if effects is None:
            effects = self._pressed_for_paper(button)
        return effects if effects is not None else self.desk.pressed(button)

    def _pressed_for_paper(self, button: str) -> tuple[Effect, ...] | None:
        """Answer the buttons of letters, the result and the phone card; None when it is another button."""
        if button.startswith(letters.PRINT_LETTER):
            return self._print_letter(button.removeprefix(letters.PRINT_LETTER))
        if button == result.PRINT_STRIP:
            return self._sheets.ask(PrintStrip(self._order or self._new_order()))
        if button == result.GO_ON:
            self._onward()
            return ()
        if button in rehearsal.BUTTONS and self._service is not None:
            return self._pressed_on_phone_card(button, self._service)
        return None

    def _print_letter(self, letter_id: str) -> tuple[Effect, ...]:
        if all(letter.id != letter_id for letter in self.journey.letters):
            return ()
        return self._sheets.ask(PrintLetter(self._order or self._new_order(), letter_id))

    def _pressed_on_phone_card(self, button: str, service: ServiceDefinition) -> tuple[Effect, ...]:
        match button:
            case rehearsal.OPEN_CARD:
                self._go_aside(Spot("phone-card"))
            case rehearsal.PRINT_CARD:
                return self._sheets.ask(PrintPhoneCard(service, self.preferences.language, self.today))
            case rehearsal.REHEARSE:
                self._go_aside(Spot("rehearse", "1"))
            case _:
                return (SayParts(rehearsal.SAID_BY[button]),)
        return ()

    def _typed(self, event: Typed) -> None:
        if self._spot.name == "status":
            self._status_desk.typed(event)
        elif self._spot.name == "correct-answer":
            self._correction.typed(event)
        elif isinstance(self._step(), Ask):
            self._on_screen = drafting.typed(self._on_screen, event)

    def _chose(self, event: Chose) -> None:
        step = self._step()
        if event.part_id == "language" and event.option_id in self._place.languages:
            self.preferences = replace(self.preferences, language=event.option_id)
        elif self._spot.name == "correct" and event.part_id == correction.PICK:
            self._correction.pick(event.option_id)
        elif self._spot.name == "correct-answer":
            self._correction.chose(event)
        elif isinstance(step, Ask):
            self._on_screen = drafting.chosen(self._on_screen, step.question, event)

    # -- what the tray needs of the screen (`kiosk.tray_desk.AnswerScreen`) ----------------------------------------

    @property
    def asked_id(self) -> str:
        """Give the id of the question on the screen; empty when there is none."""
        step = self._step()
        return step.question.id if isinstance(step, Ask) else ""

    def fields_of(self, question_id: str) -> Mapping[str, str]:
        """Give what was filled in for a question, on the screen or kept."""
        if question_id == self.asked_id:
            return self._on_screen.fields if self._on_screen.kind is AnswerKind.GIVEN else {}
        kept = self.journey.answers.get(question_id) if self._service is not None else None
        return kept.fields if kept is not None and kept.kind is AnswerKind.GIVEN else {}

    def put(self, question_id: str, fields: Mapping[str, str]) -> None:
        """Fill in a question, on the screen or among the answers."""
        if question_id == self.asked_id:
            self._on_screen = drafting.filled(self._on_screen, fields)
            return
        asked = (
            next((found for found in self._service.questions if found.id == question_id), None)
            if self._service
            else None
        )
        if asked is not None and self._order is None:
            self._keep(asked, QuestionState(fields=fields))

    def blame(self, question_id: str, code: str) -> None:
        """Say what to do about a question, when it is on the screen."""
        if question_id and question_id == self.asked_id:
            self._on_screen = replace(self._on_screen, problem=Problem(question_id, code))

    def show_pictures(self) -> None:
        """Go aside to the pictures to choose from."""
        self._go_aside(Spot("pictures"))

    def leave_pictures(self) -> None:
        """Go back from there."""
        self._leave_aside()

    # -- moving ----------------------------------------------------------------------------------------------------

    def _go(self, spot: Spot) -> None:
        if self._spot.name not in ASIDE:
            self._been.append(self._spot)
        self._arrive(spot)

    def _arrive(self, spot: Spot) -> None:
        if spot.name == "confirmation" and spot.detail in self._kept:
            self._come_back_to(self._kept.pop(spot.detail))
        self._spot = spot
        self._on_screen = QuestionState()
        step = self._step()
        if isinstance(step, Ask):
            answer = self.journey.answers.get(step.question.id)
            if answer is not None:
                self._on_screen = QuestionState(answer.kind, answer.fields)

    def _go_aside(self, spot: Spot) -> None:
        if spot.name == self._spot.name:
            return
        self._keep_draft()
        # A language is chosen on any screen, also on one aside, and whoever chose it is there again.
        if self._spot.name not in ASIDE or spot.name == "language":
            self._been.append(self._spot)
        self._spot = spot

    def _leave_aside(self) -> None:
        self._arrive(self._been.pop() if self._been else Spot("start"))

    def _turn(self, by: int) -> None:
        """Go to another line of the call that is practised; past either end, back to where one was."""
        number = int(self._spot.detail) + by
        if self._service is not None and 1 <= number <= rehearsal.turns(self._words(), self._service):
            self._spot = Spot("rehearse", str(number))
        else:
            self._leave_aside()

    def _go_back(self) -> None:
        if self._spot.name == "rehearse":
            self._turn(-1)
            return
        if self._spot.name in ASIDE:
            self._leave_aside()
            return
        self._keep_draft()
        # What could not be kept keeps its number all the same: `_new_order`.
        self._order = None
        if self._return_to is not None:
            spot, self._return_to = self._return_to, None
            self._arrive(spot)
            return
        road = {step_spot(step) for step in self.journey.steps()} if self._service else set()
        while self._been:
            spot = self._been.pop()
            if not spot.is_step or spot in road:
                self._arrive(spot)
                return
        self._arrive(Spot("start"))

    def _open(self, service_id: str) -> None:
        service = next((found for found in self._library.services if found.id == service_id), None)
        self._keep_draft()
        if service is None:
            self._go(Spot("closed"))
            return
        shared = {
            answer.question_id: answer
            for answers in self._answers.values()
            for answer in answers
            if self._is_shared(service, answer.question_id)
        }
        known = self._answers.get(service.id, Answers())
        self._carried = frozenset()
        if self._service is not None and self._order is not None and self._receipt is not None:
            # A linked service asks nothing twice (PEOPLE 3); what is carried over stands on its check page.
            self._carried = frozenset(shared)
            kept = Kept(self._order, self._receipt, self._state, self._print_state, self._sheets.states)
            self._kept[self._service.id] = kept
        self._answers[service.id] = Answers({**shared, **known.by_question})
        self._service = service
        self._order, self._receipt, self._print_state = None, None, ""
        self._sheets = SheetDesk()
        self._return_to = None
        self._unfolded = ""
        self._go(Spot("service", service.id))

    def _come_back_to(self, kept: Kept) -> None:
        self._service, self._order, self._receipt = kept.order.definition, kept.order, kept.receipt
        self._state, self._print_state, self._sheets = kept.state, kept.print_state, SheetDesk(kept.sheets)
        self._return_to = None

    @staticmethod
    def _is_shared(service: ServiceDefinition, question_id: str) -> bool:
        return any(found.id == question_id and found.is_shared for found in service.questions)

    def _change(self, question_id: str) -> None:
        """Go to a question from the overview or the check, and come back there (feature C16)."""
        back_to = self._spot
        self._arrive(Spot("ask", question_id))
        self._return_to = back_to

    def _next(self) -> tuple[Effect, ...]:
        match self._spot.name:
            case "language":
                self._leave_aside()
                return ()
            case "rehearse":
                self._turn(1)
                return ()
            case "status-reply" if self._correction.is_filled:
                self._go_aside(Spot("stop"))
                return ()
            case "result" | "status-reply":
                return (EndVisit(),)
            case "status":
                return self._status_desk.ask()
            case "correct" | "correct-answer" | "correct-check":
                return self._next_of_correction()
            case "service":
                self._go(self._spot_after(-1))
                return ()
            case "confirmation":
                return self._end_of_case()
            case "tell-back":
                return (*self._told_back.left(), EndVisit())
            case "check":
                if not self.journey.is_complete:
                    self._go(step_spot(self.journey.first_open()))
                    return ()
                return self._file()
            case "ask" if not self._settle():
                return ()
            case _:
                self._onward()
                return ()

    def _end_of_case(self) -> tuple[Effect, ...]:
        """Ask once what happens now, when there is something to ask; else this was the end."""
        if self._told_back.is_asked_of(self.journey, self.preferences.language, is_practice=self._place.is_practice):
            self._go_aside(Spot("tell-back"))
            return ()
        return (EndVisit(),)

    def _settle(self) -> bool:
        """Keep the answer on the screen when it can be used; else say what to do."""
        step = self._step()
        if not isinstance(step, Ask):
            return True
        answer = self._on_screen.answer(step.question.id)
        found = understand(step.question, answer, self.today)
        if isinstance(found, Problem):
            self._on_screen = replace(self._on_screen, problem=found)
            return False
        self._keep(step.question, self._on_screen)
        return True

    def _spot_after(self, here: int) -> Spot:
        """Give the next place on the road, past what was answered in the service before."""
        for step in self.journey.steps()[here + 1 :]:
            is_known = isinstance(step, Ask) and step.question.id in self._carried
            if not (is_known and isinstance(step, Ask) and self.journey.is_settled(step.question)):
                return step_spot(step)
        return Spot("check")

    def _onward(self) -> None:
        road = self.journey.steps()
        spots = [step_spot(step) for step in road]
        here = spots.index(self._spot) if self._spot in spots else -1
        following = self._spot_after(here)
        if self._return_to is not None:
            # What the change brought up comes first: haste, an explanation, a new question; then back to the overview.
            if following.name in ("hurry", "explain"):
                self._arrive(following)
                return
            target, self._return_to = self._return_to, None
            first_open = step_spot(self.journey.first_open())
            limit = spots.index(target) if target in spots else len(spots)
            if first_open in spots and spots.index(first_open) < limit:
                self._arrive(first_open)
                self._return_to = target
                return
            self._arrive(target if target in spots else Spot("check"))
            return
        self._go(following)

    def _step(self) -> Step | None:
        if self._service is None or not self._spot.is_step:
            return None
        return next((step for step in self.journey.steps() if step_spot(step) == self._spot), None)

    def _keep(self, asked: Question, state: QuestionState) -> None:
        if self._service is None:
            return
        answers = self._answers.get(self._service.id, Answers())
        self._answers[self._service.id] = answers.with_answer(state.answer(asked.id))

    def _keep_draft(self) -> None:
        """Keep what stands on the screen, usable or not: going back never loses anything."""
        step = self._step()
        if isinstance(step, Ask) and (
            drafting.is_filled(self._on_screen) or self.journey.answers.get(step.question.id)
        ):
            self._keep(step.question, self._on_screen)

    def _call_back(self) -> ServiceDefinition | None:
        is_there = self._service is None or self._service.id != CALL_BACK
        return next((found for found in self._library.services if is_there and found.id == CALL_BACK), None)

    # -- keeping the case ------------------------------------------------------------------------------------------

    def _new_order(self) -> Order:
        """Make the order of the answers as they are now.

        After a failure it has the number of the order that failed: whatever the disk did with that one, what is
        confirmed now is the same case, never a second.
        """
        journey = self.journey
        before = self._doubtful.get(journey.definition.id)
        attachments = self.desk.tray.of(journey)
        order = Order(
            case_id=before.case_id if before else CaseId(str(uuid.uuid4())),
            reference=before.reference if before else new_reference(),
            status_code=before.status_code if before else new_status_code(),
            definition=journey.definition,
            answers=journey.answers,
            today=journey.today,
            language=self.preferences.language,
            attachments=attachments,
        )
        if before is None:
            return order
        is_same = (before.answers, before.attachments) == (order.answers, attachments)
        return replace(order, is_changed=before.is_changed or not is_same)

    def _file(self) -> tuple[Effect, ...]:
        if self._receipt is not None:
            return ()
        if self._spot.name == "check":
            self._been.append(self._spot)
        self._order = self._order or self._new_order()
        self._spot = Spot("keeping")
        return (FileCase(self._order),)

    def _as_it_is_now(self, receipt: Receipt) -> Receipt:
        """Give the receipt with the status of this moment: paper and screen say the same."""

        def said(language: str) -> str:
            words = replace(self._words(), texts=self._texts_of(language))
            return " ".join(words.tr(f"status.{self._state.value}.{part}") for part in ("title", "text"))

        own, dutch = replace(receipt.texts, status=said(receipt.language)), replace(receipt.dutch, status=said("nl"))
        return replace(receipt, state=self._state, texts=own, dutch=dutch)

    def filed(self, receipt: Receipt) -> tuple[Effect, ...]:
        """Take the news that the case is durable; only now is there a receipt."""
        self.sound_desk.close()  # nothing stands over a receipt that was waited for
        self._receipt = receipt
        self._state = receipt.state
        self._print_state = ""  # the paper of what could not wait is not the receipt
        self._been.clear()
        self._doubtful.pop(self.journey.definition.id, None)
        self._spot = Spot("confirmation", self.journey.definition.id)
        self._filed.add(self._spot.detail)
        return ()

    def filing_failed(self, *, is_unsure: bool = False) -> None:
        """Take the news that the case could not be kept; the order stays, so that trying again is the same case."""
        if self._order is not None:
            self._doubtful[self._order.definition.id] = self._order
        self._is_unsure = is_unsure
        self.sound_desk.close()
        self._spot = Spot("failure")

    def status_answered(self, reply: StatusReply | None) -> None:
        """Take the store's answer to "Hoe ver is mijn vraag?"; None when it could not be asked."""
        if self._status_desk.answered(reply) and self._spot.name == "status":
            self._go(Spot("status-reply"))

    def added_to_case(self, kind: FollowUpKind, *, is_kept: bool) -> None:
        """Take the news whether what was added to a case is safe."""
        self._status_desk.added(kind, is_kept=is_kept)
        if kind is FollowUpKind.CORRECTION and is_kept:
            self._correction.end()
            self._been = [spot for spot in self._been if not spot.name.startswith(("correct", "status-reply"))]
            if self._spot.name == "correct-check":
                self._spot = Spot("status-reply")

    def printed(self, state: str) -> None:
        """Take the outcome of printing: "printed", "no_printer", "paper_out" or "print_failed"."""
        self._print_state = state
        if state != "printed" and self._receipt is not None and self._spot.name == "confirmation":
            self._go_aside(Spot("large-number"))

    def sheet_printed(self, sheet: Sheet, state: str) -> None:
        """Take the outcome of printing a letter, the strip of a result or the phone card."""
        self._sheets.printed(sheet, state)

    def begin_neutral(self) -> None:
        """Begin on the neutral screen: the visitor before left in a hurry."""
        self._spot = Spot("neutral")

    def status_changed(self, state: CaseState) -> None:
        """Take the news of where the case is now."""
        self._state = state
        self._kept = {service_id: replace(kept, state=state) for service_id, kept in self._kept.items()}

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
