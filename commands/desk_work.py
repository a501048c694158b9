# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the counter's page to the list, to what opens cases, and to the book of what staff do (`assisted.work_page`).

A sitting begins at the door, with the PIN or badge that was just accepted; nobody keeps that secret after the call,
but `commands.counter_desk` while the sync service is still to come. It ends with the sign-out here, and at a lock by
the page.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from assisted.all_sheets import all_sheets
from assisted.contact_log import contact_page
from assisted.counter_ports import CounterPorts
from assisted.pages import DeskPage
from assisted.sign_in import DeskDoor
from assisted.work_page import work_page
from commands.desk_counter import counter_desk, open_work_list
from commands.fault_lines import tell_of
from domain.call_attempts import CallAttempt, CallAttemptBook
from domain.case_act import ActConflict, CaseAct, ConflictChoice, GiveUpReason, KeptAct
from domain.counter import CounterCase, CounterDesk, WorkCounts, WorkItem, WorkList, WorkNews
from domain.errors import CounterError
from domain.ports import Clock
from domain.settings import Profile, Settings
from domain.staff import Role, SignInReply, StaffId, StaffMember

if TYPE_CHECKING:
    from sync.act_book import SqliteActBook
    from sync.call_attempt_book import SqliteCallAttemptBook

_T = TypeVar("_T")
_TRIES, _PAUSE_S = 40, 0.4  # a sync service that was just started is there in a second or two


class LateWorkList:
    """The list (`domain.counter.WorkList`), whose files are opened at the first look; for the store's lane."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._list: WorkList | None = None

    def page(
        self, limit: int, after: WorkItem | None = None, *, owner: str | None = None, search: str = ""
    ) -> Sequence[WorkItem]:
        """Give open cases. Raises: StoreError and its kinds."""
        return self._opened().page(limit, after, owner=owner, search=search)

    def item(self, reference: str) -> WorkItem | None:
        """Give one. Raises: StoreError and its kinds."""
        return self._opened().item(reference)

    def counts(self, today: date) -> WorkCounts:
        """Count what is open. Raises: StoreError and its kinds."""
        return self._opened().counts(today)

    def news(self) -> WorkNews:
        """Tell how new the list is. Raises: StoreError and its kinds."""
        return self._opened().news()

    def _opened(self) -> WorkList:
        if self._list is None:
            self._list = open_work_list(self._settings)
        return self._list


class LateActBook:
    """The book of acts (`domain.case_act.ActBook`), opened at the first act; for the store's lane."""

    def __init__(self, settings: Settings, calls: CallAttemptBook | None = None) -> None:
        self._settings, self._calls = settings, calls
        self._book: SqliteActBook | None = None

    def record(self, act: CaseAct) -> bool:
        """Keep an act. Raises: StoreError and its kinds, SealingError."""
        return self._opened().record(act)

    def acts(self, reference: str = "", *, only_open: bool = False) -> Sequence[KeptAct]:
        """Give acts. Raises: StoreError and its kinds, SealingError."""
        return self._opened().acts(reference, only_open=only_open)

    def resolve(self, act_id: str, choice: ConflictChoice, staff_number: str, at: datetime) -> None:
        """Solve a conflict. Raises: StoreError and its kinds, SealingError."""
        self._opened().resolve(act_id, choice, staff_number, at)

    def retry(self, act_id: str) -> None:
        """Try again. Raises: StoreError and its kinds, SealingError."""
        self._opened().retry(act_id)

    def give_up(self, act_id: str, staff_number: str, at: datetime, why: GiveUpReason) -> bool:
        """Drop what was refused. Raises: StoreError and its kinds, SealingError."""
        return self._opened().give_up(act_id, staff_number, at, why)

    def unfinished(self) -> Sequence[KeptAct]:
        """Give answers whose case is open. Raises: StoreError and its kinds, SealingError."""
        return self._opened().unfinished()

    def _opened(self) -> SqliteActBook:
        from commands.joining import open_counter, read_public_key
        from sync.act_book import SqliteActBook

        if self._book is None:
            self._book = SqliteActBook(open_counter(self._settings), read_public_key(self._settings), self._calls)
        return self._book


def acts_of(settings: Settings) -> LateActBook | None:
    """Give the book of acts for who handles no cases but has to say something of one; none where no act is ever sent.

    A library has no key to send acts with (`commands.afterwards`).
    """
    return None if settings.device.profile is Profile.LIBRARY else LateActBook(settings)


