# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card on a PC/SC reader (`connection.CardConnection`): taken for ourselves alone, and let go without power."""

from __future__ import annotations

import sys
from contextlib import suppress

from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.pcsc import MAX_INPUT, Leave, OpenCard, Pcsc
from kiosk.devices.emrtd.pcsc_codes import AMBIGUOUS, PcscError
from kiosk.devices.emrtd.reader_limits import limits_of
from kiosk.devices.emrtd.readers import ReaderWatch
from kiosk.devices.emrtd.states import CardState

NOTICE_S = 1.0  # some readers give an empty answer for a card that is gone, and notice a moment later that it is


class PcscCard:
    """One card (`connection.CardConnection`)."""

    def __init__(self, pcsc: Pcsc, reader: str, card: OpenCard, limits: Limits | None = None) -> None:
        self._pcsc = pcsc
        self._reader = reader
        self._card = card
        self._limits = limits or reader_limits(pcsc, reader, card)
        self._is_open = True

    @property
    def limits(self) -> Limits:
        """Give what fits through."""
        return self._limits

    def transmit(self, command: bytes) -> bytes:
        """Send one command, once: whether to say it again is for who knows what it means."""
        try:
            answer = self._pcsc.transmit(self._card, command)
        except PcscError as error:
            state = self._state_now(CardState.CARD_REMOVED) if error.code in AMBIGUOUS else error.state
            raise PcscError(error.code, "SCardTransmit", state) from None
        if len(answer) < 2:
            state = self._state_now(CardState.PROTOCOL_VIOLATION, NOTICE_S)
            raise CardError(state, "an answer without a status word")
        return answer

    def close(self) -> None:
        """Take its power away: with that it forgets its session."""
        if self._is_open:
            self._is_open = False
            with suppress(PcscError):
                self._pcsc.disconnect(self._card.handle, Leave.UNPOWERED)

    def _state_now(self, otherwise: CardState, patience_s: float = 0) -> CardState:
        """Tell a reader that was pulled out from a card that was taken away and from a service that died."""
        watch = ReaderWatch(self._reader, lambda: self._pcsc)
        scene = watch.look(0)
        if patience_s and self._reader in scene.with_card:
            scene = watch.look(patience_s)
        watch.close()
        if not scene.is_service_up:
            return CardState.SERVICE_DOWN
        if self._reader not in scene.readers:
            return CardState.READER_GONE
        return otherwise if self._reader in scene.with_card else CardState.CARD_REMOVED


def open_card(watch: ReaderWatch, reader: str, limits: Limits | None = None) -> PcscCard:
    """Take the card that lies on this reader. Raises PcscError, with the reason as state."""
    pcsc, context = watch.context
    return PcscCard(pcsc, reader, pcsc.connect(context, reader), limits)


def reader_limits(pcsc: Pcsc, reader: str, card: OpenCard) -> Limits:
    """Ask a reader how much fits through; one that does not tell gets short commands."""
    max_input = longest_data = None
    with suppress(PcscError):
        max_input = int.from_bytes(pcsc.attribute(card.handle, MAX_INPUT), sys.byteorder) or None
    with suppress(PcscError):
        longest_data = pcsc.longest_data(card.handle)
    return limits_of(reader, max_input=max_input, longest_data=longest_data)
