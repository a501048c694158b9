# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the hall hears of every screen of every service: nothing that was answered, and no private title (U10).

Marks are typed wherever something can be typed; then everything that is said is looked through. In headphones all of it
is heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from commands.demo_visitor import fields_of
from domain.intake import Intake
from domain.service import Privacy
from i18n.dates import format_date
from kiosk.filing import Filing
from kiosk.screens.ending import LARGE_NUMBER
from kiosk.screens.question import OFFER, WHY
from kiosk.screens.rehearsal import OPEN_CARD, REHEARSE
from kiosk.screens.service_page import FOLDS
from kiosk.screens.start import LOST, MORE, STATUS
from kiosk.screens.tell_back import CHOICE
from kiosk.screens.walk import WALK
from kiosk.speech.privacy import Route, heard
from kiosk.speech.reading import utterances
from kiosk.view import BACK, HUMAN, LANGUAGE, NEXT, Choices, Heading, Keyboard, Pressed, Tiles, View
from tests.fakes.case_store import FakeCaseStore
from tests.fakes.clock import FakeClock
from tests.fakes.sealer import FakeSealer
from tests.journeys.citizen import PLACE, Citizen, library, texts_of

SERVICES = [service.id for service in library().services]
PRIVATE_TITLES = {
    words["title" if key == "title" else "tile"]
    for service in library().services
    if service.title_privacy is not Privacy.OPEN
    for words in (library().dutch(service.id),)
    for key in ("title", "tile")
}
TEXTS = {
    Keyboard.TEXT: "merktekst alfa",
    Keyboard.NAME: "Merknaam Bravo",
    Keyboard.PHONE: "06 98765432",
    Keyboard.EMAIL: "merk@charlie.example",
    Keyboard.POSTCODE: "9876 ZX",
    Keyboard.AMOUNT: "987,65",
    Keyboard.DIGITS: "87",
}
NOT_TELLING = {"", "87"}  # a house number or a count is also said of other things
_PLATE = "GHJ-12-K"


@dataclass
class Marked(Citizen):
    """Somebody who leaves a mark wherever that is possible, and looks at everything on the way."""

    seen: list[View] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        store = FakeCaseStore()
        self.filing = Filing(Intake(store, FakeSealer()), library(), texts_of, PLACE, self.clock, "bieb-01")
        self.seen.append(self.view)

    def press(self, button_id: str) -> Citizen:
        super().press(button_id)
        self.seen.append(self.view)
        return self

    def go(self, service_id: str, choice: int) -> None:
        self.press(f"service:{service_id}")
        for fold in FOLDS:
            self.press(fold)
        self.press(NEXT)
        for _ in range(300):
            rest = self.view.name.partition(".")[2]
            if rest in ("confirmation", "result"):
                return
            buttons = self.buttons()
            if OFFER + "unknown" in buttons or WHY in buttons:
                self.press(WHY)
                self.answer(service_id, rest, choice)
            before = self.view.name
            self.press(NEXT)
            if self.view.name == before:
                self.press(OFFER + "unknown")
                self.press(NEXT)
        raise AssertionError(self.view.name)

    def answer(self, service_id: str, question_id: str, choice: int) -> None:
        for part in self.view.parts:
            if isinstance(part, Choices):
                self.choose(part.options[choice % len(part.options)].id)
                self.seen.append(self.view)
                return
        fields = {found.id: found for found in fields_of(self.view)}
        if {"day", "month", "year"} <= set(fields):
            question = library().service(service_id).question(question_id)
            days = -11 if (question.earliest_days or -11) <= -11 else 11
            day = self.today + timedelta(days=days)
            for name, number in (("day", day.day), ("month", day.month), ("year", day.year)):
                self.type(name, str(number))
            self.marks.add(format_date(day))
        elif fields:
            for field_id, shown in fields.items():
                text = _PLATE if field_id == "plate" else TEXTS[shown.keyboard]
                self.type(field_id, text)
                if shown.privacy is not Privacy.OPEN and text not in NOT_TELLING:
                    self.marks.add(text)
        self.seen.append(self.view)

    def look_around(self) -> None:
        """Look at all that can be reached from the end."""
        for button in (LARGE_NUMBER, HUMAN, LANGUAGE, OPEN_CARD):
            if button in self.buttons():
                self.press(button)
                if REHEARSE in self.buttons():
                    self.press(REHEARSE)
                    for _ in range(12):
                        if not self.view.name.partition(".")[2].startswith("rehearse"):
                            break
                        self.press(NEXT)
                else:
                    self.press(BACK)
        self.navigator.warn_idle(60)
        self.seen.append(self.view)
        self.navigator.stay()
        if self.receipt is not None:
            self.press(NEXT)
            self.press(f"{CHOICE}nothing")

    def said(self, route: Route) -> Iterator[tuple[str, str]]:
        for view in self.seen:
            for utterance in utterances(view):
                yield view.name, heard(utterance, route)


