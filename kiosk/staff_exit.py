# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The staff's way out of the kiosk: shows its pages, asks the book, and says when something ends.

It begins in a process that knows no visitor: the visit before ended first. The book is asked off the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from domain.service import Privacy
from domain.staff import Role, SignInReply, StaffId
from kiosk.background import Background
from kiosk.effects import EndsAt
from kiosk.maintenance import Maintenance
from kiosk.screens.frame import with_tool
from kiosk.screens.staff_exit import staff_view
from kiosk.screens.words import Words
from kiosk.staff_exit_desk import StaffAct, StaffExitDesk, StaffSpot
from kiosk.view import COLOURS, READ, SIZE, Event, Preferences, Pressed, View
from kiosk.visit_ports import Ear, Screen

WAITS_MS = 60_000  # signed in or not, nobody who left stays here for the next visitor
MAINTENANCE_WAITS_TIMES = 5  # who takes a printer apart looks at the screen now and then
BADGE_PAUSE_MS = 400  # a reader types all of a badge in less


class StaffDoor(Protocol):
    """Knows the staff; joined by `commands`. Called off the UI thread."""

    def sign_in(self, number: str, pin: str) -> SignInReply:
        """Answer number and PIN; raises StoreError or SealingError."""
        ...

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        """Answer a badge; raises the same."""
        ...

    def signed_out(self, staff_id: StaffId) -> None:
        """Know that a member left; raises the same."""
        ...


MakeMaintenance = Callable[[Role, Callable[[], None], Callable[[], None], Callable[[EndsAt], None]], Maintenance]
"""Makes the work of one member, with what to do when the page changes, when they go back, and when all ends."""


