# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A chip's public key is read in every way that cards write one, and refused where it is none."""

from pathlib import Path

import pytest

from kiosk.devices.emrtd.agreement_keys import read_agreement_key
from kiosk.devices.emrtd.curves import CurveGroup, standard_group
from kiosk.devices.emrtd.data_groups import read_card_access, read_dg14
from kiosk.devices.emrtd.der import DerError
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.modp_groups import STANDARD_GROUPS, ModpGroup
from tests.kiosk.devices.emrtd.vectors import octets, worked_example
from tests.kiosk.devices.emrtd.virtual import ber

STANDARDIZED = "0.4.0.127.0.7.1.2"
PKCS3, X942 = "1.2.840.113549.1.3.1", "1.2.840.10046.2.1"
NUMBERS = STANDARD_GROUPS[2]


def spki(oid: str, parameters: bytes, key: bytes) -> bytes:
    return ber.sequence(ber.sequence(ber.der_oid(oid), parameters), ber.bit_string(key))


def test_reads_the_key_of_the_dutch_specimen_whose_curve_is_written_out(shared_dir: Path) -> None:
    (dg14,) = octets(worked_example(shared_dir, "nl_speci2014"), "DG14")
    (info,) = read_dg14(dg14).chip_keys
    key = read_agreement_key(info.public_key)
    assert isinstance(key.group, CurveGroup)
    assert key.group.name == "BRAINPOOLP320r1"
    assert len(key.element) == 81
    assert key.element in dg14


def test_reads_the_key_of_example_i1_whose_curve_is_a_number(shared_dir: Path) -> None:
    info, point = octets(
        worked_example(shared_dir, "pace_ecdh_cam_I1"), "ChipAuthenticationPublicKeyInfo", "pk_ic_static"
    )
    (found,) = read_card_access(ber.set_of(info)).chip_keys
    key = read_agreement_key(found.public_key)
    assert key.group == standard_group(13)
    assert key.element == b"\x04" + point


@pytest.mark.parametrize("oid", [PKCS3, X942])
def test_reads_a_key_over_numbers(oid: str) -> None:
    public = NUMBERS.power(NUMBERS.generator, 77)
    order = (ber.integer(NUMBERS.order or 0),) if oid == X942 else ()
    parameters = ber.sequence(ber.integer(NUMBERS.prime), ber.integer(NUMBERS.base), *order)
    key = read_agreement_key(spki(oid, parameters, ber.integer(int.from_bytes(public, "big"))))
    assert isinstance(key.group, ModpGroup)
    assert key.group.prime == NUMBERS.prime
    assert key.group.order == (NUMBERS.order if oid == X942 else None)
    assert key.element == public


def test_reads_a_key_in_a_numbered_group_of_numbers() -> None:
    public = NUMBERS.power(NUMBERS.generator, 77)
    key = read_agreement_key(spki(STANDARDIZED, ber.integer(2), public))
    assert key.group == NUMBERS


@pytest.mark.parametrize(
    ("case", "encoded"),
    [
        ("a number of no group", spki(STANDARDIZED, ber.integer(32), bytes(65))),
        ("beside the curve", spki(STANDARDIZED, ber.integer(13), b"\x04" + bytes(63) + b"\x01")),
        ("infinity", spki(STANDARDIZED, ber.integer(13), b"\0")),
        ("of another kind", spki("1.2.840.113549.1.1.1", ber.NULL, bytes(65))),
        ("no group", ber.sequence(ber.sequence(ber.der_oid(STANDARDIZED)), ber.bit_string(bytes(65)))),
        ("no prime", spki(PKCS3, ber.sequence(ber.integer(16), ber.integer(2)), ber.integer(3))),
        ("half a group", spki(PKCS3, ber.sequence(ber.integer(NUMBERS.prime)), ber.integer(3))),
        (
            "one",
            spki(PKCS3, ber.sequence(ber.integer(NUMBERS.prime), ber.integer(NUMBERS.base)), ber.integer(1)),
        ),
        (
            "more than the prime",
            spki(
                PKCS3,
                ber.sequence(ber.integer(NUMBERS.prime), ber.integer(NUMBERS.base)),
                ber.integer(NUMBERS.prime * 512),
            ),
        ),
        ("nothing", b""),
        ("no key", ber.sequence()),
        ("no kind", ber.sequence(ber.sequence(), ber.bit_string(b"\x04"))),
    ],
)
def test_refuses_a_key_that_is_none(case: str, encoded: bytes) -> None:
    with pytest.raises((CardError, DerError)):
        read_agreement_key(encoded)
