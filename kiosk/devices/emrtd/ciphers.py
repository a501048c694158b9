# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four ciphers of Doc 9303 part 11: 3DES and AES with keys of 128, 192 and 256 bits, each with its MAC.

The ciphers themselves are those of `cryptography`. Where keys come from is for `key_derivation`.
"""

from __future__ import annotations

import hashlib
from enum import Enum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher as Engine
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

MAC_LENGTH = 8


class Cipher(Enum):
    """One cipher with its MAC; every key and message is bytes."""

    DES3 = (16, 8, "sha1")
    AES128 = (16, 16, "sha1")
    AES192 = (24, 16, "sha256")
    AES256 = (32, 16, "sha256")

    @property
    def key_length(self) -> int:
        return self.value[0]

    @property
    def block(self) -> int:
        """Give the length of a block in bytes."""
        return self.value[1]

    def digest(self, data: bytes) -> bytes:
        """Give the hash that keys for this cipher are derived with."""
        return hashlib.new(self.value[2], data, usedforsecurity=False).digest()

    def encrypt(self, key: bytes, data: bytes, vector: bytes | None = None) -> bytes:
        """Encrypt whole blocks in CBC mode; without a vector it is zero."""
        sealing = self._engine(key, vector).encryptor()
        return sealing.update(data) + sealing.finalize()

    def decrypt(self, key: bytes, data: bytes, vector: bytes | None = None) -> bytes:
        """Decrypt whole blocks in CBC mode.

        Raises CardError (PROTOCOL_VIOLATION) where they are not whole.
        """
        if len(data) % self.block:
            raise CardError(CardState.PROTOCOL_VIOLATION, "ciphertext is not whole blocks")
        opening = self._engine(key, vector).decryptor()
        return opening.update(data) + opening.finalize()

    def pad(self, data: bytes) -> bytes:
        """Fill up to whole blocks: 80, then zeros (ISO 9797-1 method 2)."""
        return data + b"\x80" + bytes(-(len(data) + 1) % self.block)

    def unpad(self, data: bytes) -> bytes:
        """Take that filling away.

        Raises CardError (PROTOCOL_VIOLATION).
        """
        bare = data.rstrip(b"\0")
        if not bare.endswith(b"\x80") or len(data) - len(bare) >= self.block:
            raise CardError(CardState.PROTOCOL_VIOLATION, "contents are not padded as they ought to be")
        return bare[:-1]

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Give the MAC of padded data, 8 bytes: ISO 9797-1 algorithm 3 with DES, CMAC with AES."""
        if self is Cipher.DES3:
            first, second = key[:8] * 3, key[8:16] * 3  # K|K|K is single DES
            chained = Engine(TripleDES(first), modes.CBC(bytes(8))).encryptor().update(data)[-8:]
            middle = Engine(TripleDES(second), modes.CBC(bytes(8))).decryptor().update(chained)
            return Engine(TripleDES(first), modes.CBC(bytes(8))).encryptor().update(middle)
        sum_ = CMAC(algorithms.AES(key))
        sum_.update(data)
        return sum_.finalize()[:MAC_LENGTH]

    def token(self, key: bytes, data: bytes) -> bytes:
        """Give the MAC of data as they are: DES pads them, CMAC has a padding of its own."""
        return self.mac(key, self.pad(data) if self is Cipher.DES3 else data)

    def encrypt_block(self, key: bytes, block: bytes) -> bytes:
        """Encrypt one block by itself."""
        return self.encrypt(key, block)

    def _engine(self, key: bytes, vector: bytes | None) -> Engine[modes.CBC]:
        vector = bytes(self.block) if vector is None else vector
        if self is Cipher.DES3:
            return Engine(TripleDES(key + key[:8]), modes.CBC(vector))
        return Engine(algorithms.AES(key), modes.CBC(vector))
