# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads X.509 certificates and revocation lists: as much of them as a document's signature needs (Doc 9303 part 12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.public_keys import PublicKey, read_public_key
from kiosk.devices.emrtd.signatures import Algorithm, verifies

Name = tuple[tuple[str, str], ...]  # object identifier and text, in order; compared without case and spelling of spaces

COUNTRY = "2.5.4.6"
COUNTRY_PAIR = bytes.fromhex("0603550406")
SUBJECT_KEY_ID, AUTHORITY_KEY_ID = "2.5.29.14", "2.5.29.35"
KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE = "2.5.29.15", "2.5.29.19", "2.5.29.37"
# What we look at, or what bounds nothing that we do: all others must not be critical (RFC 5280, 4.2).
UNDERSTOOD = frozenset({
    SUBJECT_KEY_ID, AUTHORITY_KEY_ID, KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE,
    "2.5.29.16",  # private key usage period
    "2.5.29.17", "2.5.29.18",  # alternative names
    "2.5.29.31", "2.5.29.32",  # where the revocation list is; policies
    "2.23.136.1.1.6.1", "2.23.136.1.1.6.2",  # ICAO: name change; types of document
})  # fmt: skip
DIGITAL_SIGNATURE, KEY_CERT_SIGN, CRL_SIGN = 0, 5, 6


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension."""

    is_critical: bool
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate, taken apart."""

    encoded: bytes = field(repr=False)
    signed_part: bytes = field(repr=False)
    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    public_key: bytes = field(repr=False)  # SubjectPublicKeyInfo
    algorithm: Algorithm
    signature: bytes = field(repr=False)
    extensions: Mapping[str, Extension]

    def key(self) -> PublicKey:
        """Read the key.

        Raises DerError where it is of no accepted kind.
        """
        return read_public_key(self.public_key)

    def is_signed_by(self, signer: Certificate) -> bool:
        """Tell whether the signer's key made this one's signature.

        Raises DerError where the kind of signature is not accepted.
        """
        return verifies(signer.key(), self.algorithm, self.signature, self.signed_part)

    def covers(self, moment: datetime) -> bool:
        """Tell whether it is valid at a moment."""
        return self.not_before <= moment <= self.not_after

    @property
    def country(self) -> str:
        """Give the two letters of its subject's country, small; "" where it has none."""
        return country_of(self.subject)

    @property
    def has_unknown_critical(self) -> bool:
        """Tell whether it demands something that we do not understand."""
        return any(part.is_critical and oid not in UNDERSTOOD for oid, part in self.extensions.items())

    @property
    def subject_key_id(self) -> bytes:
        """Give the identifier of its key; b"" where it has none.

        Raises DerError.
        """
        part = self.extensions.get(SUBJECT_KEY_ID)
        return der.only_element(part.value, der.OCTET_STRING).value if part else b""

    @property
    def authority_key_id(self) -> bytes:
        """Give the identifier of the key that signed it; b"" where it does not say.

        Raises DerError.
        """
        part = self.extensions.get(AUTHORITY_KEY_ID)
        nodes = der.only_element(part.value, der.SEQUENCE).children() if part else []
        return next((node.value for node in nodes if node.tag == 0x80), b"")

    @property
    def is_authority(self) -> bool:
        """Tell whether it may sign certificates.

        Raises DerError.
        """
        part = self.extensions.get(BASIC_CONSTRAINTS)
        nodes = der.only_element(part.value, der.SEQUENCE).children() if part else []
        is_ca = bool(nodes) and nodes[0].tag == 0x01 and nodes[0].value != b"\x00"
        return is_ca and self.may(KEY_CERT_SIGN)

    @property
    def purposes(self) -> frozenset[str]:
        """Give the extended key usages; none where it has no such extension.

        Raises DerError.
        """
        part = self.extensions.get(EXTENDED_KEY_USAGE)
        nodes = der.only_element(part.value, der.SEQUENCE).children() if part else []
        return frozenset(node.object_id() for node in nodes)

    def may(self, usage: int) -> bool:
        """Tell whether its key usage has this bit; without the extension all are allowed (RFC 5280, 4.2.1.3).

        Raises DerError.
        """
        part = self.extensions.get(KEY_USAGE)
        return part is None or _bit(der.only_element(part.value, der.BIT_STRING).value, usage)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Certificates that their country called back."""

    issuer: Name
    this_update: datetime
    next_update: datetime | None
    serials: frozenset[int] = field(repr=False)
    signed_part: bytes = field(repr=False)
    algorithm: Algorithm
    signature: bytes = field(repr=False)

    def is_signed_by(self, signer: Certificate) -> bool:
        """Tell whether the signer's key made its signature.

        Raises DerError where the kind of signature is not accepted.
        """
        return verifies(signer.key(), self.algorithm, self.signature, self.signed_part)


def read_certificate(encoded: bytes) -> Certificate:
    """Take a certificate apart.

    Raises DerError.
    """
    signed, algorithm, signature = _signed(encoded)
    parts = signed.children()
    if parts and parts[0].tag == 0xA0:
        parts = parts[1:]
    if len(parts) < 6:
        raise der.DerError("a certificate has a serial number, names, validity and a key")
    if parts[1].encoded != algorithm.encoded:
        raise der.DerError("a certificate names two algorithms")
    validity = parts[3].expect(der.SEQUENCE).children()
    if len(validity) != 2:
        raise der.DerError("a validity has a beginning and an end")
    extensions = next((node.only(der.SEQUENCE) for node in parts[6:] if node.tag == 0xA3), None)
    return Certificate(
        encoded=encoded,
        signed_part=signed.encoded,
        serial=parts[0].number(),
        issuer=read_name(parts[2]),
        subject=read_name(parts[4]),
        not_before=read_time(validity[0]),
        not_after=read_time(validity[1]),
        public_key=parts[5].expect(der.SEQUENCE).encoded,
        algorithm=Algorithm.of(algorithm),
        signature=signature,
        extensions=_extensions(extensions) if extensions else {},
    )


def subject_country_of(encoded: bytes) -> str:
    """Read the subject's country alone: enough to find a certificate again among hundreds.

    Raises DerError.
    """
    signed = der.first_inside(der.only_element(encoded, der.SEQUENCE)).expect(der.SEQUENCE)
    node = der.first_inside(signed)
    for _ in range(5 if node.tag == 0xA0 else 4):  # version, serial number, algorithm, issuer, validity
        node = der.next_inside(signed, node)
    subject = node.expect(der.SEQUENCE).value
    at = subject.find(COUNTRY_PAIR) + len(COUNTRY_PAIR)  # found, not walked to: this happens hundreds of times
    if at < len(COUNTRY_PAIR) or at >= len(subject):
        return ""
    return subject[at + 2 : at + 2 + subject[at + 1]].decode("latin-1").strip().casefold()


def read_revocation_list(encoded: bytes) -> RevocationList:
    """Take a revocation list apart.

    Raises DerError.
    """
    signed, algorithm, signature = _signed(encoded)
    parts = signed.children()
    if parts and parts[0].tag == der.INTEGER:
        parts = parts[1:]
    if len(parts) < 3:
        raise der.DerError("a revocation list has an issuer and a date")
    rest = parts[3:]
    next_update = read_time(rest[0]) if rest and rest[0].tag in {0x17, 0x18} else None
    revoked = next((node for node in rest if node.tag == der.SEQUENCE), None)
    extensions = next((_extensions(node.only(der.SEQUENCE)) for node in rest if node.tag == 0xA0), {})
    if any(part.is_critical for part in extensions.values()):
        raise der.DerError("a revocation list of part of the certificates")
    return RevocationList(
        issuer=read_name(parts[1]),
        this_update=read_time(parts[2]),
        next_update=next_update,
        serials=frozenset(_first(node).number() for node in revoked.children()) if revoked else frozenset(),
        signed_part=signed.encoded,
        algorithm=Algorithm.of(algorithm),
        signature=signature,
    )


def read_name(node: der.Node) -> Name:
    """Read a distinguished name, ready to compare.

    Raises DerError.
    """
    name: list[tuple[str, str]] = []
    for part in node.expect(der.SEQUENCE).children():
        for pair in part.expect(der.SET).children():
            inside = pair.expect(der.SEQUENCE).children()
            if len(inside) != 2:
                raise der.DerError("a name is made of pairs")
            name.append((inside[0].object_id(), _words(inside[1])))
    return tuple(name)


def read_time(node: der.Node) -> datetime:
    """Read a UTCTime or GeneralizedTime.

    Raises DerError.
    """
    text = node.value.decode("ascii", "replace")
    if node.tag == 0x17 and len(text) in {11, 13}:
        text = ("19" if text[:2] >= "50" else "20") + text
    elif node.tag != 0x18 or len(text) not in {13, 15}:
        raise der.DerError("a time belongs here")
    text = text if len(text) == 15 else text[:-1] + "00Z"
    if not (text[:-1].isascii() and text[:-1].isdigit() and text.endswith("Z")):
        raise der.DerError("a time is digits, in UTC")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise der.DerError("no such moment") from None


def country_of(name: Name) -> str:
    """Give the two letters of a name's country, small; "" where it has none."""
    return next((text for oid, text in name if oid == COUNTRY), "")


