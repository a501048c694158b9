# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an event does on the screens of a case that was filed before: asking how far it is, and adding to it.

What was typed and answered is remembered by `kiosk.status_desk`, a correction by `kiosk.correction_desk`; this is the
way between their screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.answers import Origin
from domain.follow_up import FollowUpKind
from domain.service import Question
from domain.status_check import StatusReply
from kiosk.correction_desk import CorrectionDesk
from kiosk.effects import Effect
from kiosk.guide import Guide
from kiosk.road import Road
from kiosk.screens import correction, start
from kiosk.screens.correction import CorrectionPage
from kiosk.screens.words import Words
from kiosk.spots import Spot
from kiosk.status_desk import CORRECT, REMIND, WITHDRAW, YES_WITHDRAW, StatusDesk, StatusPage
from kiosk.view import Chose, Typed


class StatusAsker(Protocol):
    """Who asks after his case; `kiosk.navigator.Navigator` is the real one."""

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


class FollowUpDesk:
    """Takes the events and the news about the case that one visitor asks after."""

    def __init__(self, asker: StatusAsker, road: Road, guide: Guide) -> None:
        self._asker = asker
        self._road = road
        self._guide = guide
        self._status = StatusDesk()
        self._correction = CorrectionDesk()

    @property
    def status(self) -> StatusPage:
        """Give what the screens of the status are made of."""
        return self._status.page

    def take_hand(self, hand: Origin) -> None:
        """Know whose hand is on a correction from now on."""
        self._correction.hand = hand

    @property
    def correction(self) -> CorrectionPage | None:
        """Give what the screens of a correction are made of; None when nothing is corrected."""
        return self._correction.page

    @property
    def is_correcting(self) -> bool:
        """Tell whether a correction would be lost by stopping now."""
        return self._correction.is_filled

    @property
    def is_filled(self) -> bool:
        """Tell whether anything would be lost by stopping now."""
        return self._status.is_filled or self.is_correcting

    @property
    def has_fields(self) -> bool:
        """Tell whether there are fields of ours on the screen."""
        return self._road.spot.name in ("status", "correct-answer")

    @property
    def asked(self) -> Question | None:
        """Give the question that is corrected; None where there is none on the screen."""
        page = self._correction.page
        return page.question if page is not None and self._road.spot.name == "correct-answer" else None

    @property
    def entered(self) -> Mapping[str, str]:
        """Give what stands in the fields on the screen."""
        if self._road.spot.name == "status":
            return self._status.page.fields
        return self._correction.page.state.fields if self._correction.page is not None else {}

    def bsn_taken(self, field_id: str) -> None:
        """Tell the visitor that a BSN was taken out of a field."""
        if self._road.spot.name == "status":
            self._status.bsn_taken(field_id)
        else:
            self._correction.bsn_taken(field_id)

    def typed(self, event: Typed) -> None:
        """Take over what stands in a field now, on a screen of ours."""
        if self._road.spot.name == "status":
            self._status.typed(event)
        elif self._road.spot.name == "correct-answer":
            self._correction.typed(event)

    def chose(self, event: Chose) -> None:
        """Choose an option, on a screen of ours."""
        if self._road.spot.name == "correct" and event.part_id == correction.PICK:
            self._correction.pick(event.option_id)
        elif self._road.spot.name == "correct-answer":
            self._correction.chose(event)

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer the buttons under "Hoe ver is mijn vraag?"; None when it is another button."""
        if button == start.STATUS:
            self._status.begin()
            self._correction.end()
            self._guide.go(Spot("status"))
            return ()
        if self._road.spot.name == "correct-answer":
            self._correction.pressed(button)
            return ()
        if button.startswith(correction.CHANGE):
            self._correction.pick(button.removeprefix(correction.CHANGE))
            self._guide.go(Spot("correct-answer"))
            return ()
        if button == REMIND:
            return self._status.add(FollowUpKind.REMINDER)
        if button == YES_WITHDRAW:
            self._guide.leave_aside()
            return self._status.add(FollowUpKind.WITHDRAWAL)
        if button == CORRECT:
            self._begin_correction()
        elif button == correction.MORE:
            self._guide.go(Spot("correct"))
        elif button == WITHDRAW:
            self._guide.go_aside(Spot("status-withdraw"))
        else:
            return None
        return ()

    def next(self) -> tuple[Effect, ...]:
        """Go on from a screen of ours."""
        page = self._correction.page
        match self._road.spot.name:
            case "status":
                return self._status.ask()
            case "correct" if page is not None and page.question is not None:
                self._guide.go(Spot("correct-answer"))
            case "correct-answer" if self._correction.settle(self._asker.words.today):
                self._guide.arrive(Spot("correct-check"))
            case "correct-check" if page is not None and page.corrected:
                return self._status.add(FollowUpKind.CORRECTION, page.lines(self._asker.words.dutch))
        return ()

    def answered(self, reply: StatusReply | None) -> None:
        """Take the store's answer; None when it could not be asked."""
        if self._status.answered(reply) and self._road.spot.name == "status":
            self._guide.go(Spot("status-reply"))

    def added(self, kind: FollowUpKind, *, is_kept: bool) -> None:
        """Take the news whether what was added to a case is safe."""
        self._status.added(kind, is_kept=is_kept)
        if kind is FollowUpKind.CORRECTION and is_kept:
            self._correction.end()
            self._road.forget(("correct", "status-reply"))
            if self._road.spot.name == "correct-check":
                self._road.spot = Spot("status-reply")

    def _begin_correction(self) -> None:
        reply, services = self._status.page.reply, self._asker.words.library.services
        service_id = reply.case.service_id if reply is not None and reply.case is not None else ""
        definition = next((found for found in services if found.id == service_id), None)
        if definition is not None:
            self._correction.begin(definition)
            self._guide.go(Spot("correct"))
