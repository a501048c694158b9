# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what is printed on a card, or was agreed with it, to keys (Doc 9303 part 11, 9.7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum

from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.document import AccessKey, Can, MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState

SEED_LENGTH = 16
SHORTEST_NUMBER = 9  # a document number fills nine places in the lines
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (7, 3, 1)


class Purpose(IntEnum):
    """What a key is for: the counter of the derivation function."""

    ENCRYPT = 1
    MAC = 2
    PASSWORD = 3


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What one session, or one authentication, encrypts and signs with."""

    enc: bytes = field(repr=False)
    mac: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes, cipher: Cipher) -> KeyPair:
        """Derive both from one secret."""
        return cls(derive(secret, Purpose.ENCRYPT, cipher), derive(secret, Purpose.MAC, cipher))


def derive(secret: bytes, purpose: Purpose, cipher: Cipher) -> bytes:
    """Give the key for one purpose; a DES key with odd parity."""
    key = cipher.digest(secret + purpose.to_bytes(4, "big"))[: cipher.key_length]
    return _with_odd_parity(key) if cipher is Cipher.DES3 else key


def password_of(key: AccessKey) -> bytes:
    """Give the secret that PACE begins with.

    Raises CardError (WRONG_KEY) where the lines hold a sign that no lines have.
    """
    match key:
        case Can(digits=digits):
            if not (digits.isascii() and digits.isdigit()):
                raise CardError(CardState.WRONG_KEY, "a card access number is digits")
            return digits.encode("ascii")
        case MrzKey():
            return hashlib.sha1(mrz_information(key).encode("ascii"), usedforsecurity=False).digest()


def bac_seed(key: MrzKey) -> bytes:
    """Give the seed of Basic Access Control.

    Raises CardError (WRONG_KEY), as `password_of`.
    """
    return password_of(key)[:SEED_LENGTH]


def licence_seed(line: str) -> bytes:
    """Give the seed of a driving licence's Basic Access Protection: its one line without first sign and check digit."""
    return hashlib.sha1(line[1:29].encode("ascii"), usedforsecurity=False).digest()[:SEED_LENGTH]


def mrz_information(key: MrzKey) -> str:
    """Write number, birth and expiry date, each with its check digit, as the chip's keys were made from.

    Raises CardError (WRONG_KEY) where a sign is none of the lines'.
    """
    number = key.document_number.ljust(SHORTEST_NUMBER, "<")
    return "".join(part + check_digit(part) for part in (number, key.birth_date, key.expiry_date))


def check_digit(text: str) -> str:
    """Give the check digit of a field of the lines (Doc 9303 part 3, 4.9).

    Raises CardError (WRONG_KEY) where a sign is none of the lines'.
    """
    total = 0
    for at, sign in enumerate(text):
        value = 0 if sign == "<" else SIGNS.find(sign)
        if value < 0:
            raise CardError(CardState.WRONG_KEY, "a sign that machine readable lines do not have")
        total += value * WEIGHTS[at % 3]
    return str(total % 10)


def _with_odd_parity(key: bytes) -> bytes:
    return bytes(byte & 0xFE | (byte >> 1).bit_count() & 1 ^ 1 for byte in key)
