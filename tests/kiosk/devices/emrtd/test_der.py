# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""DER: what is read, and that every way of breaking it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd import der
from tests.kiosk.devices.emrtd.virtual import ber


def test_gives_elements_with_their_exact_bytes() -> None:
    data = ber.sequence(ber.integer(5), ber.octets(b"x" * 200))
    node = der.only_element(data, der.SEQUENCE)
    number, octets = node.children()
    assert number.number() == 5
    assert octets.value == b"x" * 200
    assert octets.encoded == ber.octets(b"x" * 200)
    assert node.encoded == data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "nothing"),
        ("30", "no length"),
        ("3080", "indefinite, without end"),
        ("3080020101" + "0000", "indefinite"),
        ("308101" + "00", "longer than its shortest form"),
        ("30820080" + "00" * 128, "a leading zero"),
        ("3085" + "0000000100", "five bytes of length"),
        ("3084FFFFFFFF", "4 GB"),
        ("3003020201", "outside its parent"),
        ("300000", "something behind it"),
        ("1F8101" + "00", "a long tag"),
        ("3181" + "80", "cut off in its length"),
    ],
)
def test_refuses_what_is_not_der(data: str, why: str) -> None:
    with pytest.raises(der.DerError):
        der.only_element(bytes.fromhex(data), der.SEQUENCE).children()


def test_refuses_another_element_than_is_due() -> None:
    with pytest.raises(der.DerError):
        der.only_element(ber.integer(1), der.SEQUENCE)
    node = der.only_element(ber.sequence(ber.integer(1), ber.integer(2)), der.SEQUENCE)
    for read in (node.number, node.object_id, node.bits, lambda: node.only(der.INTEGER)):
        with pytest.raises(der.DerError):
            read()


@pytest.mark.parametrize(("hexed", "number"), [("00", 0), ("7F", 127), ("0080", 128), ("FF", -1), ("80", -128)])
def test_reads_numbers_with_their_sign(hexed: str, number: int) -> None:
    assert der.only_element(ber.tlv(2, bytes.fromhex(hexed)), der.INTEGER).number() == number


def test_refuses_a_number_without_bytes_or_without_end() -> None:
    for value in (b"", b"\x01" * 2049):
        with pytest.raises(der.DerError):
            der.only_element(ber.tlv(2, value), der.INTEGER).number()


@pytest.mark.parametrize(
    "oid", ["1.2.840.113549.1.7.2", "2.23.136.1.1.1", "0.4.0.127.0.7.2.2.4.2.4", "2.5.29.15", "2.999.1"]
)
def test_reads_object_identifiers(oid: str) -> None:
    first, second, *_ = (int(arc) for arc in oid.split("."))
    written = ber.oid(oid) if 40 * first + second < 256 else bytes.fromhex("883701")
    assert der.dotted(written) == oid


@pytest.mark.parametrize("value", [b"", b"\x88", b"\x2a\x81", b"\x2a" + b"\x81" * 60 + b"\x01"])
def test_refuses_an_object_identifier_without_end(value: bytes) -> None:
    with pytest.raises(der.DerError):
        der.dotted(value)


@pytest.mark.parametrize("value", [b"", b"\x01\x80", b"\x08\x00"])
def test_refuses_a_bit_string_that_ends_within_a_byte(value: bytes) -> None:
    with pytest.raises(der.DerError):
        der.only_element(ber.tlv(3, value), der.BIT_STRING).bits()


def test_bounds_the_number_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(der, "MAX_CHILDREN", 3)
    assert len(der.only_element(ber.sequence(*[ber.NULL] * 2), der.SEQUENCE).children()) == 2
    with pytest.raises(der.DerError):
        der.only_element(ber.sequence(*[ber.NULL] * 4), der.SEQUENCE).children()


@given(st.binary(max_size=60))
def test_never_fails_in_another_way_than_by_its_own_error(data: bytes) -> None:
    try:
        nodes = [der.only_element(data, data[0] if data else 0)]
        while nodes:
            node = nodes.pop()
            if node.tag & 0x20:
                nodes += node.children()
    except der.DerError:
        return
