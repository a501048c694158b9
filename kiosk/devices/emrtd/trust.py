# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom we believe: the CSCA certificates of countries, from a folder with .der, .pem, master lists (.ml) and .crl.

Quick, since each reading begins anew: certificates are found by the country of their subject and taken apart when asked
for. A file that cannot be used is left out and told of; the others still count.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.certificates import (
    CRL_SIGN,
    DIGITAL_SIGNATURE,
    Certificate,
    Name,
    RevocationList,
    country_of,
    read_certificate,
    read_revocation_list,
    subject_country_of,
)
from kiosk.devices.emrtd.signed_data import SignedData, read_signed_data

MASTER_LIST, MASTER_LIST_SIGNER = "2.23.136.1.1.2", "2.23.136.1.1.3"
LARGEST_FILE = 32 * 1024 * 1024
PEM = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----(.+?)-----END \1-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The certificates that we believe because whoever runs this machine put them here."""

    by_country: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    revocation_lists: tuple[RevocationList, ...] = field(default=(), repr=False)
    problems: tuple[str, ...] = ()  # a file and a rule each, for an engineer

    @classmethod
    def empty(cls) -> TrustStore:
        """Give one that believes nobody: nothing can be checked against it."""
        return cls()

    @classmethod
    def load(cls, folder: Path) -> TrustStore:
        """Read a folder. One that is not there is an empty one."""
        certificates: list[bytes] = []
        lists: list[bytes] = []
        problems: list[str] = []
        for path in _files(folder, problems):
            try:
                _add(path, certificates, lists)
            except (der.DerError, binascii.Error) as error:
                problems.append(f"{path.name}: {error}")
            except OSError:
                problems.append(f"{path.name}: cannot be read")
        return _with_lists(cls.of(certificates, problems), lists)

    @classmethod
    def of(cls, certificates: Iterable[bytes], problems: Iterable[str] = ()) -> TrustStore:
        """Believe these.

        Raises DerError where one is no certificate.
        """
        index: dict[str, dict[bytes, None]] = {}
        for encoded in certificates:
            index.setdefault(subject_country_of(encoded), {})[encoded] = None
        return cls({country: tuple(found) for country, found in index.items()}, (), tuple(problems))

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nobody to believe."""
        return not self.by_country

    def __len__(self) -> int:
        return sum(len(found) for found in self.by_country.values())

    def certificates(self) -> Iterable[Certificate]:
        """Take all apart, for a check of the whole.

        Raises DerError.
        """
        for found in self.by_country.values():
            for encoded in found:
                yield read_certificate(encoded)

    def issuer_of(self, certificate: Certificate) -> Certificate | None:
        """Find whom of these signed a certificate. Validity is for who asks.

        Raises DerError where the kind of key or signature of the only ones it can be is not accepted.
        """
        candidates = [candidate for candidate in self.named(certificate.issuer) if candidate.is_authority]
        wanted = certificate.authority_key_id
        candidates.sort(key=lambda candidate: candidate.subject_key_id != wanted)  # the one it names first
        fault: der.DerError | None = None
        for candidate in candidates:  # a country uses one name for keys of several kinds
            try:
                if certificate.is_signed_by(candidate):
                    return candidate
            except der.DerError as error:
                fault = error
        if fault is not None:
            raise fault
        return None

    def named(self, name: Name) -> list[Certificate]:
        """Give those whose subject is this. One that cannot be read stands in nobody's way."""
        found = []
        for encoded in self.by_country.get(country_of(name), ()):
            try:
                certificate = read_certificate(encoded)
            except der.DerError:
                continue
            if certificate.subject == name:
                found.append(certificate)
        return found


def master_list_certificates(encoded: bytes) -> list[bytes]:
    """Give the certificates of a master list whose own signature holds, by a signer whom a country on it appointed.

    Raises DerError.
    """
    signed = read_signed_data(encoded)
    if signed.content_type != MASTER_LIST:
        raise der.DerError("this is no master list")
    parts = der.only_element(signed.content, der.SEQUENCE).children()
    if len(parts) != 2 or parts[0].number() != 0:
        raise der.DerError("a master list of no known version")
    found = [node.expect(der.SEQUENCE).encoded for node in parts[1].expect(der.SET).children()]
    _check_master_list_signer(signed, found)
    return found


def _check_master_list_signer(signed: SignedData, found: list[bytes]) -> None:
    signer = signed.signer()
    if signer is None or not signed.is_signed_by(signer):
        raise der.DerError("the signature of the master list does not hold")
    if MASTER_LIST_SIGNER not in signer.purposes or not signer.may(DIGITAL_SIGNATURE) or signer.has_unknown_critical:
        raise der.DerError("the signer of the master list may not sign those")
    if signed.signing_time and not signer.covers(signed.signing_time):
        raise der.DerError("the signer of the master list was not valid when it signed")
    if TrustStore.of(found).issuer_of(signer) is None:
        raise der.DerError("no country on the master list appointed its signer")


def _files(folder: Path, problems: list[str]) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        problems.append("the folder cannot be read")
        return []


def _add(path: Path, certificates: list[bytes], lists: list[bytes]) -> None:
    suffix = path.suffix.lower()
    if suffix not in {".der", ".cer", ".crt", ".pem", ".ml", ".crl"} or not path.is_file():
        return
    if path.stat().st_size > LARGEST_FILE:
        raise der.DerError("too large")
    data = path.read_bytes()
    if suffix == ".ml":
        certificates += master_list_certificates(data)
        return
    written = [(match[1], base64.b64decode(b"".join(match[2].split()), validate=True)) for match in PEM.finditer(data)]
    for kind, encoded in written or [(b"X509 CRL" if suffix == ".crl" else b"CERTIFICATE", data)]:
        if kind == b"CERTIFICATE":
            if not read_certificate(encoded).is_authority:
                raise der.DerError("not a certificate that may sign others")
            certificates.append(encoded)
        else:
            lists.append(encoded)


def _with_lists(store: TrustStore, lists: Iterable[bytes]) -> TrustStore:
    kept: list[RevocationList] = []
    problems = list(store.problems)
    for encoded in lists:
        try:
            revocations = read_revocation_list(encoded)
            signers = [signer for signer in store.named(revocations.issuer) if signer.may(CRL_SIGN)]
            is_genuine = any(revocations.is_signed_by(signer) for signer in signers)
        except der.DerError:
            is_genuine = False
        else:
            kept += [revocations] * is_genuine
        if not is_genuine:
            problems.append("a revocation list is left out: nobody whom we believe signed it")
    return replace(store, revocation_lists=tuple(kept), problems=tuple(problems))
