# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a helper beside a visitor can ask of the visit, and whose hand an answer is of (features H01, H02, U06).

The visit decides all of it; nothing here is a press of a button: the visitor keeps the wheel. How it travels is
`kiosk.together`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.answers import Origin
from domain.consent import ConsentKind
from domain.staff import Role


class HelpState(StrEnum):
    """Whether a person was called, and comes."""

    NONE = "none"
    CALLED = "called"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Joined:
    """A helper sits at the other window."""

    role: Role


@dataclass(frozen=True, slots=True)
class Coming:
    """The helper comes to the visitor: "Ik kom"."""


@dataclass(frozen=True, slots=True)
class Point:
    """Show the visitor where; the id is that of a part, or of a piece of it as the voice calls it."""

    part_id: str


@dataclass(frozen=True, slots=True)
class HelperTyped:
    """The helper's keys: what a field would hold."""

    field_id: str
    text: str


@dataclass(frozen=True, slots=True)
class HelperChose:
    """The helper's choice."""

    part_id: str
    option_id: str


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Ask the visitor whether the helper may, for one kind."""

    kind: ConsentKind


@dataclass(frozen=True, slots=True)
class RaiseFlag:
    """It cannot wait (H18): the id of a red flag. What the visitor sends now comes first, within three working days."""

    flag: str


@dataclass(frozen=True, slots=True)
class HandsOff:
    """The helper goes, and whatever was allowed ends."""


HelperSaid = Joined | Coming | Point | HelperTyped | HelperChose | AskConsent | RaiseFlag | HandsOff


def origin_after(before: Origin, hand: Origin, *, was_filled: bool) -> Origin:
    """Tell whose an answer is once this hand changed it.

    A visitor who goes over what a helper filled in makes it theirs together; what the chip said and a hand changed is
    that hand's.
    """
    if hand is not Origin.SELF or not was_filled:
        return hand
    return Origin.TOGETHER if before in (Origin.HELPER, Origin.TOGETHER) else Origin.SELF
