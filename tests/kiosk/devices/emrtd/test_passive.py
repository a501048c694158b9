# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passive Authentication: what is genuine holds, and each fault that is planted ends in the state that it must."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.emrtd.certificates import read_revocation_list
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.passive import PassiveResult, check_passive
from kiosk.devices.emrtd.states import CardState, Verdict
from kiosk.devices.emrtd.trust import TrustStore
from tests.kiosk.devices.emrtd.issuing import (
    AUTHORITY,
    HASH_OIDS,
    KEY_USAGE,
    MASTER_LIST,
    MAY_APPOINT,
    NOW,
    PURPOSES,
    Hand,
    Paper,
    attribute,
    certificate,
    country,
    elliptic_pair,
    forged,
    hash_list,
    list_signer,
    name,
    revocation_list,
    rsa_pair,
    signed_data,
    signer,
    sod,
)
from tests.kiosk.devices.emrtd.test_data_groups import dg1
from tests.kiosk.devices.emrtd.test_mrz import TEST_BSN, card_lines, passport_lines
from tests.kiosk.devices.emrtd.virtual import ber

DG1 = bytes(dg1(card_lines()))
GROUPS = {1: DG1, 14: b"what it can do", 15: b"its key"}
TRUST = TrustStore.of([country().der])


def check(encoded: bytes | None = None, groups: Any = None, trust: TrustStore = TRUST, **when: Any) -> PassiveResult:
    encoded = encoded if encoded is not None else sod(signed_data(hash_list(GROUPS)))
    return check_passive(encoded, groups if groups is not None else GROUPS, trust, when.get("now", NOW))


def appointed(**how: Any) -> Paper:
    return certificate(Hand(elliptic_pair(at=40)), country(), **how)


def held(result: PassiveResult) -> bool:
    return (result.verdict, result.state) == (Verdict.HELD, CardState.DONE)


# --- What is genuine ---


def test_holds_for_a_genuine_document() -> None:
    result = check()
    assert held(result)
    assert not result.says
    assert result.signed_groups == {1, 14, 15}


def test_holds_where_a_group_was_not_read() -> None:
    assert held(check(groups={1: DG1}))


@pytest.mark.parametrize("content_type", ["2.23.136.1.1.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1"])
@pytest.mark.parametrize("version", [0, 1])
def test_holds_for_each_type_and_version_of_the_security_object(content_type: str, version: int) -> None:
    assert held(check(sod(signed_data(hash_list(GROUPS, version=version), content_type=content_type))))


@pytest.mark.parametrize("hash_name", ["sha1", "sha224", "sha256", "sha384", "sha512"])
def test_holds_for_each_hash(hash_name: str) -> None:
    by = certificate(Hand(elliptic_pair(at=2), "ecdsa", hash_name), country())
    assert held(check(sod(signed_data(hash_list(GROUPS, hash_name), by))))


@pytest.mark.parametrize(
    "hand",
    [
        Hand(rsa_pair(), "pkcs1", "sha1"),
        Hand(rsa_pair(), "rsa", "sha256"),
        Hand(rsa_pair(), "pss", "sha512"),
        Hand(elliptic_pair("Brainpool-p320r1"), "plain", "sha256"),
        Hand(elliptic_pair("Brainpool-p320r1", explicit=True), "ecdsa", "sha384"),
        Hand(elliptic_pair("secp521r1"), "key", "sha512"),
    ],
    ids=lambda hand: f"{hand.way}-{hand.hash_name}",
)
def test_holds_for_each_kind_of_signature(hand: Hand) -> None:
    assert held(check(sod(signed_data(hash_list(GROUPS), certificate(hand, country())))))


def test_holds_where_the_signer_is_named_by_its_key_or_the_time_is_not_told() -> None:
    assert held(check(sod(signed_data(hash_list(GROUPS), by_key_id=True))))
    assert held(check(sod(signed_data(hash_list(GROUPS), signed_at=None))))
    assert held(check(sod(signed_data(hash_list(GROUPS), carried=[country(), signer()]))))


