# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cards that do one thing wrong while they speak: each a small class, the rest of it a good card."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.card import SilentError, VirtualCard
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite
from tests.kiosk.devices.emrtd.virtual.commands import Answer, Command
from tests.kiosk.devices.emrtd.virtual.curves import EcKey
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging
from tests.kiosk.devices.emrtd.virtual.pace import Pace, PaceInfo
from tests.kiosk.devices.emrtd.virtual.proofs import RsaKey

# --- No card at all ---


@dataclass(slots=True)
class Garbage(VirtualCard):
    """Answers each command with other bytes, and says that all is well."""

    chance: random.Random = field(default_factory=lambda: random.Random(9303))

    def process(self, raw: bytes) -> bytes:
        self.count += 1
        return self.chance.randbytes(self.chance.randrange(1, 250)) + b"\x90\x00"


@dataclass(slots=True)
class Foreign(VirtualCard):
    """Is another kind of card: it knows no such application and no such file."""

    def process(self, raw: bytes) -> bytes:
        self.count += 1
        return b"\x6a\x82"


@dataclass(slots=True)
class OneByte(VirtualCard):
    """Answers without a status word."""

    def process(self, raw: bytes) -> bytes:
        self.count += 1
        return b"\x90"


@dataclass(slots=True)
class AlwaysSays(VirtualCard):
    """Answers each command with the same status: `61 FF` (fetch more), `6C 10` (ask again), `67 00` (ask less)."""

    sw: int = 0x61FF

    def process(self, raw: bytes) -> bytes:
        self.count += 1
        return bytes(Answer(bytes(16) if self.sw == 0x61FF else b"", self.sw))


@dataclass(slots=True)
class SilentFrom(VirtualCard):
    """Answers `speaks` commands, and then never again."""

    speaks: int = 0

    def process(self, raw: bytes) -> bytes:
        if self.count >= self.speaks:
            self.count += 1
            raise SilentError
        return VirtualCard.process(self, raw)


@dataclass(slots=True)
class Forgetful(VirtualCard):
    """Loses power for a moment at one command, as a card that is swapped for another of its kind."""

    forgets_at: int = 12

    def process(self, raw: bytes) -> bytes:
        if self.count == self.forgets_at:
            self.reset()
        return VirtualCard.process(self, raw)


# --- Access ---


@dataclass(slots=True)
class BadPace(VirtualCard):
    """Breaks PACE: `how` names what is sent instead."""

    how: str = "reflected"

    def new_pace(self, info: PaceInfo, password: bytes) -> Pace:
        return _BrokenPace(info, password, self.entropy, how=self.how)


@dataclass(slots=True)
class _BrokenPace(Pace):
    how: str = "reflected"

    def step(self, data: bytes) -> bytes:
        step = self._next.name.lower()
        answer = Pace.step(self, data)
        inner = ber.first(answer)[1]
        match self.how, step:
            case "doubled", "mapping":
                return ber.tlv(0x7C, inner, inner)
            case "empty", "nonce":
                return ber.tlv(0x7C)
            case "bare", "nonce":
                return b""
            case "short nonce", "nonce":
                return ber.tlv(0x7C, ber.tlv(0x80, bytes(8)))
            case "huge nonce", "nonce":
                return ber.tlv(0x7C, ber.tlv(0x80, bytes(240)))
            case "other tag", "mapping":
                return ber.tlv(0x7C, ber.tlv(0x84, ber.first(inner)[1]))
            case "16 MB", "mapping":
                return bytes.fromhex("7C84FFFFFFF08284FFFFFFE0") + inner
            case _:
                return answer

    def mapping_point(self, key: EcKey, others: bytes) -> bytes:
        width = curves.size(self.info.parameter)
        match self.how:
            case "reflected":
                return others
            case "off curve":
                return key.public[:-1] + bytes((key.public[-1] ^ 1,))
            case "infinity":
                return b"\0"
            case "zeroes":
                return b"\x04" + bytes(2 * width)
            case "compressed":
                return b"\x02" + key.public[1 : 1 + width]
            case "too large":
                return b"\x04" + b"\xff" * (2 * width)
            case _:
                return key.public

    def agreement_point(self, others: bytes) -> bytes:
        return others if self.how == "reflected later" else self._own

    def own_token(self, others: bytes) -> bytes:
        match self.how:
            case "bad token":
                return bytes(8)
            case "reflected token":
                return self._token(self._own)
            case _:
                return self._token(others)


