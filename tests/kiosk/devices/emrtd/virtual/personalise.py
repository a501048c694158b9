# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes the committed fixtures anew: a test country, its signers, and documents of people who do not exist.

python -m tests.kiosk.devices.emrtd.virtual.personalise
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from Crypto.PublicKey import RSA

from tests.kiosk.devices.emrtd.virtual import contents, profile
from tests.kiosk.devices.emrtd.virtual.authority import (
    OLD_LDS_SECURITY_OBJECT,
    Certificate,
    Signer,
    certify,
    security_object,
)
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite
from tests.kiosk.devices.emrtd.virtual.contents import Printed
from tests.kiosk.devices.emrtd.virtual.curves import BRAINPOOL_256, BRAINPOOL_320, P256, new_key
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, COM, ODD, SOD, TRUST, Profile, data_group
from tests.kiosk.devices.emrtd.virtual.proofs import ActiveKey, ChipKey, RsaKey

BSN = "999990019"  # published by the government for tests
BEGIN, END = date(2014, 1, 1), date(2045, 1, 1)


def rsa(bits: int) -> RsaKey:
    key = RSA.generate(bits)
    return RsaKey(key.n, key.d, key.e)


@dataclass(frozen=True, slots=True)
class Country:
    """A root and one who signs documents below it."""

    root: Certificate
    signer: Certificate


@cache
def with_rsa() -> Country:
    """Sign by RSA-PSS, as the Netherlands do."""
    root = certify(
        "Loket test CSCA RSA", Signer(rsa(3072), "sha256", is_pss=True), None, serial=1, begins=BEGIN, ends=END
    )
    key = Signer(rsa(2048), "sha256", is_pss=True)
    return Country(root, certify("Loket test DS RSA", key, root, serial=101, begins=BEGIN, ends=END))


@cache
def with_curves() -> Country:
    """Sign by ECDSA on curves that are written out in full."""
    key = Signer(new_key(BRAINPOOL_320, os.urandom), "sha384", is_explicit=True)
    root = certify("Loket test CSCA EC", key, None, serial=2, begins=BEGIN, ends=END)
    below = Signer(new_key(BRAINPOOL_256, os.urandom), "sha256", is_explicit=True)
    return Country(root, certify("Loket test DS EC", below, root, serial=102, begins=BEGIN, ends=END))


def documents() -> dict[str, Profile]:
    """Give all documents by the name of their file."""
    makers: tuple[Callable[[], Profile], ...] = (
        passport,
        nik_2014,
        nik_2021,
        residence_permit,
        speci_2014,
        old_passport,
    )
    return {maker.__name__: maker() for maker in makers}


def passport() -> Profile:
    printed = Printed("NX1A2B3C4", "VAN DER VOORBEELD", "SANNE MARIA", "850314", "341231")
    return personalise(
        "passport of 2024, PACE with the printed lines or BAC, AA by ECDSA, CA",
        printed.passport_lines(),
        with_rsa(),
        has_bac=True,
        pace=(PaceInfo(Suite.AES128, BRAINPOOL_256), PaceInfo(Suite.AES256, P256)),
        active=ActiveKey(new_key(BRAINPOOL_256, os.urandom)),
        chip=ChipKey(new_key(BRAINPOOL_256, os.urandom), Suite.AES128),
    )


def nik_2014() -> Profile:
    printed = Printed("IX2B3C4D5", "PROEFMAN", "JAN PIETER", "540102", "290630", sex="M", optional=BSN)
    return personalise(
        "identity card of before August 2021, with a BSN in the printed lines and in DG11; PACE or BAC, AA by RSA",
        printed.card_lines(),
        with_rsa(),
        has_bac=True,
        pace=(PaceInfo(Suite.DES3, P256),),
        active=ActiveKey(rsa(1536), "sha1"),
        full_name="PROEFMAN<<JAN<PIETER",
    )


def nik_2021() -> Profile:
    printed = Printed("IY3C4D5E6", "TESTERS", "FATIMA", "990731", "340815")
    return personalise(
        "identity card of since August 2021, no BSN; PACE with the number on its front, no BAC",
        printed.card_lines(),
        with_curves(),
        can="314159",
        pace=(PaceInfo(Suite.AES256, BRAINPOOL_256),),
        active=ActiveKey(new_key(BRAINPOOL_256, os.urandom)),
        chip=ChipKey(new_key(BRAINPOOL_256, os.urandom), Suite.AES256),
    )


def residence_permit() -> Profile:
    printed = Printed("RX4D5E6F7", "O CONNOR", "OLENA", "720000", "310509", nationality="UKR")
    return personalise(
        "residence permit, another nationality, no birthday known; PACE with CAN or lines; AA by ECDSA",
        printed.card_lines("IR"),
        with_curves(),
        can="271828",
        has_bac=True,
        pace=(PaceInfo(Suite.AES192, P256),),
        active=ActiveKey(new_key(P256, os.urandom)),
    )


