# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""PACE with generic mapping over elliptic curves, the card's half (Doc 9303 part 11, 4.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ecpy.curves import Point

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.ciphers import PASSWORD, Keys, Suite
from tests.kiosk.devices.emrtd.virtual.curves import EcKey, Entropy
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

_GM = "0.4.0.127.0.7.2.2.4.2."
OIDS = {Suite.DES3: _GM + "1", Suite.AES128: _GM + "2", Suite.AES192: _GM + "3", Suite.AES256: _GM + "4"}


class RefusedError(Exception):
    """The reader does not know the key, or broke the rules: the status word says which."""

    def __init__(self, sw: int) -> None:
        super().__init__(f"{sw:04X}")
        self.sw = sw


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way in which the card lets itself be opened."""

    suite: Suite
    parameter: int

    @property
    def oid(self) -> bytes:
        return ber.oid(OIDS[self.suite])

    @property
    def der(self) -> bytes:
        return ber.sequence(ber.tlv(0x06, self.oid), ber.integer(2), ber.integer(self.parameter))


class _Next(Enum):
    NONCE = 0x80
    MAPPING = 0x81
    AGREEMENT = 0x83
    TOKEN = 0x85


@dataclass(slots=True)
class Pace:
    """One run, from MSE:Set AT to the tokens."""

    info: PaceInfo
    password: bytes
    entropy: Entropy
    _nonce: bytes = b""
    _generator: Point = None
    _own: bytes = b""
    _others: bytes = b""
    keys: Keys | None = None
    _next: _Next = field(default=_Next.NONCE)

    @property
    def is_last_step(self) -> bool:
        return self._next is _Next.TOKEN

    def step(self, data: bytes) -> bytes:
        """Answer one GENERAL AUTHENTICATE; both in their dynamic authentication data (7C)."""
        try:
            tag, inner, rest = ber.first(data)
            objects = ber.parse(inner)
        except ber.BerError:
            raise RefusedError(0x6A80) from None
        if tag != 0x7C or rest or len(objects) > 1:
            raise RefusedError(0x6A80)
        tag, value = objects[0] if objects else (0x80, b"")
        if tag != self._next.value:
            raise RefusedError(0x6A80)
        try:
            return ber.tlv(0x7C, self._answer(value))
        except ValueError:
            raise RefusedError(0x6A80) from None

    def _answer(self, value: bytes) -> bytes:
        parameter = self.info.parameter
        match self._next:
            case _Next.NONCE:
                self._nonce = self.entropy(16)
                self._next = _Next.MAPPING
                suite = self.info.suite
                return ber.tlv(0x80, suite.encipher(suite.derive(self.password, PASSWORD), self._nonce))
            case _Next.MAPPING:
                others = curves.decode(parameter, value)
                key = curves.new_key(parameter, self.entropy)
                number = int.from_bytes(self._nonce, "big")
                self._generator = number * curves.generator(parameter) + curves.agree(key, others)
                self._next = _Next.AGREEMENT
                return ber.tlv(0x82, self.mapping_point(key, value))
            case _Next.AGREEMENT:
                others = curves.decode(parameter, value)
                key = curves.new_key(parameter, self.entropy)
                self._own = curves.encode(parameter, key.secret * self._generator)
                self._others = value
                if self._own == value:
                    raise RefusedError(0x6300)
                secret = curves.x_of(parameter, curves.agree(key, others))
                self.keys = Keys.of_secret(self.info.suite, secret)
                self._next = _Next.TOKEN
                return ber.tlv(0x84, self.agreement_point(value))
            case _Next.TOKEN:
                if value != self._token(self._own):
                    raise RefusedError(0x6300)
                return ber.tlv(0x86, self.own_token(value))

    # What a bad card does otherwise.
    def mapping_point(self, key: EcKey, others: bytes) -> bytes:
        return key.public

    def agreement_point(self, others: bytes) -> bytes:
        return self._own

    def own_token(self, others: bytes) -> bytes:
        return self._token(self._others)

    def _token(self, public_point: bytes) -> bytes:
        assert self.keys is not None
        suite = self.info.suite
        text = ber.tlv(0x7F49, ber.tlv(0x06, self.info.oid), ber.tlv(0x86, public_point))
        return suite.mac(self.keys.mac, suite.padded(text) if suite is Suite.DES3 else text)

    def messaging(self) -> Messaging:
        assert self.keys is not None
        return Messaging(self.keys)
