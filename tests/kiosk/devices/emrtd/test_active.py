# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Active Authentication: chips that have their key prove it, copies do not."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.emrtd import active
from kiosk.devices.emrtd.active import check_active, message_holds
from kiosk.devices.emrtd.data_groups import ActiveAuthenticationInfo, SecurityInfos
from tests.kiosk.devices.emrtd.issuing import (
    ECDSA_OIDS,
    PLAIN_OIDS,
    Hand,
    RsaPair,
    elliptic_pair,
    forged,
    rsa_pair,
)
from tests.kiosk.devices.emrtd.vectors import octets, worked_example

CHALLENGE = bytes.fromhex("F173589974BF40C6")
TRAILERS = {"sha1": "33cc", "sha224": "38cc", "sha256": "34cc", "sha384": "36cc", "sha512": "35cc"}


def recoverable(
    pair: RsaPair,
    hash_name: str = "sha1",
    trailer: str | None = None,
    *,
    head: str = "6a",
    challenge: bytes = CHALLENGE,
    padding: int = 0,
) -> bytes:
    """Write what is signed after ISO 9796-2."""
    size, end = pair.key.size_in_bytes(), bytes.fromhex(TRAILERS[hash_name] if trailer is None else trailer)
    digest_size = hashlib.new(hash_name).digest_size
    begin = bytes.fromhex(head) + (b"\xbb" * (padding - 1) + b"\xba" if padding else b"")
    inside = secrets.token_bytes(size - len(begin) - digest_size - len(end))
    return begin + inside + hashlib.new(hash_name, inside + challenge).digest() + end


def sign(pair: RsaPair, message: bytes, *, smaller: bool = False) -> bytes:
    number = pow(int.from_bytes(message, "big"), pair.key.d, pair.key.n)
    number = min(number, pair.key.n - number) if smaller else number
    return number.to_bytes(pair.key.size_in_bytes(), "big")


# --- RSA ---


def test_takes_icaos_message_with_its_challenge_alone(shared_dir: Path) -> None:
    message, challenge = octets(worked_example(shared_dir, "aa_rsa_F"), "F", "RND.IFD")
    assert message_holds(message, challenge)
    assert not message_holds(message, challenge[:-1] + b"\x00")
    for at in (0, 1, 60, len(message) - 22, len(message) - 2, len(message) - 1):
        other = bytearray(message)
        other[at] ^= 1
        assert not message_holds(bytes(other), challenge), at


@pytest.mark.parametrize("hash_name", TRAILERS)
@pytest.mark.parametrize("bits", [1280, 2048])
def test_takes_a_signature_with_each_hash(hash_name: str, bits: int) -> None:
    pair = rsa_pair(1, bits)
    signature = sign(pair, recoverable(pair, hash_name))
    assert check_active(pair.info, None, CHALLENGE, signature)
    assert not check_active(pair.info, None, bytes(8), signature)
    assert not check_active(rsa_pair(2, bits).info, None, CHALLENGE, signature)


def test_takes_the_short_trailer_of_sha1_padding_and_the_smaller_root() -> None:
    pair = rsa_pair(1)
    assert check_active(pair.info, None, CHALLENGE, sign(pair, recoverable(pair, trailer="bc")))
    assert check_active(pair.info, None, CHALLENGE, sign(pair, recoverable(pair, head="6b", padding=4)))
    for _ in range(4):
        assert check_active(pair.info, None, CHALLENGE, sign(pair, recoverable(pair, "sha256"), smaller=True))


def test_takes_a_key_with_a_small_exponent() -> None:
    pair = rsa_pair(3, 1280, 3)
    assert check_active(pair.info, None, CHALLENGE, sign(pair, recoverable(pair)))


@pytest.mark.parametrize(
    ("head", "trailer", "padding"),
    [
        ("4a", None, 0),  # says that all of the message is inside: then the challenge is not in it
        ("2a", None, 0),
        ("6c", None, 0),
        ("6b", None, 0),  # padding that does not end
        ("6a", "31cc", 0),
        ("6a", "34bb", 0),
        ("6a", "34cc", 0),  # names another hash than was made
        ("6a", "bd", 0),
    ],
)
def test_takes_no_message_of_another_form(head: str, trailer: str | None, padding: int) -> None:
    pair = rsa_pair(1)
    message = recoverable(pair, "sha1", trailer, head=head, padding=padding)
    if head == "6b":
        message = b"\x6b\xbb" + message[2:]
    assert not check_active(pair.info, None, CHALLENGE, sign(pair, message))


