# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who sits at a screen that stands up can bring everything within reach, and back; and letters can stand wide apart."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.all_screens import PLACE, Station
from commands.screen_runs import texts_of
from commands.window_words import window_words
from kiosk.parts.field_entry import FieldEntry
from kiosk.screens.frame import with_tool
from kiosk.view import LOW, SIZE, Preferences, Pressed, TextSize
from kiosk.window import KioskWindow
from tests.stations import all_stations

REACH = 0.6  # of the height, from below
HEIGHT = 1920


@pytest.fixture(scope="module")
def start() -> Station:
    return next(station for station in all_stations() if station.spot == "ask")


def window_of(qtbot: QtBot, width: int = 1080, height: int = HEIGHT) -> KioskWindow:
    window = KioskWindow(lambda _event: None, words=window_words(texts_of))
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    return window


def top_of(window: KioskWindow, item: QWidget | None) -> int:
    assert item is not None
    return item.mapTo(window, item.rect().topLeft()).y()


def test_everything_to_touch_stands_in_the_lower_part(qtbot: QtBot, start: Station) -> None:
    window = window_of(qtbot)
    window.show_view(start.view(Preferences(is_low=True), is_portrait=True))

    tops = [top_of(window, item) for item in window.focus_order()]
    assert min(tops) >= HEIGHT * (1 - REACH)


@pytest.mark.parametrize("letters", list(TextSize))
def test_the_button_that_does_it_stands_low_itself(qtbot: QtBot, start: Station, letters: TextSize) -> None:
    window = window_of(qtbot)
    for is_low in (False, True):
        window.show_view(start.view(Preferences(is_low=is_low, text_size=letters), is_portrait=True))
        assert top_of(window, window.item(LOW)) >= HEIGHT * 0.75


def test_the_keys_are_below_and_the_field_above_them_has_the_whole_screen(qtbot: QtBot) -> None:
    asks = next(station for station in all_stations() if station.visit.view.name == "verhuizen.adres")
    window = window_of(qtbot)
    window.show_view(asks.view(Preferences(is_low=True), is_portrait=True))
    window.open_keyboard(window.findChildren(FieldEntry)[0].field.id)

    assert top_of(window, window.keyboard) >= HEIGHT * 0.4
    assert top_of(window, window.findChildren(FieldEntry)[0]) < top_of(window, window.keyboard)


def test_pressing_it_again_brings_everything_back(start: Station) -> None:
    visit = start.visit
    visit.preferences = Preferences()
    visit.place = replace(PLACE, is_portrait=True)

    visit.handle(Pressed(LOW))
    assert visit.preferences.is_low
    assert {button.text for button in visit.view.bar} >= {"Hoger"}
    visit.handle(Pressed(LOW))
    assert visit.preferences == Preferences()


def test_a_screen_that_lies_has_no_such_button(start: Station) -> None:
    assert LOW not in {button.id for button in start.view(Preferences(), is_portrait=False).bar}


def test_the_letters_go_round_by_three_sizes_and_wide_apart() -> None:
    now, seen = Preferences(), []
    for _ in range(5):
        seen.append((now.text_size, now.is_spaced))
        now = with_tool(now, SIZE)

    assert seen == [
        (TextSize.NORMAL, False),
        (TextSize.LARGE, False),
        (TextSize.LARGEST, False),
        (TextSize.LARGE, True),
        (TextSize.NORMAL, False),
    ]


def test_a_set_that_is_no_step_goes_back_to_the_first() -> None:
    odd = Preferences(text_size=TextSize.LARGEST, is_spaced=True)

    assert with_tool(odd, SIZE) == Preferences()
