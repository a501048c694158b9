# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ciphers a card speaks: how keys are derived, data enciphered and sealed, by 3DES or AES."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from Crypto.Cipher import AES, DES, DES3
from Crypto.Hash import CMAC

ENC, MAC, PASSWORD = 1, 2, 3


class Suite(Enum):
    """A cipher with its key length."""

    DES3 = "3des"
    AES128 = "aes-128"
    AES192 = "aes-192"
    AES256 = "aes-256"

    @property
    def key_size(self) -> int:
        return {"3des": 16, "aes-128": 16, "aes-192": 24, "aes-256": 32}[self.value]

    @property
    def block(self) -> int:
        return 8 if self is Suite.DES3 else 16

    def derive(self, secret: bytes, counter: int) -> bytes:
        hasher = hashlib.sha1 if self.key_size == 16 else hashlib.sha256
        return hasher(secret + counter.to_bytes(4, "big")).digest()[: self.key_size]

    def encipher(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        return bytes(self._cbc(key, iv).encrypt(data))

    def decipher(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        return bytes(self._cbc(key, iv).decrypt(data))

    def _cbc(self, key: bytes, iv: bytes | None):  # type: ignore[no-untyped-def]  # two classes without a common name
        iv = iv or bytes(self.block)
        if self is Suite.DES3:
            return DES3.new(key, DES3.MODE_CBC, iv)
        return AES.new(key, AES.MODE_CBC, iv)

    def encipher_block(self, key: bytes, block: bytes) -> bytes:
        return AES.new(key, AES.MODE_ECB).encrypt(block)

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Seal data, eight bytes; 3DES wants it padded before, as `padded` does."""
        if self is Suite.DES3:
            head = DES.new(key[:8], DES.MODE_CBC, bytes(8)).encrypt(data)[-8:]  # noqa: S304 - ISO 9797-1, algorithm 3
            middle = DES.new(key[8:16], DES.MODE_ECB).decrypt(head)  # noqa: S304
            return DES.new(key[:8], DES.MODE_ECB).encrypt(middle)  # noqa: S304
        return CMAC.new(key, data, ciphermod=AES).digest()[:8]

    def padded(self, data: bytes) -> bytes:
        data += b"\x80"
        return data + bytes(-len(data) % self.block)


def unpadded(data: bytes) -> bytes:
    body = data.rstrip(b"\0")
    if not body.endswith(b"\x80"):
        raise ValueError("padding")
    return body[:-1]


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of a session."""

    suite: Suite
    enc: bytes
    mac: bytes

    @staticmethod
    def of_secret(suite: Suite, secret: bytes) -> Keys:
        return Keys(suite, suite.derive(secret, ENC), suite.derive(secret, MAC))
