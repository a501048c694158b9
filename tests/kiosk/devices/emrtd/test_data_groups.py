# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files of a chip: what is read of each, and that nothing else than a CardError comes of bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.data_groups import (
    ActiveAuthenticationInfo,
    ChipAuthenticationInfo,
    PaceInfo,
    TerminalAuthenticationInfo,
    forget_optional_data,
    read_card_access,
    read_com,
    read_dg1,
    read_dg14,
    read_dg15,
)
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.mrz import parse_mrz
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.test_mrz import ID_CARD, PASSPORT, TD2_CARD, TEST_BSN, card_lines, passport_lines
from tests.kiosk.devices.emrtd.vectors import octets, worked_example
from tests.kiosk.devices.emrtd.virtual import ber


def dg1(lines: str) -> bytearray:
    return bytearray(tlv.encode(0x61, tlv.encode(0x5F1F, lines.encode())))


def pace_info(version: int = 2, *rest: bytes) -> bytes:
    return ber.sequence(ber.der_oid("0.4.0.127.0.7.2.2.4.2.4"), ber.integer(version), *rest)


# --- EF.COM ---


def test_reads_which_groups_there_are(shared_dir: Path) -> None:
    (data,) = octets(worked_example(shared_dir, "bac_D"), "EF.COM")
    assert read_com(data) == {1, 2}


@pytest.mark.parametrize("data", ["", "6000", "61035C0161", "60045C0261", "60065C01615C0161"])
def test_refuses_an_index_that_is_none(data: str) -> None:
    with pytest.raises(CardError) as caught:
        read_com(bytes.fromhex(data))
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_leaves_out_tags_that_no_group_has() -> None:
    assert read_com(bytes.fromhex("60055C0361FF6E")) == {1, 14}


# --- DG1 ---


@pytest.mark.parametrize("lines", [PASSPORT, ID_CARD, TD2_CARD])
def test_reads_the_lines(lines: str) -> None:
    assert read_dg1(bytes(dg1(lines))) == parse_mrz(lines)


def test_refuses_lines_of_another_length_or_in_another_wrapping() -> None:
    good = bytes(dg1(ID_CARD))
    bad = [
        bytes(dg1(ID_CARD[:-1])),
        bytes(dg1("")),
        good + b"\x00",
        good[:-1],
        b"",
        b"\x61",
        b"\x75" + good[1:],
        good[:2] + b"\x5f\x1e" + good[4:],
        tlv.encode(0x61, bytes(good[2:]) * 2),
        bytes.fromhex("6184FFFFFFFF5F1F"),
        bytes(dg1(ID_CARD.lower())),
    ]
    for data in bad:
        with pytest.raises(CardError) as caught:
            read_dg1(data)
        assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize(
    "lines",
    [
        card_lines(optional=TEST_BSN),
        passport_lines("DE<VRIES<<JAN", optional=TEST_BSN),
        card_lines().replace("<<<<<<<<<<<", TEST_BSN + "<<", 1),
        card_lines()[:48] + TEST_BSN + card_lines()[57:],
        TD2_CARD[:64] + TEST_BSN[:7] + TD2_CARD[71:],
    ],
)
def test_forgets_the_optional_data_in_place_and_still_reads_the_rest(lines: str) -> None:
    data = dg1(lines)
    before = read_dg1(data)
    forget_optional_data(data)
    assert TEST_BSN[:7].encode() not in data
    assert read_dg1(data) == before


def test_keeps_a_long_number_when_it_forgets_what_follows() -> None:
    data = dg1(card_lines(number="D23145890<7349<", optional=TEST_BSN))
    forget_optional_data(data)
    assert read_dg1(data).document_number == "D23145890734"
    assert TEST_BSN.encode() not in data


def test_wipes_a_buffer_whole_that_is_no_dg1() -> None:
    data = bytearray(b"\x61\x0a" + TEST_BSN.encode() + b"<")
    forget_optional_data(data)
    assert not any(data)


# --- DG14 and EF.CardAccess ---


def test_reads_what_the_dutch_specimen_can_do(shared_dir: Path) -> None:
    (data,) = octets(worked_example(shared_dir, "nl_speci2014"), "DG14")
    infos = read_dg14(data)
    assert infos.pace == (PaceInfo("0.4.0.127.0.7.2.2.4.2.4", 2, 14),)
    assert infos.chip == (ChipAuthenticationInfo("0.4.0.127.0.7.2.2.3.2.4", 1),)
    assert infos.active == (ActiveAuthenticationInfo("2.23.136.1.1.5", 1, "0.4.0.127.0.7.1.1.4.1.3"),)
    assert infos.terminal == (TerminalAuthenticationInfo("0.4.0.127.0.7.2.2.2", 1),)
    assert [len(key.public_key) for key in infos.chip_keys] == [0x175 + 4]


def test_leaves_out_infos_of_kinds_to_come() -> None:
    domain = ber.sequence(ber.der_oid("0.4.0.127.0.7.2.2.4.2"), ber.sequence(ber.der_oid("1.2.3")))
    unknown = ber.sequence(ber.der_oid("1.2.3.4"), ber.integer(1))
    infos = read_card_access(ber.set_of(pace_info(2, ber.integer(13)), unknown, domain))
    assert infos.pace == (PaceInfo("0.4.0.127.0.7.2.2.4.2.4", 2, 13),)
    assert not infos.chip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x31",
        b"\x31\x80\x00\x00",
        ber.sequence(pace_info()),
        ber.set_of(b"\x02\x01\x01"),
        ber.set_of(ber.sequence()),
        ber.set_of(ber.sequence(ber.der_oid("1.2.3"))),
        ber.set_of(pace_info(2, ber.integer(1), ber.integer(1))),
        ber.set_of(pace_info(2, ber.octets(b"x"))),
        ber.set_of(ber.sequence(ber.der_oid("2.23.136.1.1.5"), ber.integer(1))),
        ber.set_of(ber.sequence(ber.der_oid("2.23.136.1.1.5"), ber.integer(1), ber.integer(1))),
        ber.set_of(pace_info()) + b"\x00",
        b"\x31\x81\x02\x30\x00",
    ],
)
def test_refuses_infos_that_are_none(data: bytes) -> None:
    with pytest.raises(CardError) as caught:
        read_card_access(data)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


# --- DG15 ---


def test_gives_the_key_as_it_stands_there() -> None:
    key = ber.sequence(ber.sequence(ber.der_oid("1.2.3")), ber.bit_string(b"key"))
    assert read_dg15(ber.tlv(0x6F, key)) == key


@pytest.mark.parametrize(
    "data", [b"", b"\x6f\x00", b"\x6e\x02\x30\x00", b"\x6f\x02\x31\x00", b"\x6f\x04\x30\x00\x30\x00"]
)
def test_refuses_a_key_that_is_none(data: bytes) -> None:
    with pytest.raises(CardError) as caught:
        read_dg15(data)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


# --- Any bytes at all ---


@given(
    st.binary(max_size=200)
    | st.binary(max_size=80).map(lambda data: tlv.encode(0x6E, tlv.encode(0x31, data)))
    | st.binary(max_size=80).map(lambda data: tlv.encode(0x31, tlv.encode(0x30, data)))
    | st.binary(min_size=88, max_size=90).map(lambda data: tlv.encode(0x61, tlv.encode(0x5F1F, data)))
)
@settings(max_examples=300)
def test_never_fails_in_another_way_than_by_a_card_error(data: bytes) -> None:
    for read in (read_com, read_dg1, read_dg14, read_dg15, read_card_access):
        try:
            read(data)
        except CardError:
            continue
    forget_optional_data(bytearray(data))