def test_holds_for_a_document_that_has_ended_and_its_signer_with_it() -> None:
    old = {1: bytes(dg1(card_lines(expiry="240101")))}
    by = appointed(ends="2024-06-01")
    for signed_at in ("2023-05-01", None):
        assert held(check(sod(signed_data(hash_list(old), by, signed_at=signed_at)), old))


def test_holds_through_a_link_from_the_countrys_new_key_to_its_old_one() -> None:
    new = Hand(elliptic_pair(at=41))
    link = certificate(new, country(), subject=name("Country 2"), extensions=AUTHORITY, serial=50)
    by = certificate(Hand(elliptic_pair(at=42)), link)
    data = sod(signed_data(hash_list(GROUPS), by, carried=[by, link]))
    assert held(check(data))
    # The link counts when it is trusted itself, and not when nobody links it.
    assert held(check(sod(signed_data(hash_list(GROUPS), by)), trust=TrustStore.of([link.der])))
    alone = certificate(new, subject=name("Country 2"), serial=50)
    unlinked = sod(signed_data(hash_list(GROUPS), by, carried=[by, alone]))
    assert check(unlinked).state is CardState.UNTRUSTED_ISSUER


def test_says_not_checked_where_nobody_is_believed_but_looks_at_the_rest() -> None:
    result = check(trust=TrustStore.empty())
    assert (result.verdict, result.state) == (Verdict.NOT_CHECKED, CardState.DONE)
    altered = check(groups={**GROUPS, 15: b"another key"}, trust=TrustStore.empty())
    assert (altered.verdict, altered.state) == (Verdict.FAILED, CardState.PASSIVE_FAILED)
    unsigned = sod(signed_data(hash_list(GROUPS), change=b"\x00\x00"))
    assert check(unsigned, trust=TrustStore.empty()).state is CardState.PASSIVE_FAILED


# --- Contents and signature do not belong together ---


@pytest.mark.parametrize("number", [1, 14, 15])
def test_fails_for_an_altered_group(number: int) -> None:
    data = bytearray(GROUPS[number])
    data[-1] ^= 1
    result = check(groups={**GROUPS, number: bytes(data)})
    assert (result.verdict, result.state) == (Verdict.FAILED, CardState.PASSIVE_FAILED)
    assert result.says == f"DG{number} is not as it was signed"


def test_fails_for_a_group_that_nobody_signed() -> None:
    assert check(groups={**GROUPS, 13: b"added"}).state is CardState.PASSIVE_FAILED
    assert check(groups={}).state is CardState.PASSIVE_FAILED


def other_attributes(*attributes: bytes) -> bytes:
    return sod(signed_data(hash_list(GROUPS), attributes=attributes))


TYPE = attribute(3, ber.der_oid("2.23.136.1.1.1"))
SHORT_LIST = hash_list({1: DG1})


@pytest.mark.parametrize(
    "encoded",
    [
        sod(signed_data(hash_list(GROUPS), change=b"\x00\x01")),
        sod(signed_data(hash_list(GROUPS), carried_content=hash_list({1: DG1}))),  # other hashes than were signed
        sod(signed_data(hash_list(GROUPS), content_type=MASTER_LIST, by=list_signer())),
        sod(signed_data(hash_list(GROUPS), content_type="1.2.840.113549.1.7.1")),
        sod(signed_data(hash_list(GROUPS), carried=[])),
        sod(signed_data(hash_list(GROUPS), carried=[country()])),
        other_attributes(TYPE, attribute(4, ber.octets(b"\x00" * 32))),
        other_attributes(attribute(3, ber.der_oid("2.23.136.1.1.2")), attribute(4, ber.octets(b"\x00" * 32))),
        sod(signed_data(hash_list(GROUPS).replace(ber.oid(HASH_OIDS["sha256"]), ber.oid("2.16.840.1.101.3.4.2.9")))),
    ],
)
def test_fails_for_a_signature_that_does_not_hold(encoded: bytes) -> None:
    result = check(encoded)
    assert (result.verdict, result.state) == (Verdict.FAILED, CardState.PASSIVE_FAILED)
    assert result.says


