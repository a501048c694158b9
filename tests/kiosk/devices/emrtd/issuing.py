# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A country that issues documents in every way there is, and in every wrong way: certificates, SODs, lists.

Made with other libraries than the reader's (PyCryptodome, ECPy) and byte by byte, so that a wrong one can be made as
well as a right one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from Crypto.Hash import SHA1, SHA224, SHA256, SHA384, SHA512
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15, pss
from ecpy.curves import Curve

from tests.kiosk.devices.emrtd.virtual import ber

HASHES = {"sha1": SHA1, "sha224": SHA224, "sha256": SHA256, "sha384": SHA384, "sha512": SHA512}
HASH_OIDS = {
    "md5": "1.2.840.113549.2.5",
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
RSA_OIDS = {"md5": 4, "sha1": 5, "sha224": 14, "sha256": 11, "sha384": 12, "sha512": 13}
ECDSA_OIDS = {
    "sha1": "1.2.840.10045.4.1",
    **{name: f"1.2.840.10045.4.3.{at}" for at, name in enumerate(("sha224", "sha256", "sha384", "sha512"), start=1)},
}
PLAIN_OIDS = {
    name: f"0.4.0.127.0.7.1.1.4.1.{at}"
    for at, name in enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), start=1)
}
CURVES = {  # name in ECPy: object identifier
    "secp192r1": "1.2.840.10045.3.1.1",
    "secp224r1": "1.3.132.0.33",
    "secp256r1": "1.2.840.10045.3.1.7",
    "secp384r1": "1.3.132.0.34",
    "secp521r1": "1.3.132.0.35",
    "secp256k1": "1.3.132.0.10",
    "Brainpool-p192r1": "1.3.36.3.3.2.8.1.1.3",
    "Brainpool-p224r1": "1.3.36.3.3.2.8.1.1.5",
    "Brainpool-p256r1": "1.3.36.3.3.2.8.1.1.7",
    "Brainpool-p320r1": "1.3.36.3.3.2.8.1.1.9",
    "Brainpool-p384r1": "1.3.36.3.3.2.8.1.1.11",
    "Brainpool-p512r1": "1.3.36.3.3.2.8.1.1.13",
}
LDS_OBJECT = "2.23.136.1.1.1"
MASTER_LIST = "2.23.136.1.1.2"
SUBJECT_KEY_ID, KEY_USAGE, BASIC_CONSTRAINTS, AUTHORITY_KEY_ID, PURPOSES = (
    f"2.5.29.{at}" for at in (14, 15, 19, 35, 37)
)
MAY_SIGN, MAY_APPOINT = bytes.fromhex("03020780"), bytes.fromhex("03020106")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Extensions = Mapping[str, tuple[bool, bytes] | None]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True)
class EllipticPair:
    """A key pair on a curve. In a forgery the base is so many times the curve's own, and stands in the parameters."""

    curve: str
    secret: int
    explicit: bool = False
    base: int = 1
    changes: tuple[tuple[str, bytes], ...] = ()  # parts of explicit parameters that are not the curve's

    @property
    def place(self) -> Any:
        return Curve.get_curve(self.curve)

    @property
    def width(self) -> int:
        return (int(self.place.order).bit_length() + 7) // 8

    @property
    def point(self) -> bytes:
        return encoded(self.place, self.secret * self.begin)

    @property
    def begin(self) -> Any:
        return self.base * self.place.generator if self.base != 1 else self.place.generator

    @property
    def info(self) -> bytes:
        parameters = self._explicit() if self.explicit else ber.der_oid(CURVES[self.curve])
        return ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1"), parameters), ber.bit_string(self.point))

    def _explicit(self) -> bytes:
        place, size = self.place, (int(self.place.field).bit_length() + 7) // 8
        parts = {
            "version": ber.integer(1),
            "field": ber.sequence(ber.der_oid("1.2.840.10045.1.1"), ber.integer(int(place.field))),
            "coefficients": ber.sequence(
                *(ber.octets((int(n) % place.field).to_bytes(size, "big")) for n in (place.a, place.b))
            ),
            "base": ber.octets(encoded(place, self.begin)),
            "order": ber.integer(int(place.order)),
            "cofactor": ber.integer(1),
        }
        return ber.sequence(*(parts | dict(self.changes)).values())

    def pair(self, digest: bytes) -> tuple[int, int]:
        order = int(self.place.order)
        number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - order.bit_length())
        while True:
            once = secrets.randbelow(order - 1) + 1
            r = int((once * self.begin).x) % order
            s = pow(once, -1, order) * (number + r * self.secret) % order
            if r and s:
                return r, s


