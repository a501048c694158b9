# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Basic Access Control, by Doc 9303's own example D.1 to D.4, and against cards that do not play by the rules."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.devices.emrtd.apdu import Command, Ins, PlainChannel
from kiosk.devices.emrtd.bac import open_with_lines
from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.vectors import ScriptedCard, drawn, octets, worked_example
from tests.kiosk.devices.emrtd.virtual.ciphers import Suite

KEY = MrzKey("L898902C", "690806", "940623")


@pytest.fixture
def example(shared_dir: Path) -> dict[str, Any]:
    return worked_example(shared_dir, "bac_D")


def opened(example: dict[str, Any], *more: tuple[str, str], answer: str = "") -> tuple[SecureChannel, ScriptedCard]:
    card = ScriptedCard(
        (example["get_challenge_apdu"], example["RND.IC"] + "9000"),
        (example["external_authenticate_apdu"], answer or example["resp_data"] + "9000"),
        *more,
    )
    random = drawn(example["RND.IFD"], example["KIFD"])
    return open_with_lines(PlainChannel(card), KEY, random=random), card


def test_agrees_on_the_session_of_the_example(example: dict[str, Any]) -> None:
    channel, card = opened(example)
    assert card.is_done
    assert (channel.keys.enc, channel.keys.mac) == octets(example, "KSenc", "KSmac")
    assert channel.counter == int(example["SSC"], 16)


def test_reads_ef_com_as_in_the_example(example: dict[str, Any]) -> None:
    channel, card = opened(example, *((step["protected"], step["response"]) for step in example["sm"]))
    assert channel.send(Command(Ins.SELECT, 2, 0x0C, bytes.fromhex("011E"))).is_ok
    data = b""
    for offset, length in ((0, 4), (4, 18)):
        answer = channel.send(Command(Ins.READ_BINARY, 0, offset, answer_length=length))
        assert answer.is_ok
        assert answer.is_protected
        data += answer.data
    assert data.hex().upper() == example["EF.COM"]
    assert card.is_done


@pytest.mark.parametrize(
    ("answer", "state", "tries_left"),
    [
        ("6300", CardState.WRONG_KEY, None),
        ("6982", CardState.WRONG_KEY, None),
        ("6A80", CardState.WRONG_KEY, None),
        ("63C3", CardState.WRONG_KEY, 3),
        ("63C1", CardState.WRONG_KEY, 1),
        ("63C0", CardState.BLOCKED, 0),
        ("6983", CardState.BLOCKED, 0),
        ("6984", CardState.BLOCKED, 0),
        ("6F00", CardState.PROTOCOL_VIOLATION, None),
        ("9000", CardState.PROTOCOL_VIOLATION, None),
        ("00" * 40 + "9000", CardState.PROTOCOL_VIOLATION, None),
    ],
)
def test_ends_as_the_answer_says(
    example: dict[str, Any], answer: str, state: CardState, tries_left: int | None
) -> None:
    with pytest.raises(CardError) as caught:
        opened(example, answer=answer)
    assert (caught.value.state, caught.value.tries_left) == (state, tries_left)


def test_refuses_its_own_message_sent_back(example: dict[str, Any]) -> None:
    with pytest.raises(CardError) as caught:
        opened(example, answer=example["cmd_data"] + "9000")
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize("which", ["RND.IC", "RND.IFD"])
def test_refuses_an_answer_to_another_challenge(example: dict[str, Any], which: str) -> None:
    said = {**example, which: "0102030405060708"}
    theirs, ours, keying, enc, mac = octets(said, "RND.IC", "RND.IFD", "KIC", "Kenc", "Kmac")
    sealed = Suite.DES3.encipher(enc, theirs + ours + keying)
    answer = sealed + Suite.DES3.mac(mac, Suite.DES3.padded(sealed))
    with pytest.raises(CardError) as caught:
        opened(example, answer=answer.hex() + "9000")
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_refuses_a_right_answer_with_a_wrong_checksum(example: dict[str, Any]) -> None:
    right = bytes.fromhex(example["resp_data"])
    wrong = right[:-1] + bytes([right[-1] ^ 1])
    with pytest.raises(CardError) as caught:
        opened(example, answer=wrong.hex() + "9000")
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_refuses_its_own_keying_sent_back(example: dict[str, Any]) -> None:
    theirs, ours, keying, enc, mac = octets(example, "RND.IC", "RND.IFD", "KIFD", "Kenc", "Kmac")
    sealed = Suite.DES3.encipher(enc, theirs + ours + keying)
    answer = sealed + Suite.DES3.mac(mac, Suite.DES3.padded(sealed))
    with pytest.raises(CardError) as caught:
        opened(example, answer=answer.hex() + "9000")
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("6D00", CardState.UNSUPPORTED_CARD),
        ("6983", CardState.BLOCKED),
        ("9000", CardState.PROTOCOL_VIOLATION),
        ("00" * 9 + "9000", CardState.PROTOCOL_VIOLATION),
    ],
)
def test_ends_where_there_is_no_challenge(answer: str, state: CardState) -> None:
    with pytest.raises(CardError) as caught:
        open_with_lines(PlainChannel(ScriptedCard((None, answer))), KEY)
    assert caught.value.state is state
