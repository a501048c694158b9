# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands to a card and its answers (ISO 7816-4), and the plain way of exchanging them.

Short or extended length as a command needs and the reader carries. Secure messaging stands on this in its own module;
what commands mean is for `bac`, `pace` and `card_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from kiosk.devices.emrtd.connection import CardConnection, Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

SHORT_DATA = 255
SHORT_ANSWER = 256
EXTENDED_ANSWER = 65536
MOST_PIECES = 300  # answers in a chain (61 xx); 300 x 256 bytes is more than any file or signature


class Ins(IntEnum):
    """The commands we use."""

    MANAGE_SECURITY_ENVIRONMENT = 0x22
    EXTERNAL_AUTHENTICATE = 0x82
    GET_CHALLENGE = 0x84
    GENERAL_AUTHENTICATE = 0x86
    INTERNAL_AUTHENTICATE = 0x88
    SELECT = 0xA4
    READ_BINARY = 0xB0
    READ_BINARY_ODD = 0xB1
    GET_RESPONSE = 0xC0


class Sw(IntEnum):
    """Status words that mean something to us."""

    OK = 0x9000
    END_OF_FILE = 0x6282
    AUTHENTICATION_FAILED = 0x6300
    WRONG_LENGTH = 0x6700
    SECURITY_STATUS = 0x6982
    BLOCKED = 0x6983
    REFERENCE_DATA_UNUSABLE = 0x6984
    CONDITIONS = 0x6985
    NO_CURRENT_FILE = 0x6986
    SM_OBJECTS_MISSING = 0x6987
    SM_OBJECTS_WRONG = 0x6988
    WRONG_DATA = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    WRONG_P1_P2 = 0x6A86
    REFERENCED_DATA_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    INS_NOT_SUPPORTED = 0x6D00
    CLA_NOT_SUPPORTED = 0x6E00


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `answer_length` is how much may come back: None for nothing, 256 or 65536 for as much as fits."""

    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    answer_length: int | None = None
    cla: int = 0x00

    @property
    def header(self) -> bytes:
        """Give the four bytes it begins with."""
        return bytes([self.cla, self.ins, self.p1, self.p2])

    @property
    def is_extended(self) -> bool:
        """Tell whether it fits extended length only."""
        return len(self.data) > SHORT_DATA or (self.answer_length or 0) > SHORT_ANSWER

    def encode(self, limits: Limits) -> bytes:
        """Write it as bytes.

        Raises CardError (UNSUPPORTED_CARD) where it does not fit through the reader.
        """
        if self.is_extended:
            written = self._extended()
        else:
            written = self.header
            if self.data:
                written += bytes([len(self.data)]) + self.data
            if self.answer_length is not None:
                written += bytes([self.answer_length & 0xFF])
        if len(written) > limits.longest_command:
            raise CardError(CardState.UNSUPPORTED_CARD, "a command is longer than the reader carries")
        return written

    def _extended(self) -> bytes:
        written = self.header
        if self.data:
            written += b"\0" + len(self.data).to_bytes(2, "big") + self.data
        if self.answer_length is not None:
            written += (b"" if self.data else b"\0") + (self.answer_length & 0xFFFF).to_bytes(2, "big")
        return written


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `is_protected` says that a MAC vouches for data and status word."""

    data: bytes = field(repr=False)
    sw: int
    is_protected: bool = False

    @classmethod
    def of(cls, answer: bytes) -> Response:
        """Part an answer as it came.

        Raises CardError (PROTOCOL_VIOLATION).
        """
        if len(answer) < 2:
            raise CardError(CardState.PROTOCOL_VIOLATION, "an answer without status word")
        return cls(answer[:-2], int.from_bytes(answer[-2:], "big"))

    @property
    def is_ok(self) -> bool:
        """Tell whether all went well."""
        return self.sw == Sw.OK

    @property
    def tries_left(self) -> int | None:
        """Give the counter of status word 63 Cx."""
        return self.sw & 0x0F if self.sw & 0xFFF0 == 0x63C0 else None


class Channel(Protocol):
    """A way of speaking with the card: plain, or under secure messaging."""

    @property
    def limits(self) -> Limits:
        """Give what fits through the reader."""
        ...

    @property
    def takes_extended(self) -> bool:
        """Tell whether card and reader both take extended length, as far as was found out."""
        ...

    @property
    def largest_answer(self) -> int:
        """Give how many bytes of contents one answer can carry at most, the card willing."""
        ...

    def send(self, command: Command) -> Response:
        """Send a command and give the answer, whatever its status word.

        Raises CardError: those of the connection, and PROTOCOL_VIOLATION.
        """
        ...


class PlainChannel:
    """Commands and answers as they are."""

    def __init__(self, connection: CardConnection) -> None:
        self._connection = connection
        self.takes_extended = False  # until the card has shown that it does

    @property
    def limits(self) -> Limits:
        return self._connection.limits

    @property
    def largest_answer(self) -> int:
        return self.limits.longest_answer if self.takes_extended else SHORT_ANSWER

    def send(self, command: Command) -> Response:
        return self.send_bytes(command.encode(self.limits), command)

    def send_bytes(self, written: bytes, command: Command) -> Response:
        """Send a command that is written already, and gather an answer that comes in pieces (61 xx)."""
        response = Response.of(self._connection.transmit(written))
        if response.sw & 0xFF00 != 0x6100:
            return response
        most = EXTENDED_ANSWER if command.is_extended else 2 * SHORT_ANSWER
        data = response.data
        for _ in range(MOST_PIECES):
            piece = Command(Ins.GET_RESPONSE, 0, 0, answer_length=response.sw & 0xFF or SHORT_ANSWER)
            response = Response.of(self._connection.transmit(piece.encode(self.limits)))
            data += response.data
            if response.sw & 0xFF00 != 0x6100:
                return Response(data, response.sw)
            if not response.data:
                return Response(data, response.sw)  # it promises more and has none: no success
            if len(data) > most:
                break
        raise CardError(CardState.PROTOCOL_VIOLATION, "an answer in pieces without end")