@dataclass(frozen=True)
class RsaPair:
    """An RSA key pair."""

    key: RSA.RsaKey
    kind: str = "1.2.840.113549.1.1.1"

    @property
    def info(self) -> bytes:
        numbers = ber.sequence(ber.integer(self.key.n), ber.integer(self.key.e))
        return ber.sequence(ber.sequence(ber.der_oid(self.kind), ber.NULL), ber.bit_string(numbers))


def encoded(place: Any, point: Any) -> bytes:
    size = (int(place.field).bit_length() + 7) // 8
    return b"\x04" + int(point.x).to_bytes(size, "big") + int(point.y).to_bytes(size, "big")


@cache
def rsa_pair(at: int = 0, bits: int = 1280, exponent: int = 65537) -> RsaPair:
    return RsaPair(RSA.generate(bits, e=exponent))


@cache
def elliptic_pair(curve: str = "secp256r1", at: int = 0, *, explicit: bool = False) -> EllipticPair:
    return EllipticPair(curve, secrets.randbelow(int(Curve.get_curve(curve).order) - 1) + 1, explicit)


@dataclass(frozen=True)
class Hand:
    """Who signs, and how: pkcs1, pss, rsa (the hash stands beside it), ecdsa, plain, key (as rsa, for ECDSA)."""

    pair: EllipticPair | RsaPair
    way: str = "ecdsa"
    hash_name: str = "sha256"
    salt: int | None = None

    @property
    def algorithm(self) -> bytes:
        match self.way:
            case "pkcs1":
                return ber.sequence(ber.der_oid(f"1.2.840.113549.1.1.{RSA_OIDS[self.hash_name]}"), ber.NULL)
            case "rsa":
                return ber.sequence(ber.der_oid("1.2.840.113549.1.1.1"), ber.NULL)
            case "pss":
                return ber.sequence(ber.der_oid("1.2.840.113549.1.1.10"), self._pss_parameters())
            case "plain":
                return ber.sequence(ber.der_oid(PLAIN_OIDS[self.hash_name]))
            case "key":
                return ber.sequence(ber.der_oid("1.2.840.10045.2.1"))
            case _:
                return ber.sequence(ber.der_oid(ECDSA_OIDS[self.hash_name]))

    def _pss_parameters(self) -> bytes:
        hashing = hash_algorithm(self.hash_name)
        masking = ber.sequence(ber.der_oid("1.2.840.113549.1.1.8"), hashing)
        if self.hash_name == "sha1" and self.salt is None:
            return ber.sequence()  # all as RFC 4055 has it when nothing is said
        salt = ber.integer(HASHES[self.hash_name].digest_size if self.salt is None else self.salt)
        return ber.sequence(ber.tlv(0xA0, hashing), ber.tlv(0xA1, masking), ber.tlv(0xA2, salt))

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.pair, RsaPair):
            digest = HASHES[self.hash_name].new(message)
            if self.way == "pss":
                return pss.new(self.pair.key, salt_bytes=self.salt).sign(digest)
            return pkcs1_15.new(self.pair.key).sign(digest)
        pair = self.pair.pair(hashlib.new(self.hash_name, message).digest())
        if self.way == "plain":
            return b"".join(number.to_bytes(self.pair.width, "big") for number in pair)
        return ber.sequence(*(ber.integer(number) for number in pair))


