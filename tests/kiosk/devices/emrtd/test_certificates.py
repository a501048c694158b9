# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: what is read of them, by the word of a second library over the whole Dutch list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import x509
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.certificates import (
    CRL_SIGN,
    DIGITAL_SIGNATURE,
    country_of,
    read_certificate,
    read_name,
    read_revocation_list,
    read_time,
    subject_country_of,
)
from kiosk.devices.emrtd.trust import TrustStore
from tests.kiosk.devices.emrtd.issuing import (
    BASIC_CONSTRAINTS,
    KEY_USAGE,
    Hand,
    certificate,
    country,
    elliptic_pair,
    list_signer,
    name,
    revocation_list,
    rsa_pair,
    signer,
)
from tests.kiosk.devices.emrtd.virtual import ber


def test_reads_what_a_second_library_reads_in_all_of_the_dutch_list(shared_dir: Path) -> None:
    store = TrustStore.load(shared_dir / "vectors")
    for paper in store.certificates():
        other = x509.Certificate.load(paper.encoded)
        body = other["tbs_certificate"]
        assert paper.serial == other.serial_number
        assert paper.signed_part == body.dump()
        assert (paper.not_before, paper.not_after) == (other.not_valid_before, other.not_valid_after)
        assert paper.public_key == body["subject_public_key_info"].dump()
        assert paper.signature == other.signature
        assert paper.country == other.subject.native["country_name"].casefold()
        assert paper.country == subject_country_of(paper.encoded)
        assert paper.is_authority
        assert paper.subject_key_id == (other.key_identifier or b"")
        assert paper.authority_key_id == (other.authority_key_identifier or b"")
        assert set(paper.extensions) == {extension["extn_id"].dotted for extension in body["extensions"]}
        assert not paper.has_unknown_critical


def test_tells_an_authority_from_who_signs_documents() -> None:
    top, below = read_certificate(country().der), read_certificate(signer().der)
    assert top.is_authority
    assert top.may(CRL_SIGN)
    assert not top.may(DIGITAL_SIGNATURE)
    assert not below.is_authority
    assert below.may(DIGITAL_SIGNATURE)
    assert not below.purposes
    assert read_certificate(list_signer().der).purposes == {"2.23.136.1.1.3"}
    assert below.is_signed_by(top)
    assert not top.is_signed_by(below)


def test_takes_nobody_for_an_authority_whose_key_is_for_something_else() -> None:
    only_lists = {KEY_USAGE: (True, bytes.fromhex("03020102"))}
    assert not read_certificate(certificate(Hand(elliptic_pair()), extensions=only_lists).der).is_authority
    no_authority = {BASIC_CONSTRAINTS: (True, ber.sequence())}
    assert not read_certificate(certificate(Hand(elliptic_pair()), extensions=no_authority).der).is_authority


def test_counts_a_certificate_valid_up_to_its_last_second() -> None:
    paper = read_certificate(signer().der)
    assert paper.covers(paper.not_before)
    assert paper.covers(paper.not_after)
    assert not paper.covers(datetime(2021, 12, 31, tzinfo=UTC))
    assert not paper.covers(datetime(2035, 1, 2, tzinfo=UTC))


def test_sees_a_critical_extension_that_it_does_not_understand() -> None:
    odd = {"1.2.3.4": (True, b"x")}
    assert read_certificate(certificate(Hand(elliptic_pair()), country(), extensions=odd).der).has_unknown_critical
    harmless = {"1.2.3.4": (False, b"x")}
    assert not read_certificate(
        certificate(Hand(elliptic_pair()), country(), extensions=harmless).der
    ).has_unknown_critical


def test_allows_all_usages_where_none_is_named() -> None:
    paper = read_certificate(certificate(Hand(elliptic_pair()), country(), extensions={KEY_USAGE: None}).der)
    assert paper.may(DIGITAL_SIGNATURE)
    assert not paper.is_authority


def test_compares_names_without_case_spaces_and_kind_of_string() -> None:
    one = read_name(der.only_element(name("The  Ministry", "NL", 0x13), der.SEQUENCE))
    two = read_name(der.only_element(name("the ministry", "nl", 0x0C), der.SEQUENCE))
    wide = read_name(
        der.only_element(
            ber.sequence(ber.tlv(0x31, ber.sequence(ber.der_oid("2.5.4.3"), ber.tlv(0x1E, "é".encode("utf-16-be"))))),
            0x30,
        )
    )
    odd = read_name(
        der.only_element(
            ber.sequence(ber.tlv(0x31, ber.sequence(ber.der_oid("2.5.4.3"), ber.tlv(0x14, b"\xe9")))), 0x30
        )
    )
    assert one == two
    assert wide == odd == (("2.5.4.3", "é"),)
    assert country_of(two) == "nl"
    assert not country_of(odd)


