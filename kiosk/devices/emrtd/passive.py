# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passive Authentication (Doc 9303 part 11, 5.1): whether the contents are as a country that we believe signed them.

- PASSIVE_FAILED: contents, signature and country of the signer do not belong together; nothing genuine looks so.
- UNTRUSTED_ISSUER: signed well, by somebody whom no certificate here vouches for (now, or any more).
- DONE and NOT_CHECKED: nobody to believe here; hashes and signature held all the same.

When a signer counts (part 12, 7.1.1): valid when it signed, if that is told, and as long as the document is. That the
document has ended since, and its signer's certificate after it, says nothing against its being genuine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.certificates import DIGITAL_SIGNATURE, Certificate, read_certificate
from kiosk.devices.emrtd.countries import may_sign_for
from kiosk.devices.emrtd.data_groups import forget_optional_data, read_dg1
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.mrz import Mrz
from kiosk.devices.emrtd.signatures import digest
from kiosk.devices.emrtd.sod import SecurityObject, read_sod
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.emrtd.trust import TrustStore

CLOCKS_DIFFER = timedelta(days=1)  # theirs, when they signed, and ours
ENDS_A_READING = frozenset({CardState.PASSIVE_FAILED, CardState.UNTRUSTED_ISSUER})


@dataclass(frozen=True, slots=True)
class PassiveResult:
    """What came of it."""

    verdict: Verdict
    state: CardState
    says: str = ""  # the rule that did not hold, or what could not be looked at; for an engineer
    signed_groups: frozenset[int] = frozenset()  # what the document was issued with: one that misses is a bad sign


def check_passive(
    sod: bytes, data_groups: Mapping[int, bytes | bytearray], trust: TrustStore, now: datetime
) -> PassiveResult:
    """Check hashes, signature and signer. Where DG1 is a bytearray, its optional data is gone when this returns.

    Raises CardError (PROTOCOL_VIOLATION) where SOD or DG1 are not what they must be.
    """
    groups: frozenset[int] = frozenset()
    try:
        security = read_sod(sod)
        groups = security.groups
        _check_hashes(security, data_groups)
        signer = _check_signature(security)
        mrz = read_dg1(data_groups[1])
        if trust.is_empty:
            return PassiveResult(Verdict.NOT_CHECKED, CardState.DONE, "no trusted certificates here", groups)
        says = _check_path(security, signer, mrz, trust, now)
    except CardError as error:
        if error.state not in ENDS_A_READING:
            raise
        return PassiveResult(Verdict.FAILED, error.state, str(error).partition(": ")[2], groups)
    finally:
        lines = data_groups.get(1)
        if isinstance(lines, bytearray):
            forget_optional_data(lines)
    return PassiveResult(Verdict.HELD, CardState.DONE, says, groups)


def _check_hashes(security: SecurityObject, data_groups: Mapping[int, bytes | bytearray]) -> None:
    if 1 not in data_groups:
        raise _failed("DG1 is not there")
    for number, data in data_groups.items():
        try:
            hashed = digest(security.hash_algorithm, data)
        except der.DerError as error:
            raise _failed(str(error)) from None
        if security.hashes.get(number) != hashed:
            raise _failed(f"DG{number} is not as it was signed")


def _check_signature(security: SecurityObject) -> Certificate:
    try:
        signer = security.signed.signer()
        if signer is None:
            raise _failed("the certificate of the signer is not there")
        holds = security.signed.is_signed_by(signer)
    except der.DerError as error:
        raise _failed(str(error)) from None
    if not holds:
        raise _failed("the signature does not hold")
    return signer


def _check_path(security: SecurityObject, signer: Certificate, mrz: Mrz, trust: TrustStore, now: datetime) -> str:
    """Follow the signer to a country. Gives what could not be looked at."""
    try:
        _check_signer(signer)
        path = _path(security, signer, trust)
        country = path[-1].country
        if signer.country != country or not may_sign_for(country, mrz.issuer):
            raise _failed("the signer is of another country than the document")
        _check_validity(security.signed.signing_time, path, mrz, now)
        return _check_revocation(path, trust, now)
    except der.DerError as error:
        raise _untrusted(str(error)) from None


def _check_signer(signer: Certificate) -> None:
    if signer.is_authority or not signer.may(DIGITAL_SIGNATURE):
        raise _untrusted("the certificate of the signer is not for signing documents")
    if signer.purposes:  # those of master lists and of servers have one, those of documents none
        raise _untrusted("the certificate of the signer is for another purpose")
    if signer.has_unknown_critical:
        raise _untrusted("the certificate of the signer demands what we do not know")


def _path(security: SecurityObject, signer: Certificate, trust: TrustStore) -> list[Certificate]:
    """Give the signer, perhaps a link from a new key of its country to an old one, and whom we believe."""
    if authority := trust.issuer_of(signer):
        return [signer, authority]
    for encoded in security.signed.certificates:
        link = read_certificate(encoded)
        is_link = link.is_authority and not link.has_unknown_critical and link.subject == signer.issuer
        if is_link and signer.is_signed_by(link) and (authority := trust.issuer_of(link)):
            return [signer, link, authority]
    raise _untrusted("nobody whom we believe vouches for the signer")


def _check_validity(signed_at: datetime | None, path: list[Certificate], mrz: Mrz, now: datetime) -> None:
    signer = path[0]
    began = signed_at or signer.not_before
    if began > now + CLOCKS_DIFFER or not signer.not_before - CLOCKS_DIFFER <= began <= signer.not_after:
        raise _untrusted("the signer was not valid when it signed")
    if signer.not_after < min(now, _end_of(mrz, now)):
        raise _untrusted("the signer's certificate ended before the document did")
    appointed = signer.not_before
    if not all(one.not_before - CLOCKS_DIFFER <= appointed <= one.not_after for one in path[1:]):
        raise _untrusted("the country's certificate was not valid when it appointed the signer")


def _end_of(mrz: Mrz, now: datetime) -> datetime:
    """Give the moment at which a document's last day begins: its certificate must last till then."""
    expiry = mrz.document(now.date()).expiry_date
    try:
        return datetime.strptime(expiry, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return now  # it does not end, or on no known day


def _check_revocation(path: list[Certificate], trust: TrustStore, now: datetime) -> str:
    says = ""
    for certificate in path[:-1]:
        for revocations in trust.revocation_lists:
            if revocations.issuer != certificate.issuer:
                continue
            if certificate.serial in revocations.serials:
                raise _untrusted("the country called the signer's certificate back")
            if revocations.next_update is None or revocations.next_update < now:
                says = "the revocation list is out of date"
    return says


def _failed(says: str) -> CardError:
    return CardError(CardState.PASSIVE_FAILED, says)


def _untrusted(says: str) -> CardError:
    return CardError(CardState.UNTRUSTED_ISSUER, says)
