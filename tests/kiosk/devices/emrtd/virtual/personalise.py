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
from tests.kiosk.devices.emrtd.virtual.authority import Certificate, Signer, certify, security_object
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite
from tests.kiosk.devices.emrtd.virtual.contents import Printed
from tests.kiosk.devices.emrtd.virtual.curves import BRAINPOOL_256, BRAINPOOL_320, P256, new_key
from tests.kiosk.devices.emrtd.virtual.pace import PaceInfo
from tests.kiosk.devices.emrtd.virtual.profile import CARD_ACCESS, COM, SOD, TRUST, Profile, data_group
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
        "residence permit, another nationality, no birthday known; PACE with CAN or lines; AA by RSA with SHA-256",
        printed.card_lines("IR"),
        with_curves(),
        can="271828",
        has_bac=True,
        pace=(PaceInfo(Suite.AES192, P256),),
        active=ActiveKey(rsa(1280), "sha256"),
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
        active=ActiveKey(rsa(1024), "sha1"),
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


def main() -> None:
    """Write fixtures and the certificates to trust."""
    TRUST.mkdir(parents=True, exist_ok=True)
    for name, country in (("csca_rsa", with_rsa()), ("csca_ec", with_curves())):
        (TRUST / f"{name}.der").write_bytes(country.root.der)
    for name, document in documents().items():
        (profile.FIXTURES / f"{name}.json").write_text(profile.dump(document))


if __name__ == "__main__":
    main()