def hash_algorithm(name: str) -> bytes:
    return ber.sequence(ber.der_oid(HASH_OIDS[name]), ber.NULL)


def name(common: str, country: str = "NL", tag: int = 0x0C) -> bytes:
    def part(kind: str, text: bytes) -> bytes:
        return ber.tlv(0x31, ber.sequence(ber.der_oid(kind), text))

    return ber.sequence(
        part("2.5.4.6", ber.tlv(0x13, country.encode())), part("2.5.4.3", ber.tlv(tag, common.encode()))
    )


def moment(at: datetime) -> bytes:
    if at.year < 2050:
        return ber.tlv(0x17, f"{at:%y%m%d%H%M%S}Z".encode())
    return ber.tlv(0x18, f"{at:%Y%m%d%H%M%S}Z".encode())


@dataclass(frozen=True)
class Paper:
    """A certificate, with the hand behind it."""

    der: bytes
    hand: Hand
    subject: bytes
    issuer: bytes
    serial: int

    @property
    def key_id(self) -> bytes:
        return key_id(self.hand)


def key_id(hand: Hand) -> bytes:
    return hashlib.sha1(hand.pair.info, usedforsecurity=False).digest()


def certificate(
    hand: Hand,
    by: Paper | None = None,
    *,
    subject: bytes | None = None,
    serial: int = 7,
    begins: str = "2022-01-01",
    ends: str = "2035-01-01",
    extensions: Extensions | None = None,
    named_algorithm: bytes | None = None,
) -> Paper:
    """Make a certificate: of a country that signs its own, or one below it that signs documents."""
    subject = subject or name("Signer" if by else "Country")
    signing = by.hand if by else hand
    parts: dict[str, tuple[bool, bytes] | None] = {
        SUBJECT_KEY_ID: (False, ber.octets(key_id(hand))),
        AUTHORITY_KEY_ID: (False, ber.sequence(ber.tlv(0x80, key_id(signing)))),
        KEY_USAGE: (True, MAY_SIGN if by else MAY_APPOINT),
        BASIC_CONSTRAINTS: None if by else (True, ber.sequence(b"\x01\x01\xff", ber.integer(0))),
        **(extensions or {}),
    }
    written = [
        ber.sequence(ber.der_oid(oid), b"\x01\x01\xff" if part[0] else b"", ber.octets(part[1]))
        for oid, part in parts.items()
        if part
    ]
    issuer = by.subject if by else subject
    body = ber.sequence(
        ber.tlv(0xA0, ber.integer(2)),
        ber.integer(serial),
        signing.algorithm,
        issuer,
        ber.sequence(moment(day(begins)), moment(day(ends))),
        subject,
        hand.pair.info,
        ber.tlv(0xA3, ber.sequence(*written)),
    )
    whole = ber.sequence(body, named_algorithm or signing.algorithm, ber.bit_string(signing.sign(body)))
    return Paper(whole, hand, subject, issuer, serial)


AUTHORITY: Extensions = {KEY_USAGE: (True, MAY_APPOINT), BASIC_CONSTRAINTS: (True, ber.sequence(b"\x01\x01\xff"))}


def forged(victim: EllipticPair) -> EllipticPair:
    """Give a key that is the victim's public one, over a base point at which the secret is 1 (CVE-2020-0601)."""
    return replace(victim, explicit=True, base=victim.secret, secret=1)


@cache
def country() -> Paper:
    return certificate(Hand(elliptic_pair(at=1)), begins="2020-01-01", ends="2045-01-01", serial=1)


@cache
def signer() -> Paper:
    return certificate(Hand(elliptic_pair(at=2)), country())