def plain(text: str) -> str:
    return re.sub(r"[\s.\-\u2066-\u2069]", "", text).casefold()


@pytest.fixture(params=[(service_id, choice) for service_id in SERVICES for choice in (0, 1, 3)], ids=str)
def visited(request: pytest.FixtureRequest) -> tuple[str, Marked]:
    service_id, choice = request.param
    citizen = Marked(clock=FakeClock())
    citizen.press(MORE)
    citizen.press(BACK)
    citizen.go(service_id, choice)
    citizen.look_around()
    return service_id, citizen


def test_the_hall_hears_no_answer_and_no_private_title(visited: tuple[str, Marked]) -> None:
    _, citizen = visited
    titles = {*PRIVATE_TITLES, *(texts_of("nl").tr("also.go", name=title) for title in PRIVATE_TITLES)}
    marks = {plain(mark) for mark in citizen.marks}
    # The code as a number by itself: by chance its four figures may stand inside a telephone number.
    code = citizen.receipt.status_code if citizen.receipt is not None else "no receipt"
    leaks = [
        (where, text)
        for where, text in citizen.said(Route.LOUDSPEAKER)
        if text in titles
        or any(mark in plain(text) for mark in marks)
        or re.search(rf"(?<!\d)(?<!\d ){code}(?! ?\d)", text)
    ]

    assert leaks == []


@pytest.mark.parametrize("route", [Route.HEADPHONES, Route.SCREEN_OFF])
def test_headphones_hear_all_of_it(visited: tuple[str, Marked], route: Route) -> None:
    service_id, citizen = visited
    everything = plain(" ".join(text for _, text in citizen.said(route)))
    wanted = {*citizen.marks, library().dutch(service_id)["tile"]}
    if citizen.receipt is not None:
        wanted.add(citizen.receipt.status_code)

    assert [each for each in wanted if plain(each) not in everything] == []


def test_the_hall_is_always_told_something_instead(visited: tuple[str, Marked]) -> None:
    _, citizen = visited
    silent = [
        utterance.text
        for view in citizen.seen
        for utterance in utterances(view)
        if utterance.privacy is Privacy.PERSONAL and utterance.is_shown and not heard(utterance, Route.LOUDSPEAKER)
    ]

    assert silent == []


def test_no_window_is_named_after_what_is_private(visited: tuple[str, Marked]) -> None:
    _, citizen = visited
    private = {plain(title) for title in (*PRIVATE_TITLES, *citizen.marks)}

    assert [view.title for view in citizen.seen if plain(view.title) in private] == []


def test_the_walk_of_who_is_lost_tells_the_hall_no_private_title() -> None:
    leaks: list[str] = []
    roads: list[tuple[str, ...]] = [()]
    walked = 0
    while roads:
        road = roads.pop()
        citizen = Citizen()
        citizen.press(LOST)
        for button in road:
            citizen.navigator.handle(Pressed(button))
        walked += 1
        texts = [heard(each, Route.LOUDSPEAKER) for each in utterances(citizen.view)]
        leaks += [
            text for text in (*texts, citizen.view.title) if plain(text) in {plain(one) for one in PRIVATE_TITLES}
        ]
        tiles = [tile.id for part in citizen.view.parts if isinstance(part, Tiles) for tile in part.tiles]
        roads += [(*road, tile) for tile in tiles if tile.startswith(WALK)]

    assert walked > 20
    assert leaks == []


def test_every_screen_before_a_service_has_a_heading_for_the_hall() -> None:
    for button in (LOST, STATUS, MORE):
        citizen = Citizen()
        citizen.press(button)
        heading = next(part for part in citizen.view.parts if isinstance(part, Heading))

        assert heading.privacy is Privacy.OPEN
