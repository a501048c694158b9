# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Integrated mapping, by Doc 9303's own example H.1, in every group it is for; generic mapping is tested by `pace`."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd.apdu import PlainChannel
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.curves import STANDARD_CURVES, CurveGroup, KeyAgreement, curve_named, standard_group
from kiosk.devices.emrtd.data_groups import PaceInfo
from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair, Purpose, derive, password_of
from kiosk.devices.emrtd.modp_groups import STANDARD_GROUPS
from kiosk.devices.emrtd.pace import PACE, open_with_pace
from kiosk.devices.emrtd.pace_mapping import MAPPINGS, Mapping, map_integrated, point_of, power_of, pseudo_random
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.tlv import encode
from tests.kiosk.devices.emrtd.vectors import ScriptedCard, drawn, octets, worked_example
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite

CURVES = [name for number, name in STANDARD_CURVES.items() if number != 10]


@pytest.fixture
def example(shared_dir: Path) -> dict[str, Any]:
    return worked_example(shared_dir, "pace_ecdh_im_H1")


@pytest.fixture
def curve() -> CurveGroup:
    return curve_named("BRAINPOOLP256r1")


def test_opens_the_nonce_of_the_example(example: dict[str, Any]) -> None:
    key, sealed, nonce = octets(example, "K_pi", "nonce_z", "nonce_s")
    assert Cipher.AES128.decrypt(key, sealed) == nonce


def test_makes_the_generator_of_the_example(example: dict[str, Any], curve: CurveGroup) -> None:
    nonce, ours, random, number = octets(example, "nonce_s", "nonce_t", "R", "Rp")
    assert pseudo_random(Cipher.AES128, nonce, ours, 256) == random
    assert int.from_bytes(random, "big") % curve.prime == int.from_bytes(number, "big")
    asked: list[bytes] = []

    def ask(data: bytes) -> bytes:
        asked.append(data)
        return b""

    point = map_integrated(curve, Cipher.AES128, nonce, ask, lambda _length: ours)
    assert point == b"\x04" + b"".join(octets(example, "G_mapped_x", "G_mapped_y"))
    assert asked == [ours]


def test_agrees_on_the_session_of_the_example(example: dict[str, Any], curve: CurveGroup) -> None:
    x, y, private, public, theirs, secret = octets(
        example, "G_mapped_x", "G_mapped_y", "eph_sk_ifd", "eph_pk_ifd", "eph_pk_ic", "shared_secret"
    )
    ours = KeyAgreement.draw(curve, b"\x04" + x + y, lambda _length: private)
    assert ours.public == b"\x04" + public
    assert curve.secret(ours.agree(b"\x04" + theirs)) == secret


@pytest.mark.parametrize("answer", [encode(0x82, b""), b""])
def test_opens_a_card_by_integrated_mapping(answer: bytes, curve: CurveGroup) -> None:
    lines, nonce, ours = MrzKey("T22000129", "640812", "101031"), bytes(range(16)), bytes(range(16, 32))
    oid = bytes.fromhex("04007F00070202040402")
    sealed = Suite.AES128.encipher(derive(password_of(lines), Purpose.PASSWORD, Cipher.AES128), nonce)
    number = int.from_bytes(pseudo_random(Cipher.AES128, nonce, ours, 256), "big") % curve.prime
    generator = point_of(curve, number)
    public, theirs = curve.power(generator, 77), curve.power(generator, 1234)
    keys = KeyPair.of(curve.secret(curve.power(public, 1234)), Cipher.AES128)
    token_ic, token_ifd = (
        Suite.AES128.mac(keys.mac, encode(0x7F49, encode(0x06, oid) + encode(0x86, key))) for key in (public, theirs)
    )

    def step(cla: int, data: bytes, answer: bytes) -> tuple[bytes, bytes]:
        whole = encode(0x7C, data)
        return bytes([cla, 0x86, 0, 0, len(whole)]) + whole + b"\0", encode(0x7C, answer) + b"\x90\x00"

    card = ScriptedCard(
        (None, "9000"),
        step(0x10, b"", encode(0x80, sealed)),
        step(0x10, encode(0x81, ours), answer),
        step(0x10, encode(0x83, public), encode(0x84, theirs)),
        step(0x00, encode(0x85, token_ifd), encode(0x86, token_ic)),
    )
    channel = open_with_pace(
        PlainChannel(card), [PaceInfo(PACE + "4.2", 2, 13)], lines, random=drawn(ours, (77).to_bytes(32, "big"))
    )
    assert card.is_done
    assert channel.keys == keys


@given(st.sampled_from(CURVES), st.integers(0, 1 << 600))
def test_every_number_but_a_few_is_a_point(name: str, number: int) -> None:
    group = curve_named(name)
    number %= group.prime
    if number in {0, 1, group.prime - 1}:
        with pytest.raises(CardError):
            point_of(group, number)
    else:
        group.check(point_of(group, number))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_number_but_a_few_is_an_element_of_the_subgroup(number: int) -> None:
    group = STANDARD_GROUPS[number]
    group.check(power_of(group, 3))
    for nothing in (0, 1, group.prime - 1):
        with pytest.raises(CardError):
            group.check(power_of(group, nothing))


@pytest.mark.parametrize("cipher", list(Cipher))
@pytest.mark.parametrize("number", [12, 13, 14, 18, 0, 2])
def test_suits_every_cipher_and_kind_of_group(cipher: Cipher, number: int) -> None:
    group = standard_group(number)
    assert group is not None
    assert MAPPINGS[Mapping.INTEGRATED].suits(group)
    nonce = os.urandom(16 if cipher.key_length == 16 else 32)
    asked: list[bytes] = []

    def ask(data: bytes) -> bytes:
        asked.append(data)
        return b""

    element = map_integrated(group, cipher, nonce, ask, os.urandom)
    group.check(element)
    assert len(asked[0]) == cipher.key_length


@pytest.mark.parametrize("length", [0, 8, 15, 17, 32])
def test_refuses_a_nonce_of_another_length(length: int, curve: CurveGroup) -> None:
    with pytest.raises(CardError) as caught:
        map_integrated(curve, Cipher.AES128, bytes(length), lambda _data: b"", os.urandom)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_refuses_an_answer_where_none_is_due(curve: CurveGroup) -> None:
    with pytest.raises(CardError) as caught:
        map_integrated(curve, Cipher.AES128, bytes(16), lambda _data: b"\x01", os.urandom)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_takes_no_curve_whose_roots_are_hard() -> None:
    hard = standard_group(10)
    assert hard is not None
    assert not MAPPINGS[Mapping.INTEGRATED].suits(hard)
