# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads public keys (SubjectPublicKeyInfo): RSA, and points on curves that are known by name.

Many countries write a curve's parameters out. Those count only when all of them are those of a known curve: with a
base point of its own, anybody makes a private key to another's public one (CVE-2020-0601).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.devices.emrtd import der

if TYPE_CHECKING:
    from ecdsa.curves import Curve

RSA, RSA_PSS, ELLIPTIC = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.10045.2.1"
PRIME_FIELD = "1.2.840.10045.1.1"
SMALLEST_MODULUS, LARGEST_MODULUS = 1024, 8192  # bits; Doc 9303 part 12 begins at 1280 for chips, 2048 for countries
LARGEST_EXPONENT = 64  # bits

CURVES = {  # object identifier: name in the library `ecdsa`
    "1.2.840.10045.3.1.1": "NIST192p",
    "1.3.132.0.33": "NIST224p",
    "1.2.840.10045.3.1.7": "NIST256p",
    "1.3.132.0.34": "NIST384p",
    "1.3.132.0.35": "NIST521p",
    "1.3.132.0.10": "SECP256k1",
    "1.3.36.3.3.2.8.1.1.3": "BRAINPOOLP192r1",
    "1.3.36.3.3.2.8.1.1.5": "BRAINPOOLP224r1",
    "1.3.36.3.3.2.8.1.1.7": "BRAINPOOLP256r1",
    "1.3.36.3.3.2.8.1.1.9": "BRAINPOOLP320r1",
    "1.3.36.3.3.2.8.1.1.11": "BRAINPOOLP384r1",
    "1.3.36.3.3.2.8.1.1.13": "BRAINPOOLP512r1",
}


@dataclass(frozen=True, slots=True)
class RsaKey:
    """An RSA key."""

    modulus: int = field(repr=False)
    exponent: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EcKey:
    """A point on a known curve, encoded as X9.62 does."""

    curve: str  # object identifier, one of CURVES
    point: bytes = field(repr=False)


PublicKey = RsaKey | EcKey


def read_public_key(encoded: bytes) -> PublicKey:
    """Read a SubjectPublicKeyInfo.

    Raises DerError, also for kinds, sizes and curves that are not accepted.
    """
    parts = der.only_element(encoded, der.SEQUENCE).children()
    if len(parts) != 2:
        raise der.DerError("a key has a kind and a value")
    algorithm = parts[0].expect(der.SEQUENCE).children()
    if not algorithm:
        raise der.DerError("a key has a kind")
    match algorithm[0].object_id():
        case "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10":
            return _rsa_key(parts[1].bits())
        case "1.2.840.10045.2.1" if len(algorithm) == 2:
            return EcKey(_curve(algorithm[1]), parts[1].bits())
        case _:
            raise der.DerError("a kind of key that is not accepted")


def library_curve(oid: str) -> Curve:
    """Give the curve of the library `ecdsa`, which knows those that `cryptography` lacks."""
    import ecdsa.curves  # noqa: PLC0415  # 35 ms, and most documents need none of it

    curve: Curve = getattr(ecdsa.curves, CURVES[oid])
    return curve


def _rsa_key(encoded: bytes) -> RsaKey:
    numbers = der.only_element(encoded, der.SEQUENCE).children()
    if len(numbers) != 2:
        raise der.DerError("an RSA key is two numbers")
    key = RsaKey(numbers[0].number(), numbers[1].number())
    if not SMALLEST_MODULUS <= key.modulus.bit_length() <= LARGEST_MODULUS or key.modulus < 0 or key.modulus % 2 == 0:
        raise der.DerError("an RSA modulus of no accepted size")
    if key.exponent < 3 or key.exponent % 2 == 0 or key.exponent.bit_length() > LARGEST_EXPONENT:
        raise der.DerError("an RSA exponent that is not accepted")
    return key


def _curve(parameters: der.Node) -> str:
    if parameters.tag == der.OBJECT_ID:
        oid = parameters.object_id()
        if oid not in CURVES:
            raise der.DerError("a curve that is not known")
        return oid
    return _curve_of_parameters(parameters.expect(der.SEQUENCE).children())


def _curve_of_parameters(parts: list[der.Node]) -> str:
    """Find the known curve all of whose parameters these are."""
    if not 5 <= len(parts) <= 7:
        raise der.DerError("a curve has a field, two coefficients, a base point and an order")
    version, field_id, coefficients, base, order = parts[:5]
    if version.number() not in {1, 2, 3}:
        raise der.DerError("curve parameters of no known version")
    kind = field_id.expect(der.SEQUENCE).children()
    if len(kind) != 2 or kind[0].object_id() != PRIME_FIELD:
        raise der.DerError("a curve over another field than a prime one")
    prime = kind[1].number()
    a_and_b = coefficients.expect(der.SEQUENCE).children()
    if len(a_and_b) not in {2, 3}:
        raise der.DerError("a curve has two coefficients")
    a, b = (int.from_bytes(node.expect(der.OCTET_STRING).value, "big") for node in a_and_b[:2])
    if parts[5:] and parts[5].tag == der.INTEGER and parts[5].number() != 1:
        raise der.DerError("a curve with another cofactor than one")
    for oid in CURVES:
        known = library_curve(oid)
        if known.curve.p() == prime:
            is_same = (a, b, order.number()) == (known.curve.a() % prime, known.curve.b() % prime, known.order)
            if is_same and _is_base(base.expect(der.OCTET_STRING).value, known):
                return oid
    raise der.DerError("parameters of no known curve")


def _is_base(encoded: bytes, known: Curve) -> bool:
    width = (known.curve.p().bit_length() + 7) // 8
    x, y = known.generator.x().to_bytes(width, "big"), known.generator.y().to_bytes(width, "big")
    parity = y[-1] & 1
    return encoded in {b"\x04" + x + y, bytes([6 + parity]) + x + y, bytes([2 + parity]) + x}
