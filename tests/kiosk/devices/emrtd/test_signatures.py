# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures of every kind that countries use: right ones hold, and no changed one does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.emrtd import der
from kiosk.devices.emrtd.public_keys import EcKey, read_public_key
from kiosk.devices.emrtd.signatures import Algorithm, digest, verifies
from tests.kiosk.devices.emrtd.issuing import CURVES, HASH_OIDS, HASHES, EllipticPair, Hand, elliptic_pair, rsa_pair
from tests.kiosk.devices.emrtd.virtual import ber

MESSAGE = b"what a country says"


def algorithm_of(hand: Hand) -> Algorithm:
    return Algorithm.of(der.only_element(hand.algorithm, der.SEQUENCE))


def holds(hand: Hand, signature: bytes, message: bytes = MESSAGE) -> bool:
    beside = HASH_OIDS[hand.hash_name] if hand.way in {"rsa", "key"} else ""
    return verifies(read_public_key(hand.pair.info), algorithm_of(hand), signature, message, beside)


HANDS = [
    *(Hand(rsa_pair(), way, name) for way in ("pkcs1", "pss", "rsa") for name in HASHES),
    *(Hand(elliptic_pair(), way, name) for way in ("ecdsa", "plain", "key") for name in HASHES),
    *(Hand(elliptic_pair(curve), way, "sha256") for way in ("ecdsa", "plain") for curve in CURVES),
    *(Hand(elliptic_pair(curve), "ecdsa", "sha512") for curve in ("secp192r1", "Brainpool-p320r1", "secp521r1")),
    Hand(rsa_pair(1, 2048, 3), "pkcs1"),
    Hand(rsa_pair(), "pss", "sha256", salt=0),
]


@pytest.mark.parametrize(
    "hand", HANDS, ids=lambda hand: f"{hand.way}-{hand.hash_name}-{getattr(hand.pair, 'curve', 'rsa')}"
)
def test_holds_for_what_was_signed_and_for_nothing_else(hand: Hand) -> None:
    signature = hand.sign(MESSAGE)
    assert holds(hand, signature)
    assert not holds(hand, signature, MESSAGE + b" not")
    assert not holds(hand, signature[:-1] + bytes([signature[-1] ^ 1]))
    pair = hand.pair
    other = replace(hand, pair=elliptic_pair(pair.curve, 5) if isinstance(pair, EllipticPair) else rsa_pair(2))
    assert not holds(other, signature)


@pytest.mark.parametrize("curve", ["secp256r1", "Brainpool-p320r1"])
@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\x30\x00",
        ber.sequence(ber.integer(0), ber.integer(0)),
        ber.sequence(ber.integer(1), ber.integer(0)),
        ber.sequence(ber.integer(1), ber.tlv(2, b"\xff")),
        ber.sequence(ber.integer(1 << 600), ber.integer(1)),
        ber.sequence(ber.integer(1), ber.integer(1), ber.integer(1)),
        ber.sequence(ber.octets(b"1"), ber.integer(1)),
        b"\x00" * 64,
    ],
)
def test_takes_no_signature_that_is_not_two_numbers_within_the_curve(curve: str, signature: bytes) -> None:
    assert not holds(Hand(elliptic_pair(curve)), signature)


@pytest.mark.parametrize("curve", ["secp256r1", "Brainpool-p320r1"])
@pytest.mark.parametrize("point", [b"", b"\x00", b"\x04" + b"\x01" * 64, b"\x04" + b"\x00" * 80])
def test_refuses_a_key_that_is_no_point_of_its_curve(curve: str, point: bytes) -> None:
    hand = Hand(elliptic_pair(curve))
    with pytest.raises(der.DerError):
        verifies(EcKey(CURVES[curve], point), algorithm_of(hand), hand.sign(MESSAGE), MESSAGE)


def test_refuses_kinds_of_hash_and_signature_that_are_not_accepted() -> None:
    rsa, point = read_public_key(rsa_pair().info), read_public_key(elliptic_pair().info)
    weak = Algorithm("1.2.840.113549.1.1.4")  # MD5
    for key, algorithm in (
        (rsa, weak),
        (point, weak),
        (rsa, Algorithm("1.2.840.10045.4.3.2")),  # of the other kind of key
        (point, Algorithm("1.2.840.113549.1.1.11")),
        (point, Algorithm("1.3.101.112")),
    ):
        with pytest.raises(der.DerError):
            verifies(key, algorithm, b"x" * 64, MESSAGE)
    for oid in ("", HASH_OIDS["md5"], "1.2.3"):
        with pytest.raises(der.DerError):
            digest(oid, MESSAGE)


def test_does_not_take_the_hash_beside_it_for_that_of_the_signature() -> None:
    hand = Hand(elliptic_pair(), "ecdsa", "sha256")
    key, algorithm = read_public_key(hand.pair.info), algorithm_of(hand)
    assert verifies(key, algorithm, hand.sign(MESSAGE), MESSAGE, HASH_OIDS["sha1"])
    weak = replace(hand, hash_name="sha1").sign(MESSAGE)
    assert not verifies(key, algorithm, weak, MESSAGE, HASH_OIDS["sha1"])


HASHING = ber.tlv(0xA0, ber.sequence(ber.der_oid(HASH_OIDS["sha256"])))


@pytest.mark.parametrize(
    "parameters",
    [
        ber.NULL,
        ber.sequence(HASHING, HASHING),
        ber.sequence(ber.tlv(0xA2, ber.integer(32)), HASHING),
        ber.sequence(ber.tlv(0xA1, ber.sequence(ber.der_oid("1.2.3")))),
        ber.sequence(ber.tlv(0xA1, ber.sequence(ber.der_oid("1.2.840.113549.1.1.8")))),
        ber.sequence(
            ber.tlv(0xA1, ber.sequence(ber.der_oid("1.2.840.113549.1.1.8"), ber.sequence(ber.der_oid("1.2.3"))))
        ),
        ber.sequence(ber.tlv(0xA0, ber.sequence(ber.der_oid("1.2.3")))),
        ber.sequence(ber.tlv(0xA2, ber.integer(9999))),
        ber.sequence(ber.tlv(0xA2, ber.tlv(2, b"\xff"))),
        ber.sequence(ber.tlv(0xA3, ber.integer(2))),
        ber.sequence(ber.tlv(0xA4, ber.integer(1))),
    ],
)
def test_refuses_parameters_of_pss_that_are_not_as_they_must_be(parameters: bytes) -> None:
    node = der.only_element(parameters, parameters[0])
    with pytest.raises(der.DerError):
        verifies(read_public_key(rsa_pair().info), Algorithm("1.2.840.113549.1.1.10", node), b"x" * 160, MESSAGE)


def test_refuses_a_signature_whose_salt_is_of_another_length() -> None:
    hand = Hand(rsa_pair(), "pss", "sha256", salt=20)
    assert not holds(replace(hand, salt=32), hand.sign(MESSAGE))


@given(st.binary(max_size=200))
@settings(max_examples=25)
def test_takes_no_chance_bytes_for_a_signature(signature: bytes) -> None:
    for hand in (HANDS[2], HANDS[7], HANDS[15], Hand(elliptic_pair("Brainpool-p320r1"))):
        assert not holds(hand, signature)
