# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asks the book of the staff for the kiosk, which is opened for each try and closed again (`kiosk.staff_exit`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeVar

from domain.ports import Clock
from domain.settings import Settings
from domain.staff import SignInPlace, SignInReply, StaffId

if TYPE_CHECKING:
    from sync.staff_book import SqliteStaffBook

_T = TypeVar("_T")


class KioskStaffDoor:
    """The door of one device; its heavy imports are made at the first try, in the lane of the store."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def sign_in(self, number: str, pin: str) -> SignInReply:
        """Answer number and PIN. Raises: StoreError and its kinds, SealingError."""
        return self._ask(lambda book: book.sign_in(number, pin, SignInPlace.KIOSK, self._clock.now()))

    def sign_in_by_badge(self, badge: str) -> SignInReply:
        """Answer a badge. Raises: StoreError and its kinds, SealingError."""
        return self._ask(lambda book: book.sign_in_by_badge(badge, SignInPlace.KIOSK, self._clock.now()))

    def signed_out(self, staff_id: StaffId) -> None:
        """Know that a member left. Raises: StoreError and its kinds, SealingError."""
        self._ask(lambda book: book.signed_out(staff_id, SignInPlace.KIOSK, self._clock.now()))

    def _ask(self, asked: Callable[[SqliteStaffBook], _T]) -> _T:
        from commands.joining import data_dir
        from commands.staff import book_on
        from sync.staff_book import STAFF, StaffFile

        with closing(StaffFile(data_dir(self._settings) / STAFF)) as file:
            return asked(book_on(file, self._settings))
