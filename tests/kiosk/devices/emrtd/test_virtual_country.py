# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The test country signs well: `openssl`, of another hand again, says so of certificates and security objects."""

import subprocess
from pathlib import Path

import pytest

from tests.kiosk.devices.emrtd.virtual import ber, contents
from tests.kiosk.devices.emrtd.virtual.profile import ODD, SOD, TRUST, load, names

DURING = "1780000000"  # a second in 2026
# ICAO Doc 9303 part 4, appendix B, and part 5, appendix B: printed lines with their check digits.
PASSPORT_LINE = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD_LINES = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6")


def verified(sod: bytes, folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    trusted = folder / "trusted.pem"
    trusted.write_bytes(
        b"".join(
            subprocess.run(
                ("openssl", "x509", "-inform", "DER", "-in", str(path)), capture_output=True, check=True
            ).stdout
            for path in sorted(TRUST.glob("*.der"))
        )
    )
    signed = folder / "sod.der"
    signed.write_bytes(ber.first(sod)[1])
    command = ("openssl", "cms", "-verify", "-inform", "DER", "-in", str(signed), "-CAfile", str(trusted))
    return subprocess.run(
        (*command, "-purpose", "any", "-attime", DURING, *options, "-out", str(folder / "lds")),
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("name", names())
def test_every_document_is_signed_well(name: str, tmp_path: Path) -> None:
    sod = load(name).files[SOD]
    done = verified(sod, tmp_path)
    if b"explicit ECC parameters" in done.stderr:  # many countries write them; openssl believes none of those
        done = verified(sod, tmp_path, "-noverify")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sorted(ODD.glob("*.sod")), ids=lambda path: path.stem)
def test_an_odd_signature_is_as_odd_as_its_name_says(path: Path, tmp_path: Path) -> None:
    done = verified(path.read_bytes(), tmp_path)
    reasons = {
        "unknown_signer": b"unable to get local issuer certificate",
        "namesake": b"",
        "below_signer": b"",
        "expired_signer": b"certificate has expired",
        "future_signer": b"certificate is not yet valid",
        "bad_signature": b"",
    }
    if path.stem in reasons:
        assert done.returncode != 0
        assert reasons[path.stem] in done.stderr
    else:
        assert done.returncode == 0, done.stderr


def test_printed_lines_have_the_check_digits_of_the_worked_examples() -> None:
    passport = contents.Printed(
        "L898902C3", "ERIKSSON", "ANNA MARIA", "740812", "120415", nationality="UTO", issuer="UTO", optional="ZE184226B"
    )
    assert passport.passport_lines()[1] == PASSPORT_LINE
    card = contents.Printed("D23145890", "ERIKSSON", "ANNA MARIA", "740812", "120415", nationality="UTO", issuer="UTO")
    assert card.card_lines()[:2] == CARD_LINES


def test_no_document_is_of_a_real_person() -> None:
    for name in names():
        profile = load(name)
        for found in (line for line in profile.mrz if "9999" in line):
            assert "999990019" in found, "only the published test number"
