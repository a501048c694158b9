# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Elliptic curves of the card, on ECPy's points: keys, agreement, signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from ecpy.curves import Curve, Point

from tests.kiosk.devices.emrtd.virtual import ber

Entropy = Callable[[int], bytes]

P256, BRAINPOOL_256, BRAINPOOL_320 = 12, 13, 14  # standardised domain parameters, as PACEInfo numbers them
_NAMES = {P256: "NIST-P256", BRAINPOOL_256: "Brainpool-p256r1", BRAINPOOL_320: "Brainpool-p320r1"}
NAMED_OIDS = {
    P256: "1.2.840.10045.3.1.7",
    BRAINPOOL_256: "1.3.36.3.3.2.8.1.1.7",
    BRAINPOOL_320: "1.3.36.3.3.2.8.1.1.9",
}


@dataclass(frozen=True, slots=True)
class EcKey:
    """A private key on one of the curves."""

    parameter: int
    secret: int

    @property
    def public(self) -> bytes:
        return encode(self.parameter, self.secret * generator(self.parameter))


def curve(parameter: int) -> Curve:
    return Curve.get_curve(_NAMES[parameter])


def generator(parameter: int) -> Point:
    return curve(parameter).generator


def size(parameter: int) -> int:
    return (int(curve(parameter).size) + 7) // 8


def encode(parameter: int, point: Point) -> bytes:
    width = size(parameter)
    return b"\x04" + int(point.x).to_bytes(width, "big") + int(point.y).to_bytes(width, "big")


def decode(parameter: int, data: bytes) -> Point:
    """Give the point; ValueError for one that is not on the curve."""
    width = size(parameter)
    if len(data) != 1 + 2 * width or data[0] != 4:
        raise ValueError("point")
    x, y = int.from_bytes(data[1 : 1 + width], "big"), int.from_bytes(data[1 + width :], "big")
    point = Point(x, y, curve(parameter), check=False)
    if not curve(parameter).is_on_curve(point):
        raise ValueError("off curve")
    return point


def new_key(parameter: int, entropy: Entropy) -> EcKey:
    order = int(curve(parameter).order)
    while True:
        secret = int.from_bytes(entropy(size(parameter)), "big")
        if 0 < secret < order:
            return EcKey(parameter, secret)


def agree(key: EcKey, other: Point) -> Point:
    return key.secret * other


def x_of(parameter: int, point: Point) -> bytes:
    return int(point.x).to_bytes(size(parameter), "big")


def sign_plain(key: EcKey, message: bytes, hash_name: str, entropy: Entropy) -> bytes:
    """Sign as BSI TR-03111 writes it plainly: r and s, each as long as the curve."""
    order, width = int(curve(key.parameter).order), size(key.parameter)
    digest = hashlib.new(hash_name, message).digest()
    number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - order.bit_length())
    while True:
        once = new_key(key.parameter, entropy)
        r = int((once.secret * generator(key.parameter)).x) % order
        s = pow(once.secret, -1, order) * (number + r * key.secret) % order
        if r and s:
            return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def sign_der(key: EcKey, message: bytes, hash_name: str, entropy: Entropy) -> bytes:
    plain = sign_plain(key, message, hash_name, entropy)
    half = len(plain) // 2
    return ber.sequence(*(ber.integer(int.from_bytes(part, "big")) for part in (plain[:half], plain[half:])))


def public_key_info(key: EcKey, *, explicit: bool) -> bytes:
    """Give a SubjectPublicKeyInfo, its curve by name or with all its numbers, as many countries write it."""
    parameters = _explicit(key.parameter) if explicit else ber.der_oid(NAMED_OIDS[key.parameter])
    return ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1"), parameters), ber.bit_string(key.public))


def _explicit(parameter: int) -> bytes:
    place, width = curve(parameter), size(parameter)
    field = ber.sequence(ber.der_oid("1.2.840.10045.1.1"), ber.integer(int(place.field)))
    coefficients = (ber.octets(int(number).to_bytes(width, "big")) for number in (place.a, place.b))
    base = ber.octets(encode(parameter, generator(parameter)))
    return ber.sequence(
        ber.integer(1), field, ber.sequence(*coefficients), base, ber.integer(int(place.order)), ber.integer(1)
    )
