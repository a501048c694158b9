# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads CMS SignedData (RFC 5652) in the one form that documents and master lists have: contents within, one signer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.certificates import Certificate, Name, read_certificate, read_name, read_time
from kiosk.devices.emrtd.signatures import Algorithm, digest, verifies

SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME = (f"1.2.840.113549.1.9.{at}" for at in (3, 4, 5))
MOST_CERTIFICATES = 16


@dataclass(frozen=True, slots=True)
class SignedData:
    """Contents, who signed them, and the certificates that came along."""

    content_type: str
    content: bytes = field(repr=False)
    certificates: tuple[bytes, ...] = field(repr=False)
    signer_name: tuple[Name, int] | None  # issuer and serial number
    signer_key_id: bytes  # or the identifier of the key
    digest_algorithm: str
    attributes: bytes = field(repr=False)  # as they were signed: a SET
    attribute_type: str
    attribute_digest: bytes = field(repr=False)
    signing_time: datetime | None
    algorithm: Algorithm
    signature: bytes = field(repr=False)

    def signer(self) -> Certificate | None:
        """Find the certificate of the signer among those that came along.

        Raises DerError.
        """
        for encoded in self.certificates:
            certificate = read_certificate(encoded)
            if self.signer_name:
                if self.signer_name == (certificate.issuer, certificate.serial):
                    return certificate
            elif self.signer_key_id and certificate.subject_key_id == self.signer_key_id:
                return certificate
        return None

    def is_signed_by(self, signer: Certificate) -> bool:
        """Tell whether contents, attributes and signature belong together, and to this signer.

        Raises DerError where a kind of hash, key or signature is not accepted.
        """
        return (
            self.attribute_type == self.content_type
            and self.attribute_digest == digest(self.digest_algorithm, self.content)
            and verifies(signer.key(), self.algorithm, self.signature, self.attributes, self.digest_algorithm)
        )


def read_signed_data(encoded: bytes) -> SignedData:
    """Take it apart.

    Raises DerError.
    """
    outer = der.only_element(encoded, der.SEQUENCE).children()
    if len(outer) != 2 or outer[0].object_id() != SIGNED_DATA or outer[1].tag != 0xA0:
        raise der.DerError("this is no signed data")
    parts = outer[1].only(der.SEQUENCE).children()
    if len(parts) < 4:
        raise der.DerError("signed data lack a part")
    content = parts[2].expect(der.SEQUENCE).children()
    if len(content) != 2 or content[1].tag != 0xA0:
        raise der.DerError("signed data without contents")
    carried = [node for part in parts[3:-1] if part.tag == 0xA0 for node in part.children()]
    if len(carried) > MOST_CERTIFICATES:
        raise der.DerError("too many certificates came along")
    return _with_signer(
        parts[-1].only(der.SEQUENCE) if parts[-1].tag == der.SET else parts[-1].expect(der.SET),
        content[0].object_id(),
        content[1].only(der.OCTET_STRING).value,
        tuple(node.encoded for node in carried if node.tag == der.SEQUENCE),
    )


def _with_signer(info: der.Node, content_type: str, content: bytes, certificates: tuple[bytes, ...]) -> SignedData:
    parts = info.children()
    if not 6 <= len(parts) <= 7 or parts[3].tag != 0xA0:
        raise der.DerError("a signer has signed attributes")
    attributes = _attributes(parts[3].children())
    time = attributes.get(SIGNING_TIME)
    sid = parts[1]
    return SignedData(
        content_type=content_type,
        content=content,
        certificates=certificates,
        signer_name=_name_and_serial(sid) if sid.tag == der.SEQUENCE else None,
        signer_key_id=sid.value if sid.tag == 0x80 else b"",
        digest_algorithm=Algorithm.of(parts[2]).oid,
        attributes=bytes([der.SET]) + parts[3].encoded[1:],
        attribute_type=_needed(attributes, CONTENT_TYPE).object_id(),
        attribute_digest=_needed(attributes, MESSAGE_DIGEST).expect(der.OCTET_STRING).value,
        signing_time=read_time(time) if time else None,
        algorithm=Algorithm.of(parts[4]),
        signature=parts[5].expect(der.OCTET_STRING).value,
    )


def _attributes(nodes: Iterable[der.Node]) -> dict[str, der.Node]:
    found: dict[str, der.Node] = {}
    for node in nodes:
        parts = node.expect(der.SEQUENCE).children()
        if len(parts) != 2:
            raise der.DerError("an attribute has a type and values")
        oid = parts[0].object_id()
        if oid in found:
            raise der.DerError("an attribute stands twice")
        values = parts[1].expect(der.SET).children()
        if oid in {CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME} and len(values) != 1:
            raise der.DerError("an attribute has one value")
        if values:
            found[oid] = values[0]
    return found


def _needed(attributes: dict[str, der.Node], oid: str) -> der.Node:
    if oid not in attributes:
        raise der.DerError("a signed attribute is missing")
    return attributes[oid]


def _name_and_serial(node: der.Node) -> tuple[Name, int]:
    parts = node.children()
    if len(parts) != 2:
        raise der.DerError("a signer is an issuer and a number")
    return read_name(parts[0]), parts[1].number()
