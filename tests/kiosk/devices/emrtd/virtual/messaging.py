# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secure messaging from the card's side: opens what the reader sealed, seals what the card says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.kiosk.devices.emrtd.virtual import ber
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, unpadded
from tests.kiosk.devices.emrtd.virtual.commands import Answer, Command


class MessagingError(Exception):
    """The reader broke the session; the card forgets it and says why by its status word."""

    def __init__(self, sw: int) -> None:
        super().__init__(f"{sw:04X}")
        self.sw = sw


@dataclass(slots=True)
class Messaging:
    """One session: its keys and the counter of messages."""

    keys: Keys
    counter: int = 0

    def open(self, command: Command) -> Command:
        """Check and decipher one command."""
        suite = self.keys.suite
        self.counter += 1
        try:
            objects = ber.parse(command.data)
        except ber.BerError:
            raise MessagingError(0x6988) from None
        found = dict(objects)
        if len(found) != len(objects) or 0x8E not in found or objects[-1][0] != 0x8E:
            raise MessagingError(0x6987)
        sealed = b"".join(ber.tlv(tag, value) for tag, value in objects[:-1])
        text = self._counter_bytes() + suite.padded(command.header)
        if suite.mac(self.keys.mac, suite.padded(text + sealed) if sealed else text) != found[0x8E]:
            raise MessagingError(0x6988)
        data = b""
        try:
            if 0x87 in found:
                if found[0x87][:1] != b"\x01":
                    raise MessagingError(0x6988)
                data = unpadded(suite.decipher(self.keys.enc, found[0x87][1:], self._iv()))
            elif 0x85 in found:
                data = unpadded(suite.decipher(self.keys.enc, found[0x85], self._iv()))
        except ValueError:
            raise MessagingError(0x6988) from None
        return replace(command, cla=command.cla & ~0x0C, data=data, le=self._le(found.get(0x97)))

    @staticmethod
    def _le(value: bytes | None) -> int | None:
        if value is None:
            return None
        return int.from_bytes(value, "big") or (256 if len(value) == 1 else 65536)

    def seal(self, answer: Answer, *, is_odd: bool = False) -> Answer:
        """Encipher and seal one answer."""
        suite = self.keys.suite
        self.counter += 1
        objects = b""
        if answer.data:
            hidden = suite.encipher(self.keys.enc, suite.padded(answer.data), self._iv())
            objects = ber.tlv(0x85, hidden) if is_odd else ber.tlv(0x87, b"\x01", hidden)
        objects += ber.tlv(0x99, answer.sw.to_bytes(2, "big"))
        seal = suite.mac(self.keys.mac, suite.padded(self._counter_bytes() + objects))
        return Answer(objects + ber.tlv(0x8E, seal), answer.sw)

    def _counter_bytes(self) -> bytes:
        block = self.keys.suite.block
        return (self.counter % (1 << 8 * block)).to_bytes(block, "big")

    def _iv(self) -> bytes | None:
        if self.keys.suite.block == 8:
            return None
        return self.keys.suite.encipher_block(self.keys.enc, self._counter_bytes())
