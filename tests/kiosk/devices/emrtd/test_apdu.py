# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands are written as ISO 7816-4 lays them down, and answers in pieces are gathered, with an end."""

import pytest

from kiosk.devices.emrtd.apdu import Command, PlainChannel, Response
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.vectors import ScriptedCard

LONG = Limits(longest_command=65544, longest_answer=65536)


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (Command(0x84, 0, 0, answer_length=8), "0084000008"),
        (Command(0xB0, 0, 0, answer_length=256), "00B0000000"),
        (Command(0xA4, 2, 0x0C, b"\x01\x1e"), "00A4020C02011E"),
        (Command(0x88, 0, 0, bytes(2), answer_length=256), "008800000200000" + "0"),
        (Command(0x86, 0, 0, b"\x7c\0", answer_length=256, cla=0x10), "10860000027C0000"),
        (Command(0x0E, 0, 0), "000E0000"),
        (Command(0xB0, 0, 4, answer_length=1024), "00B00004000400"),
        (Command(0xB0, 0, 4, answer_length=65536), "00B00004000000"),
        (Command(0x22, 1, 2, bytes(256)), "002201020001" + "00" + "00" * 256),
        (Command(0x86, 0, 0, b"\x01\x02", answer_length=65536), "008600000000020102" + "0000"),
    ],
)
def test_writes_a_command(command: Command, written: str) -> None:
    assert command.encode(LONG).hex().upper() == written


def test_says_unsupported_where_a_command_does_not_fit_through_the_reader() -> None:
    with pytest.raises(CardError) as caught:
        Command(0x86, 0, 0, bytes(256)).encode(Limits())
    assert caught.value.state is CardState.UNSUPPORTED_CARD


def test_keeps_what_is_sent_and_said_out_of_a_repr() -> None:
    assert "SECRET" not in repr(Command(0x82, 0, 0, b"SECRET"))
    assert "SECRET" not in repr(Response(b"SECRET", 0x9000))


@pytest.mark.parametrize("answer", ["", "90"])
def test_refuses_an_answer_without_status_word(answer: str) -> None:
    with pytest.raises(CardError) as caught:
        PlainChannel(ScriptedCard((None, answer))).send(Command(0x84, 0, 0, answer_length=8))
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize(("sw", "tries"), [(0x63C0, 0), (0x63C3, 3), (0x63CF, 15), (0x6300, None), (0x9000, None)])
def test_reads_the_counter_of_a_status_word(sw: int, tries: int | None) -> None:
    assert Response(b"", sw).tries_left == tries


def test_gathers_an_answer_in_pieces() -> None:
    card = ScriptedCard(("0088000000", "AABB6102"), ("00C0000002", "CCDD6100"), ("00C0000000", "EE9000"))
    answer = PlainChannel(card).send(Command(0x88, 0, 0, answer_length=256))
    assert (answer.data.hex(), answer.sw) == ("aabbccddee", 0x9000)
    assert card.is_done


def test_ends_an_answer_in_pieces_that_promises_and_gives_nothing() -> None:
    card = ScriptedCard(("0088000000", "6110"), ("00C0000010", "6110"))
    assert not PlainChannel(card).send(Command(0x88, 0, 0, answer_length=256)).is_ok


def test_ends_an_answer_in_pieces_without_end() -> None:
    card = ScriptedCard(*((None, bytes(200) + b"\x61\xff") for _ in range(400)))
    with pytest.raises(CardError) as caught:
        PlainChannel(card).send(Command(0x88, 0, 0, answer_length=256))
    assert caught.value.state is CardState.PROTOCOL_VIOLATION
    assert len(card.sent) < 10
