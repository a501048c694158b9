# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The question after the receipt in the real window: by touch and by six keys, at every size."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from commands.demo_hands import KeyHand, Taps, TouchHand
from commands.window_words import window_words
from kiosk.screens.tell_back import CHOICE
from kiosk.view import BACK, NEXT, Event, Pressed, TextSize
from kiosk.window import KioskWindow
from tests.journeys.citizen import texts_of
from tests.journeys.test_tell_back import confirmed

OPTIONS = ("promise", "ready", "nothing")


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("hand", [TouchHand, KeyHand])
def test_every_picture_and_both_ways_out_can_be_pressed(
    qtbot: QtBot, hand: type[TouchHand | KeyHand], size: TextSize
) -> None:
    events: list[Event] = []
    window = KioskWindow(events.append, words=window_words(texts_of), clock_ms=Taps())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    citizen = confirmed("schulden").go_on()
    citizen.navigator.preferences = replace(citizen.navigator.preferences, text_size=size)
    window.show_view(citizen.view)
    window.show()
    qtbot.waitExposed(window)
    presses = [Pressed(CHOICE + option) for option in OPTIONS] + [Pressed(BACK), Pressed(NEXT)]
    for press in presses:
        hand(window).do(press)

    assert events == presses