def speci_2014() -> Profile:
    printed = Printed("SPECI2014", "SPECIMEN", "WILLEM", "650310", "340309", sex="M")
    return personalise(
        "passport with the parameters of the Dutch specimen of 2014: brainpoolP320r1, AES-256, AA ecdsa-plain-SHA256",
        printed.passport_lines(),
        with_rsa(),
        has_bac=True,
        pace=(PaceInfo(Suite.AES256, BRAINPOOL_320),),
        active=ActiveKey(new_key(BRAINPOOL_320, os.urandom)),
        chip=ChipKey(new_key(BRAINPOOL_320, os.urandom), Suite.AES256, 1),
    )


def old_passport() -> Profile:
    printed = Printed("OLD567890", "D OUDE", "ANNA", "480229", "270101", optional=BSN)
    return personalise(
        "passport with BAC alone, AA by RSA, no DG14", printed.passport_lines(), with_rsa(), has_bac=True,
        active=ActiveKey(rsa(1024), "sha256"),
    )  # fmt: skip


def personalise(
    says: str,
    lines: tuple[str, ...],
    country: Country,
    *,
    can: str | None = None,
    has_bac: bool = False,
    pace: tuple[PaceInfo, ...] = (),
    active: ActiveKey | None = None,
    chip: ChipKey | None = None,
    full_name: str = "",
) -> Profile:
    """Write all files of one chip and sign them."""
    groups = {1: contents.dg1(lines), 2: contents.dg2(), 3: contents.dg3()}
    if full_name:
        groups[11] = contents.dg11(full_name, BSN)
    if pace or chip:
        groups[14] = contents.dg14(pace, chip, active)
    if active:
        groups[15] = contents.dg15(active)
    files = {data_group(number): data for number, data in groups.items()}
    files[COM] = contents.com(list(groups))
    files[SOD] = security_object(groups, country.signer, by_key_id=country is with_curves())
    if pace:
        files[CARD_ACCESS] = contents.card_access(pace)
    return Profile(lines, files, can, has_bac, pace, active, chip, says)


def odd_security_objects(document: Profile) -> dict[str, bytes]:
    """Give other signatures over the same passport, good and bad, by name."""
    groups = {fid & 0xFF: data for fid, data in document.files.items() if fid & 0xFF <= 16}
    country = with_rsa()
    root, signer = country.root, country.signer

    def below(issuer: Certificate, serial: int, begins: date = BEGIN, ends: date = END) -> Certificate:
        key = Signer(new_key(P256, os.urandom))
        return certify(f"Loket test DS {serial}", key, issuer, serial=serial, begins=begins, ends=ends)

    stranger = certify(
        "Loket test stranger", Signer(new_key(P256, os.urandom)), None, serial=9, begins=BEGIN, ends=END, country="XX"
    )
    namesake = certify("Loket test CSCA RSA", Signer(new_key(P256, os.urandom)), None, serial=1, begins=BEGIN, ends=END)
    right = document.files[SOD]
    without_lines = {number: data for number, data in groups.items() if number != 1}
    return {
        "good_old_type": security_object(groups, signer, content_type=OLD_LDS_SECURITY_OBJECT),
        "good_dutch_type": security_object(groups, signer, content_type="1.2.528.1.1006.1.20.1"),
        "good_sha512": security_object(groups, below(root, 110), hash_name="sha512", by_key_id=True),
        "unknown_type": security_object(groups, signer, content_type="1.2.840.113549.1.7.1"),
        "unknown_signer": security_object(groups, below(stranger, 111)),
        "namesake": security_object(groups, below(namesake, 112)),
        "below_signer": security_object(groups, below(below(root, 113), 114)),
        "expired_signer": security_object(groups, below(root, 115, ends=date(2024, 12, 31))),
        "future_signer": security_object(groups, below(root, 116, begins=date(2044, 1, 1))),
        "bad_signature": right[:-1] + bytes((right[-1] ^ 1,)),
        "no_hash_of_lines": security_object(without_lines, signer),
    }


def main() -> None:
    """Write fixtures and the certificates to trust."""
    ODD.mkdir(parents=True, exist_ok=True)
    TRUST.mkdir(parents=True, exist_ok=True)
    for name, country in (("csca_rsa", with_rsa()), ("csca_ec", with_curves())):
        (TRUST / f"{name}.der").write_bytes(country.root.der)
    found = documents()
    for name, contents_of in odd_security_objects(found["passport"]).items():
        (ODD / f"{name}.sod").write_bytes(contents_of)
    for name, document in found.items():
        (profile.FIXTURES / f"{name}.json").write_text(profile.dump(document))


if __name__ == "__main__":
    main()
