# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The language changes on any screen, and nothing else does: place, answers, what is half typed, cursor, keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from domain.intake import Intake
from kiosk.filing import Filing
from kiosk.onscreen_keyboard import KeyButton
from kiosk.parts.typing_line import TypingLine
from kiosk.view import LANGUAGE, NEXT, Choices, Chose, Event, Field, View
from kiosk.window import KioskWindow
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

CODES = ("nl", "en", "qps")
SPEAKING = replace(PLACE, languages=CODES)


@pytest.fixture
def citizen() -> Citizen:
    clock = FakeClock()
    filing = Filing(Intake(FakeCaseStore(), FakeSealer()), library(), texts_of, SPEAKING, clock, "bieb-01")
    return Citizen(filing=filing, clock=clock, place=SPEAKING)


def at_check(citizen: Citizen) -> Citizen:
    return citizen.open("bel").go_on().answer_all({"onderwerp": {"choice": "geld"}})


PLACES: dict[str, Callable[[Citizen], object]] = {
    "start": lambda citizen: citizen,
    "more": lambda citizen: citizen.press("start.more"),
    "lost": lambda citizen: citizen.press("start.lost"),
    "human": lambda citizen: citizen.press("bar.human"),
    "service page, unfolded": lambda citizen: citizen.open("bel").press("service.phone_card"),
    "chosen": lambda citizen: citizen.open("bel").go_on().choose("mijzelf"),
    "error": lambda citizen: citizen.open("bel").go_on().go_on(),
    "half typed": lambda citizen: citizen.open("bel").go_on().dont_know().dont_know().type("phone", "06-12"),
    "check": at_check,
    "receipt": lambda citizen: at_check(citizen).go_on(),
    "large number": lambda citizen: at_check(citizen).go_on().press("confirm.large"),
    "rehearsal": lambda citizen: citizen.open("bel").press("service.phone_card").press("phone_card.rehearse"),
    "stop": lambda citizen: citizen.open("bel").go_on().choose("mijzelf").stop(),
}


def filled(view: View) -> list[object]:
    """Give all that the visitor did on a screen."""
    return [
        part.text if isinstance(part, Field) else part.chosen
        for part in view.parts
        if isinstance(part, Field | Choices)
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", ["en", "qps"])
def test_another_language_keeps_the_place_and_all_that_was_done(place: str, code: str, citizen: Citizen) -> None:
    PLACES[place](citizen)
    before = citizen.view

    citizen.press(LANGUAGE)
    citizen.navigator.handle(Chose("language", code))
    assert citizen.view.name == "language"
    assert citizen.view.language == code
    citizen.press(NEXT)

    after = citizen.view
    assert (after.name, after.language) == (before.name, code)
    assert filled(after) == filled(before)
    assert [(type(part), part.id) for part in after.parts] == [(type(part), part.id) for part in before.parts]
    assert after.tools[0].text != before.tools[0].text


def test_a_language_that_is_not_offered_changes_nothing(citizen: Citizen) -> None:
    citizen.press(LANGUAGE)
    citizen.navigator.handle(Chose("language", "ar"))

    assert citizen.view.language == "nl"


def test_comes_back_to_cursor_keys_and_half_typed_text(citizen: Citizen, qtbot: QtBot) -> None:
    citizen.open("bel").go_on().dont_know().dont_know()

    def happens(event: Event) -> None:
        citizen.navigator.handle(event)
        window.show_view(citizen.view)

    window = KioskWindow(happens)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show_view(citizen.view)
    window.show()
    field_id = next(part.id for part in citizen.view.parts if isinstance(part, Field))
    window.open_keyboard(field_id)
    for key in "0612":
        next(button for button in window.keyboard.findChildren(KeyButton) if button.key == key).click()
    line = window.focusWidget()
    assert isinstance(line, TypingLine)
    line.setCursorPosition(2)

    for button in (LANGUAGE, NEXT):
        item = window.item(button)
        assert isinstance(item, QAbstractButton)
        item.click()
        if button == LANGUAGE:
            assert not window.keyboard.isVisible()
            happens(Chose("language", "en"))

    line = window.focusWidget()
    assert isinstance(line, TypingLine)
    assert (line.text(), line.cursorPosition()) == ("0612", 2)
    assert window.keyboard.isVisible()
    assert window.view is not None
    assert window.view.language == "en"