def hash_list(
    groups: Mapping[int, bytes], hash_name: str = "sha256", version: int = 0, *, versions: bytes | None = None
) -> bytes:
    """Write the LDS security object."""
    hashes = (
        ber.sequence(ber.integer(at), ber.octets(hashlib.new(hash_name, data).digest())) for at, data in groups.items()
    )
    info = ber.sequence(ber.tlv(0x13, b"0108"), ber.tlv(0x13, b"040000")) if version else b""
    return ber.sequence(
        ber.integer(version), hash_algorithm(hash_name), ber.sequence(*hashes), info if versions is None else versions
    )


def signed_data(
    content: bytes,
    by: Paper | None = None,
    *,
    content_type: str = LDS_OBJECT,
    hash_name: str | None = None,
    by_key_id: bool = False,
    signed_at: str | None = "2023-05-01",
    carried: Iterable[Paper] | None = None,
    attributes: Iterable[bytes] | None = None,
    carried_content: bytes | None = None,
    change: bytes = b"",
    signers: int = 1,
) -> bytes:
    """Write a CMS SignedData; `change` goes over the end of the signature."""
    by = by or signer()
    hash_name = hash_name or by.hand.hash_name
    if attributes is None:
        attributes = [
            attribute(3, ber.der_oid(content_type)),
            attribute(4, ber.octets(hashlib.new(hash_name, content).digest())),
            *([attribute(5, moment(day(signed_at)))] if signed_at else []),
        ]
    signed = ber.set_of(*attributes)
    signature = by.hand.sign(signed)
    information = ber.sequence(
        ber.integer(3 if by_key_id else 1),
        ber.tlv(0x80, by.key_id) if by_key_id else ber.sequence(by.issuer, ber.integer(by.serial)),
        hash_algorithm(hash_name),
        b"\xa0" + signed[1:],
        by.hand.algorithm,
        ber.octets(signature[: len(signature) - len(change)] + change),
    )
    papers = [by] if carried is None else carried
    data = ber.sequence(
        ber.integer(3),
        ber.set_of(hash_algorithm(hash_name)),
        ber.sequence(ber.der_oid(content_type), ber.tlv(0xA0, ber.octets(carried_content or content))),
        ber.tlv(0xA0, *(paper.der for paper in papers)),
        ber.set_of(*[information] * signers),
    )
    return ber.sequence(ber.der_oid("1.2.840.113549.1.7.2"), ber.tlv(0xA0, data))


def attribute(number: int, *values: bytes) -> bytes:
    return ber.sequence(ber.der_oid(f"1.2.840.113549.1.9.{number}"), ber.set_of(*values))


def sod(data: bytes) -> bytes:
    return ber.tlv(0x77, data)


def revocation_list(
    by: Paper,
    serials: Iterable[int] = (),
    *,
    issued: str = "2026-11-01",
    next_issue: str | None = "2027-02-01",
    extensions: bytes = b"",
) -> bytes:
    """Write a CRL."""
    revoked = [ber.sequence(ber.integer(serial), moment(day("2026-10-01"))) for serial in serials]
    body = ber.sequence(
        ber.integer(1),
        by.hand.algorithm,
        by.subject,
        moment(day(issued)),
        moment(day(next_issue)) if next_issue else b"",
        ber.sequence(*revoked) if revoked else b"",
        ber.tlv(0xA0, ber.sequence(extensions)) if extensions else b"",
    )
    return ber.sequence(body, by.hand.algorithm, ber.bit_string(by.hand.sign(body)))


@cache
def list_signer() -> Paper:
    purpose = {PURPOSES: (True, ber.sequence(ber.der_oid("2.23.136.1.1.3")))}
    return certificate(Hand(elliptic_pair(at=3)), country(), extensions=purpose, serial=8)


def master_list(papers: Iterable[Paper], by: Paper | None = None, **how: Any) -> bytes:
    """Write a master list."""
    content = ber.sequence(ber.integer(0), ber.set_of(*(paper.der for paper in papers)))
    by = by or list_signer()
    return signed_data(content, by, **{"content_type": MASTER_LIST, "carried": [by, country()], **how})
