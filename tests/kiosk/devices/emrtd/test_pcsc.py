# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls libpcsclite as it is to be called, and reads what it gives."""

import pytest

from kiosk.devices.emrtd import pcsc_codes as codes
from kiosk.devices.emrtd.pcsc import HOT_PLUG, Leave, OpenCard, Pcsc
from kiosk.devices.emrtd.pcsc_codes import STATE_OF, PcscError
from kiosk.devices.emrtd.states import CardState
from tests.kiosk.devices.emrtd.fake_pcsclite import FakePcsclite


def test_names_readers_whatever_their_letters() -> None:
    library = FakePcsclite({"Lézer één 00 00": None, "Second [CL] 01 00": None})
    pcsc = Pcsc(library)
    assert pcsc.readers(pcsc.establish()) == ("Lézer één 00 00", "Second [CL] 01 00")


def test_has_no_readers_when_the_service_knows_none() -> None:
    pcsc = Pcsc(FakePcsclite())
    assert pcsc.readers(pcsc.establish()) == ()


def test_exchanges_a_command_for_an_answer_however_long() -> None:
    library = FakePcsclite()
    library.lay("reader", lambda command: command * 200 + b"\x90\x00")
    pcsc = Pcsc(library)
    card = pcsc.connect(pcsc.establish(), "reader")
    assert pcsc.transmit(card, bytes(range(256))) == bytes(range(256)) * 200 + b"\x90\x00"
    pcsc.disconnect(card.handle, Leave.UNPOWERED)
    assert library.left == [2]


def test_takes_a_card_for_itself_alone() -> None:
    library = FakePcsclite()
    library.lay("reader")
    pcsc = Pcsc(library)
    context = pcsc.establish()
    pcsc.connect(context, "reader")
    assert library.shared == [1]  # SCARD_SHARE_EXCLUSIVE
    with pytest.raises(PcscError) as caught:
        pcsc.connect(context, "reader")
    assert caught.value.code == codes.E_SHARING_VIOLATION


def test_tells_how_readers_are_and_that_nothing_is_new() -> None:
    library = FakePcsclite({"one": None})
    pcsc = Pcsc(library)
    context = pcsc.establish()
    seen = pcsc.wait(context, {"one": 0, HOT_PLUG: 0}, 1)
    assert seen["one"] == 0x12
    with pytest.raises(PcscError) as caught:
        pcsc.wait(context, {"one": 0x10, HOT_PLUG: 0}, 1)
    assert caught.value.code == codes.E_TIMEOUT


@pytest.mark.parametrize(
    ("properties", "longest"),
    [
        (None, None),
        ("", None),
        ("0A 04 00010000", 256),
        ("01 02 0000 0A 04 00000100 FF", 65_536),
        ("0A 04 00", None),
        ("09 02 0000", None),
    ],
)
def test_asks_a_reader_how_much_goes_into_one_command(properties: str | None, longest: int | None) -> None:
    library = FakePcsclite(properties=None if properties is None else bytes.fromhex(properties))
    pcsc = Pcsc(library)
    if properties is None:
        with pytest.raises(PcscError):
            pcsc.longest_data(1)
    else:
        assert pcsc.longest_data(1) == longest


def test_says_call_and_code_and_nothing_else_when_it_fails() -> None:
    library = FakePcsclite(fails={"SCardTransmit": codes.E_NOT_TRANSACTED})
    with pytest.raises(PcscError) as caught:
        Pcsc(library).transmit(OpenCard(1, 2), b"\x00\xa4\x04\x0csecret")
    assert str(caught.value) == "card_removed: SCardTransmit gave 0x80100016"
    assert caught.value.__cause__ is None


def test_has_a_state_for_every_code_that_it_knows() -> None:
    known = {value for name, value in vars(codes).items() if name[:2] in ("F_", "E_", "W_")}
    assert known == set(STATE_OF)
    assert PcscError(0x80100099, "x").state is CardState.SERVICE_DOWN  # one that nobody knows


def test_is_told_when_there_is_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.devices.emrtd.pcsc._LIBRARY", "libnothing-of-the-kind.so.1")
    with pytest.raises(PcscError) as caught:
        Pcsc()
    assert (caught.value.state, caught.value.is_refused) == (CardState.SERVICE_DOWN, False)
    assert "libnothing-of-the-kind" in str(caught.value)


def test_loads_the_library_of_this_machine() -> None:
    assert hasattr(Pcsc(), "establish")  # each function of it was looked up
