# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the staff's way out of the kiosk is at: whether somebody works here, number and PIN, and what they choose then.

It knows no window and no book: who is asked, and what ends, is `kiosk.staff_exit`'s; the pages are those of
`kiosk.screens.staff_exit`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.staff import LEAST_BADGE, SignInOutcome, SignInReply, StaffMember, badge_of, number_of
from kiosk.view import BACK, LEAVE, NEXT, Event, Pressed, Typed

NUMBER, PIN = "staff_number", "staff_pin"  # the fields
YES = "staff.yes"
HELP = "staff.help"
OPEN = "staff.open"
REST = "staff.rest"
CLOSE = "staff.close"
MAINTAIN = "staff.maintain"


class StaffSpot(StrEnum):
    """Where the staff is."""

    ASK = "staff-ask"  # over a visit that is going on
    SIGN_IN = "staff-sign-in"
    MENU = "staff-menu"
    MAINTENANCE = "staff-maintenance"  # somebody looks after the kiosk
    REST = "staff-rest"  # closed for visitors, nobody signed in


class StaffAct(StrEnum):
    """What is to be done now."""

    STAY = "stay"  # with the visit that was going on
    HELP = "help"  # beside the visitor whose visit goes on
    END_VISIT = "end_visit"
    TRY_PIN = "try_pin"
    TO_START = "to_start"
    TO_NEUTRAL = "to_neutral"
    SIGN_OUT = "sign_out"
    CLOSE = "close"
    MAINTAIN = "maintain"


class Said(StrEnum):
    """What came of the last try; says nothing of what was wrong."""

    NOTHING = ""
    WRONG = "wrong"
    LOCKED = "locked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class StaffPage:
    """What the pages are made of; the PIN is on no page."""

    spot: StaffSpot
    number: str = ""
    pin: str = ""
    said: Said = Said.NOTHING
    member: StaffMember | None = None
    is_asking: bool = False
    is_helping: bool = False  # the visit goes on, and they come beside the visitor


class StaffExitDesk:
    """One go of one member at the kiosk."""

    def __init__(self, spot: StaffSpot) -> None:
        self.page = StaffPage(spot)

    @property
    def has_badge(self) -> bool:
        """Tell whether a reader seems to have typed: more than a number, and no PIN."""
        page = self.page
        typed = badge_of(page.number)
        return (
            page.spot is StaffSpot.SIGN_IN and not page.pin and len(typed) >= LEAST_BADGE and number_of(typed) is None
        )

    def handle(self, event: Event) -> StaffAct | None:
        """Take an event; give what is to be done, None for nothing but the page."""
        if isinstance(event, Typed):
            self._typed(event)
            return None
        if not isinstance(event, Pressed):
            return None
        if event.id == LEAVE:
            return StaffAct.TO_NEUTRAL
        match self.page.spot:
            case StaffSpot.ASK:
                return self._answered_ask(event.id)
            case StaffSpot.SIGN_IN if event.id == NEXT:
                return self.try_now()
            case StaffSpot.SIGN_IN if event.id == BACK:
                return StaffAct.STAY if self.page.is_helping else StaffAct.TO_START
            case StaffSpot.MENU:
                return self._chosen(event.id)
            case _:
                return None

    def try_now(self) -> StaffAct | None:
        """Ask the book, unless it is being asked or there is nothing to ask."""
        page = self.page
        if page.spot is not StaffSpot.SIGN_IN or page.is_asking or not (page.pin or self.has_badge):
            return None
        self.page = replace(page, is_asking=True, said=Said.NOTHING)
        return StaffAct.TRY_PIN

    def _answered_ask(self, button: str) -> StaffAct | None:
        if button == HELP:
            self.page = StaffPage(StaffSpot.SIGN_IN, is_helping=True)
            return None
        return {YES: StaffAct.END_VISIT, BACK: StaffAct.STAY}.get(button)

    def answered(self, reply: SignInReply | None) -> StaffAct | None:
        """Take the book's answer; None when it could not be asked. What was typed is forgotten either way."""
        is_helping = self.page.is_helping
        if reply is None:
            self.page = StaffPage(StaffSpot.SIGN_IN, said=Said.BROKEN, is_helping=is_helping)
        elif reply.member is not None and is_helping:
            self.page = StaffPage(StaffSpot.SIGN_IN, member=reply.member, is_helping=True)
            return StaffAct.HELP
        elif reply.member is not None:
            self.page = StaffPage(StaffSpot.MENU, member=reply.member)
        else:
            is_locked = reply.outcome is SignInOutcome.LOCKED
            said = Said.LOCKED if is_locked else Said.WRONG
            self.page = StaffPage(StaffSpot.SIGN_IN, said=said, is_helping=is_helping)
        return None

    def go(self, spot: StaffSpot) -> None:
        """Go to a page; nothing typed and nobody known goes along."""
        self.page = StaffPage(spot)

    def maintains(self, *, is_begun: bool) -> None:
        """Be at the page to look after the kiosk, or back at the menu; the same member stays signed in."""
        spot = StaffSpot.MAINTENANCE if is_begun else StaffSpot.MENU
        self.page = StaffPage(spot, member=self.page.member)

    def _typed(self, event: Typed) -> None:
        if self.page.is_asking:
            return
        if event.field_id == NUMBER:
            self.page = replace(self.page, number=event.text, said=Said.NOTHING)
        elif event.field_id == PIN:
            self.page = replace(self.page, pin=event.text, said=Said.NOTHING)

    def _chosen(self, button: str) -> StaffAct | None:
        member = self.page.member
        if button == CLOSE and member is not None and member.role.may_close:
            return StaffAct.CLOSE
        return {OPEN: StaffAct.TO_START, REST: StaffAct.SIGN_OUT, MAINTAIN: StaffAct.MAINTAIN}.get(button)
