# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A card by PC/SC: one exchange at a time, and the true reason when it ends."""

import struct
from collections.abc import Callable
from threading import Timer

import pytest

from kiosk.devices.emrtd import pcsc_codes as codes
from kiosk.devices.emrtd.connection import Limits
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.pcsc import MAX_INPUT, Pcsc
from kiosk.devices.emrtd.pcsc_card import open_card
from kiosk.devices.emrtd.pcsc_codes import PcscError
from kiosk.devices.emrtd.reader_limits import limits_of
from kiosk.devices.emrtd.readers import ReaderWatch
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.fake_pcsclite import FakePcsclite

EXTENDED = bytes.fromhex("0A0400000100")


def library_with_card(answer: Callable[[bytes], bytes] = lambda _: b"\x90\x00") -> FakePcsclite:
    library = FakePcsclite()
    library.lay("reader", answer)
    return library


def watch_of(library: FakePcsclite) -> ReaderWatch:
    return ReaderWatch("", lambda: Pcsc(library))


def state_of(library: FakePcsclite, before: Callable[[], None]) -> CardState:
    card = open_card(watch_of(library), "reader")
    before()
    with pytest.raises(CardError) as caught:
        card.transmit(b"\x00\x84\x00\x00\x08")
    card.close()
    return caught.value.state


def test_exchanges_and_lets_the_card_go_without_power_once() -> None:
    library = library_with_card(lambda command: command[:1] + b"\x90\x00")
    card = open_card(watch_of(library), "reader")
    assert card.transmit(b"\x0c\x84") == b"\x0c\x90\x00"
    card.close()
    card.close()
    assert library.left == [2]


def test_knows_a_card_that_was_taken_away() -> None:
    library = library_with_card()
    assert state_of(library, lambda: library.lift("reader")) is CardState.CARD_REMOVED


def test_knows_a_reader_that_was_pulled_out() -> None:
    library = library_with_card()
    assert state_of(library, lambda: library.unplug("reader")) is CardState.READER_GONE


def test_knows_a_service_that_died() -> None:
    library = library_with_card()
    assert state_of(library, library.die) is CardState.SERVICE_DOWN


@pytest.mark.parametrize("code", [codes.E_NOT_TRANSACTED, codes.F_COMM_ERROR, codes.E_COMM_DATA_LOST])
def test_looks_again_when_a_code_may_mean_more_than_one_thing(code: int) -> None:
    library = library_with_card()

    def pull() -> None:
        library.fails["SCardTransmit"] = code
        library.unplug("reader")

    assert state_of(library, pull) is CardState.READER_GONE
    library = library_with_card()
    assert state_of(library, lambda: library.fails.update(SCardTransmit=code)) is CardState.CARD_REMOVED


def test_knows_a_card_that_was_taken_away_by_an_empty_answer_too() -> None:
    library = library_with_card(lambda _: b"")
    card = open_card(watch_of(library), "reader")
    going = Timer(0.05, library.lift, ("reader",))
    going.start()
    with pytest.raises(CardError) as caught:
        card.transmit(b"\x00\x84\x00\x00\x08")
    assert caught.value.state is CardState.CARD_REMOVED
    going.join()


@pytest.mark.parametrize("answer", [b"", b"\x90"])
def test_takes_no_answer_without_a_status_word(answer: bytes) -> None:
    library = library_with_card(lambda _: answer)
    assert state_of(library, lambda: None) is CardState.PROTOCOL_VIOLATION


def test_says_what_stands_in_the_way_of_opening() -> None:
    library = library_with_card()
    library.lift("reader")
    with pytest.raises(PcscError) as caught:
        open_card(watch_of(library), "reader")
    assert caught.value.state is CardState.CARD_REMOVED


def test_asks_the_reader_how_much_goes_through() -> None:
    library = library_with_card()
    library.attributes[MAX_INPUT] = struct.pack("=I", 2000)
    library.properties = EXTENDED
    assert open_card(watch_of(library), "reader").limits == Limits(2000, 1998)


def test_sends_short_commands_to_a_reader_that_does_not_tell() -> None:
    assert not open_card(watch_of(library_with_card()), "reader").limits.is_extended


@pytest.mark.parametrize(
    ("reader", "max_input", "longest_data", "longest"),
    [
        ("ACS ACR122U PICC Interface 00 00", None, None, 261),
        ("ACS ACR122U PICC Interface 00 00", 4096, 65_536, 261),
        ("HID Global OMNIKEY 5022 Smart Card Reader 00 00", None, None, 510),
        ("HID Global OMNIKEY 5022 Smart Card Reader 00 00", 65_000, 65_536, 510),
        ("Identiv uTrust 4701 F Dual Interface Reader 01 00", 1024, 65_536, 1024),
        ("Identiv uTrust 4701 F Dual Interface Reader 01 00", 261, 65_536, 261),
        ("Identiv uTrust 4701 F Dual Interface Reader 01 00", 1024, 256, 261),
        ("Some Reader 00 00", 65_556, 65_536, 65_535),
        ("Some Reader 00 00", None, 65_536, 65_535),
        ("Some Reader 00 00", 4096, None, 261),
        ("Some Reader 00 00", 4096, 256, 261),
        ("Some Reader 00 00", 0, 65_536, 261),
    ],
)
def test_takes_the_lowest_of_what_is_known_of_a_reader(
    reader: str, max_input: int | None, longest_data: int | None, longest: int
) -> None:
    limits = limits_of(reader, max_input=max_input, longest_data=longest_data)
    assert limits.longest_command == longest
    assert limits.longest_answer == (256 if longest == 261 else longest - 2)
