# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who of the staff may sign in, with what, and what a PIN must be; where they are kept is `sync.staff_book`'s.

A member has a short number to type beside the PIN, so that a PIN alone opens nothing. Five wrong tries lock the number
for a quarter of an hour, and in a public place the place as a whole.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import NewType, Protocol

StaffId = NewType("StaffId", str)
"""Stands for a member in logs; says nothing about them."""

LEAST_PIN, LONGEST_PIN = 6, 12
LEAST_BADGE, LONGEST_BADGE = 6, 64
FIRST_NUMBER, LAST_NUMBER = 10, 9999


class Role(StrEnum):
    """What a member does here."""

    HELPER = "helper"  # vrijwilliger
    COUNTER = "counter"  # baliemedewerker
    IT = "it"  # beheer

    @property
    def may_close(self) -> bool:
        """Tell whether they may take Loket itself from the screen."""
        return self is Role.IT


class SignInPlace(StrEnum):
    """Where somebody signs in; at a public place all wrong tries count together."""

    KIOSK = "kiosk"
    DESK = "desk"


class SignInOutcome(StrEnum):
    """What came of it; a wrong number and a wrong PIN are the same."""

    WELCOME = "welcome"
    WRONG = "wrong"
    LOCKED = "locked"


class PinProblem(StrEnum):
    """Why a PIN cannot be chosen."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_EASY = "too_easy"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member; the name is for the lists of who looks after Loket, and is in no log."""

    staff_id: StaffId
    number: int
    name: str
    role: Role
    has_badge: bool = False
    has_start_pin: bool = False  # given out by somebody else: to be changed at the first sign-in at a desk


@dataclass(frozen=True, slots=True)
class SignInReply:
    """`member` when welcome, `locked_until` when locked."""

    outcome: SignInOutcome
    member: StaffMember | None = None
    locked_until: datetime | None = None


class StaffBook(Protocol):
    """Keeps the staff; over SQLite in `sync.staff_book`. Slow on purpose: never on the UI thread."""

    def sign_in(self, number: str, pin: str, place: SignInPlace, now: datetime) -> SignInReply:
        """Answer a number with its PIN; counts wrong tries, durably, and locks after five.

        Raises: StoreError and its kinds, SealingError.
        """
        ...

    def sign_in_by_badge(self, badge: str, place: SignInPlace, now: datetime) -> SignInReply:
        """Answer what a badge reader typed, in the same way.

        Raises: StoreError and its kinds, SealingError.
        """
        ...

    def signed_out(self, staff_id: StaffId, place: SignInPlace, now: datetime) -> None:
        """Know that a member left."""
        ...

    def change_pin(self, staff_id: StaffId, pin: str, now: datetime) -> None:
        """Give a member another PIN, of their own.

        Raises: StaffError when it cannot be chosen or there is no such member; StoreError and its kinds.
        """
        ...

    def members(self) -> Sequence[StaffMember]:
        """Give all members by number.

        Raises: StoreError and its kinds.
        """
        ...


_PATHS = ("147258369", "159357", "258456", "159753", "963852741", "0852", "147896321")


def pin_problem(pin: str) -> PinProblem | None:
    """Tell why this cannot be a PIN: too short, or what others guess first."""
    if not re.fullmatch(r"[0-9]*", pin):
        return PinProblem.NOT_DIGITS
    if len(pin) < LEAST_PIN:
        return PinProblem.TOO_SHORT
    if len(pin) > LONGEST_PIN:
        return PinProblem.TOO_LONG
    is_easy = len(set(pin)) < 3 or _is_run(pin) or _is_repeated(pin) or _is_path(pin) or _is_day(pin)
    return PinProblem.TOO_EASY if is_easy else None


def _is_run(pin: str) -> bool:
    """Tell whether each digit is one more, or one less, than the digit before: 456789, 210987."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _is_repeated(pin: str) -> bool:
    """Tell whether it is one piece again and again, or each digit twice: 123123, 112233."""
    pieces = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))
    return pieces or pin[::2] == pin[1::2]


def _is_path(pin: str) -> bool:
    """Tell whether it is a line over the keys."""
    return any(pin in path * 3 or pin in path[::-1] * 3 for path in _PATHS)


def _is_day(pin: str) -> bool:
    """Tell whether it is a birthday, or holds a year that somebody may be born in."""
    if re.search(r"^(19|20)\d\d|(19|20)\d\d$", pin):
        return True
    return any(_is_written(pin, form) for form in ("%d%m%y", "%y%m%d", "%m%d%y"))


def _is_written(pin: str, form: str) -> bool:
    try:
        datetime.strptime(pin, form)  # noqa: DTZ007  a day of the calendar, of no place
    except ValueError:
        return False
    return True


def new_start_pin() -> str:
    """Make a PIN to give out once."""
    while pin_problem(pin := "".join(secrets.choice("0123456789") for _ in range(LEAST_PIN + 2))) is not None:
        pass
    return pin


def badge_of(typed: str) -> str:
    """Give what a reader typed as it is compared; empty when it can be no badge."""
    badge = "".join(typed.split()).upper()
    return badge if LEAST_BADGE <= len(badge) <= LONGEST_BADGE and re.fullmatch(r"[0-9A-Z:.-]+", badge) else ""


def number_of(typed: str) -> int | None:
    """Give the number that was typed; None when it can be nobody's."""
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed if not sign.isspace())
    is_number = bool(re.fullmatch(r"[0-9]{1,4}", digits)) and FIRST_NUMBER <= int(digits) <= LAST_NUMBER
    return int(digits) if is_number else None