def _signed(encoded: bytes) -> tuple[der.Node, der.Node, bytes]:
    parts = der.only_element(encoded, der.SEQUENCE).children()
    if len(parts) != 3:
        raise der.DerError("something signed has contents, an algorithm and a signature")
    return parts[0].expect(der.SEQUENCE), parts[1], parts[2].bits()


def _extensions(node: der.Node) -> dict[str, Extension]:
    found: dict[str, Extension] = {}
    for part in node.children():
        inside = part.expect(der.SEQUENCE).children()
        if len(inside) not in {2, 3}:
            raise der.DerError("an extension has a name and a value")
        oid = inside[0].object_id()
        if oid in found:
            raise der.DerError("an extension stands twice")
        is_critical = len(inside) == 3 and inside[1].expect(0x01).value != b"\x00"
        found[oid] = Extension(is_critical, inside[-1].expect(der.OCTET_STRING).value)
    return found


def _words(node: der.Node) -> str:
    if node.tag == 0x1E:
        text = node.value.decode("utf-16-be", "replace")
    else:
        try:
            text = node.value.decode()
        except UnicodeDecodeError:
            text = node.value.decode("latin-1")
    return " ".join(text.casefold().split())


def _first(node: der.Node) -> der.Node:
    inside = node.expect(der.SEQUENCE).children()
    if not inside:
        raise der.DerError("a revoked certificate has a number")
    return inside[0]


def _bit(value: bytes, at: int) -> bool:
    return len(value) > 1 + at // 8 and bool(value[1 + at // 8] >> (7 - at % 8) & 1)
