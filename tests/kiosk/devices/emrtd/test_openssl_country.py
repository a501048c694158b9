# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A country that uses openssl for all it signs, with openssl's own habits: the word of a third hand on our reading."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.devices.emrtd.passive import PassiveResult, check_passive
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.emrtd.trust import TrustStore
from tests.kiosk.devices.emrtd.issuing import LDS_OBJECT, hash_list, sod
from tests.kiosk.devices.emrtd.test_data_groups import dg1
from tests.kiosk.devices.emrtd.test_mrz import card_lines

DG1 = bytes(dg1(card_lines()))
KEYS = {
    "ec-named": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "ec-explicit": [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:brainpoolP320r1",
        "-pkeyopt",
        "ec_param_enc:explicit",
    ],
    "rsa": ["-newkey", "rsa:2048"],
    "rsa-pss": ["-newkey", "rsa:2048", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"],
}
HOWS = {
    "ec-named": ["-md", "sha256"],
    "ec-explicit": ["-md", "sha384"],
    "rsa": ["-md", "sha512", "-nosmimecap"],
    "rsa-pss": ["-md", "sha256", "-keyopt", "rsa_padding_mode:pss"],
}


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def make_country(folder: Path, kind: str) -> None:
    for who in ("country", "signer"):
        out = ["-x509", "-days", "3650"] if who == "country" else []
        openssl(
            folder,
            "req",
            *KEYS[kind],
            *out,
            "-nodes",
            "-subj",
            f"/C=NL/CN={who}",
            "-keyout",
            f"{who}.key",
            "-out",
            f"{who}.pem",
        )
    openssl(
        folder, "x509", "-req", "-in", "signer.pem", "-CA", "country.pem", "-CAkey", "country.key", "-days", "365",
        "-set_serial", "7", "-out", "signer.crt",
    )  # fmt: skip
    (folder / "trusted").mkdir()
    (folder / "country.pem").rename(folder / "trusted" / "country.pem")


def signed(folder: Path, kind: str) -> bytes:
    (folder / "content").write_bytes(hash_list({1: DG1}))
    openssl(
        folder, "cms", "-sign", "-binary", "-nodetach", "-in", "content", "-outform", "DER", "-out", "sod",
        "-econtent_type", LDS_OBJECT, "-signer", "signer.crt", "-inkey", "signer.key", *HOWS[kind],
    )  # fmt: skip
    return sod((folder / "sod").read_bytes())


@pytest.mark.parametrize("kind", KEYS)
def test_holds_for_what_openssl_signed_and_for_no_other_data(tmp_path: Path, kind: str) -> None:
    make_country(tmp_path, kind)
    trust = TrustStore.load(tmp_path / "trusted")
    assert len(trust) == 1
    assert trust.problems == ()
    encoded = signed(tmp_path, kind)
    now = datetime.now(UTC)  # noqa: TID251 - openssl signs at the time of the machine

    def check(data: bytes) -> PassiveResult:
        return check_passive(encoded, {1: data}, trust, now)

    assert check(DG1).verdict is Verdict.HELD
    assert check(DG1[:-1] + b"A").state is CardState.PASSIVE_FAILED
