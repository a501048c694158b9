# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a window may count on, whichever ID reader it has: the real one (a scripted child) and the simulated one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from kiosk.devices.emrtd.document import Can, Reading
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader import IdReader, Patience
from kiosk.devices.id_reader_port import IdReaderPort, Presence
from kiosk.devices.id_reader_simulated import SimulatedCard, SimulatedIdReader
from tests.kiosk.devices.reader_window import FixedClock, Window

RIGHT, WRONG = Can("111111"), Can("999999")
CHILD = """
import json, sys
def say(**what): print(json.dumps(what), flush=True)
say(presence="card"); say(presence="card")
right = "111111" in sys.stdin.readline()
for step, share in (("access", 0.1), ("files", 0.5), ("checks", 0.9)): say(step=step, share=share)
if not right and len(sys.argv) > 1: sys.stdin.readline()
say(reading=dict(state="unsupported_card" if right else "wrong_key", passive="held", active="held", chip="held",
                 tries_left=None, says=""))
"""


@dataclass
class Made:
    """A reader on which a card lies, and another that never comes to an end with the wrong key."""

    reader: IdReaderPort
    endless: IdReaderPort


def real() -> Made:
    command = [sys.executable, "-S", "-c", CHILD]
    patience = Patience(30, 30, 30)
    return Made(IdReader(command, FixedClock(), patience), IdReader([*command, "endless"], FixedClock(), patience))


def simulated() -> Made:
    card = SimulatedCard(Reading(CardState.UNSUPPORTED_CARD), keys=(RIGHT,))
    reader, endless = SimulatedIdReader(paces_s=(0.01,)), SimulatedIdReader(paces_s=(3600,))
    reader.lay_down(card)
    endless.lay_down()
    return Made(reader, endless)


@pytest.fixture(params=[real, simulated])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    make: Callable[[], Made] = request.param
    made = make()
    yield made
    made.reader.close()
    made.endless.close()


def test_ends_each_reading_once_with_its_steps_in_order(made: Made) -> None:
    window = Window(made.reader)
    window.ask(RIGHT)
    assert window.reading().state is CardState.UNSUPPORTED_CARD
    steps = [progress.step for progress in window.steps if progress.step is not Step.WAITING]
    assert steps == [Step.ACCESS, Step.FILES, Step.CHECKS]
    shares = [progress.share for progress in window.steps]
    assert shares == sorted(shares)
    window.ask(WRONG)
    assert window.reading(2).state is CardState.WRONG_KEY
    assert len(window.readings) == 2


def test_calls_nobody_once_it_was_cancelled(made: Made) -> None:
    window = Window(made.endless)
    window.ask(WRONG)
    assert window.hears(Step.ACCESS)
    window.reader.cancel()
    count = len(window.steps)
    window.reader.cancel()  # of nothing
    window.reader.close()
    assert (window.readings, len(window.steps)) == ([], count)


def test_closes_while_it_reads_and_more_than_once(made: Made) -> None:
    window = Window(made.endless)
    window.ask(WRONG)
    assert window.hears(Step.ACCESS)
    window.reader.close()
    window.reader.close()
    assert window.readings == []


def test_tells_who_watches_what_lies_there(made: Made) -> None:
    window = Window(made.reader)
    window.watch()
    window.comes_to(Presence.CARD)


def test_closes_though_it_was_never_used(made: Made) -> None:
    made.reader.cancel()
    made.reader.close()
