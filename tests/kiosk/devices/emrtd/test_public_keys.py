# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public keys: which are read, and that a curve that only looks like a known one is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.public_keys import EcKey, RsaKey, library_curve, read_public_key
from tests.kiosk.devices.emrtd.issuing import CURVES, RsaPair, elliptic_pair, encoded, forged, rsa_pair
from tests.kiosk.devices.emrtd.virtual import ber

ODD_MODULUS = (1 << 1279) | 1


def rsa_info(modulus: int, exponent: int = 65537) -> bytes:
    numbers = ber.sequence(ber.integer(modulus), ber.integer(exponent))
    return ber.sequence(ber.sequence(ber.der_oid("1.2.840.113549.1.1.1"), ber.NULL), ber.bit_string(numbers))


@pytest.mark.parametrize("curve", CURVES)
def test_reads_a_curve_by_name_and_by_all_its_numbers(curve: str) -> None:
    named, written = elliptic_pair(curve), replace(elliptic_pair(curve), explicit=True)
    assert read_public_key(named.info) == read_public_key(written.info) == EcKey(CURVES[curve], named.point)


def test_reads_rsa_keys_of_both_names() -> None:
    key = rsa_pair().key
    for kind in ("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"):
        assert read_public_key(RsaPair(key, kind).info) == RsaKey(key.n, key.e)


def test_reads_a_base_point_in_each_form() -> None:
    pair = elliptic_pair("Brainpool-p256r1", explicit=True)
    whole = encoded(pair.place, pair.place.generator)
    parity = whole[-1] & 1
    for base in (bytes([2 + parity]) + whole[1:33], bytes([6 + parity]) + whole[1:]):
        read_public_key(replace(pair, changes=(("base", ber.octets(base)),)).info)
    with pytest.raises(der.DerError):
        read_public_key(replace(pair, changes=(("base", ber.octets(bytes([3 - parity]) + whole[1:33])),)).info)


def test_refuses_a_curve_with_a_base_point_of_its_own() -> None:
    victim = elliptic_pair("secp256r1", 9)
    forgery = forged(victim)
    assert forgery.point == victim.point
    assert read_public_key(replace(victim, explicit=True).info) == EcKey(CURVES["secp256r1"], victim.point)
    with pytest.raises(der.DerError, match="no known curve"):
        read_public_key(forgery.info)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("version", ber.integer(4)),
        ("field", ber.sequence(ber.der_oid("1.2.840.10045.1.2"), ber.integer(7))),
        ("field", ber.sequence(ber.der_oid("1.2.840.10045.1.1"), ber.integer(7))),
        ("field", ber.sequence(ber.der_oid("1.2.840.10045.1.1"))),
        ("coefficients", ber.sequence(ber.octets(b"\x01"), ber.octets(b"\x02"))),
        ("coefficients", ber.sequence(ber.octets(b"\x01"))),
        ("base", ber.octets(b"\x00")),
        ("order", ber.integer(11)),
        ("cofactor", ber.integer(2)),
    ],
)
def test_refuses_a_curve_one_of_whose_numbers_is_another(part: str, value: bytes) -> None:
    pair = replace(elliptic_pair("secp256r1", explicit=True), changes=((part, value),))
    with pytest.raises(der.DerError):
        read_public_key(pair.info)


@pytest.mark.parametrize(
    "info",
    [
        b"",
        ber.sequence(),
        ber.sequence(ber.sequence(), ber.bit_string(b"x")),
        ber.sequence(ber.sequence(ber.der_oid("1.3.101.112")), ber.bit_string(b"x" * 32)),
        ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1")), ber.bit_string(b"x")),
        ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1"), ber.der_oid("1.3.132.0.1")), ber.bit_string(b"x")),
        ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1"), ber.NULL), ber.bit_string(b"x")),
        rsa_info((1 << 1000) | 1),
        rsa_info((1 << 8192) | 1),
        rsa_info(ODD_MODULUS - 1),
        rsa_info(ODD_MODULUS, 1),
        rsa_info(ODD_MODULUS, 4),
        rsa_info(ODD_MODULUS, (1 << 80) | 1),
    ],
)
def test_refuses_other_keys(info: bytes) -> None:
    with pytest.raises(der.DerError):
        read_public_key(info)


def test_knows_each_curve_in_the_library() -> None:
    for curve, oid in CURVES.items():
        known = library_curve(oid)
        assert known.order == elliptic_pair(curve).place.order


@given(st.binary(max_size=80))
def test_never_fails_in_another_way_than_by_its_own_error(data: bytes) -> None:
    for info in (data, ber.sequence(ber.sequence(ber.der_oid("1.2.840.10045.2.1"), data), ber.bit_string(data))):
        try:
            read_public_key(info)
        except der.DerError:
            continue