@dataclass(slots=True)
class BadBac(VirtualCard):
    """Answers EXTERNAL AUTHENTICATE well, but for one bit of it."""

    bit: int = 0

    def external_authenticate(self, command: Command) -> Answer:
        answer = VirtualCard.external_authenticate(self, command)
        if not answer.data:
            return answer
        changed = bytearray(answer.data)
        changed[self.bit // 8] ^= 1 << self.bit % 8
        return replace(answer, data=bytes(changed))


# --- Secure messaging ---


@dataclass(slots=True)
class BadSeal(VirtualCard):
    """Breaks secure messaging from the `spares`-th sealed answer on; `how` names the way."""

    how: str = "plain"
    spares: int = 1
    sealed: int = 0
    last: bytes = b""

    def seal(self, session: Messaging, answer: Answer) -> bytes:
        self.sealed += 1
        if self.sealed <= self.spares:
            self.last = bytes(session.seal(answer))
            return self.last
        match self.how:
            case "plain":
                return bytes(answer)
            case "replayed":
                return self.last
            case "old counter":
                session.counter -= 2
            case _:
                pass
        right = session.seal(answer)
        if self.how == "other status":
            return right.data + b"\x62\x82"
        return self._broken(session, right.data) + right.sw.to_bytes(2, "big")

    def _broken(self, session: Messaging, body: bytes) -> bytes:
        without_seal, status = body[:-10], body[-14:-10]
        match self.how:
            case "bad mac":
                return body[:-1] + bytes((body[-1] ^ 1,))
            case "no mac":
                return without_seal
            case "short mac":
                return without_seal + b"\x8e\x04" + body[-8:-4]
            case "empty mac":
                return without_seal + b"\x8e\x00"
            case "16 MB":
                return bytes.fromhex("8784FFFFFFF001") + body
            case "bomb":
                return _nested(60_000, 0xA1)
            case "doubled":
                objects = without_seal * 2
            case "no status":
                objects = body[:-14]
            case "unknown object":
                objects = ber.tlv(0x81, b"plain") + without_seal
            case "bad padding":
                keys = session.keys
                iv = None if keys.suite is Suite.DES3 else keys.suite.encipher_block(keys.enc, session._counter_bytes())
                hidden = keys.suite.encipher(keys.enc, bytes(4 * keys.suite.block), iv)
                objects = ber.tlv(0x87, b"\x01", hidden) + status
            case "half a block":
                objects = ber.tlv(0x87, b"\x01", bytes(5)) + status
            case _:
                return body
        return self._sealed_by_hand(session, objects)

    @staticmethod
    def _sealed_by_hand(session: Messaging, objects: bytes) -> bytes:
        keys = session.keys
        seal = keys.suite.mac(keys.mac, keys.suite.padded(session._counter_bytes() + objects))
        return objects + ber.tlv(0x8E, seal)


def _nested(size: int, tag: int) -> bytes:
    """Give objects in objects in objects, `size` bytes in all, each with its right length."""
    layers = []
    left = size
    while left > 6:
        head = bytes((tag, 0x83)) + (left - 5).to_bytes(3, "big")
        layers.append(head)
        left -= 5
    return b"".join(layers) + bytes(left)


# --- Files ---


@dataclass(slots=True)
class OtherFile(VirtualCard):
    """Gives other contents for one file. Its size may be told as larger than what comes."""

    fid: int = 0
    other: bytes = b""

    def contents(self, fid: int) -> bytes:
        return self.other if fid == self.fid else VirtualCard.contents(self, fid)


@dataclass(slots=True)
class EndlessFile(VirtualCard):
    """Has a file that never ends: as much as is asked for, for ever, in objects that never close."""

    fid: int = 0
    head: bytes = bytes.fromhex("6184FFFFFFFF")

    def read_part(self, fid: int, offset: int, count: int) -> Answer:
        if fid != self.fid:
            return VirtualCard.read_part(self, fid, offset, count)
        return Answer((self.head + b"\x30\x80" * count)[offset % 4096 :][:count])


@dataclass(slots=True)
class DripFile(VirtualCard):
    """Gives a file byte by byte, or nothing at all, and says that all is well."""

    fid: int = 0
    at_once: int = 1

    def read_part(self, fid: int, offset: int, count: int) -> Answer:
        part = VirtualCard.read_part(self, fid, offset, min(count, self.at_once) if fid == self.fid else count)
        return replace(part, data=part.data[: self.at_once], sw=0x9000) if fid == self.fid else part


@dataclass(slots=True)
class DeniedFile(VirtualCard):
    """Refuses one file."""

    fid: int = 0
    sw: int = 0x6982

    def select(self, command: Command) -> Answer:
        if command.p1 == 2 and int.from_bytes(command.data, "big") == self.fid:
            return Answer(sw=self.sw)
        return VirtualCard.select(self, command)

    def read_binary(self, command: Command) -> Answer:
        if command.p1 & 0x80 and command.p1 & 0x1F == self.fid & 0x1F:
            return Answer(sw=self.sw)
        return VirtualCard.read_binary(self, command)


# --- Proofs ---


@dataclass(slots=True)
class CopiedActive(VirtualCard):
    """Signs with another key than the one that was issued: a copy of a chip cannot have it."""

    def sign(self, challenge: bytes) -> bytes:
        active = self.profile.active
        assert active is not None
        if isinstance(active.key, RsaKey):
            other = replace(active, key=replace(active.key, private=active.key.private ^ 2))
            return other.sign(challenge, self.entropy)
        return replace(active, key=EcKey(active.key.parameter, active.key.secret ^ 1)).sign(challenge, self.entropy)


@dataclass(slots=True)
class RecordedActive(VirtualCard):
    """Gives a signature that it once heard, over another challenge."""

    def sign(self, challenge: bytes) -> bytes:
        return VirtualCard.sign(self, bytes(8))


@dataclass(slots=True)
class EmptyActive(VirtualCard):
    """Signs with nothing but zeroes."""

    def sign(self, challenge: bytes) -> bytes:
        return bytes(len(VirtualCard.sign(self, challenge)))


@dataclass(slots=True)
class RefusesActive(VirtualCard):
    """Does not sign though its files say that it can."""

    def internal_authenticate(self, command: Command) -> Answer:
        return Answer(sw=0x6982)


@dataclass(slots=True)
class CopiedChip(VirtualCard):
    """Agrees on keys with another key than the issued one."""

    def chip_session(self, point: bytes) -> Messaging:
        chip = self.profile.chip
        assert chip is not None
        return replace(chip, key=replace(chip.key, secret=chip.key.secret ^ 1)).agree(point)


@dataclass(slots=True)
class RefusesChip(VirtualCard):
    """Does not take part in Chip Authentication though its files say that it can."""

    def set_environment(self, command: Command) -> Answer:
        if command.p1 == 0x41:
            return Answer(sw=0x6A80)
        return VirtualCard.set_environment(self, command)


@dataclass(slots=True)
class PretendsChip(VirtualCard):
    """Says yes to Chip Authentication, and goes on with the old keys: it cannot make the new."""

    def chip_session(self, point: bytes) -> Messaging:
        assert self._session is not None
        return self._session
