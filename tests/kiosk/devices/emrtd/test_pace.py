# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""PACE, by Doc 9303's own examples G.1 and G.2, and against cards that do not play by the rules."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.emrtd.apdu import PlainChannel
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.document import AccessKey, Can, MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.object_ids import object_id
from kiosk.devices.emrtd.pace import PACE, choose, open_with_pace
from kiosk.devices.emrtd.pace_mapping import Mapping
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.tlv import encode
from tests.kiosk.devices.emrtd.vectors import ScriptedCard, drawn, octets, worked_example

LINES = MrzKey("T22000129", "640812", "101031")
LATER_LINES = MrzKey("C11T002JM", "960812", "231031")


@dataclass(frozen=True, slots=True)
class Offer:
    oid: str
    parameter_id: int | None
    version: int = 2


G1 = Offer(PACE + "2.2", 13)
G2 = Offer(PACE + "1.2", 0)
I1 = Offer(PACE + "6.2", 13)
CASES = {
    "pace_ecdh_gm_G1": (G1, b"\x04", LINES),
    "pace_dh_gm_G2": (G2, b"", LINES),
    "pace_ecdh_cam_I1": (I1, b"\x04", LATER_LINES),
}

Step = tuple[str | bytes | None, str | bytes]


def steps(example: dict[str, Any], offer: Offer, prefix: bytes) -> list[Step]:
    """Write the talk of an example: announcement, nonce, mapping, key agreement, tokens."""
    nonce, map_ifd, map_ic, eph_ifd, eph_ic, token_ifd, token_ic = octets(
        example, "nonce_z", "map_pk_ifd", "map_pk_ic", "eph_pk_ifd", "eph_pk_ic", "T_IFD", "T_IC"
    )
    eph_ifd = eph_ifd[-len(map_ifd) :]  # G.2 prints one as an integer, with a zero before it
    last = encode(0x86, token_ic)
    if "enc_ca_data" in example:
        last += encode(0x8A, bytes.fromhex(example["enc_ca_data"]))
    return [
        (announcement(offer, 1), "9000"),
        (general_authenticate(b""), answered(encode(0x80, nonce))),
        (general_authenticate(encode(0x81, prefix + map_ifd)), answered(encode(0x82, prefix + map_ic))),
        (general_authenticate(encode(0x83, prefix + eph_ifd)), answered(encode(0x84, prefix + eph_ic))),
        (general_authenticate(encode(0x85, token_ifd), cla=0), answered(last)),
    ]


def announcement(offer: Offer, password: int, parameters: int | None = None) -> bytes:
    data = encode(0x80, object_id(offer.oid)) + encode(0x83, bytes([password]))
    if parameters is not None:
        data += encode(0x84, bytes([parameters]))
    return bytes.fromhex("0022C1A4") + bytes([len(data)]) + data


def general_authenticate(data: bytes, cla: int = 0x10) -> bytes:
    whole = encode(0x7C, data)
    return bytes([cla, 0x86, 0, 0, len(whole)]) + whole + b"\0"


def answered(data: bytes) -> bytes:
    return encode(0x7C, data) + b"\x90\x00"


@pytest.fixture
def example(shared_dir: Path) -> dict[str, Any]:
    return worked_example(shared_dir, "pace_ecdh_gm_G1")


def opened(
    example: dict[str, Any], script: list[Step], *offers: Offer, key: AccessKey = LINES
) -> tuple[SecureChannel, ScriptedCard]:
    card = ScriptedCard(*script)
    random = drawn(example["map_sk_ifd"], example["eph_sk_ifd"])
    return open_with_pace(PlainChannel(card), offers or (G1,), key, random=random), card


@pytest.mark.parametrize("name", CASES)
def test_agrees_on_the_session_of_the_example(shared_dir: Path, name: str) -> None:
    example = worked_example(shared_dir, name)
    offer, prefix, key = CASES[name]
    channel, card = opened(example, steps(example, offer, prefix), offer, key=key)
    assert card.is_done
    assert channel.cipher is Cipher.AES128
    assert channel.counter == 0
    assert (channel.keys.enc, channel.keys.mac) == octets(example, "KSenc", "KSmac")


