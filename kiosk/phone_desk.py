# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a press does that concerns a call: the card to take along, and practising what is said line by line.

The screens are `kiosk.screens.rehearsal`'s; no call is made here.
"""

from __future__ import annotations

from typing import Protocol

from domain.service import ServiceDefinition
from kiosk.case_desk import CaseDesk
from kiosk.effects import Effect, PrintPhoneCard, SayParts
from kiosk.guide import Guide
from kiosk.road import Road
from kiosk.screens import rehearsal
from kiosk.screens.words import Words
from kiosk.spots import Spot


class Caller(Protocol):
    """Who will call; `kiosk.navigator.Navigator` is the real one."""

    @property
    def words(self) -> Words:
        """Give the words of now, in the visitor's language."""
        ...


class PhoneDesk:
    """Takes the presses about a call in one visit."""

    def __init__(self, caller: Caller, case: CaseDesk, road: Road, guide: Guide) -> None:
        self._caller = caller
        self._case = case
        self._road = road
        self._guide = guide

    def pressed(self, button: str) -> tuple[Effect, ...] | None:
        """Answer a button of the card or the practice; None when it is another button."""
        service = self._case.service
        return self._pressed(button, service) if button in rehearsal.BUTTONS and service is not None else None

    def _pressed(self, button: str, service: ServiceDefinition) -> tuple[Effect, ...]:
        match button:
            case rehearsal.OPEN_CARD:
                self._guide.go_aside(Spot("phone-card"))
            case rehearsal.PRINT_CARD:
                language = self._caller.words.preferences.language
                return self._case.sheets.ask(PrintPhoneCard(service, language, self._case.today))
            case rehearsal.REHEARSE:
                self._guide.go_aside(Spot("rehearse", "1"))
            case _:
                return (SayParts(rehearsal.SAID_BY[button]),)
        return ()

    def turn(self, by: int) -> None:
        """Go to another line of the call that is practised; past either end, back to where one was."""
        service, number = self._case.service, int(self._road.spot.detail) + by
        if service is not None and 1 <= number <= rehearsal.turns(self._caller.words, service):
            self._road.spot = Spot("rehearse", str(number))
        else:
            self._guide.leave_aside()
