# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the book of the staff for the desk, which is opened for each try and closed again (`assisted.sign_in`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from domain.ports import Clock
from domain.settings import Settings
from domain.staff import SignInPlace, SignInReply, StaffMember

if TYPE_CHECKING:
    from sync.staff_book import SqliteStaffBook

_T = TypeVar("_T")


class StaffBookDoor:
    """The door of one desk; its heavy imports are made at the first try, in the lane of the store."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def has_members(self) -> bool:
        """Tell whether anybody may sign in at all. Raises: StoreError and its kinds, SealingError."""
        return self._ask(lambda book: bool(book.members()))

    def sign_in(self, number: str, pin: str) -> SignInReply:
        """Answer number and PIN. Raises: StoreError and its kinds, SealingError."""
        return self._ask(lambda book: book.sign_in(number, pin, SignInPlace.DESK, self._clock.now()))

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        """Answer a badge. Raises: StoreError and its kinds, SealingError."""
        return self._ask(lambda book: book.sign_in_by_badge(badge, SignInPlace.DESK, self._clock.now()))

    def change_pin(self, member: StaffMember, pin: str) -> None:
        """Give a member a PIN of their own. Raises: StaffError, StoreError and its kinds, SealingError."""
        self._ask(lambda book: book.change_pin(member.staff_id, pin, self._clock.now()))

    def signed_out(self, member: StaffMember) -> None:
        """Know that a member left. Raises: StoreError and its kinds, SealingError."""
        self._ask(lambda book: book.signed_out(member.staff_id, SignInPlace.DESK, self._clock.now()))

    def _ask(self, asked: Callable[[SqliteStaffBook], _T]) -> _T:
        from commands.joining import data_dir
        from commands.staff import book_on
        from sync.staff_book import STAFF, StaffFile

        with closing(StaffFile(data_dir(self._settings) / STAFF)) as file:
            return asked(book_on(file, self._settings))
