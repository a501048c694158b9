# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies in a circle is taken away in the UI thread, whatever another thread makes meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.garbage import GarbageRound


class Circle:
    """Holds itself, and tells in which thread it went."""

    def __init__(self, went: list[int]) -> None:
        self.own, self.went = self, went

    def __del__(self) -> None:
        self.went.append(threading.get_ident())


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_takes_circles_away_in_the_ui_thread_while_another_makes_many_things(qtbot: QtBot) -> None:
    went: list[int] = []
    owner = QObject()
    GarbageRound(owner, every_ms=10)
    for _ in range(10):
        Circle(went)
        work = threading.Thread(target=lambda: [[number] for number in range(20_000)])
        work.start()
        work.join()
    assert not went or set(went) == {threading.get_ident()}
    held = [[number] for number in range(2000)]  # more than is looked through at once
    qtbot.waitUntil(lambda: len(went) == 10)
    assert set(went) == {threading.get_ident()}
    assert held
