# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which desk a press is for: the buttons of the frame and of the pages, and what going on means on each screen.

What the press does then is the desk's. The voice is asked before, by the navigator: `kiosk.sound_desk`.
"""

from __future__ import annotations

from typing import Protocol

from domain.intake import APPLICANT
from kiosk import card_page
from kiosk import view as view_ids
from kiosk.desks import Desks
from kiosk.effects import Effect, EndsAt, EndVisit, FileCase, Order, SayParts
from kiosk.later_page import WAIT
from kiosk.screens import ending, pauses, question, result, service_page, start, tell_back
from kiosk.screens.frame import with_tool
from kiosk.screens.walk import WALK, further
from kiosk.screens.words import Words
from kiosk.spots import Spot
from kiosk.view import COLOURS, LEAVE, LOW, READ, SIZE, Preferences


class Presser(Protocol):
    """Who presses; `kiosk.navigator.Navigator` is the real one."""

    preferences: Preferences

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...

    @property
    def has_something_typed(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        ...

    def new_order(self) -> Order:
        """Make the order of the answers as they are now."""
        ...


class PressDesk:
    """Takes the presses of one visit."""

    def __init__(self, presser: Presser, desks: Desks) -> None:
        self._presser = presser
        self._road = desks.road
        self._case = desks.case
        self._question = desks.question
        self._guide = desks.guide
        self._papers = desks.papers
        self._phone = desks.phone
        self._follow_up = desks.follow_up
        self._told_back = desks.told_back
        self._tray = desks.tray
        self._later = desks.later
        self._card = desks.card
        self.unfolded = ""  # what is unfolded on the page of a service

    def pressed(self, button: str) -> tuple[Effect, ...]:
        """Answer a button."""
        if button in (READ, SIZE, COLOURS, LOW):
            self._presser.preferences = with_tool(self._presser.preferences, button)
            return ()
        if button == LEAVE:
            return (EndVisit(EndsAt.NEUTRAL),)
        if self._road.spot.name in ("keeping", WAIT):
            return ()  # something is being written; a tap in between does nothing
        match button:
            case view_ids.LANGUAGE:
                self._guide.go_aside(Spot("language"))
            case view_ids.HUMAN:
                self._guide.go_aside(Spot("human"))
            case view_ids.STOP:
                if not self._presser.has_something_typed:
                    return (EndVisit(),)
                self._guide.go_aside(Spot("stop"))
            case ending.YES_STOP:
                return (EndVisit(),)
            case view_ids.BACK:
                return self._go_back()
            case ending.STAY:
                pass  # the warning is gone already
            case ending.AWAKE:
                self._road.spot = Spot("start")
            case view_ids.NEXT:
                return self._next()
            case _:
                return self._pressed_in_page(button)
        return ()

    def _pressed_in_page(self, button: str) -> tuple[Effect, ...]:
        if button.startswith(start.SERVICE):
            self._open(button.removeprefix(start.SERVICE))
        elif button in (start.MORE, start.LOST):
            self._guide.go(Spot(button.removeprefix("start.")))
        elif button.startswith(WALK):
            self._guide.go(Spot("lost", further(self._road.spot.detail, button)))
        elif button in service_page.FOLDS:
            self.unfolded = "" if self.unfolded == button else button
        elif button.startswith(tell_back.CHOICE):
            return self._told_back.chose(button.removeprefix(tell_back.CHOICE))
        elif button.startswith(pauses.CHANGE):
            self._guide.change(button.removeprefix(pauses.CHANGE))
        elif button == ending.TRY_AGAIN:
            return self._file()
        elif button == ending.HEAR:
            return (SayParts(("number", "code")),)
        elif button == ending.LARGE_NUMBER:
            self._guide.go_aside(Spot("large-number"))
        elif button == result.GO_ON:
            self._guide.go_on()
        else:
            return self._pressed_at_desk(button)
        return ()

    def _pressed_at_desk(self, button: str) -> tuple[Effect, ...]:
        """Answer the buttons of the desks: the first that knows it takes it; else it is one inside the question."""
        for desk in (self._follow_up, self._papers, self._phone, self._tray, self._later, self._card):
            effects = desk.pressed(button)
            if effects is not None:
                return effects
        self._question.pressed(button)
        return ()

    def _open(self, service_id: str) -> None:
        services = self._presser.words.library.services
        service = next((found for found in services if found.id == service_id), None)
        self._guide.open(service)
        if service is not None:
            self.unfolded = ""

    def _go_back(self) -> tuple[Effect, ...]:
        match self._road.spot.name:
            case card_page.SPOT:
                return self._card.back()
            case "rehearse":
                self._phone.turn(-1)
            case _:
                self._guide.go_back()
        return ()

    def _next(self) -> tuple[Effect, ...]:
        match self._road.spot.name:
            case "status" | "correct" | "correct-answer" | "correct-check":
                return self._follow_up.next()
            case "later-kept" | "later-code" | "later-opened" | "later-wiped":
                return self._later.next()
            case card_page.SPOT:
                return self._card.next()
            case _:
                return self._next_on_road()

    def _next_on_road(self) -> tuple[Effect, ...]:
        match self._road.spot.name:
            case "language":
                self._guide.leave_aside()
            case "rehearse":
                self._phone.turn(1)
            case "status-reply" if self._follow_up.is_correcting:
                self._guide.go_aside(Spot("stop"))
            case "result" | "status-reply":
                return (EndVisit(),)
            case "service" if self._is_closed:
                pass  # the page says who helps instead
            case "service":
                self._guide.begin_asking()
            case "confirmation":
                return self._end_of_case()
            case "tell-back":
                return (*self._told_back.left(), EndVisit())
            case "check" if self._case.journey.is_complete:
                return self._file()
            case "check":
                self._guide.go_to_first_open()
            case "ask" if not self._question.settle():
                pass  # the question says what to do
            case _:
                self._guide.go_on()
        return ()

    @property
    def _is_closed(self) -> bool:
        """Tell whether the municipality closed the service of now; what was begun may be finished."""
        service = self._case.service
        return service is not None and service.id in self._presser.words.place.outages and not self._guide.has_begun

    def _end_of_case(self) -> tuple[Effect, ...]:
        """Ask once what happens now, when there is something to ask; else this was the end."""
        words = self._presser.words
        if words.place.filled_by.is_somebody:
            return (EndVisit(),)  # whether texts are understood is asked of citizens only
        is_practice = words.place.is_practice
        if self._told_back.is_asked_of(self._case.journey, words.preferences.language, is_practice=is_practice):
            self._guide.go_aside(Spot("tell-back"))
            return ()
        return (EndVisit(),)

    def _file(self) -> tuple[Effect, ...]:
        case = self._case
        if case.receipt is not None:
            return ()
        if self._question.bears_own_name:  # with answers that were kept before, perhaps
            self._guide.change(APPLICANT)
            self._question.blame(APPLICANT, question.OWN_NAME)
            return ()
        if self._road.spot.name == "check":
            self._road.remember()
        case.order = case.order or self._presser.new_order()
        self._road.spot = Spot("keeping")
        return (FileCase(case.order),)