def test_sends_the_very_commands_that_the_example_prints(example: dict[str, Any]) -> None:
    _, card = opened(example, steps(example, G1, b"\x04"))
    printed = [bytes.fromhex(command) for command in example["apdus"] if not command.startswith("...")]
    assert [card.sent[0], card.sent[1], card.sent[-1]] == printed


def test_names_the_parameters_where_a_card_offers_several(example: dict[str, Any]) -> None:
    script = steps(example, G1, b"\x04")
    script[0] = (announcement(G1, 1, parameters=13), "9000")
    opened(example, script, G1, Offer(PACE + "2.1", 12))


def test_says_wrong_key_where_a_card_knows_no_access_number() -> None:
    with pytest.raises(CardError) as caught:
        open_with_pace(PlainChannel(ScriptedCard((None, "6A88"))), (G1,), Can("123456"))
    assert caught.value.state is CardState.WRONG_KEY


def test_announces_a_card_access_number_as_such() -> None:
    card = ScriptedCard((announcement(G1, 2), "6F00"))
    with pytest.raises(CardError):
        open_with_pace(PlainChannel(card), (G1,), Can("123456"))
    assert card.is_done


@pytest.mark.parametrize(
    ("at", "answer", "state", "tries_left"),
    [
        (0, "63C0", CardState.BLOCKED, 0),
        (0, "6983", CardState.BLOCKED, 0),
        (0, "6984", CardState.BLOCKED, 0),
        (0, "6A88", CardState.UNSUPPORTED_CARD, None),
        (0, "6A80", CardState.UNSUPPORTED_CARD, None),
        (1, "6983", CardState.BLOCKED, 0),
        (1, "6985", CardState.PROTOCOL_VIOLATION, None),
        (1, "9000", CardState.PROTOCOL_VIOLATION, None),
        (1, "7C009000", CardState.PROTOCOL_VIOLATION, None),
        (1, "7C0280009000", CardState.PROTOCOL_VIOLATION, None),
        (1, "7C0380010A9000", CardState.PROTOCOL_VIOLATION, None),
        (2, "6A80", CardState.PROTOCOL_VIOLATION, None),
        (2, "7C028200" + "9000", CardState.PROTOCOL_VIOLATION, None),
        (3, "6300", CardState.WRONG_KEY, None),
        (4, "6300", CardState.WRONG_KEY, None),
        (4, "63C4", CardState.WRONG_KEY, 4),
        (4, "63C1", CardState.WRONG_KEY, 1),
        (4, "63C0", CardState.BLOCKED, 0),
        (4, "6983", CardState.BLOCKED, 0),
        (4, "6982", CardState.WRONG_KEY, None),
        (4, "6F00", CardState.PROTOCOL_VIOLATION, None),
        (4, "7C0A860800000000000000009000", CardState.PROTOCOL_VIOLATION, None),
        (4, "7C0286009000", CardState.PROTOCOL_VIOLATION, None),
    ],
)
def test_ends_as_the_answer_says(
    example: dict[str, Any], at: int, answer: str, state: CardState, tries_left: int | None
) -> None:
    script = steps(example, G1, b"\x04")
    script[at] = (script[at][0], answer)
    with pytest.raises(CardError) as caught:
        opened(example, script)
    assert (caught.value.state, caught.value.tries_left) == (state, tries_left)


def test_counts_the_tries_that_the_card_told_beforehand(example: dict[str, Any]) -> None:
    script = steps(example, G1, b"\x04")
    script[0] = (script[0][0], "63C2")
    script[4] = (script[4][0], "6300")
    with pytest.raises(CardError) as caught:
        opened(example, script)
    assert (caught.value.state, caught.value.tries_left) == (CardState.WRONG_KEY, 1)


def test_refuses_a_token_of_our_own(example: dict[str, Any]) -> None:
    script = steps(example, G1, b"\x04")
    script[4] = (script[4][0], answered(encode(0x86, bytes.fromhex(example["T_IFD"]))))
    with pytest.raises(CardError) as caught:
        opened(example, script)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def _beside_the_curve(key: bytes) -> bytes:
    return key[:-1] + bytes([key[-1] ^ 1])


