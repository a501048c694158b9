# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Brings a visitor from place to place: on, back, aside, and to a question again that has to change.

What is on a screen is kept before it is left. The places themselves are `kiosk.road`'s; which button asks for which
way is the navigator's.
"""

from __future__ import annotations

from domain.answers import Answers
from domain.journey import Ask
from domain.service import ServiceDefinition
from kiosk.answer_book import AnswerBook
from kiosk.case_desk import CaseDesk
from kiosk.question_desk import QuestionDesk
from kiosk.road import Road
from kiosk.spots import Spot, step_spot


class Guide:
    """Goes along with one visitor."""

    def __init__(self, road: Road, case: CaseDesk, question: QuestionDesk, book: AnswerBook) -> None:
        self._road = road
        self._case = case
        self._question = question
        self._book = book
        self._return_to: Spot | None = None  # where a change was asked for
        self._begun: set[str] = set()  # the services that were begun in this visit

    @property
    def spot(self) -> Spot:
        """Give where the visitor is."""
        return self._road.spot

    @property
    def back_to(self) -> Spot:
        """Give where the visitor is, or was before going aside."""
        return self._road.back_to

    @property
    def has_begun(self) -> bool:
        """Tell whether the service of now was begun in this visit: then it may be finished, whatever closes."""
        return self._case.service is not None and self._case.service.id in self._begun

    def go(self, spot: Spot) -> None:
        """Go to a place; the way back leads here."""
        if not self._road.is_aside:
            self._road.remember()
        self.arrive(spot)

    def arrive(self, spot: Spot) -> None:
        """Be at a place, without a way back to the one before."""
        if spot.name == "confirmation" and self._case.come_back_to(spot.detail):
            self._return_to = None
        self._road.spot = spot
        self._question.show_again()

    def go_aside(self, spot: Spot) -> None:
        """Go to a place beside the road."""
        if spot.name != self.spot.name:
            self._question.keep_draft()
            self._road.go_aside(spot)

    def leave_aside(self) -> None:
        """Go back from there."""
        self.arrive(self._road.before())

    def go_back(self) -> None:
        """Go to the place before this one."""
        if self._road.is_aside:
            self.leave_aside()
            return
        self._question.keep_draft()
        # What could not be kept keeps its number all the same: `CaseDesk.new_order`.
        self._case.order = None
        if self._return_to is not None:
            spot, self._return_to = self._return_to, None
            self.arrive(spot)
            return
        steps = self._case.journey.steps() if self._case.service is not None else ()
        self.arrive(self._road.before_on({step_spot(step) for step in steps}))

    def open(self, service: ServiceDefinition | None) -> None:
        """Begin with a service; None is one that is closed today."""
        self._question.keep_draft()
        if service is None:
            self.go(Spot("closed"))
            return
        self._case.open(service)
        self._return_to = None
        self.go(Spot("service", service.id))

    def take_up(self, service: ServiceDefinition, answers: Answers) -> None:
        """Be in a service where an earlier visit stopped; the way back leads to its first page."""
        self._case.open(service)
        self._book.take_up(service, answers)
        self._return_to = None
        self._begun.add(service.id)
        self._road.forget_all()
        self._road.spot = Spot("start")
        self.go(Spot("service", service.id))

    def go_to(self, spot: Spot) -> None:
        """Go to a step, or to the first that is not done when it is none any more."""
        spots = [step_spot(step) for step in self._case.journey.steps()]
        self.go(spot if spot in spots else step_spot(self._case.journey.first_open()))

    def change(self, question_id: str) -> None:
        """Go to a question from the overview or the check, and come back there (feature C16)."""
        back_to = self.spot
        self.arrive(Spot("ask", question_id))
        self._return_to = back_to

    def begin_asking(self) -> None:
        """Go from the page of the service to its first step."""
        self._begun.add(self._case.journey.definition.id)
        self.go(self._spot_after(-1))

    def go_to_first_open(self) -> None:
        """Go to the first step that is not done."""
        self.go(step_spot(self._case.journey.first_open()))

    def go_on(self) -> None:
        """Go to the step after this one, or back to where a change was asked for."""
        spots = [step_spot(step) for step in self._case.journey.steps()]
        here = spots.index(self.spot) if self.spot in spots else -1
        following = self._spot_after(here)
        if self._return_to is None:
            self.go(following)
            return
        # What the change brought up comes first: haste, an explanation, a new question; then back to the overview.
        if following.name in ("hurry", "explain"):
            self.arrive(following)
            return
        target, self._return_to = self._return_to, None
        first_open = step_spot(self._case.journey.first_open())
        limit = spots.index(target) if target in spots else len(spots)
        if first_open in spots and spots.index(first_open) < limit:
            self.arrive(first_open)
            self._return_to = target
            return
        self.arrive(target if target in spots else Spot("check"))

    def _spot_after(self, here: int) -> Spot:
        """Give the next place on the road, past what was answered in the service before."""
        journey = self._case.journey
        for step in journey.steps()[here + 1 :]:
            is_known = isinstance(step, Ask) and self._book.is_carried(step.question.id)
            if not (is_known and isinstance(step, Ask) and journey.is_settled(step.question)):
                return step_spot(step)
        return Spot("check")
