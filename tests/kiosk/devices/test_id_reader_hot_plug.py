# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Through a real pcscd: cards and readers come and go, pcscd is killed, and the reader is always back."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest

from kiosk.devices import id_reader
from kiosk.devices.emrtd.document import Can
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader import IdReader, Patience
from kiosk.devices.id_reader_port import Presence
from tests.kiosk.devices.emrtd.virtual.card import Delays, VirtualCard
from tests.kiosk.devices.emrtd.virtual.ground import Ground, why_not
from tests.kiosk.devices.emrtd.virtual.profile import load
from tests.kiosk.devices.reader_window import FixedClock, Window
from tests.kiosk.devices.short_reading_child import PATIENT

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

BACK_S = 3.0
CHILD = (sys.executable, "-B", "-m", "tests.kiosk.devices.short_reading_child")
PLAIN, LONG_ACCESS, MANY_COMMANDS = Can("123450"), Can("123453"), Can("123458")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    ground = Ground(tmp_path_factory.mktemp("pcscd"))
    ground.start()
    yield ground
    ground.close()


@pytest.fixture
def window(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    for name, value in ground.environment.items():
        monkeypatch.setenv(name, value)
    reader = IdReader(CHILD, FixedClock(), Patience(20, 20, 20))
    window = Window(reader)
    window.watch()
    window.comes_to(Presence.EMPTY)
    yield window
    reader.close()
    for lying in ground._lying.values():
        if not lying.gone_at:  # the test failed with its card on the reader
            lying.take_away()
    if not ground.answers():
        ground.start()


@pytest.fixture
def card() -> VirtualCard:
    return VirtualCard(load("passport"))


def plug_cards(ground: Ground, window: Window, times: int, within_s: float) -> list[float]:
    card = VirtualCard(load("passport"))
    took = []
    for _ in range(times):
        lying = ground.lay(card)
        took.append(window.comes_to(Presence.CARD, within_s))
        lying.take_away()
        took.append(window.comes_to(Presence.EMPTY, within_s))
    return took


def plug_readers(ground: Ground, window: Window, times: int, within_s: float) -> list[float]:
    took = []
    for _ in range(times):
        try:
            restart_with(ground, 0)
            took.append(window.comes_to(Presence.NO_READER, within_s))
        finally:
            restart_with(ground, 1)
        took.append(window.comes_to(Presence.EMPTY, within_s))
    return took


def restart_with(ground: Ground, readers: int) -> None:
    """Let there be so many readers: pcscd takes virtual ones at its start only."""
    ground.stop()
    ground.write_readers(readers)
    ground.start()


def kill_services(ground: Ground, window: Window, times: int, within_s: float) -> list[float]:
    took = []
    for _ in range(times):
        ground.kill()
        took.append(window.comes_to(Presence.SERVICE_DOWN, within_s))
        ground.start()
        took.append(window.comes_to(Presence.EMPTY, within_s))
    return took


LATE_S = 20.0  # in `make check` this machine may be doing much else


def test_sees_cards_come_and_go(ground: Ground, window: Window) -> None:
    assert len(plug_cards(ground, window, 3, LATE_S)) == 6


def test_sees_readers_come_and_go(ground: Ground, window: Window) -> None:
    assert len(plug_readers(ground, window, 2, LATE_S)) == 4


def test_is_back_after_pcscd_was_killed(ground: Ground, window: Window) -> None:
    assert len(kill_services(ground, window, 2, LATE_S)) == 4


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("what", "times"),
    [(plug_cards, 100), (plug_readers, 20), (kill_services, 20)],
    ids=["cards", "readers", "pcscd"],
)
def test_is_always_back_within_three_seconds(
    ground: Ground, window: Window, what: Callable[[Ground, Window, int, float], list[float]], times: int
) -> None:
    took = what(ground, window, times, BACK_S)
    print(f"{what.__name__}: {times} times, at most {max(took):.2f} s")


