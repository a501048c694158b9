# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every screen that a visit can show, found by walking all services and pressing every button; no list that rots.

A station is a visit standing still at one screen. Its view can be asked in any language, size and theme, so the walk
is done once. What is wrong with a screen is for whoever looks (`commands.screen_check`).
"""

from __future__ import annotations

import copy
import copyreg
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import MappingProxyType

from commands.card_screens import look_at_cards
from commands.screen_roads import every_road, rich_answer
from domain.answers import Answer, AnswerKind
from domain.attachment import FileContent, Heard, Loudness, ShelfPicture
from domain.case import CaseId, CaseState
from domain.draft import Draft, DraftOutcome, DraftReply, KeptDraft
from domain.errors import AttachmentReason
from domain.follow_up import FollowUpKind
from domain.journey import Ask, Journey
from domain.outage import Closure, Outage
from domain.receipt import Receipt
from domain.service import ServiceDefinition
from domain.status_check import FoundCase, StatusOutcome, StatusReply
from i18n.texts import Texts
from kiosk.effects import FileCase, FindPictures, KeepDraft, Order, PrintDraftCode, StartRecording
from kiosk.filing import receipt_texts
from kiosk.later_page import KEEP
from kiosk.navigator import Navigator
from kiosk.screens import ending
from kiosk.screens.attract import SLIDES, attract_view
from kiosk.screens.correction import PICK
from kiosk.screens.hours import SPOT as CLOSED_NOW
from kiosk.screens.language import names_of
from kiosk.screens.question import OFFER
from kiosk.screens.start import LATER, STATUS
from kiosk.screens.words import Surroundings, Words
from kiosk.status_desk import CORRECT
from kiosk.view import (
    BACK,
    COLOURS,
    LEAVE,
    LOW,
    NEXT,
    READ,
    SIZE,
    STOP,
    AnswerRows,
    Button,
    ButtonRow,
    Choices,
    Chose,
    Field,
    Part,
    Preferences,
    Pressed,
    Snapshots,
    Tiles,
    View,
    Where,
)
from resources.service_library import ServiceLibrary

# The longest words a municipality is likely to fill in.
PLACE = Surroundings(
    municipality="Voorbeeld aan den IJssel",
    phone="14 0123",
    desk="balie 12, begane grond",
    has_printer=True,
    has_pictures=True,
    has_microphone=True,
    has_id_reader=True,
    draft_days=30,
)
_NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SAME_EVERYWHERE = frozenset({READ, SIZE, COLOURS, LOW, LEAVE})
_MOST_OF_ONE_FRAME_BUTTON = 4
_MOST_STEPS = 80
_OVER_ALL = frozenset({"idle", "closing"})  # a place over every other, that a visit does not move to
# Lists of answers differ on every road, but not in shape; how a receipt can end is shown for the first ones.
_MOST_OF_ONE_NAME = {"overview": 2, "check": 2, "confirmation": 3, "rehearse": 2, "service": 6}
_PAPER = FileContent("application/pdf", b"%PDF-1.4")
_SPOKEN = FileContent("audio/wav", b"RIFF", seconds=75)
_NUMBERS = re.compile(r"[0-9]+")
# A read-only mapping knows no way to copy itself, and some answers hold one.
copyreg.pickle(MappingProxyType, lambda mapping: (MappingProxyType, (dict(mapping),)))


class _StoppedClock:
    """The same moment for every walk: what is found does not change by the day."""

    def now(self) -> datetime:
        return _NOON


@dataclass(frozen=True, slots=True)
class Station:
    """A visit that stands still at one screen."""

    visit: Navigator
    spot: str  # the name of the place, of `kiosk.spots`
    instead: Callable[[Words], View] | None = None  # a screen that stands where the visit's would be

    def view(self, preferences: Preferences, *, is_portrait: bool = False) -> View:
        """Give the screen for these preferences on a screen that lies or stands."""
        self.visit.preferences = preferences
        self.visit.place = replace(self.visit.place, is_portrait=is_portrait)
        return self.visit.view if self.instead is None else self.instead(self.visit.words)


@dataclass(slots=True)
class ScreenWalk:
    """Walks everywhere and keeps each screen that looks unlike all before."""

    library: ServiceLibrary
    texts_of: Callable[[str], Texts]
    languages: tuple[str, ...] = ("nl", "en")
    stations: list[Station] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _pressed: Counter[str] = field(default_factory=Counter)
    _seen: Counter[str] = field(default_factory=Counter)
    _fresh: list[Navigator] = field(default_factory=list)
    _clock: _StoppedClock = field(default_factory=_StoppedClock)

    def go(self) -> list[Station]:
        """Walk everywhere; gives the stations in the order in which they were found."""
        self._look(self._visit())
        self._asides()
        for service in self.library.services:
            for answers in every_road(service, self._visit().today):
                self._walk(service, answers)
        while self._fresh:
            visit = self._fresh.pop()
            for button in self._buttons(visit.view):
                branch = self._fork(visit)
                branch.handle(Pressed(button))
                # Two buttons of one question pressed together show nothing that each alone does not.
                self._look(branch, goes_on=branch.spot != visit.spot)
        self.stations += self._pictures()
        return self.stations

    # -- looking ---------------------------------------------------------------------------------------------------

    def _visit(self) -> Navigator:
        place = replace(PLACE, languages=self.languages)
        return Navigator(self.library, self.texts_of, place, self._clock)

    def _fork(self, visit: Navigator) -> Navigator:
        """Give a visit that can go on by itself; what no visit ever changes is shared."""
        shared = (self.library, self.texts_of, self._clock, *self.library.services)
        return copy.deepcopy(visit, {id(thing): thing for thing in shared})

    def _look(self, visit: Navigator, *, goes_on: bool = True) -> bool:
        """Keep the screen of now when nothing looked like it before."""
        view = visit.view
        signature = appearance(view)
        if signature in self._known or self._seen[view.name] >= _MOST_OF_ONE_NAME.get(visit.spot.name, _MOST_STEPS):
            return False
        self._known.add(signature)
        self._seen[view.name] += 1
        kept = self._fork(visit)
        self.stations.append(Station(kept, view.name if view.name in _OVER_ALL else visit.spot.name))
        if goes_on:
            self._fresh.append(kept)
        return True

    def _buttons(self, view: View) -> Iterator[str]:
        """Give what is worth pressing here; the frame leads to the same places from everywhere."""
        for button in (*view.bar, *view.tools):
            if button.id not in _SAME_EVERYWHERE and self._pressed[button.id] < _MOST_OF_ONE_FRAME_BUTTON:
                self._pressed[button.id] += 1
                yield button.id
        if any(button.id == NEXT for button in view.bar):
            yield NEXT
        for part in view.parts:
            yield from _presses(part)

    # -- walking ---------------------------------------------------------------------------------------------------

    def _walk(self, service: ServiceDefinition, answers: dict[str, Answer]) -> None:
        """Do one visit to its receipt, looking at every screen before and after it is filled in."""
        visit = self._visit()
        visit.handle(Pressed(f"service:{service.id}"))
        for _ in range(_MOST_STEPS):
            self._look(visit)
            step = visit.step
            if isinstance(step, Ask):
                question = step.question
                answer = answers.get(question.id) or rich_answer(question, visit.today)
                if answer.kind is AnswerKind.GIVEN:
                    visit.put(question.id, answer.fields)
                else:
                    visit.handle(Pressed(OFFER + answer.kind.value))
                self._look(visit)
            effects = visit.handle(Pressed(NEXT))
            order = next((effect.order for effect in effects if isinstance(effect, FileCase)), None)
            if order is not None:
                self._end(visit, order)
                return

    def _end(self, visit: Navigator, order: Order) -> None:
        """See the case being kept, our own failure, and the receipt with everything that can become of it."""
        self._look(visit)
        failed = self._fork(visit)
        failed.filing_failed()
        self._look(failed)
        visit.filed(self._receipt(order))
        self._look(visit)
        if self._seen["ends"]:
            return
        self._seen["ends"] += 1
        self._seen[visit.view.name] = -len(CaseState) - 4  # all that can become of it
        for state in CaseState:
            told = self._fork(visit)
            told.status_changed(state)
            self._look(told, goes_on=False)
        told = self._fork(visit)
        told.closing_desk.warn(_NOON + timedelta(minutes=10))
        self._look(told, goes_on=False)
        for outcome in ("printed", "no_printer", "paper_out", "print_failed"):
            told = self._fork(visit)
            told.printed(outcome)
            self._look(told)
            told.handle(Pressed(BACK))
            self._look(told, goes_on=False)

    def _receipt(self, order: Order) -> Receipt:
        journey = Journey(order.definition, order.answers, order.today)
        words = Words(self.texts_of("nl"), self.library, PLACE, Preferences(), order.today)
        texts = receipt_texts(words, journey, CaseState.PENDING)
        return Receipt(
            reference="7F3K-9Q2M-X4",
            status_code="4072",
            submitted_at=_NOON,
            promised_on=journey.promised_on,
            state=CaseState.PENDING,
            municipality=PLACE.municipality,
            phone=PLACE.phone,
            language="nl",
            texts=texts,
            dutch=texts,
        )

    # -- what no button leads to -----------------------------------------------------------------------------------

    def _asides(self) -> None:
        for happens in (
            lambda visit: visit.begin_neutral(),
            lambda visit: visit.warn_idle(60),
            lambda visit: visit.handle(Pressed("service:closed-today")),
            self._connect_desk,
        ):
            visit = self._visit()
            happens(visit)
            self._look(visit)
        self._hours()
        self._statuses()
        self._laters()
        look_at_cards(self._visit(), self._fork, self._look)
        for service in self.library.services:
            self._look(self._closed(service))
            for question in service.questions:
                if question.type.value in ("photo", "spoken") or question.type.name == "LONG_TEXT":
                    self._beside(service, question.id)

    def _pictures(self) -> Iterator[Station]:
        """See what a start screen shows that nobody touched for a while."""
        names = names_of(self.languages, self.texts_of)
        for slide, name in enumerate(SLIDES):
            picture = partial(attract_view, slide=slide, names=names, is_still=bool(slide), may_change=True)
            yield Station(self._visit(), f"attract-{name}", picture)

    def _hours(self) -> None:
        """See that it is closed now, and that it closes soon."""
        shelter = {"geen-huis": {"shelter_phone": "0123 45 67 89"}}
        for opens_at in (_NOON + timedelta(hours=2), _NOON + timedelta(days=1), _NOON + timedelta(days=3), None):
            visit = self._visit()
            visit.place = replace(visit.place, opens_at=opens_at, service_settings=shelter)
            visit.rest_at(CLOSED_NOW)
            self._look(visit, goes_on=False)
        visit = self._visit()
        visit.handle(Pressed("service:bel"))
        for button in (NEXT, OFFER + AnswerKind.UNKNOWN.value, NEXT):
            told = self._fork(visit)
            told.closing_desk.warn(_NOON + timedelta(minutes=10))
            self._look(told, goes_on=False)
            visit.handle(Pressed(button))
        visit.closing_desk.warn(_NOON + timedelta(minutes=10))
        self._look(visit, goes_on=False)

    def _closed(self, service: ServiceDefinition) -> Navigator:
        """Let the municipality close a service for now."""
        closure = Closure({"nl": "Het systeem is stuk. Wij maken het.", "en": "The system is broken. We are on it."})
        visit = self._visit()
        visit.place = replace(visit.place, outages={service.id: Outage(closure, _NOON)})
        visit.handle(Pressed(f"service:{service.id}"))
        return visit

    def _statuses(self) -> None:
        """See what the store can answer to "Hoe ver is mijn vraag?"."""
        visit = self._visit()
        visit.handle(Pressed(STATUS))
        visit.handle(Pressed(NEXT))
        self._look(visit)
        case = FoundCase(CaseId("x"), "7F3K-9Q2M-X4", "bel", 1, CaseState.DELIVERED, _NOON.date())
        late = replace(case, promised_on=date(2026, 11, 2))
        known = replace(late, checked_at=_NOON)
        states = (replace(case, state=state) for state in CaseState if state is not CaseState.DRAFT)
        told = (
            replace(known, reminded_on=_NOON.date()),
            replace(case, is_withdrawn=True),
            replace(case, corrections=1),
        )
        for reply in (
            None,
            StatusReply(StatusOutcome.WRONG_CODE, tries_left=3),
            StatusReply(StatusOutcome.UNKNOWN),
            StatusReply(StatusOutcome.LOCKED, locked_until=_NOON),
            *(StatusReply(StatusOutcome.FOUND, found) for found in (*states, late, known, *told)),
        ):
            answered = self._visit()
            answered.handle(Pressed(STATUS))
            answered.status_answered(reply)
            self._look(answered)
        self._corrections(StatusReply(StatusOutcome.FOUND, case))

    def _laters(self) -> None:
        """See answers kept under a code, and what can come of a code."""
        visit = self._visit()
        visit.handle(Pressed("service:bel"))
        visit.handle(Pressed(NEXT))
        visit.handle(Pressed(OFFER + AnswerKind.UNKNOWN.value))
        visit.handle(Pressed(NEXT))
        visit.handle(Pressed(STOP))
        self._look(visit, goes_on=False)
        visit.handle(Pressed(ending.LATER))
        self._look(visit, goes_on=False)
        keeping = visit.handle(Pressed(KEEP))
        self._look(visit)
        failed = self._fork(visit)
        failed.draft_kept(None)
        self._look(failed)
        draft = next(effect.draft for effect in keeping if isinstance(effect, KeepDraft))
        for kept in (KeptDraft("00", "WXMN-QWMZ", 30, _NOON.date()), KeptDraft("00", "WXMN-QWMZ", 30)):
            told = self._fork(visit)
            told.draft_kept(kept)
            self._look(told)
            for outcome in ("printed", "print_failed"):
                printed = self._fork(told)
                printed.sheet_printed(PrintDraftCode(kept, "nl", _NOON.date()), outcome)
                self._look(printed, goes_on=False)
            told.draft_forgotten(is_gone=True)
            self._look(told)
        self._codes(visit, draft)

    def _codes(self, filled_in: Navigator, draft: Draft) -> None:
        for reply in (
            None,
            DraftReply(DraftOutcome.WRONG_CODE, tries_left=3),
            DraftReply(DraftOutcome.EXPIRED),
            DraftReply(DraftOutcome.LOCKED, locked_until=_NOON),
            DraftReply(DraftOutcome.OPENED, draft, "00"),
            DraftReply(DraftOutcome.OPENED, replace(draft, service_version=0), "00"),
        ):
            answered = self._visit()
            answered.handle(Pressed(LATER))
            answered.handle(Pressed(NEXT))
            answered.draft_answered(reply)
            self._look(answered)
        busy = self._fork(filled_in)
        busy.draft_kept(None)
        for _ in range(4):
            busy.handle(Pressed(BACK))
        busy.handle(Pressed(LATER))
        self._look(busy)

    def _corrections(self, reply: StatusReply) -> None:
        """See one answer given anew."""
        visit = self._visit()
        visit.handle(Pressed(STATUS))
        visit.status_answered(reply)
        visit.handle(Pressed(CORRECT))
        visit.handle(Chose(PICK, "onderwerp"))
        self._look(visit)
        visit.handle(Pressed(NEXT))
        visit.handle(Chose("answer", "geld"))
        self._look(visit)
        visit.handle(Pressed(NEXT))
        self._look(visit)
        visit.handle(Pressed(NEXT))
        visit.added_to_case(FollowUpKind.CORRECTION, is_kept=False)
        self._look(visit)

    @staticmethod
    def _connect_desk(visit: Navigator) -> None:
        visit.place = replace(visit.place, desk_is_connected=True)
        visit.handle(Pressed("bar.human"))

    def _beside(self, service: ServiceDefinition, question_id: str) -> None:
        """Photos and recordings: what a device can tell while their question is on the screen."""
        road = next((found for found in every_road(service, self._visit().today, question_id)), None)
        if road is None:
            return
        visit = self._visit()
        visit.handle(Pressed(f"service:{service.id}"))
        for _ in range(_MOST_STEPS):
            visit.handle(Pressed(NEXT))
            step = visit.step
            if not isinstance(step, Ask):
                continue
            if step.question.id == question_id:
                break
            answer = road.get(step.question.id) or rich_answer(step.question, visit.today)
            if answer.kind is AnswerKind.GIVEN:
                visit.put(step.question.id, answer.fields)
            else:
                visit.handle(Pressed(OFFER + answer.kind.value))
        else:
            return
        pressable = [button for part in visit.view.parts for button in _presses(part)]
        for button in pressable:
            branch = self._fork(visit)
            for effect in branch.handle(Pressed(button)):
                self._look(branch)
                if isinstance(effect, FindPictures):
                    self._shelf(branch)
                elif isinstance(effect, StartRecording):
                    self._recorder(branch)

    def _shelf(self, visit: Navigator) -> None:
        pictures = tuple(ShelfPicture(f"p{number}", f"14.2{number}", is_paper=number == 1) for number in range(4))
        for found in ((), pictures):
            visit.desk.pictures_found(found)
            self._look(visit)
        visit.handle(Pressed("photo.take.p1"))
        for reason in AttachmentReason:
            refused = self._fork(visit)
            refused.desk.picture_refused(reason)
            self._look(refused)
        visit.desk.picture_fetched(_PAPER)
        self._look(visit)

    def _recorder(self, visit: Navigator) -> None:
        for loudness in Loudness:
            visit.desk.heard(Heard(95, loudness))
            self._look(visit)
        failed = self._fork(visit)
        failed.desk.recording_failed()
        self._look(failed)
        visit.desk.recorded(_SPOKEN)
        self._look(visit)


def _presses(part: Part) -> Iterator[str]:
    """Give the ids of what can be pressed in a part."""
    match part:
        case Button():
            yield part.id
        case ButtonRow():
            yield from (button.id for button in part.buttons)
        case Tiles():
            yield from (tile.id for tile in part.tiles)
        case AnswerRows():
            # One change road leads where all others do.
            yield from (row.id for row in part.rows[:1] if row.change)
        case Snapshots():
            yield from (snapshot.id for snapshot in part.snapshots[:1])
        case _:
            return


def appearance(view: View) -> str:
    """Say what a screen looks like; what does not change its shape (a choice made, a number) is left out."""
    parts = [part for part in view.parts if not isinstance(part, Where)]
    frame = [button.text for button in (*view.bar, *view.tools)]
    return _NUMBERS.sub("0", repr(([_bare(part) for part in parts], frame, view.bar_note)))


def _bare(thing: object) -> object:
    if isinstance(thing, Choices):
        thing = replace(thing, chosen=frozenset())
    elif isinstance(thing, Field):
        thing = replace(thing, text="", picks=())
    elif isinstance(thing, Button):
        thing = replace(thing, is_on=None, spoken="")
    if is_dataclass(thing):
        return type(thing).__name__, *(_bare(getattr(thing, each.name)) for each in fields(thing))
    if isinstance(thing, tuple):
        return tuple(_bare(each) for each in thing)
    return len(thing) if isinstance(thing, bytes) else thing