@pytest.mark.parametrize(
    ("tag", "text", "year"),
    [
        (0x17, "491231235959Z", 2049),
        (0x17, "500101000000Z", 1950),
        (0x18, "20500101000000Z", 2050),
        (0x17, "2601010000Z", 2026),
    ],
)
def test_reads_both_kinds_of_time(tag: int, text: str, year: int) -> None:
    assert read_time(der.only_element(ber.tlv(tag, text.encode()), tag)).year == year


@pytest.mark.parametrize(
    ("tag", "text"),
    [(0x17, ""), (0x17, "260101000000"), (0x17, "260101000000+0100"), (0x17, "261301000000Z"), (0x17, "26010100000½Z"),
     (0x18, "260101000000Z"), (0x02, "260101000000Z"), (0x18, "00000101000000Z"), (0x17, "2 0101000000Z")],
)  # fmt: skip
def test_refuses_what_is_no_time(tag: int, text: str) -> None:
    with pytest.raises(der.DerError):
        read_time(der.only_element(ber.tlv(tag, text.encode()), tag))


def body_of(encoded: bytes) -> list[bytes]:
    return [node.encoded for node in der.first_inside(der.only_element(encoded, 0x30)).children()]


def rewritten(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    whole = [node.encoded for node in der.only_element(signer().der, 0x30).children()]
    return ber.sequence(ber.sequence(*change(body_of(signer().der))), *whole[1:])


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        ber.sequence(),
        ber.sequence(ber.sequence(), ber.sequence(), ber.bit_string(b"x")),
        signer().der + b"\x00",
        signer().der[:-1],
        rewritten(lambda parts: parts[:5]),
        rewritten(lambda parts: [*parts[:2], ber.sequence(ber.der_oid("1.2.840.10045.4.1")), *parts[3:]]),
        rewritten(lambda parts: [*parts[:4], ber.sequence(), *parts[5:]]),
        rewritten(lambda parts: [*parts[:5], ber.sequence(ber.tlv(0x31, ber.sequence())), *parts[6:]]),
        rewritten(lambda parts: [*parts[:7], ber.tlv(0xA3, ber.sequence(ber.sequence()))]),
        rewritten(
            lambda parts: [
                *parts[:7],
                ber.tlv(0xA3, ber.sequence(*[ber.sequence(ber.der_oid("1.2"), ber.octets(b""))] * 2)),
            ]
        ),
    ],
)
def test_refuses_what_is_no_certificate(encoded: bytes) -> None:
    with pytest.raises(der.DerError):
        read_certificate(encoded)


def test_refuses_a_certificate_that_names_two_algorithms() -> None:
    paper = certificate(Hand(elliptic_pair()), country(), named_algorithm=Hand(rsa_pair(), "pkcs1").algorithm)
    with pytest.raises(der.DerError, match="two algorithms"):
        read_certificate(paper.der)


def test_reads_a_revocation_list() -> None:
    found = read_revocation_list(revocation_list(country(), [7, 9]))
    assert found.serials == {7, 9}
    assert found.issuer == read_certificate(country().der).subject
    assert found.is_signed_by(read_certificate(country().der))
    empty = read_revocation_list(revocation_list(country(), next_issue=None))
    assert not empty.serials
    assert empty.next_update is None


def test_refuses_a_revocation_list_for_part_of_the_certificates() -> None:
    part = ber.sequence(ber.der_oid("2.5.29.28"), b"\x01\x01\xff", ber.octets(ber.sequence()))
    with pytest.raises(der.DerError):
        read_revocation_list(revocation_list(country(), [7], extensions=part))


@given(st.binary(max_size=100), st.integers(0, 400))
def test_never_fails_in_another_way_than_by_its_own_error(data: bytes, at: int) -> None:
    whole = signer().der
    for encoded in (data, whole[:at] + data[:2] + whole[at + len(data[:2]) :]):
        for read in (read_certificate, read_revocation_list, subject_country_of):
            try:
                found = read(encoded)
            except der.DerError:
                continue
            if read is read_certificate:
                touch(found)


def touch(paper: object) -> None:
    for ask in ("key", "is_authority", "purposes", "subject_key_id", "authority_key_id", "has_unknown_critical"):
        try:
            value = getattr(paper, ask)
            value() if callable(value) else None
        except der.DerError:
            continue
