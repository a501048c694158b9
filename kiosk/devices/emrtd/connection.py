# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a reading needs of a reader: to send bytes to a card and take its answer. PC/SC is one way, a test another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

SHORT_APDU = 261  # bytes: header, Lc, 255 data, Le; what every reader carries


@dataclass(frozen=True, slots=True)
class Limits:
    """How much fits through a reader at once, in bytes."""

    longest_command: int = SHORT_APDU
    longest_answer: int = 256  # without the status word

    @property
    def is_extended(self) -> bool:
        """Tell whether commands with extended length can go through."""
        return self.longest_command > SHORT_APDU


class CardConnection(Protocol):
    """One card that lies on a reader."""

    @property
    def limits(self) -> Limits:
        """Give what fits through."""
        ...

    def transmit(self, command: bytes) -> bytes:
        """Send one command APDU and give the answer with its two status bytes.

        Raises CardError: SERVICE_DOWN, READER_GONE, CARD_REMOVED, TIMEOUT, PROTOCOL_VIOLATION (under two bytes).
        """
        ...

    def close(self) -> None:
        """Let the card go; it forgets its session."""
        ...


@dataclass(frozen=True, slots=True)
class ShortConnection:
    """A connection as it would be to a reader that carries short commands alone."""

    connection: CardConnection
    limits: Limits = field(default_factory=Limits)

    def transmit(self, command: bytes) -> bytes:
        return self.connection.transmit(command)

    def close(self) -> None:
        self.connection.close()
