# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other threads have to say comes to the UI thread, in order, and never after it was closed."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.letterbox import LetterboxWatch


def test_gives_all_of_it_in_order_and_in_the_ui_thread(qtbot: QtBot) -> None:
    came: list[tuple[object, int]] = []
    watch = LetterboxWatch(lambda said: came.append((said, threading.get_ident())))
    box = watch.box
    work = threading.Thread(target=lambda: [box.put(number) for number in range(5000)])
    work.start()
    qtbot.waitUntil(lambda: len(came) == 5000)
    work.join()
    assert [said for said, _ in came] == list(range(5000))
    assert {thread for _, thread in came} == {threading.get_ident()}
    watch.close()


def test_says_nothing_after_it_was_closed_even_from_inside_what_it_calls(qtbot: QtBot) -> None:
    came: list[object] = []

    def take(said: object) -> None:
        came.append(said)
        watch.close()

    watch = LetterboxWatch(take)
    for number in range(3):
        watch.box.put(number)
    qtbot.waitUntil(lambda: bool(came))
    QApplication.processEvents()
    assert came == [0]
    assert not watch.box.put("late")
    watch.close()  # twice is once


def test_survives_a_thread_that_talks_on_while_the_other_half_goes(qtbot: QtBot) -> None:
    for _ in range(50):
        watch = LetterboxWatch(lambda _said: None)
        box, starts = watch.box, threading.Event()

        def talk(box=box, starts=starts) -> None:  # type: ignore[no-untyped-def]
            starts.set()
            while box.put("again"):
                pass

        work = threading.Thread(target=talk)
        work.start()
        starts.wait()
        QApplication.processEvents()
        watch.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        work.join(10)
        assert not work.is_alive()