@pytest.mark.parametrize("at", [2, 3])
@pytest.mark.parametrize(
    ("case", "change"),
    [
        ("reflected", None),
        ("beside the curve", _beside_the_curve),
        ("infinity", lambda key: b"\0"),
        ("zeros", lambda key: b"\x04" + bytes(64)),
        ("compressed", lambda key: b"\x02" + key[1:33]),
        ("hybrid", lambda key: b"\x06" + key[1:]),
        ("too long", lambda key: key + b"\0"),
        ("beyond the prime", lambda key: b"\x04" + b"\xff" * 64),
        ("empty", lambda key: b""),
    ],
)
def test_refuses_a_key_that_is_none(example: dict[str, Any], at: int, case: str, change: Any) -> None:
    ifd, ic = octets(example, *(("map_pk_ifd", "map_pk_ic") if at == 2 else ("eph_pk_ifd", "eph_pk_ic")))
    key = b"\x04" + ifd if change is None else change(b"\x04" + ic)
    script = steps(example, G1, b"\x04")
    script[at] = (script[at][0], answered(encode(0x80 + 2 * (at - 1), key)))
    with pytest.raises(CardError) as caught:
        opened(example, script)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
    assert "key" in str(caught.value)


@pytest.mark.parametrize("number", [0, 1, -1, 2])
def test_refuses_numbers_outside_the_subgroup(shared_dir: Path, number: int) -> None:
    example = worked_example(shared_dir, "pace_dh_gm_G2")
    prime = int(example["p"], 16)
    script = steps(example, G2, b"")
    key = (number % prime).to_bytes(128, "big")
    script[2] = (script[2][0], answered(encode(0x82, key)))
    with pytest.raises(CardError) as caught:
        opened(example, script, G2)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_takes_the_doubled_object_for_a_fault(example: dict[str, Any]) -> None:
    script = steps(example, G1, b"\x04")
    nonce = encode(0x80, bytes.fromhex(example["nonce_z"]))
    script[1] = (script[1][0], answered(nonce + nonce))
    with pytest.raises(CardError) as caught:
        opened(example, script)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_chooses_the_strongest_offer_and_generic_mapping_first() -> None:
    weak, strong = Offer(PACE + "2.1", 12), Offer(PACE + "2.4", 14)
    proof, numbers = Offer(PACE + "6.4", 17), Offer(PACE + "1.4", 2)
    suite = choose([weak, proof, strong, numbers])
    assert (suite.oid, suite.parameter_id, suite.cipher) == (strong.oid, 14, Cipher.AES256)
    integrated = Offer(PACE + "4.4", 14)
    assert choose([proof]).mapping is Mapping.CHIP_AUTHENTICATION
    assert choose([proof, integrated]).mapping is Mapping.INTEGRATED
    assert choose([integrated, weak]).mapping is Mapping.GENERIC


@pytest.mark.parametrize(
    "offer",
    [
        Offer(PACE + "2.2", None),
        Offer(PACE + "2.2", 32),
        Offer(PACE + "2.2", 0),  # a group of numbers
        Offer(PACE + "1.2", 13),  # a curve
        Offer(PACE + "2.2", 13, version=1),
        Offer(PACE + "2.9", 13),
        Offer(PACE + "7.2", 13),
        Offer(PACE + "4.2", 10),  # integrated mapping on NIST P-224
        Offer(PACE + "3.2", 13),
        Offer("0.4.0.127.0.7.2.2.3.2.4", 13),
    ],
)
def test_says_unsupported_for_an_offer_that_is_not_known(offer: Offer) -> None:
    with pytest.raises(CardError) as caught:
        choose([offer])
    assert caught.value.state is CardState.UNSUPPORTED_CARD


@pytest.mark.parametrize("parameters", [1, 2])
def test_asks_for_a_reader_with_long_commands_where_numbers_are_long(parameters: int) -> None:
    offer = Offer(PACE + "1.2", parameters)
    nonce = answered(encode(0x80, bytes(16)))
    card = ScriptedCard((None, "9000"), (None, nonce), limits=Limits())
    with pytest.raises(CardError) as caught:
        open_with_pace(PlainChannel(card), [offer], LINES)
    assert caught.value.state is CardState.UNSUPPORTED_CARD


def test_tells_how_far_it_is(example: dict[str, Any]) -> None:
    shares: list[float] = []
    card = ScriptedCard(*steps(example, G1, b"\x04"))
    random = drawn(example["map_sk_ifd"], example["eph_sk_ifd"])
    open_with_pace(PlainChannel(card), (G1,), LINES, random=random, advanced=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
