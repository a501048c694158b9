# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects are taken apart strictly, and what is wrong with them is one kind of error, quickly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd import tlv
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.tlv import Tlv

TAGS = st.sampled_from([0x02, 0x30, 0x5C, 0x61, 0x77, 0x87, 0x99, 0x5F01, 0x5F1F, 0x5F36, 0x7F49, 0xBF8101])


def test_takes_an_ef_com_apart() -> None:
    (com,) = tlv.parse(bytes.fromhex("60145F0104303130365F36063034303030305C026175"))
    version, unicode_version, tags = com.children()
    assert (com.tag, version.tag, unicode_version.tag, tags.tag) == (0x60, 0x5F01, 0x5F36, 0x5C)
    assert tags.value == b"\x61\x75"


@given(st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=8))
def test_reads_back_what_was_written(objects: list[tuple[int, bytes]]) -> None:
    written = b"".join(tlv.encode(tag, value) for tag, value in objects)
    assert [(node.tag, node.value) for node in tlv.parse(written)] == objects


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 65535, 65536])
def test_writes_a_length_in_as_few_bytes_as_it_takes(size: int) -> None:
    written = tlv.encode(0x53, bytes(size))
    assert len(written) == 1 + size + (1 if size < 128 else 2 if size < 256 else 3 if size < 65536 else 4)
    assert tlv.parse(written) == (Tlv(0x53, bytes(size)),)


def test_takes_a_length_in_more_bytes_than_it_must() -> None:
    assert tlv.parse(bytes.fromhex("8782000201FF")) == (Tlv(0x87, b"\x01\xff"),)


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("no length", "87"),
        ("half a length", "878201"),
        ("a value too short", "870401"),
        ("no end", "30800000"),
        ("16 MB", "87830FFFFF"),
        ("a length of 4 bytes", "878400000001AA"),
        ("a length of 126 bytes", "87FE01"),
        ("filling", "0000"),
        ("filling with ones", "FFFF"),
        ("filling after an object", "04010000"),
        ("a tag that stops", "5F"),
        ("a tag of 4 bytes", "5F81818101AA"),
        ("a tag with leading zeros", "5F80010100"),
    ],
)
def test_refuses_broken_objects(case: str, data: str) -> None:
    with pytest.raises(CardError) as caught:
        tlv.parse(bytes.fromhex(data))
    assert caught.value.state is CardState.PROTOCOL_VIOLATION, case


@given(st.binary(max_size=64))
def test_garbage_is_parsed_whole_or_refused(data: bytes) -> None:
    try:
        nodes = tlv.parse(data)
    except CardError:
        return
    assert sum(len(node.value) + 2 for node in nodes) <= len(data)


def test_refuses_objects_too_deep() -> None:
    data = b""
    for _ in range(tlv.DEEPEST + 2):
        data = tlv.encode(0x30, data)
    node = tlv.parse(data)[0]
    for _ in range(tlv.DEEPEST):
        node = node.children()[0]
    with pytest.raises(CardError):
        node.children()


def test_refuses_too_many_objects() -> None:
    tlv.parse(b"\x04\x00" * tlv.MOST_OBJECTS)
    with pytest.raises(CardError):
        tlv.parse(b"\x04\x00" * (tlv.MOST_OBJECTS + 1))


def test_finds_an_object_and_refuses_it_doubled() -> None:
    nodes = tlv.parse(bytes.fromhex("0401AA0201BB0401CC"))
    assert tlv.find(nodes, 0x02) == Tlv(0x02, b"\xbb")
    assert tlv.find(nodes, 0x30) is None
    with pytest.raises(CardError):
        tlv.find(nodes, 0x04)


def test_parses_the_one_object_that_is_due() -> None:
    assert tlv.parse_one(bytes.fromhex("7C00"), 0x7C) == Tlv(0x7C, b"")
    for wrong in ("", "7D00", "7C007C00"):
        with pytest.raises(CardError):
            tlv.parse_one(bytes.fromhex(wrong), 0x7C)


def test_reads_a_header_whose_value_is_not_there_yet() -> None:
    header = tlv.read_header(bytes.fromhex("6E8201D9"))
    assert (header.tag, header.value_at, header.length, header.end) == (0x6E, 4, 0x1D9, 0x1DD)


def test_keeps_values_out_of_a_repr() -> None:
    assert "SECRET" not in repr(Tlv(0x5F1F, b"SECRET"))
