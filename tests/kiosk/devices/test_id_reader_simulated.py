# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reader in memory does what a test or a demo lays on it."""

import pytest

from kiosk.devices.emrtd.document import Can
from kiosk.devices.emrtd.states import CardState, Step
from kiosk.devices.id_reader_port import Presence
from kiosk.devices.id_reader_simulated import SimulatedCard, SimulatedIdReader
from tests.kiosk.devices.reader_window import Window

RIGHT, WRONG = Can("111111"), Can("999999")


@pytest.fixture
def reader() -> SimulatedIdReader:
    return SimulatedIdReader()


def test_waits_for_a_card_and_reads_it_when_it_comes(reader: SimulatedIdReader) -> None:
    window = Window(reader)
    window.watch()
    window.ask(RIGHT)
    assert reader.is_reading
    assert [progress.step for progress in window.steps] == [Step.WAITING]
    reader.lay_down()
    assert window.reading().state is CardState.DONE
    reader.take_away()
    assert window.presences == [Presence.CARD, Presence.EMPTY]


def test_counts_wrong_keys_down_until_the_card_is_blocked(reader: SimulatedIdReader) -> None:
    reader.lay_down(SimulatedCard(keys=(RIGHT,), tries=2))
    window = Window(reader)
    for _ in range(3):
        window.ask(WRONG)
    window.ask(RIGHT)
    assert [(reading.state, reading.tries_left) for reading in window.readings] == [
        (CardState.WRONG_KEY, 1),
        (CardState.WRONG_KEY, 0),
        (CardState.BLOCKED, None),
        (CardState.BLOCKED, None),
    ]


@pytest.mark.parametrize(
    ("presence", "state"),
    [(Presence.NO_READER, CardState.NO_READER), (Presence.SERVICE_DOWN, CardState.SERVICE_DOWN)],
)
def test_ends_at_once_where_nothing_can_be_read(
    reader: SimulatedIdReader, presence: Presence, state: CardState
) -> None:
    reader.show(presence)
    window = Window(reader)
    window.ask(RIGHT)
    assert window.reading().state is state


def test_ends_as_removed_when_the_card_is_taken_away_while_it_reads() -> None:
    reader = SimulatedIdReader(paces_s=(3600,))
    reader.lay_down()
    window = Window(reader)
    window.ask(RIGHT)
    reader.take_away()
    assert window.reading().state is CardState.CARD_REMOVED
    reader.close()
