# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speaks with the card so that nobody listens in or changes a word (Doc 9303 part 11, 9.8).

The MAC is checked before anything is decrypted, and the status word within against the one outside. Once an answer is
wrong the channel says no more. How the keys came about is for `bac`, `pace` and `chip_authentication`.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.apdu import SHORT_ANSWER, Command, PlainChannel, Response, Sw
from kiosk.devices.emrtd.ciphers import MAC_LENGTH, Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair
from kiosk.devices.emrtd.states import CardState

PROTECTED = 0x0C  # in the class byte: secure messaging, the header under the MAC
CRYPTOGRAM = 0x87  # encrypted, with the padding indicator before it
CRYPTOGRAM_ODD = 0x85  # likewise for odd instructions, without indicator
EXPECTED_LENGTH = 0x97
STATUS = 0x99
CHECKSUM = 0x8E
PADDED = b"\x01"
LARGEST_SHORT_READ = 224
LARGEST_EXTENDED_READ = 1024  # chips have buffers of one or two kilobytes

# A card may say these without protection: it has closed the session, or had not the length to answer under it.
BARE_ALLOWED = {
    Sw.WRONG_LENGTH,
    Sw.SECURITY_STATUS,
    Sw.CONDITIONS,
    Sw.SM_OBJECTS_MISSING,
    Sw.SM_OBJECTS_WRONG,
}


@dataclass(slots=True)
class SecureChannel:
    """A session under keys; both sides count each message, so that none can be left out, doubled or swapped."""

    plain: PlainChannel
    cipher: Cipher
    keys: KeyPair = field(repr=False)
    counter: int = field(default=0, repr=False)
    is_broken: bool = False
    was_too_long: bool = False  # the card broke off at a command with extended length

    @property
    def limits(self) -> Limits:
        return self.plain.limits

    @property
    def takes_extended(self) -> bool:
        return self.plain.takes_extended

    @property
    def largest_answer(self) -> int:
        """Give how many bytes fit in an answer beside padding, status word and checksum."""
        room = self.limits.longest_answer if self.takes_extended else SHORT_ANSWER
        room -= len(tlv.encode(STATUS, bytes(2))) + len(tlv.encode(CHECKSUM, bytes(MAC_LENGTH)))
        room -= 1 + (3 if self.takes_extended else 2) + len(PADDED)  # tag and length of the cryptogram
        most = room // self.cipher.block * self.cipher.block - 1
        return min(most, LARGEST_EXTENDED_READ if self.takes_extended else LARGEST_SHORT_READ)

    def send(self, command: Command) -> Response:
        if self.is_broken:
            raise _broken("the session had ended")
        self.is_broken = True  # until this answer proves right
        protected = self.protect(command)
        answer = self.plain.send_bytes(protected.encode(self.limits), protected)
        self.was_too_long |= command.is_extended and not answer.data
        response = self.unprotect(answer)
        self.is_broken = False
        return response

    def protect(self, command: Command) -> Command:
        """Encrypt a command and put the checksum on it."""
        self.counter += 1
        cla = command.cla | PROTECTED
        objects = b""
        if command.data:
            cipher = self.cipher.encrypt(self.keys.enc, self.cipher.pad(command.data), self._vector())
            is_odd = bool(command.ins & 1)
            objects += tlv.encode(CRYPTOGRAM_ODD, cipher) if is_odd else tlv.encode(CRYPTOGRAM, PADDED + cipher)
        if command.answer_length is not None:
            size = 2 if command.is_extended else 1
            wanted = command.answer_length & (0xFFFF if size == 2 else 0xFF)
            objects += tlv.encode(EXPECTED_LENGTH, wanted.to_bytes(size, "big"))
        header = bytes([cla]) + command.header[1:]
        covered = self.cipher.pad(header) + (self.cipher.pad(objects) if objects else b"")
        objects += tlv.encode(CHECKSUM, self._mac(covered))
        needs_more = command.is_extended or len(objects) > 255
        return Command(command.ins, command.p1, command.p2, objects, 65536 if needs_more else SHORT_ANSWER, cla=cla)

    def unprotect(self, answer: Response) -> Response:
        """Check an answer and decrypt it.

        Raises CardError (PROTOCOL_VIOLATION).
        """
        self.counter += 1
        if not answer.data:
            return _bare(answer)
        nodes = tlv.parse(answer.data)
        tags = [node.tag for node in nodes]
        if tags not in ([STATUS, CHECKSUM], [CRYPTOGRAM, STATUS, CHECKSUM], [CRYPTOGRAM_ODD, STATUS, CHECKSUM]):
            raise _broken("other objects than a protected answer has")
        checksum, status = nodes[-1].value, nodes[-2].value
        covered = answer.data[: -len(tlv.encode(CHECKSUM, checksum))]
        if not hmac.compare_digest(self._mac(self.cipher.pad(covered)), checksum):
            raise _broken("the checksum of an answer is wrong")
        if status != answer.sw.to_bytes(2, "big"):
            raise _broken("the status word outside is not the one inside")
        return Response(self._opened(nodes[0]) if len(nodes) == 3 else b"", answer.sw, is_protected=True)

    def _opened(self, node: tlv.Tlv) -> bytes:
        cipher = node.value
        if node.tag == CRYPTOGRAM:
            if cipher[:1] != PADDED:
                raise _broken("an unknown padding")
            cipher = cipher[1:]
        if not cipher:
            raise _broken("an empty cryptogram")
        return self.cipher.unpad(self.cipher.decrypt(self.keys.enc, cipher, self._vector()))

    def _vector(self) -> bytes | None:
        return None if self.cipher is Cipher.DES3 else self.cipher.encrypt_block(self.keys.enc, self._counted())

    def _mac(self, covered: bytes) -> bytes:
        return self.cipher.mac(self.keys.mac, self._counted() + covered)

    def _counted(self) -> bytes:
        size = self.cipher.block
        return (self.counter % (1 << 8 * size)).to_bytes(size, "big")


def _bare(answer: Response) -> Response:
    if answer.sw in BARE_ALLOWED or answer.sw & 0xFF00 == 0x6C00:
        return answer
    raise _broken("an answer without protection")


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"secure messaging: {says}")
