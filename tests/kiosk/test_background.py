# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.background import Background, Lane


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close(waits=True)


def test_brings_the_outcome_back_to_the_thread_of_the_window(background: Background, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    background.run(threading.current_thread, lambda worker: threads.extend((worker, threading.current_thread())), print)
    qtbot.waitUntil(lambda: len(threads) == 2)

    assert threads[0] is not threads[1]
    assert threads[1] is threading.current_thread()


def test_does_the_work_of_one_lane_in_order(background: Background, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        background.run(lambda number=number: number, done.append, print)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 50)

    assert done == list(range(50))


def test_a_device_that_hangs_does_not_stop_the_store(background: Background, qtbot: QtBot) -> None:
    goes_on = threading.Event()
    done: list[str] = []
    background.run(lambda: goes_on.wait(30), lambda _found: done.append("device"), print, Lane.DEVICES)
    background.run(lambda: "store", done.append, print)
    qtbot.waitUntil(lambda: done == ["store"])
    assert background.is_busy
    goes_on.set()
    qtbot.waitUntil(lambda: done == ["store", "device"])

    assert not background.is_busy


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(1), KeyboardInterrupt()])
def test_tells_of_a_failure_whatever_it_was(background: Background, qtbot: QtBot, error: BaseException) -> None:
    failures: list[Exception] = []

    def breaks() -> None:
        raise error

    background.run(breaks, print, failures.append)
    qtbot.waitUntil(lambda: bool(failures))

    assert not background.is_busy


def test_does_nothing_once_it_is_closed(background: Background) -> None:
    done: list[str] = []
    background.close(waits=True)
    background.run(lambda: "late", done.append, print)

    assert done == []
    assert not background.is_busy
