# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing in the frame ever moves: tools, bar, and "Hulp van een mens" above all (feature C23)."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.demo_visitor import DemoVisitor, read_scripts
from commands.window_words import window_words
from kiosk.view import (
    BACK,
    COLOURS,
    HUMAN,
    LANGUAGE,
    LEAVE,
    NEXT,
    READ,
    SIZE,
    SOUND,
    STOP,
    Chose,
    Preferences,
    Pressed,
    TextSize,
    View,
)
from kiosk.window import KioskWindow
from tests.journeys.citizen import PLACE, Citizen, texts_of
from tests.kiosk.window_views import WINDOW_SIZES

MOST_SCREENS = 60
FRAME = (BACK, HUMAN, STOP, NEXT)


@cache
def journey_views(language: str) -> tuple[View, ...]:
    """Walk through a whole service, look aside once, and give every screen."""
    citizen = Citizen()
    navigator = citizen.navigator
    navigator.handle(Pressed(LANGUAGE))
    navigator.handle(Chose("language", language))
    navigator.handle(Pressed(BACK))
    visitor = DemoVisitor(next(script for script in read_scripts() if script.service_id == "bel"), citizen.today)
    seen: list[View] = []

    def look() -> View:
        seen.append(navigator.view)
        return navigator.view

    for aside in (HUMAN, LANGUAGE, "start.lost", "start.status", "start.more"):
        citizen.press(aside)
        look()
        citizen.press(BACK)
    for _ in range(MOST_SCREENS):
        acts = visitor.acts(look())
        if not acts:
            break
        for act in acts:
            if isinstance(act, Pressed):
                citizen.press(act.id)
            else:
                navigator.handle(act)
        if citizen.orders:
            look()
            break
        if navigator.view.name == "bel.telefoon":
            citizen.press(STOP)
            look()
            citizen.press(BACK)
    assert len({view.name for view in seen}) > 12
    return tuple(seen)


def rects(window: KioskWindow, view: View) -> dict[str, QRect]:
    def place(item: QWidget) -> QRect:
        return QRect(item.mapTo(window, item.rect().topLeft()), item.size())

    found = {}
    for button in (*view.tools, *view.bar):
        item = window.item(button.id)
        assert item is not None
        found[button.id] = place(item)
    human = window.item(HUMAN)
    strip = human.parentWidget() if human is not None else None
    return {**found, "bar": place(strip)} if strip is not None else found


@pytest.mark.parametrize("size", WINDOW_SIZES)
@pytest.mark.parametrize("letters", list(TextSize))
@pytest.mark.parametrize("language", ["nl", "qps"])
def test_the_frame_is_identical_on_every_screen_of_a_journey(
    qtbot: QtBot, size: tuple[int, int], letters: TextSize, language: str
) -> None:
    window = KioskWindow(lambda event: None, words=window_words(texts_of))
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    first: dict[str, QRect] = {}
    for view in journey_views(language):
        window.show_view(replace(view, preferences=replace(view.preferences, text_size=letters)))
        for name, rect in rects(window, view).items():
            assert first.setdefault(name, rect) == rect, f"{name} on {view.name}"
    assert {*FRAME, "bar"} <= set(first)


@pytest.mark.parametrize("language", ["nl", "qps"])
def test_help_of_a_person_stands_on_every_screen(language: str) -> None:
    # While the case is being written no tap does anything: that moment has no buttons at all.
    views = [view for view in journey_views(language) if view.bar]

    assert [view.name for view in views if HUMAN not in {button.id for button in view.bar}] == []


@pytest.mark.parametrize("language", ["nl", "qps"])
def test_the_frame_keeps_room_for_every_word_it_ever_shows(language: str) -> None:
    kept = window_words(texts_of)(language).frame
    shown = {(button.id, button.text) for view in journey_views(language) for button in (*view.tools, *view.bar)}

    assert {(name, text) for name, text in shown if text not in kept.get(name, ())} == set()


@pytest.mark.parametrize("language", ["nl", "de", "uk", "ar"])
def test_the_tools_stand_in_two_rows_rather_than_shrink_where_a_screen_is_narrow_and_tall(
    language: str, qtbot: QtBot
) -> None:
    window = KioskWindow(lambda event: None, words=window_words(texts_of))
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    window.show()
    citizen = Citizen(place=replace(PLACE, languages=("nl", "de", "uk", "ar")))
    citizen.navigator.preferences = Preferences(language=language, text_size=TextSize.LARGEST)
    window.show_view(citizen.view)
    boxes = {name: _box(window, name) for name in (READ, SOUND, SIZE, COLOURS, LANGUAGE, LEAVE)}

    assert len({box.top() for box in boxes.values()}) <= 2
    assert boxes[LEAVE].top() == boxes[READ].top() == boxes[SOUND].top()
    assert all(box.width() >= 72 and window.rect().contains(box) for box in boxes.values())
    assert not any(one.intersects(other) for one, other in combinations(boxes.values(), 2))


def _box(window: KioskWindow, item_id: str) -> QRect:
    item = window.item(item_id)
    assert item is not None
    return QRect(item.mapTo(window, item.rect().topLeft()), item.size())