def test_fails_where_the_signed_type_is_another_than_that_of_the_contents() -> None:
    content = hash_list(GROUPS)
    told = attribute(4, ber.octets(hashlib.sha256(content).digest()))
    right = sod(signed_data(content, attributes=[TYPE, told]))
    wrong = sod(signed_data(content, attributes=[attribute(3, ber.der_oid("2.23.136.1.1.2")), told]))
    assert held(check(right))
    assert check(wrong).state is CardState.PASSIVE_FAILED


def test_fails_for_a_signer_with_a_curve_of_its_own() -> None:
    by = certificate(Hand(forged(elliptic_pair(at=49))), country())
    result = check(sod(signed_data(hash_list(GROUPS), by)))
    assert (result.state, result.says) == (CardState.PASSIVE_FAILED, "parameters of no known curve")


def test_fails_for_a_document_of_another_country_than_its_signer() -> None:
    groups = {1: DG1.replace(b"I<NLD", b"I<BEL")}
    result = check(sod(signed_data(hash_list(groups))), groups)
    assert (result.state, result.says) == (
        CardState.PASSIVE_FAILED,
        "the signer is of another country than the document",
    )
    abroad = certificate(Hand(elliptic_pair(at=43)), country(), subject=name("Signer", "BE"))
    assert check(sod(signed_data(hash_list(GROUPS), abroad))).state is CardState.PASSIVE_FAILED


# --- Signed well, by somebody whom nobody here vouches for ---


def untrusted(result: PassiveResult) -> bool:
    return (result.verdict, result.state) == (Verdict.FAILED, CardState.UNTRUSTED_ISSUER)


def test_does_not_trust_a_signer_of_an_unknown_country_or_a_namesake() -> None:
    stranger = certificate(Hand(elliptic_pair(at=44)), subject=name("Stranger"))
    namesake = certificate(Hand(elliptic_pair(at=45)))
    for by in (stranger, namesake):
        data = sod(signed_data(hash_list(GROUPS), certificate(Hand(elliptic_pair(at=46)), by)))
        assert untrusted(check(data))
        carrying = sod(signed_data(hash_list(GROUPS), certificate(Hand(elliptic_pair(at=46)), by), carried=[by]))
        assert check(carrying).state is CardState.PASSIVE_FAILED


def test_does_not_trust_a_country_with_a_curve_of_its_own() -> None:
    """The trick of CVE-2020-0601: a certificate with the trusted one's name and key, over another base point."""
    fake = certificate(Hand(forged(elliptic_pair(at=1))), subject=name("Country"), serial=50)
    assert country().hand.pair == elliptic_pair(at=1)
    by = certificate(Hand(elliptic_pair(at=47)), fake)
    data = sod(signed_data(hash_list(GROUPS), by, carried=[by, fake]))
    assert untrusted(check(data))
    # Put among the trusted by mistake, it helps nobody either.
    assert untrusted(check(data, trust=TrustStore.of([fake.der])))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"extensions": {KEY_USAGE: (True, MAY_APPOINT)}}, "not for signing"),
        ({"extensions": AUTHORITY}, "not for signing"),
        ({"extensions": {PURPOSES: (False, ber.sequence(ber.der_oid("2.23.136.1.1.3")))}}, "another purpose"),
        ({"extensions": {PURPOSES: (False, ber.sequence(ber.der_oid("1.3.6.1.5.5.7.3.1")))}}, "another purpose"),
        ({"extensions": {"1.2.3.4": (True, b"x")}}, "do not know"),
        ({"begins": "2023-06-01"}, "not valid when it signed"),
        ({"ends": "2023-04-30"}, "not valid when it signed"),
        ({"ends": "2026-11-21"}, "ended before the document"),
        ({"begins": "2019-06-01"}, "appointed"),
    ],
)
def test_does_not_trust_a_signer_that_may_not_or_may_no_more(how: dict[str, Any], why: str) -> None:
    result = check(sod(signed_data(hash_list(GROUPS), appointed(**how))))
    assert untrusted(result)
    assert why in result.says


