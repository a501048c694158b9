# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How PACE makes a generator that only the two of them know of a nonce (Doc 9303 part 11, 4.4.3.3).

Generic mapping agrees on a hidden element first; integrated mapping computes one from the nonce and one of ours. Chip
authentication mapping is generic mapping with a proof in the last answer, which `chip_authentication` gives as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.curves import CurveGroup, Group, KeyAgreement
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.modp_groups import ModpGroup
from kiosk.devices.emrtd.states import CardState

Ask = Callable[[bytes], bytes]
Random = Callable[[int], bytes]

SPARE_BITS = 64  # more than the prime has, so that what remains of a division is even


class Mapping(Enum):
    """The three ways of Doc 9303."""

    GENERIC = auto()
    INTEGRATED = auto()
    CHIP_AUTHENTICATION = auto()


@dataclass(frozen=True, slots=True)
class Way:
    """One way of mapping: what it does, for which groups, and where it stands when a card offers several (0 first)."""

    map: Callable[[Group, Cipher, bytes, Ask, Random], bytes]
    rank: int
    suits: Callable[[Group], bool] = lambda _group: True


def map_generic(group: Group, _cipher: Cipher, nonce: bytes, ask: Ask, random: Random) -> bytes:
    """Add what the nonce gives to what a first key agreement gives.

    Raises CardError (PROTOCOL_VIOLATION) for a key of the chip that is none.
    """
    ours = KeyAgreement.draw(group, group.generator, random)
    hidden = ours.agree(ask(ours.public))
    return group.combine(group.power(group.generator, int.from_bytes(nonce, "big")), hidden)


def map_integrated(group: Group, cipher: Cipher, nonce: bytes, ask: Ask, random: Random) -> bytes:
    """Make an element of both nonces, in a way that says nothing of how far it lies from the generator.

    Raises CardError (PROTOCOL_VIOLATION) for an answer or a nonce that is against the rules.
    """
    if not isinstance(group, CurveGroup | ModpGroup) or len(nonce) != len(_CONSTANTS[cipher.key_length][0]):
        raise _broken("a nonce of another length")
    ours = random(cipher.key_length)
    if ask(ours):
        raise _broken("an answer where none is due")
    number = int.from_bytes(pseudo_random(cipher, nonce, ours, group.prime.bit_length()), "big") % group.prime
    element = point_of(group, number) if isinstance(group, CurveGroup) else power_of(group, number)
    group.check(element)
    return element


def pseudo_random(cipher: Cipher, nonce: bytes, ours: bytes, bits: int) -> bytes:
    """Give pseudo-random bytes of two nonces, enough for a number of so many bits (Doc 9303 part 11, 4.4.3.3.2)."""
    for_key, for_output = _CONSTANTS[cipher.key_length]
    key = cipher.encrypt(ours, nonce)
    output = b""
    while 8 * len(output) < bits + SPARE_BITS:
        short = key[: cipher.key_length]
        output += cipher.encrypt(short, for_output)
        key = cipher.encrypt(short, for_key)
    return output


def point_of(group: CurveGroup, number: int) -> bytes:
    """Give a point of the curve for a number, in steps that do not depend on it (4.4.3.3.3; primes of 3 mod 4)."""
    prime, a, b = group.prime, int(group.curve.curve.a()), int(group.curve.curve.b())
    alpha = -number * number % prime
    divisor = a * (alpha + alpha * alpha) % prime
    if not divisor:
        raise _broken("a nonce that maps to nothing")
    first = -b * (1 + (alpha + alpha * alpha)) * pow(divisor, -1, prime) % prime
    second = alpha * first % prime
    height = (first * first * first + a * first + b) % prime
    root = pow(height, prime - 1 - (prime + 1) // 4, prime)
    if root * root * height % prime == 1:
        x, y = first, root * height % prime
    else:
        x, y = second, root * number * number * number * height % prime
    size = (prime.bit_length() + 7) // 8
    return b"\x04" + x.to_bytes(size, "big") + y.to_bytes(size, "big")


def power_of(group: ModpGroup, number: int) -> bytes:
    """Give an element of the subgroup for a number (4.4.3.3.2)."""
    if not group.order:
        raise _broken("a group without order")
    return pow(number, (group.prime - 1) // group.order, group.prime).to_bytes(group.element_length, "big")


def _can_be_integrated(group: Group) -> bool:
    return not isinstance(group, CurveGroup) or group.prime % 4 == 3  # NIST P-224 alone has harder roots


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"PACE: {says}")


# By length of key: what the next key and what the output is encrypted from.
_CONSTANTS = {
    16: (bytes.fromhex("A668892A7C41E3CA739F40B057D85904"), bytes.fromhex("A4E136AC725F738B01C1F60217C188AD")),
    24: (
        bytes.fromhex("D463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676"),
        bytes.fromhex("54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517"),
    ),
}
_CONSTANTS[32] = _CONSTANTS[24]

MAPPINGS = {
    Mapping.GENERIC: Way(map_generic, 0),
    Mapping.INTEGRATED: Way(map_integrated, 1, _can_be_integrated),
    Mapping.CHIP_AUTHENTICATION: Way(map_generic, 2),
}
