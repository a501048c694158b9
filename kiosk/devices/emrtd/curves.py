# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The groups that a chip and a reader agree on keys in, by the numbers of Doc 9303 part 11 (9.5.1).

Elements are bytes, as they go over the line, and are checked each time they come in: length, range, on the curve, not
infinity. Sums on curves are those of `ecdsa`; groups over numbers are in `modp_groups`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from ecdsa import curves as library
from ecdsa.ellipticcurve import INFINITY, PointJacobi

from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.modp_groups import STANDARD_GROUPS
from kiosk.devices.emrtd.states import CardState

UNCOMPRESSED = 0x04


class Group(Protocol):
    """A group in which two parties agree on a secret."""

    @property
    def key_tag(self) -> int:
        """Give the tag of a public key in a public key object."""
        ...

    @property
    def element_length(self) -> int:
        """Give the length of a written element in bytes."""
        ...

    @property
    def exponent_bits(self) -> int: ...

    @property
    def exponent_limit(self) -> int: ...

    @property
    def generator(self) -> bytes: ...

    def check(self, element: bytes) -> None:
        """Refuse what is no element. Raises CardError (PROTOCOL_VIOLATION)."""
        ...

    def power(self, element: bytes, exponent: int) -> bytes:
        """Apply the group's operation so many times. Raises CardError (PROTOCOL_VIOLATION)."""
        ...

    def combine(self, one: bytes, other: bytes) -> bytes:
        """Apply the group's operation once. Raises CardError (PROTOCOL_VIOLATION)."""
        ...

    def secret(self, element: bytes) -> bytes:
        """Give what two parties that agreed on this element derive keys from."""
        ...

    def short(self, element: bytes) -> bytes:
        """Give the short form of a public key, as a chip computes it."""
        ...


@dataclass(frozen=True, slots=True)
class CurveGroup:
    """The points of one elliptic curve; all of ours have cofactor 1."""

    curve: Any = field(repr=False)  # of a library without types
    name: str
    key_tag: int = 0x86

    @property
    def prime(self) -> int:
        return int(self.curve.curve.p())

    @property
    def element_length(self) -> int:
        return 1 + 2 * self._size

    @property
    def exponent_bits(self) -> int:
        return self.exponent_limit.bit_length()

    @property
    def exponent_limit(self) -> int:
        return int(self.curve.order)

    @property
    def generator(self) -> bytes:
        point = self.curve.generator
        return self._written(point)

    def check(self, element: bytes) -> None:
        self._point(element)

    def power(self, element: bytes, exponent: int) -> bytes:
        return self._written(self._point(element) * exponent)

    def combine(self, one: bytes, other: bytes) -> bytes:
        return self._written(self._point(one) + self._point(other))

    def secret(self, element: bytes) -> bytes:
        return self.short(element)

    def short(self, element: bytes) -> bytes:
        return element[1 : 1 + self._size]  # the x coordinate

    @property
    def _size(self) -> int:
        return (self.prime.bit_length() + 7) // 8

    def _point(self, element: bytes) -> Any:
        size, prime = self._size, self.prime
        if len(element) != self.element_length or element[0] != UNCOMPRESSED:
            raise _broken("a public key that is no point")
        x, y = int.from_bytes(element[1 : 1 + size], "big"), int.from_bytes(element[1 + size :], "big")
        if x >= prime or y >= prime or not self.curve.curve.contains_point(x, y):
            raise _broken("a public key beside the curve")
        return PointJacobi(self.curve.curve, x, y, 1, self.exponent_limit)

    def _written(self, point: Any) -> bytes:
        if point == INFINITY:
            raise _broken("a key agreement that comes to nothing")
        affine = point.to_affine()
        size = self._size
        return bytes([UNCOMPRESSED]) + int(affine.x()).to_bytes(size, "big") + int(affine.y()).to_bytes(size, "big")


@dataclass(frozen=True, slots=True)
class KeyAgreement:
    """Our key pair for one session."""

    group: Group
    private: int = field(repr=False)
    public: bytes

    @classmethod
    def draw(cls, group: Group, generator: bytes, random: Callable[[int], bytes]) -> KeyAgreement:
        """Make a key pair over a generator, the group's own or one that was agreed."""
        private = _private(group, random)
        return cls(group, private, group.power(generator, private))

    def agree(self, theirs: bytes) -> bytes:
        """Give the element that both come to.

        Raises CardError (PROTOCOL_VIOLATION): a key that is none, or our own sent back.
        """
        if theirs == self.public:
            raise _broken("the chip reflects our public key")
        return self.group.power(theirs, self.private)


def standard_group(number: int) -> Group | None:
    """Give the group with this number, None where it has none."""
    if number in STANDARD_GROUPS:
        return STANDARD_GROUPS[number]
    name = STANDARD_CURVES.get(number)
    return None if name is None else curve_named(name)


@cache
def curve_named(name: str) -> CurveGroup:
    """Give one of the standard curves."""
    return CurveGroup(getattr(library, name), name)


# Doc 9303 part 11, table of standardized domain parameters.
STANDARD_CURVES = {
    8: "NIST192p",
    9: "BRAINPOOLP192r1",
    10: "NIST224p",
    11: "BRAINPOOLP224r1",
    12: "NIST256p",
    13: "BRAINPOOLP256r1",
    14: "BRAINPOOLP320r1",
    15: "NIST384p",
    16: "BRAINPOOLP384r1",
    17: "BRAINPOOLP512r1",
    18: "NIST521p",
}


def _private(group: Group, random: Callable[[int], bytes]) -> int:
    bits = group.exponent_bits
    size = (bits + 7) // 8
    while True:
        drawn = int.from_bytes(random(size), "big") & (1 << bits) - 1
        if 1 < drawn < group.exponent_limit:
            return drawn


def _broken(says: str) -> CardError:
    return CardError(CardState.PROTOCOL_VIOLATION, f"key agreement: {says}")