class StaffExit(QObject):
    """One go of the staff. Lives in the UI thread; all callables are called there."""

    def __init__(
        self,
        screen: Screen,
        door: StaffDoor,
        background: Background,
        words: Callable[[Preferences], Words],
        *,
        preferences: Preferences,
        ear: Callable[[], Ear],
        stays: Callable[[], None],
        ended: Callable[[EndsAt], None],
        failed: Callable[[Exception], None],
        helps: Callable[[Role], None] = lambda role: None,
        maintain: MakeMaintenance | None = None,
        waits_ms: int = WAITS_MS,
        badge_pause_ms: int = BADGE_PAUSE_MS,
    ) -> None:
        super().__init__()
        self._screen = screen
        self._door = door
        self._background = background
        self._words = words
        self._preferences = preferences
        self._ear = ear
        self._stays = stays  # go on with the visit
        self._helps = helps  # go on with it, with somebody beside the visitor
        self._ended = ended
        self._failed = failed
        self._desk = StaffExitDesk(StaffSpot.ASK)
        self._was: StaffSpot | None = None
        self._make_maintenance = maintain
        self._maintenance: Maintenance | None = None  # while somebody looks after the kiosk
        self._is_over = False
        self._waits_ms = waits_ms
        self._waiting = _single_shot(self, waits_ms, self._on_waiting_timeout)
        self._badge_pause = _single_shot(self, badge_pause_ms, self._on_badge_pause_timeout)

    def begin(self, spot: StaffSpot) -> None:
        """Show the first page."""
        self._desk.go(spot)
        self._show()

    @property
    def spot(self) -> StaffSpot:
        """Tell where the staff is."""
        return self._desk.page.spot

    @property
    def view(self) -> View:
        """Give the page of now."""
        if self._maintenance is not None:
            return self._maintenance.view(self._words(self._preferences))
        return staff_view(self._words(self._preferences), self._desk.page)

    def handle(self, event: Event) -> None:
        """Take an event of the window."""
        if self._is_over:
            return
        self._ear().stop()
        if isinstance(event, Pressed) and event.id in (READ, SIZE, COLOURS):
            self._preferences = with_tool(self._preferences, event.id)
            self._show(asked_to_read=event.id == READ)
            return
        if self._maintenance is not None:
            self._maintenance.handle(event)
            return
        act = self._desk.handle(event)
        self._badge_pause.stop()
        if self._desk.has_badge and not isinstance(event, Pressed):
            self._badge_pause.start()
        self._do(act)

    def walked(self, part_id: str, name: str) -> None:
        """Say what a key came to."""
        if self._preferences.is_reading and part_id:
            self._ear().read(self.view, (part_id,))
        elif self._preferences.is_reading:
            self._ear().say(name, self.view.language, Privacy.OPEN)

    def key_said(self, name: str, privacy: Privacy) -> None:
        """Say a key of the keyboard on the screen, and never a sign of number or PIN."""
        if self._preferences.is_reading and privacy is Privacy.OPEN:
            self._ear().say(name, self.view.language, privacy)

    def hold_again(self) -> None:
        """Take the corner being held on the closed page: somebody wants to sign in."""
        if self.spot is StaffSpot.REST:
            self.begin(StaffSpot.SIGN_IN)

    def _do(self, act: StaffAct | None) -> None:
        member = self._desk.page.member
        match act:
            case StaffAct.STAY:
                self._finish()
                self._stays()
            case StaffAct.HELP:
                self._finish()
                if member is not None:
                    self._sign_out(member.staff_id)  # to be beside somebody opens nothing else
                    self._helps(member.role)
            case StaffAct.END_VISIT:
                self._end(EndsAt.STAFF)
            case StaffAct.TRY_PIN:
                self._ask()
            case StaffAct.TO_START:
                self._end(EndsAt.START)
            case StaffAct.TO_NEUTRAL:
                self._end(EndsAt.NEUTRAL)
            case StaffAct.CLOSE:
                self._end(EndsAt.CLOSED)
            case StaffAct.MAINTAIN:
                self._maintain()
            case StaffAct.SIGN_OUT:
                self._sign_out(member.staff_id if member is not None else None)
                self.begin(StaffSpot.REST)
            case None:
                self._show()

    def _maintain(self) -> None:
        member = self._desk.page.member
        if self._make_maintenance is None or member is None:
            self._show()
            return
        self._desk.maintains(is_begun=True)
        self._maintenance = self._make_maintenance(
            member.role, self._on_maintenance_changed, self._on_maintenance_left, self._end
        )
        self._maintenance.begin()
        self._show()

    def _on_maintenance_changed(self) -> None:
        if self._maintenance is not None and not self._is_over:
            self._show(has_news=True)

    def _on_maintenance_left(self) -> None:
        self._maintenance = None
        self._desk.maintains(is_begun=False)
        self._show()

    def _ask(self) -> None:
        door, page, has_badge = self._door, self._desk.page, self._desk.has_badge
        number, pin = page.number, page.pin
        self._show()
        self._background.run(
            lambda: door.sign_in_by_badge(number) if has_badge else door.sign_in(number, pin),
            self._on_answered,
            self._on_ask_failed,
        )

    def _on_answered(self, reply: SignInReply | None) -> None:
        if self._is_over:
            return
        act = self._desk.answered(reply)
        if act is not None:
            self._do(act)
            return
        self._show(has_news=True)

    def _on_ask_failed(self, error: Exception) -> None:
        self._failed(error)
        self._on_answered(None)

    def _sign_out(self, staff_id: StaffId | None) -> None:
        if staff_id is not None:
            door = self._door
            self._background.run(lambda: door.signed_out(staff_id), lambda _none: None, self._failed)

    def _end(self, at: EndsAt) -> None:
        member = self._desk.page.member
        self._sign_out(member.staff_id if member is not None else None)
        self._finish()
        self._ended(at)

    def _finish(self) -> None:
        self._is_over = True
        self._waiting.stop()
        self._badge_pause.stop()

    def _show(self, *, asked_to_read: bool = False, has_news: bool = False) -> None:
        if self.spot is StaffSpot.REST:
            self._waiting.stop()
        else:
            is_long = self._maintenance is not None
            self._waiting.start(self._waits_ms * MAINTENANCE_WAITS_TIMES if is_long else self._waits_ms)
        view, is_new = self.view, self.spot is not self._was
        self._was = self.spot
        self._screen.show_view(view)
        if self._preferences.is_reading and (is_new or asked_to_read or has_news):
            self._ear().read(view)

    def _on_waiting_timeout(self) -> None:
        if self._maintenance is not None and self._maintenance.is_covered:
            self._waiting.start()  # it ends by itself
            return
        stays = self.spot is StaffSpot.ASK or self._desk.page.is_helping
        self._do(StaffAct.STAY if stays else StaffAct.TO_START)

    def _on_badge_pause_timeout(self) -> None:
        if self._desk.has_badge:
            self._do(self._desk.try_now())


def _single_shot(parent: QObject, interval_ms: int, timed_out: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(timed_out)
    return timer
