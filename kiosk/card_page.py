# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the screens of "Leg uw kaart neer" are made of, and the ids of their buttons and fields (feature C36).

What happens on them is `kiosk.card_desk`'s, how they look `kiosk.screens.card`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.document_seen import SeenCheck
from kiosk.devices.emrtd.document import DocumentKind
from kiosk.devices.emrtd.states import CardState, Step

SPOT = "card"
LAY = "card.lay"
TYPE = "card.type"
USE = "card.use"
AGAIN = "card.again"
OTHER_KEY = "card.other_key"
KIND = "card.kind"  # the choice of what lies there
CAN, NUMBER = "card.can", "card.number"  # the fields
BIRTH, EXPIRY = "card.birth", "card.expiry"  # + ".day", ".month", ".year"
DATE_FIELDS = ("day", "month", "year")


class Stage(StrEnum):
    """How far one visitor is with a document."""

    KIND = "kind"
    KEY = "key"
    READING = "reading"
    READ = "read"  # what would be used is shown
    ENDED = "ended"  # there is nothing to use; the state says why


class Slip(StrEnum):
    """What is the matter with what was typed."""

    CAN = "can"
    NUMBER = "number"
    BIRTH = "birth"
    EXPIRY = "expiry"
    SAME = "same"  # the card said no to exactly this a moment ago


@dataclass(frozen=True, slots=True)
class Found:
    """What would be used of a document; all else that was read is gone."""

    kind: DocumentKind
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)  # None: the chip does not have the whole of it
    checks: tuple[SeenCheck, ...] = ()  # those that held
    is_expired: bool = False
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class CardPage:
    """One visitor's document so far."""

    stage: Stage = Stage.KIND
    kind: DocumentKind | None = None
    is_by_lines: bool = False  # number and two dates instead of the six digits
    asks_kind: bool = False  # nothing was chosen yet
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    slips: Mapping[str, Slip] = field(default_factory=dict)  # by field
    taken: str = ""  # the field that a BSN was taken out of
    step: Step = Step.WAITING
    are_two: bool = False  # two cards lie there
    state: CardState = CardState.DONE
    tries_left: int | None = None  # after a wrong key, when the card told
    found: Found | None = None

    @property
    def is_filled(self) -> bool:
        """Tell whether anything stands here that would be lost."""
        return self.found is not None or any(text.strip() for text in self.fields.values())

    @property
    def may_try_again(self) -> bool:
        """Tell whether another try can help; never one that would lock the chip for good."""
        return self.state in _AGAIN and not (self.state is CardState.WRONG_KEY and self.tries_left == 0)


_AGAIN = frozenset(
    {
        CardState.READER_GONE,
        CardState.CARD_REMOVED,
        CardState.UNSUPPORTED_CARD,
        CardState.WRONG_KEY,
        CardState.PROTOCOL_VIOLATION,
        CardState.TIMEOUT,
    }
)
