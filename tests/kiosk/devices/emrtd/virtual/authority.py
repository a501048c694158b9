# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own country: signs certificates and security objects for test documents, in each way countries do it.

Written byte by byte, so that a wrong, odd or old object can be made as well as a right one. `openssl` says in a test
that the right ones are right.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date

from Crypto.Hash import SHA256, SHA384, SHA512
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15, pss

from tests.kiosk.devices.emrtd.virtual import ber, curves
from tests.kiosk.devices.emrtd.virtual.curves import EcKey
from tests.kiosk.devices.emrtd.virtual.proofs import RsaKey

HASH_OIDS = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_ECDSA = {"sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
_RSA = {"sha256": "1.2.840.113549.1.1.11", "sha384": "1.2.840.113549.1.1.12", "sha512": "1.2.840.113549.1.1.13"}
_HASHES = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}
LDS_SECURITY_OBJECT = "2.23.136.1.1.1"
OLD_LDS_SECURITY_OBJECT = "1.3.27.1.1.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
DAY_OF_SIGNING = date(2024, 3, 1)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and the way in which it signs."""

    key: RsaKey | EcKey
    hash_name: str = "sha256"
    is_pss: bool = False
    is_explicit: bool = False

    @property
    def public_key_info(self) -> bytes:
        if isinstance(self.key, RsaKey):
            return self.key.public_key_info
        return curves.public_key_info(self.key, explicit=self.is_explicit)

    @property
    def key_id(self) -> bytes:
        bits = ber.parse(ber.first(self.public_key_info)[1])[1][1]
        return hashlib.sha1(bits[1:]).digest()  # noqa: S324 - RFC 5280's way to name a key

    @property
    def algorithm(self) -> bytes:
        if isinstance(self.key, EcKey):
            return ber.sequence(ber.der_oid(_ECDSA[self.hash_name]))
        if not self.is_pss:
            return ber.sequence(ber.der_oid(_RSA[self.hash_name]), ber.NULL)
        hashing = digest_algorithm(self.hash_name)
        masking = ber.sequence(ber.der_oid("1.2.840.113549.1.1.8"), hashing)
        salt = ber.integer(hashlib.new(self.hash_name).digest_size)
        details = ber.sequence(ber.tlv(0xA0, hashing), ber.tlv(0xA1, masking), ber.tlv(0xA2, salt))
        return ber.sequence(ber.der_oid("1.2.840.113549.1.1.10"), details)

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.key, EcKey):
            return curves.sign_der(self.key, message, self.hash_name, os.urandom)
        key = RSA.construct((self.key.modulus, self.key.public, self.key.private))
        digest = _HASHES[self.hash_name].new(message)
        return pss.new(key).sign(digest) if self.is_pss else pkcs1_15.new(key).sign(digest)


def digest_algorithm(hash_name: str) -> bytes:
    return ber.sequence(ber.der_oid(HASH_OIDS[hash_name]), ber.NULL)


def name(common: str, country: str = "NL") -> bytes:
    def part(kind: str, text: bytes) -> bytes:
        return ber.tlv(0x31, ber.sequence(ber.der_oid(kind), text))

    return ber.sequence(
        part("2.5.4.6", ber.tlv(0x13, country.encode())),
        part("2.5.4.10", ber.tlv(0x0C, b"Loket test")),
        part("2.5.4.3", ber.tlv(0x0C, common.encode())),
    )


def moment(day: date) -> bytes:
    if day.year < 2050:
        return ber.tlv(0x17, day.strftime("%y%m%d000000Z").encode())
    return ber.tlv(0x18, day.strftime("%Y%m%d000000Z").encode())


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with the key behind it."""

    der: bytes
    signer: Signer
    subject: bytes
    serial: int
    issuer: bytes


def certify(
    subject: str,
    signer: Signer,
    issuer: Certificate | None,
    *,
    serial: int,
    begins: date,
    ends: date,
    country: str = "NL",
) -> Certificate:
    """Make a certificate of a country (issuer None: it signs itself) or of one that signs documents."""
    own = name(subject, country)
    by = issuer.signer if issuer else signer
    issued_by = issuer.subject if issuer else own
    extensions = [
        _extension("2.5.29.35", ber.sequence(ber.tlv(0x80, by.key_id))),
        _extension("2.5.29.14", ber.octets(signer.key_id)),
        _extension("2.5.29.15", b"\x03\x02\x07\x80" if issuer else b"\x03\x02\x01\x06", critical=True),
    ]
    if issuer is None:
        extensions.append(_extension("2.5.29.19", ber.sequence(b"\x01\x01\xff", ber.integer(0)), critical=True))
    body = ber.sequence(
        ber.tlv(0xA0, ber.integer(2)),
        ber.integer(serial),
        by.algorithm,
        issued_by,
        ber.sequence(moment(begins), moment(ends)),
        own,
        signer.public_key_info,
        ber.tlv(0xA3, ber.sequence(*extensions)),
    )
    der = ber.sequence(body, by.algorithm, ber.bit_string(by.sign(body)))
    return Certificate(der, signer, own, serial, issued_by)


def _extension(kind: str, value: bytes, *, critical: bool = False) -> bytes:
    return ber.sequence(ber.der_oid(kind), b"\x01\x01\xff" if critical else b"", ber.octets(value))


def security_object(
    data_groups: dict[int, bytes],
    signer: Certificate,
    *,
    hash_name: str = "sha256",
    content_type: str = LDS_SECURITY_OBJECT,
    by_key_id: bool = False,
    day: date = DAY_OF_SIGNING,
) -> bytes:
    """Make EF.SOD: hashes of all data groups, signed, the signer's certificate inside."""
    hashes = [
        ber.sequence(ber.integer(number), ber.octets(hashlib.new(hash_name, contents).digest()))
        for number, contents in sorted(data_groups.items())
    ]
    lds = ber.sequence(ber.integer(0), digest_algorithm(hash_name), ber.sequence(*hashes))
    return ber.tlv(0x77, signed_data(lds, signer, content_type=content_type, by_key_id=by_key_id, day=day))


def signed_data(
    contents: bytes,
    signer: Certificate,
    *,
    content_type: str,
    by_key_id: bool = False,
    day: date = DAY_OF_SIGNING,
) -> bytes:
    """Make a CMS SignedData with one signer."""
    by = signer.signer
    attributes = ber.set_of(
        ber.sequence(ber.der_oid("1.2.840.113549.1.9.3"), ber.set_of(ber.der_oid(content_type))),
        ber.sequence(
            ber.der_oid("1.2.840.113549.1.9.4"),
            ber.set_of(ber.octets(hashlib.new(by.hash_name, contents).digest())),
        ),
        ber.sequence(ber.der_oid("1.2.840.113549.1.9.5"), ber.set_of(moment(day))),
    )
    who = ber.tlv(0x80, by.key_id) if by_key_id else ber.sequence(signer.issuer, ber.integer(signer.serial))
    information = ber.sequence(
        ber.integer(3 if by_key_id else 1),
        who,
        digest_algorithm(by.hash_name),
        b"\xa0" + attributes[1:],
        by.algorithm,
        ber.octets(by.sign(attributes)),
    )
    data = ber.sequence(
        ber.integer(3),
        ber.set_of(digest_algorithm(by.hash_name)),
        ber.sequence(ber.der_oid(content_type), ber.tlv(0xA0, ber.octets(contents))),
        ber.tlv(0xA0, signer.der),
        ber.set_of(information),
    )
    return ber.sequence(ber.der_oid(SIGNED_DATA), ber.tlv(0xA0, data))