def test_tells_two_cards_from_one_and_reads_when_one_is_left(ground: Ground, window: Window, card: VirtualCard) -> None:
    first, second = ground.lay(card), ground.lay(VirtualCard(load("nik_2021")), 1)
    window.comes_to(Presence.TWO_CARDS)
    window.ask(PLAIN)
    second.take_away()
    assert window.reading().state is CardState.DONE
    first.take_away()


def test_waits_for_a_card_that_is_laid_down_later(ground: Ground, window: Window, card: VirtualCard) -> None:
    window.ask(PLAIN)
    lying = ground.lay(card)
    assert window.reading().state is CardState.DONE
    lying.take_away()


def test_outlives_pcscd_while_it_waits_for_a_card(ground: Ground, window: Window, card: VirtualCard) -> None:
    window.reader.close()
    reader = IdReader((*CHILD, PATIENT), FixedClock(), Patience(60, 60, 60))
    waiting = Window(reader)
    waiting.watch()
    waiting.comes_to(Presence.EMPTY)
    waiting.ask(PLAIN)
    ground.kill()
    waiting.comes_to(Presence.SERVICE_DOWN)
    ground.start()
    waiting.comes_to(Presence.EMPTY)
    lying = ground.lay(card)
    assert waiting.reading().state is CardState.DONE
    reader.close()
    lying.take_away()


def test_says_what_went_while_it_read(ground: Ground, window: Window, card: VirtualCard) -> None:
    card.removed_at = 20
    lying = ground.lay(card)
    window.ask(MANY_COMMANDS)
    assert window.reading().state is CardState.CARD_REMOVED
    lying.take_away()


def test_says_service_down_when_pcscd_dies_while_it_reads(ground: Ground, window: Window, card: VirtualCard) -> None:
    card.delays = Delays(each=0.05)
    lying = ground.lay(card)
    window.ask(MANY_COMMANDS)
    assert window.hears(Step.ACCESS)
    ground.kill()
    assert window.reading().state is CardState.SERVICE_DOWN
    lying.take_away()
    ground.start()
    window.comes_to(Presence.EMPTY)


def test_gives_up_when_no_service_comes(ground: Ground, window: Window) -> None:
    ground.kill()
    window.ask(PLAIN)
    assert window.reading().state is CardState.SERVICE_DOWN
    ground.start()
    window.comes_to(Presence.EMPTY)


def test_takes_a_pcscd_that_hangs_for_one_that_is_down(
    ground: Ground, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr(id_reader, "SILENCE_S", 1.5)
        window.ask(PLAIN)
        os.kill(ground.pid, signal.SIGSTOP)
        try:
            assert window.reading().state is CardState.SERVICE_DOWN
            window.comes_to(Presence.SERVICE_DOWN)
        finally:
            os.kill(ground.pid, signal.SIGCONT)
    window.comes_to(Presence.EMPTY)


def test_gives_up_when_no_reader_comes(ground: Ground, window: Window) -> None:
    restart_with(ground, 0)
    window.comes_to(Presence.NO_READER)
    window.ask(PLAIN)
    assert window.reading().state is CardState.NO_READER
    restart_with(ground, 1)
    window.comes_to(Presence.EMPTY)


def test_lets_the_card_go_for_the_next_who_asks(ground: Ground, window: Window, card: VirtualCard) -> None:
    lying = ground.lay(card)
    window.ask(LONG_ACCESS)
    assert window.hears(Step.ACCESS)
    window.ask(PLAIN)  # the child that hangs is killed with the card in its hand
    assert window.reading().state is CardState.DONE
    lying.take_away()


def test_ends_a_card_that_never_answers_in_its_time(ground: Ground, window: Window, card: VirtualCard) -> None:
    window.reader.close()
    card.delays = Delays(each=60)
    lying = ground.lay(card)
    reader = IdReader(CHILD, FixedClock(), Patience(0.5, 20, 20))
    asking = Window(reader)
    asking.ask(PLAIN)
    reading = asking.reading()
    assert (reading.state, reading.says) == (CardState.TIMEOUT, "one answer took too long")
    reader.close()
    lying.take_away()