def test_does_not_trust_a_signature_of_the_future() -> None:
    assert untrusted(check(sod(signed_data(hash_list(GROUPS), signed_at="2026-11-25"))))
    assert held(check(sod(signed_data(hash_list(GROUPS), signed_at="2026-11-23"))))  # their clock, and ours
    assert held(check(sod(signed_data(hash_list(GROUPS), signed_at="2021-12-31"))))
    assert untrusted(check(sod(signed_data(hash_list(GROUPS), signed_at="2021-12-30"))))
    early = sod(signed_data(hash_list(GROUPS), appointed(begins="2026-12-24"), signed_at=None))
    assert untrusted(check(early))


def test_does_not_trust_an_ended_signer_of_a_document_that_goes_on() -> None:
    by = appointed(ends="2026-01-01")
    for signed_at in ("2023-05-01", None):
        data = sod(signed_data(hash_list(GROUPS), by, signed_at=signed_at))
        assert untrusted(check(data))
        assert held(check(data, now=NOW - timedelta(days=365)))


def test_does_not_trust_a_signer_that_was_called_back() -> None:
    def trusting(encoded: bytes) -> TrustStore:
        return replace(TRUST, revocation_lists=(read_revocation_list(encoded),))

    result = check(trust=trusting(revocation_list(country(), [signer().serial])))
    assert untrusted(result)
    assert "called" in result.says
    stale = check(trust=trusting(revocation_list(country(), [signer().serial], next_issue="2026-11-02")))
    assert untrusted(stale)
    assert held(check(trust=trusting(revocation_list(country(), [signer().serial + 1]))))
    old = check(trust=trusting(revocation_list(country(), [], next_issue="2026-11-02")))
    assert held(old)
    assert old.says == "the revocation list is out of date"
    assert check(trust=trusting(revocation_list(country(), [], next_issue=None))).says
    namesake = certificate(Hand(elliptic_pair(at=48)), subject=name("Stranger"))
    assert held(check(trust=trusting(revocation_list(namesake, [signer().serial]))))


def test_does_not_trust_a_link_that_was_called_back() -> None:
    link = certificate(
        Hand(elliptic_pair(at=41)), country(), subject=name("Country 2"), extensions=AUTHORITY, serial=50
    )
    by = certificate(Hand(elliptic_pair(at=42)), link)
    data = sod(signed_data(hash_list(GROUPS), by, carried=[by, link]))
    lists = (read_revocation_list(revocation_list(country(), [50])),)
    assert untrusted(check(data, trust=replace(TRUST, revocation_lists=lists)))


def test_does_not_trust_a_signer_below_a_link_that_did_not_appoint_it() -> None:
    """A country's link is public: anybody can lay it beside a signer of his own in the link's name."""
    new = Hand(elliptic_pair(at=41))
    link = certificate(new, country(), subject=name("Country 2"), extensions=AUTHORITY, serial=50)
    in_its_name = replace(link, hand=Hand(elliptic_pair(at=51)))
    in_another = replace(link, subject=name("Country 3"))
    critical = {**AUTHORITY, "1.2.3.4": (True, b"x")}
    with_a_demand = certificate(new, country(), subject=name("Country 2"), extensions=critical, serial=50)
    for by, carried in ((in_its_name, link), (in_another, link), (signer(), signer()), (with_a_demand, with_a_demand)):
        own = certificate(Hand(elliptic_pair(at=52)), by)
        assert untrusted(check(sod(signed_data(hash_list(GROUPS), own, carried=[own, carried]))))


# --- No security object at all ---


