# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two proofs that a chip is the one that was issued: it signs (Active), or agrees on keys (Chip Authentication)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, Suite
from tests.kiosk.devices.emrtd.virtual.curves import EcKey, Entropy
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

_CA_ECDH = "0.4.0.127.0.7.2.2.3.2."
CHIP_OIDS = {
    Suite.DES3: _CA_ECDH + "1",
    Suite.AES128: _CA_ECDH + "2",
    Suite.AES192: _CA_ECDH + "3",
    Suite.AES256: _CA_ECDH + "4",
}
CHIP_PUBLIC_KEY = "0.4.0.127.0.7.2.2.1.2"
ECDSA_PLAIN = {"sha1": "1", "sha224": "2", "sha256": "3", "sha384": "4", "sha512": "5"}
_TRAILERS = {
    "sha1": b"\xbc",
    "sha256": b"\x34\xcc",
    "sha512": b"\x35\xcc",
    "sha384": b"\x36\xcc",
    "sha224": b"\x38\xcc",
}


@dataclass(frozen=True, slots=True)
class RsaKey:
    """A private key as two numbers and the public one."""

    modulus: int
    private: int
    public: int = 65537

    @property
    def size(self) -> int:
        return (self.modulus.bit_length() + 7) // 8

    @property
    def public_key_info(self) -> bytes:
        key = ber.sequence(ber.integer(self.modulus), ber.integer(self.public))
        return ber.sequence(ber.sequence(ber.der_oid("1.2.840.113549.1.1.1"), ber.NULL), ber.bit_string(key))


@dataclass(frozen=True, slots=True)
class ActiveKey:
    """What signs a challenge, and with which hash."""

    key: RsaKey | EcKey
    hash_name: str = "sha256"

    def sign(self, challenge: bytes, entropy: Entropy) -> bytes:
        if isinstance(self.key, EcKey):
            return curves.sign_plain(self.key, challenge, self.hash_name, entropy)
        return self._sign_recoverably(self.key, challenge, entropy)

    def _sign_recoverably(self, key: RsaKey, challenge: bytes, entropy: Entropy) -> bytes:
        """Sign by ISO 9796-2, scheme 1: most of the message is inside the signature."""
        trailer = _TRAILERS[self.hash_name]
        room = key.size - 1 - hashlib.new(self.hash_name).digest_size - len(trailer)
        inside = entropy(room)
        digest = hashlib.new(self.hash_name, inside + challenge).digest()
        text = b"\x6a" + inside + digest + trailer
        return pow(int.from_bytes(text, "big"), key.private, key.modulus).to_bytes(key.size, "big")


@dataclass(frozen=True, slots=True)
class ChipKey:
    """What agrees on new keys; `number` is there where a card has several."""

    key: EcKey
    suite: Suite
    number: int | None = None

    def agree(self, others: bytes) -> Messaging:
        """Give the new session; ValueError for a point that is not on the curve."""
        shared = curves.agree(self.key, curves.decode(self.key.parameter, others))
        return Messaging(Keys.of_secret(self.suite, curves.x_of(self.key.parameter, shared)))
