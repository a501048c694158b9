# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lays a virtual card before the reader's protocol in this process, without PC/SC: the quick way of most tests."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from time import monotonic

from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.document import AccessKey, Can, MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.virtual.card import GoneError, SilentError, VirtualCard
from tests.kiosk.devices.emrtd.virtual.profile import Profile


@dataclass(slots=True)
class InProcess:
    """A CardConnection to a card in this process. A card that never answers is a time-out at once."""

    card: VirtualCard
    limits: Limits
    is_closed: bool = False

    def transmit(self, command: bytes) -> bytes:
        assert not self.is_closed, "the connection was closed"
        assert len(command) <= self.limits.longest_command, "longer than this reader carries"
        began = monotonic()
        try:
            answer = self.card.process(command)
        except GoneError:
            raise CardError(CardState.CARD_REMOVED, "the card is gone") from None
        except SilentError:
            raise CardError(CardState.TIMEOUT, "no answer") from None
        if (left := self.card.delay - (monotonic() - began)) > 0:
            Event().wait(left)
        if len(answer) < 2:
            raise CardError(CardState.PROTOCOL_VIOLATION, "an answer without a status")
        return answer

    def close(self) -> None:
        self.card.reset()
        self.is_closed = True


def connect(card: VirtualCard, limits: Limits | None = None) -> InProcess:
    """Lay a card down: it gets power and waits for its first command."""
    card.reset()
    return InProcess(card, limits or Limits())


def key_of(profile: Profile) -> AccessKey:
    """Give what a person would type: the number on the front where there is one, else the printed lines."""
    return Can(profile.can) if profile.can else lines_of(profile)


def lines_of(profile: Profile) -> MrzKey:
    """Give what opens the chip by its printed lines."""
    number, birth, expiry = (text[:-1] for text in profile.key_lines)
    return MrzKey(number.rstrip("<"), birth, expiry)