def in_content(change: Callable[[bytes], bytes]) -> bytes:
    return sod(signed_data(change(hash_list(GROUPS))))


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"\x77",
        b"\x77\x00",
        b"\x60" + sod(signed_data(SHORT_LIST))[1:],
        sod(signed_data(SHORT_LIST)) + b"\x00",
        sod(signed_data(SHORT_LIST)[:-1]),
        sod(ber.sequence(ber.der_oid("1.2.840.113549.1.7.1"), ber.tlv(0xA0, ber.octets(b"")))),
        sod(b"\x30\x80" * 20_000),
        sod(b"\x31\x84\xff\xff\xff\xff"),
        sod(ber.tlv(0x30, b"\x00" * 70_000)),
        sod(signed_data(SHORT_LIST, signers=2)),
        sod(signed_data(SHORT_LIST, signers=0)),
        sod(signed_data(SHORT_LIST, carried=[signer()] * 17)),
        sod(signed_data(SHORT_LIST, attributes=[])),
        sod(signed_data(SHORT_LIST, attributes=[TYPE])),
        sod(signed_data(SHORT_LIST, attributes=[TYPE, TYPE])),
        sod(signed_data(SHORT_LIST, attributes=[TYPE, attribute(4, ber.octets(b"1"), ber.octets(b"2"))])),
        sod(signed_data(SHORT_LIST, attributes=[TYPE, attribute(4)])),
        sod(signed_data(SHORT_LIST, attributes=[TYPE, attribute(4, ber.octets(b"1")), ber.sequence()])),
        sod(signed_data(b"")),
        sod(signed_data(ber.sequence())),
        sod(signed_data(hash_list(GROUPS, version=2))),
        sod(signed_data(hash_list(GROUPS, version=1, versions=b""))),
        sod(signed_data(hash_list(GROUPS, versions=ber.NULL))),
        sod(signed_data(hash_list({0: DG1}))),
        sod(signed_data(hash_list({17: DG1}))),
        in_content(lambda content: content + b"\x00"),
        in_content(lambda content: content.replace(ber.integer(15), ber.integer(14))),
    ],
)
def test_calls_it_a_violation_where_the_security_object_is_none(encoded: bytes) -> None:
    with pytest.raises(CardError) as caught:
        check(encoded)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_calls_lines_that_are_none_a_violation_although_they_were_signed() -> None:
    groups = {1: bytes(dg1(card_lines().lower()))}
    with pytest.raises(CardError) as caught:
        check(sod(signed_data(hash_list(groups))), groups)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


# --- What is gone afterwards ---


@pytest.mark.parametrize("lines", [card_lines(optional=TEST_BSN), passport_lines("DE<VRIES<<JAN", optional=TEST_BSN)])
@pytest.mark.parametrize("is_altered", [False, True])
def test_overwrites_the_optional_data_once_it_is_hashed(lines: str, is_altered: bool) -> None:
    data = dg1(lines)
    groups = {1: bytes(data)}
    encoded = sod(signed_data(hash_list(groups)))
    if is_altered:
        data[-1] ^= 2
    assert TEST_BSN.encode() in data
    assert held(check(encoded, {1: data})) is not is_altered
    assert TEST_BSN.encode() not in data


def test_overwrites_the_optional_data_when_the_security_object_is_none() -> None:
    data = dg1(card_lines(optional=TEST_BSN))
    with pytest.raises(CardError):
        check(b"", {1: data})
    assert TEST_BSN.encode() not in data


def test_leaves_the_other_groups_as_they_are() -> None:
    groups = {number: bytearray(data) for number, data in GROUPS.items()}
    assert held(check(groups=groups))
    assert bytes(groups[15]) == GROUPS[15]


# --- Any bytes at all ---

WHOLE = sod(signed_data(hash_list(GROUPS)))


@given(st.binary(max_size=100) | st.binary(max_size=60).map(sod))
def test_never_fails_in_another_way_than_by_a_card_error(data: bytes) -> None:
    try:
        assert check(data).verdict is Verdict.FAILED
    except CardError as error:
        assert error.state is CardState.PROTOCOL_VIOLATION  # noqa: PT017


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
@settings(max_examples=120)
def test_holds_for_no_security_object_with_a_byte_changed(at: int, change: int) -> None:
    data = bytearray(WHOLE)
    data[at] ^= change
    try:
        result = check(bytes(data))
    except CardError as error:
        assert error.state is CardState.PROTOCOL_VIOLATION  # noqa: PT017
    else:
        assert not held(result) or unsigned_place(at), at


def unsigned_place(at: int) -> bool:
    """Tell whether a byte stands where CMS signs nothing: before the contents, or in how the signer is named."""
    certificate_ends = WHOLE.find(signer().der) + len(signer().der)
    attributes_begin = WHOLE.find(ber.der_oid("1.2.840.113549.1.9.3")[:-1], certificate_ends)
    return at < WHOLE.find(hash_list(GROUPS)) or certificate_ends <= at < attributes_begin