def test_takes_no_signature_of_another_length_or_beyond_the_modulus() -> None:
    pair = rsa_pair(1)
    signature = sign(pair, recoverable(pair))
    beyond = (int.from_bytes(signature, "big") + pair.key.n).to_bytes(len(signature) + 1, "big")
    for other in (b"", signature[:-1], b"\x00" + signature, signature + b"\x00", beyond, b"\xff" * len(signature)):
        assert not check_active(pair.info, None, CHALLENGE, other)
    for number in (0, 1):
        assert not check_active(pair.info, None, CHALLENGE, number.to_bytes(len(signature), "big"))


def test_takes_no_message_whose_inside_is_too_short_to_be_the_chips_own() -> None:
    head = b"\x6b" + b"\xbb" * 134 + b"\xba"
    inside = b"1234"
    message = head + inside + hashlib.sha1(inside + CHALLENGE, usedforsecurity=False).digest() + b"\xbc"
    assert not message_holds(message, CHALLENGE)
    assert not message_holds(b"", CHALLENGE)
    assert not message_holds(b"\x6a\xbc", CHALLENGE)
    assert not message_holds(b"\x6b" + b"\xbb" * 100, CHALLENGE)


# --- Curves ---


def told(oid: str) -> SecurityInfos:
    return SecurityInfos(active=(ActiveAuthenticationInfo("2.23.136.1.1.5", 1, oid),))


@pytest.mark.parametrize("way", ["plain", "ecdsa"])
@pytest.mark.parametrize("hash_name", ["sha1", "sha224", "sha256", "sha384", "sha512"])
def test_takes_a_signature_with_the_hash_that_dg14_names(way: str, hash_name: str) -> None:
    pair = elliptic_pair("Brainpool-p256r1", 1, explicit=True)
    signature = Hand(pair, way, hash_name).sign(CHALLENGE)
    named = told((PLAIN_OIDS if way == "plain" else ECDSA_OIDS)[hash_name])
    assert check_active(pair.info, named, CHALLENGE, signature)
    assert not check_active(pair.info, named, bytes(8), signature)
    assert not check_active(elliptic_pair("Brainpool-p256r1", 2).info, named, CHALLENGE, signature)
    other = told(PLAIN_OIDS["sha256" if hash_name != "sha256" else "sha1"])
    assert not check_active(pair.info, other, CHALLENGE, signature)


@pytest.mark.parametrize(
    ("curve", "hash_name"),
    [("secp192r1", "sha1"), ("secp224r1", "sha224"), ("secp256r1", "sha256"), ("Brainpool-p320r1", "sha256"),
     ("Brainpool-p384r1", "sha384"), ("Brainpool-p512r1", "sha512"), ("secp521r1", "sha512")],
)  # fmt: skip
def test_takes_the_hash_as_long_as_the_curve_where_none_is_named(curve: str, hash_name: str) -> None:
    pair = elliptic_pair(curve, 1)
    for infos in (None, SecurityInfos()):
        assert check_active(pair.info, infos, CHALLENGE, Hand(pair, "plain", hash_name).sign(CHALLENGE))


def test_takes_der_that_is_as_long_as_a_plain_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chips exist that write r and s in DER; once in a while that is as long as the two beside each other."""
    pair = elliptic_pair("secp256r1", 1)
    signature = Hand(pair).sign(CHALLENGE)
    monkeypatch.setattr(active, "plain_pair", lambda key, signature: (1, 1))
    assert check_active(pair.info, None, CHALLENGE, signature)


@pytest.mark.parametrize("signature", [b"", b"\x00" * 64, b"\x30\x00", b"\xff" * 64, b"\x01" * 63])
def test_takes_no_signature_that_is_none(signature: bytes) -> None:
    assert not check_active(elliptic_pair().info, told(PLAIN_OIDS["sha256"]), CHALLENGE, signature)


def test_takes_no_hash_or_key_that_is_not_accepted() -> None:
    pair = elliptic_pair()
    signature = Hand(pair, "plain").sign(CHALLENGE)
    assert not check_active(pair.info, told("0.4.0.127.0.7.1.1.4.1.6"), CHALLENGE, signature)  # RIPEMD-160
    forgery = forged(pair)
    own = Hand(forgery, "plain").sign(CHALLENGE)
    for info in (forgery.info, pair.info):
        assert not check_active(info, told(PLAIN_OIDS["sha256"]), CHALLENGE, own)


@given(st.binary(max_size=200), st.binary(max_size=200))
@settings(max_examples=60)
def test_takes_no_chance_bytes(key: bytes, signature: bytes) -> None:
    for info in (key, rsa_pair(1).info, elliptic_pair().info):
        assert not check_active(info, None, CHALLENGE, signature)