class LateCallBook:
    """The attempts to call (`domain.call_attempts.CallAttemptBook`), opened at the first; for the store's lane."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book: SqliteCallAttemptBook | None = None

    def record(self, attempt: CallAttempt) -> bool:
        """Keep an attempt. Raises: StoreError and its kinds."""
        return self._opened().record(attempt)

    def attempts(self, reference: str) -> Sequence[CallAttempt]:
        """Give the attempts for a case. Raises: StoreError and its kinds."""
        return self._opened().attempts(reference)

    def _opened(self) -> SqliteCallAttemptBook:
        from commands.joining import open_database
        from sync.call_attempt_book import SqliteCallAttemptBook

        if self._book is None:
            self._book = SqliteCallAttemptBook(open_database(self._settings))
        return self._book


class CounterDoor:
    """The desk's door (`assisted.sign_in.DeskDoor`), at which a member of the counter begins a sitting.

    A sync service that is away must not keep anybody out: the list is there without it.
    """

    def __init__(self, door: DeskDoor, desk: CounterDesk) -> None:
        self._door, self._desk = door, desk
        self._sitting: StaffId | None = None

    def has_members(self) -> bool:
        """Tell whether anybody may sign in at all. Raises: StoreError and its kinds, SealingError."""
        return self._door.has_members()

    def sign_in(self, number: str, pin: str) -> SignInReply:
        """Answer number and PIN. Raises: StoreError and its kinds, SealingError."""
        return self._welcomed(self._door.sign_in(number, pin), pin)

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        """Answer a badge. Raises: StoreError and its kinds, SealingError."""
        return self._welcomed(self._door.sign_in_by_badge(badge), badge)

    def change_pin(self, member: StaffMember, pin: str) -> None:
        """Give a member a PIN of their own. Raises: StaffError, StoreError and its kinds, SealingError."""
        self._door.change_pin(member, pin)
        self._begin(member, pin)

    def signed_out(self, member: StaffMember) -> None:
        """Know that a member left. Raises: StoreError and its kinds, SealingError."""
        if self._sitting == member.staff_id:  # else somebody else sits here already
            self._sitting = None
            self._desk.end()
        self._door.signed_out(member)

    def _welcomed(self, reply: SignInReply, secret: str) -> SignInReply:
        # Who was given a PIN chooses one of their own first, and sits down with that.
        if reply.member is not None and not reply.member.has_start_pin:
            self._begin(reply.member, secret)
        return reply

    def _begin(self, member: StaffMember, secret: str) -> None:
        if member.role is not Role.COUNTER:
            return
        self._sitting = member.staff_id
        try:
            self._desk.begin(member, secret)
        except CounterError as error:
            tell_of(error)


class PractisingDesk:
    """Opens cases of practice (`domain.counter.CounterDesk`): nobody signs in there, so it sits down when it is asked.

    It waits for a service that was just started: off the UI thread only.
    """

    def __init__(self, desk: CounterDesk, member: StaffMember) -> None:
        self._desk, self._member = desk, member
        self._over = threading.Event()
        self._sits = False

    def begin(self, member: StaffMember, secret: str) -> None:
        """Sit down. Raises: CounterError."""
        self._desk.begin(member, secret)
        self._sits = True

    def end(self) -> None:
        """End it, and wait for nothing any more."""
        self._over.set()
        self._desk.end()

    def open(self, reference: str) -> CounterCase:
        """Give one case. Raises: CounterError."""
        return self._ask(lambda: self._desk.open(reference))

    def document(self, reference: str, key: str) -> bytes:
        """Give a file of a case. Raises: CounterError."""
        return self._ask(lambda: self._desk.document(reference, key))

    def conflicts(self, reference: str = "") -> Sequence[ActConflict]:
        """Give what two changed. Raises: CounterError."""
        return self._ask(lambda: self._desk.conflicts(reference))

    def refresh(self) -> None:
        """Ask the case system now. Raises: CounterError."""
        self._ask(self._desk.refresh)

    def take_in_library(self) -> tuple[int, int]:
        """Open what libraries sent. Raises: CounterError."""
        return self._ask(self._desk.take_in_library)

    def _ask(self, asked: Callable[[], _T]) -> _T:
        for number in range(_TRIES):
            if self._sits:
                break
            try:
                self.begin(self._member, "")
            except CounterError:
                if number == _TRIES - 1 or self._over.wait(_PAUSE_S):
                    raise
        try:
            return asked()
        except CounterError:
            self._sits = False  # it may have ended under us: the next question sits down anew
            raise


class WorkJoin:
    """The counter's half of one desk window: its pages, and a sitting behind its door."""

    def __init__(self, settings: Settings, clock: Clock, practising: StaffMember | None = None) -> None:
        self._settings, self._clock = settings, clock
        desk = counter_desk(settings)
        self.desk: CounterDesk = desk if practising is None else PractisingDesk(desk, practising)

    @property
    def pages(self) -> tuple[DeskPage, ...]:
        """Give the pages: the work, and whom to call."""
        settings = self._settings
        calls = LateCallBook(settings)
        ports = CounterPorts(LateWorkList(settings), self.desk, LateActBook(settings, calls), all_sheets(calls))
        return work_page(ports), contact_page(ports, calls)

    def door(self, door: DeskDoor) -> DeskDoor:
        """Give the door with a sitting behind it."""
        return CounterDoor(door, self.desk)

    def file_practice_cases(self) -> None:
        """Put invented cases on the list. Raises: StoreError and its kinds, SealingError."""
        from commands.practice_cases import file_practice_cases

        file_practice_cases(self._settings, self._clock)

    def stop(self) -> None:
        """End the sitting."""
        self.desk.end()
