# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Secure messaging: by the answers of a Dutch specimen, against a card of another hand, and against liars."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd.apdu import Command, PlainChannel, Response
from kiosk.devices.emrtd.ciphers import Cipher
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.key_derivation import KeyPair
from kiosk.devices.emrtd.secure_messaging import SecureChannel
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.tlv import encode
from tests.kiosk.devices.emrtd.vectors import ScriptedCard, octets, worked_example
from tests.kiosk.devices.emrtd.virtual.ciphers import Keys, Suite
from tests.kiosk.devices.emrtd.virtual.commands import Answer, read_command
from tests.kiosk.devices.emrtd.virtual.messaging import Messaging

SUITES = {
    Cipher.DES3: Suite.DES3,
    Cipher.AES128: Suite.AES128,
    Cipher.AES192: Suite.AES192,
    Cipher.AES256: Suite.AES256,
}
SECRET = b"a secret that two of them agreed on"
READ = Command(0xB0, 0, 0, answer_length=224)
LONG = Limits(longest_command=65544, longest_answer=65536)
ciphers = st.sampled_from(list(Cipher))


class OtherSide:
    """A card that opens what comes and seals what it says, by another hand and another library."""

    def __init__(self, cipher: Cipher, say: Callable[[bytes], Answer], *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        keys = KeyPair.of(SECRET, cipher)
        self.messaging = Messaging(Keys(SUITES[cipher], keys.enc, keys.mac))
        self.say = say
        self.change: Callable[[bytes], bytes] = lambda answer: answer
        self.last = b""

    def transmit(self, command: bytes) -> bytes:
        read = read_command(command)
        assert read is not None
        assert read.cla & 0x0C == 0x0C
        self.last = bytes(self.messaging.seal(self.say(self.messaging.open(read).data), is_odd=bool(read.ins & 1)))
        return self.change(self.last)

    def close(self) -> None:
        pass


def channel_to(card: OtherSide | ScriptedCard, cipher: Cipher = Cipher.AES256) -> SecureChannel:
    return SecureChannel(PlainChannel(card), cipher, KeyPair.of(SECRET, cipher))


@pytest.mark.parametrize("number", [0, 1])
def test_opens_the_answers_of_the_dutch_specimen(shared_dir: Path, number: int) -> None:
    example = worked_example(shared_dir, "nl_speci2014")
    step = example["sm_aes256"][number]
    enc, mac, answer = octets(step, "KSenc", "KSmac", "response")
    keys = KeyPair(enc, mac)
    channel = SecureChannel(PlainChannel(ScriptedCard()), Cipher.AES256, keys, step["ssc_of_response"] - 1)
    opened = channel.unprotect(Response.of(answer))
    if "data" in step:
        assert opened.data.hex().upper() == step["data"]
    else:
        assert opened.data == bytes.fromhex(example[step["data_prefix_of"]])[: step["data_len"]]
    assert opened.is_ok
    assert opened.is_protected


@given(ciphers, st.lists(st.tuples(st.binary(max_size=200), st.binary(max_size=200)), min_size=1, max_size=4))
def test_says_and_hears_the_same_as_a_card_of_another_hand(cipher: Cipher, talk: list[tuple[bytes, bytes]]) -> None:
    heard: list[bytes] = []
    answers = [answer for _, answer in talk]

    def say(data: bytes) -> Answer:
        heard.append(data)
        return Answer(answers[len(heard) - 1])

    channel = channel_to(OtherSide(cipher, say), cipher)
    got = [channel.send(Command(0x88, 0, 0, data, answer_length=224)).data for data, _ in talk]
    assert heard == [data for data, _ in talk]
    assert got == answers


@pytest.mark.parametrize("cipher", list(Cipher))
@pytest.mark.parametrize("ins", [0xB0, 0xB1])
def test_speaks_at_length_where_reader_and_card_can(cipher: Cipher, ins: int) -> None:
    card = OtherSide(cipher, lambda data: Answer(data[::-1]), limits=LONG)
    sent = bytes(range(256)) * 8
    assert channel_to(card, cipher).send(Command(ins, 0, 0, sent, answer_length=4096)).data == sent[::-1]


@pytest.mark.parametrize("cipher", list(Cipher))
@pytest.mark.parametrize("takes_extended", [False, True])
def test_asks_for_no_more_than_an_answer_can_carry(cipher: Cipher, takes_extended: bool) -> None:
    limits = Limits(longest_command=520, longest_answer=500)
    card = OtherSide(cipher, lambda _data: Answer(bytes(channel.largest_answer)), limits=limits)
    channel = channel_to(card, cipher)
    channel.plain.takes_extended = takes_extended
    answer = channel.send(Command(0xB0, 0, 0, answer_length=channel.largest_answer))
    most = 500 if takes_extended else 256
    assert len(answer.data) == channel.largest_answer
    assert len(card.last) - 2 <= most
    assert channel.largest_answer in range(most - 40, most)


def test_passes_on_a_status_word_under_protection() -> None:
    answer = channel_to(OtherSide(Cipher.AES128, lambda _data: Answer(sw=0x6A82)), Cipher.AES128).send(READ)
    assert (answer.sw, answer.is_protected, answer.data) == (0x6A82, True, b"")


@given(ciphers, st.data())
def test_refuses_an_answer_with_any_bit_changed(cipher: Cipher, data: st.DataObject) -> None:
    card = OtherSide(cipher, lambda _data: Answer(b"contents of a file"))

    def change(answer: bytes) -> bytes:
        bit = data.draw(st.integers(0, 8 * len(answer) - 1))
        changed = bytearray(answer)
        changed[bit // 8] ^= 1 << bit % 8
        return bytes(changed)

    card.change = change
    with pytest.raises(CardError) as caught:
        channel_to(card, cipher).send(READ)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@given(ciphers, st.binary(max_size=80))
def test_refuses_garbage(cipher: Cipher, garbage: bytes) -> None:
    card = ScriptedCard((None, garbage + b"\x90\x00"))
    with pytest.raises(CardError) as caught:
        channel_to(card, cipher).send(READ)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


def test_refuses_an_answer_that_was_given_before() -> None:
    card = OtherSide(Cipher.AES256, lambda _data: Answer(b"one"))
    channel = channel_to(card)
    channel.send(READ)
    before = card.last
    card.change = lambda _answer: before
    with pytest.raises(CardError) as caught:
        channel.send(READ)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize("sw", [0x9000, 0x6282, 0x6300, 0x63C2, 0x6A82, 0x6A88, 0x6D00, 0x6F00])
def test_refuses_a_status_word_without_protection(sw: int) -> None:
    with pytest.raises(CardError) as caught:
        channel_to(ScriptedCard((None, sw.to_bytes(2, "big")))).send(READ)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION


@pytest.mark.parametrize("sw", [0x6982, 0x6987, 0x6988, 0x6700, 0x6C20])
def test_passes_on_what_a_card_can_say_no_other_way_and_marks_it(sw: int) -> None:
    answer = channel_to(ScriptedCard((None, sw.to_bytes(2, "big")))).send(READ)
    assert (answer.sw, answer.is_protected) == (sw, False)


def _sealed(channel: SecureChannel, objects: bytes, sw: bytes = b"\x90\x00") -> bytes:
    """Seal what no honest card would say, with the true keys."""
    cipher, counter = channel.cipher, channel.counter + 2
    covered = counter.to_bytes(cipher.block, "big") + cipher.pad(objects)
    return objects + encode(0x8E, cipher.mac(channel.keys.mac, covered)) + sw


STATUS = encode(0x99, b"\x90\x00")


@pytest.mark.parametrize("cipher", [Cipher.DES3, Cipher.AES256])
@pytest.mark.parametrize(
    ("case", "objects"),
    [
        ("no status", b""),
        ("two statuses", STATUS + STATUS),
        ("another status inside", encode(0x99, b"\x6a\x82")),
        ("a status of one byte", encode(0x99, b"\x90")),
        ("the status first", STATUS + encode(0x87, b"\x01" + bytes(16))),
        ("two cryptograms", encode(0x87, b"\x01" + bytes(16)) * 2 + STATUS),
        ("an unknown object", encode(0x81, b"plain") + STATUS),
        ("another padding", encode(0x87, b"\x02" + bytes(16)) + STATUS),
        ("no padding", encode(0x87, b"\x01" + bytes(16)) + STATUS),
        ("nothing encrypted", encode(0x87, b"\x01") + STATUS),
        ("an empty object", encode(0x87, b"") + STATUS),
        ("half a block", encode(0x87, b"\x01" + bytes(12)) + STATUS),
        ("a bomb", encode(0x87, encode(0x87, encode(0x87, bytes(4)))) + STATUS),
    ],
)
def test_refuses_objects_that_do_not_belong_though_the_checksum_holds(
    cipher: Cipher, case: str, objects: bytes
) -> None:
    channel = SecureChannel(PlainChannel(ScriptedCard()), cipher, KeyPair.of(SECRET, cipher))
    script = ScriptedCard((None, _sealed(channel, objects)))
    channel.plain = PlainChannel(script)
    with pytest.raises(CardError) as caught:
        channel.send(READ)
    assert caught.value.state is CardState.PROTOCOL_VIOLATION, case


def test_sealing_of_the_test_itself_is_right() -> None:
    channel = channel_to(ScriptedCard())
    channel.plain = PlainChannel(ScriptedCard((None, _sealed(channel, STATUS))))
    assert channel.send(READ).is_protected


def test_says_no_more_after_a_wrong_answer() -> None:
    card = ScriptedCard((None, "9000"))
    channel = channel_to(card)
    for _ in range(2):
        with pytest.raises(CardError) as caught:
            channel.send(READ)
        assert caught.value.state is CardState.PROTOCOL_VIOLATION
    assert len(card.sent) == 1


def test_keeps_its_keys_out_of_a_repr() -> None:
    channel = channel_to(ScriptedCard())
    text = repr(channel)
    assert channel.keys.enc.hex() not in text
    assert repr(channel.keys.enc) not in text


@given(ciphers, st.binary(max_size=64))
def test_takes_the_padding_away_that_it_put(cipher: Cipher, data: bytes) -> None:
    padded = cipher.pad(data)
    assert len(padded) % cipher.block == 0
    assert cipher.unpad(padded) == data


@pytest.mark.parametrize("wrong", [b"", bytes(16), b"\x80" + bytes(16), b"\x01" * 16])
def test_refuses_padding_that_is_none(wrong: bytes) -> None:
    with pytest.raises(CardError):
        Cipher.AES128.unpad(wrong)
