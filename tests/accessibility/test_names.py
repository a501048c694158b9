# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every screen tells of itself and of each control: to a screen reader, without colour, without sight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from i18n.texts import Texts
from kiosk.parts.choices import CheckOption, RadioOption
from kiosk.parts.text_block import HeadingBlock
from kiosk.parts.typing_line import TypingArea, TypingLine
from kiosk.scroll_rail import ScrollButton
from kiosk.view import (
    HUMAN,
    LANGUAGE,
    LEAVE,
    LOW,
    READ,
    SIZE,
    SOUND,
    Button,
    Choices,
    ErrorText,
    Field,
    Heading,
    Option,
    Part,
    Preferences,
    Pressed,
    View,
)
from tests.accessibility.rooms import Room, one_of_each
from tests.journeys.citizen import Citizen, library
from tests.kiosk.window_views import Page, view_of
from tests.stations import all_stations

ROOT = Path(__file__).parents[2]
ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.RadioButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
}
# The screen after Snel weg, and the moments in which a case, or answers for later, are written.
NO_SCREEN = {"neutral", "keeping", "later-wait"}
# Pictures that the first touch or key takes away, and the screen outside opening hours: below it has a test of its own.
NO_VISIT = {"attract-ask", "attract-languages", "attract-listen", "closed-now"}
# A place or a colour; beside it a name must stand: "Druk rechtsboven op: Snel weg."
SENSED = re.compile(
    r"\b(links|rechts|linksboven|rechtsboven|linksonder|rechtsonder|bovenaan|onderaan|groene?|rode?|blauwe?|gele?)\b",
    re.IGNORECASE,
)
ON_SCREEN = re.compile(r"\b(druk|tik|kies|knop|vak|scherm)", re.IGNORECASE)
NAMED = re.compile(r"(op|naar|knoppen): \S|\{\w+\}")


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_every_screen_has_a_title_and_begins_with_a_heading(room: Room) -> None:
    assert [station.spot for station in all_stations() if not station.view(Preferences()).title.strip()] == []
    for station in one_of_each():
        view = room.show(station)
        assert room.window.windowTitle() == view.title
        headings = [found for found in room.window.findChildren(HeadingBlock) if found.isVisibleTo(room.window)]
        assert headings, station.spot
        assert all(found.accessibleName().strip() for found in headings), station.spot


def test_help_of_a_person_and_the_tools_are_on_every_screen() -> None:
    for station in all_stations():
        view = station.view(Preferences())
        if view.name in NO_SCREEN | NO_VISIT:
            continue
        assert HUMAN in {button.id for button in view.bar}, view.name
        assert {READ, SOUND, SIZE, LANGUAGE, LEAVE} <= {button.id for button in view.tools}, view.name


def test_who_finds_it_closed_is_told_whom_to_call_and_keeps_the_tools() -> None:
    closed = [station.view(Preferences()) for station in all_stations() if station.spot == "closed-now"]
    assert len(closed) >= 4
    for view in closed:
        assert {"person", "danger"} <= {part.id for part in view.parts}
        assert {READ, SOUND, SIZE, LANGUAGE} <= {button.id for button in view.tools}


def told_of(item: QWidget) -> tuple[QAccessible.Role, str]:
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.role(), interface.text(QAccessible.Text.Name)


def test_every_control_of_every_screen_tells_name_role_and_state(room: Room) -> None:
    QAccessible.setActive(True)
    for station in one_of_each():
        room.show(station)
        for item in room.window.focus_order():
            role, name = told_of(item)
            where = f"{station.spot}: {type(item).__name__} {name}"
            assert name.strip(), where
            assert role in ROLES, where
            state = QAccessible.queryAccessibleInterface(item).state()
            assert state.focusable, where
            if isinstance(item, RadioOption | CheckOption) or (
                isinstance(item, QAbstractButton) and item.isCheckable()
            ):
                assert bool(state.checked) is item.isChecked(), where
            if isinstance(item, TypingLine | TypingArea):
                value = QAccessible.queryAccessibleInterface(item).textInterface()
                assert value is not None, where


def test_no_two_controls_of_a_screen_are_called_and_described_the_same(room: Room) -> None:
    twice = []
    for station in one_of_each():
        view = room.show(station)
        items = [item for item in room.window.focus_order() if not isinstance(item, ScrollButton)]
        names = Counter((told_of(item)[1], item.accessibleDescription()) for item in items)
        twice += [f"{view.name}: {name}" for name, times in names.items() if times > 1]

    assert twice == []


def test_a_field_is_named_by_the_label_that_stands_above_it(room: Room) -> None:
    seen = 0
    for station in one_of_each():
        view = room.show(station)
        for part in view.parts:
            if isinstance(part, Field) and not part.picks:
                item = room.window.item(part.id)
                assert item is not None
                assert part.label in told_of(item)[1], part.id
                seen += 1
    assert seen > 3


# -- without colour ----------------------------------------------------------------------------------------------------

_YES = Choices("c", (Option("a", "Ja"), Option("b", "Nee")))
_NAME = Field("f", "Uw naam")
PAIRS: list[tuple[str, tuple[Part, ...], tuple[Part, ...]]] = [
    ("chosen", (_YES,), (replace(_YES, chosen=frozenset({"a"})),)),
    (
        "chosen of several",
        (replace(_YES, is_multiple=True),),
        (replace(_YES, is_multiple=True, chosen=frozenset({"a"})),),
    ),
    ("wrong", (_NAME,), (ErrorText("e", "Schrijf uw naam op.", "f"), replace(_NAME, error="Schrijf uw naam op."))),
]
_STANDS_OUT = 90  # of 255: what is darker or lighter by as much is seen without any colour


def grey(page: Page) -> QImage:
    return page.window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def differing(first: QImage, second: QImage) -> int:
    return sum(
        abs((first.pixel(x, y) & 255) - (second.pixel(x, y) & 255)) >= _STANDS_OUT
        for x in range(0, first.width(), 2)
        for y in range(0, first.height(), 2)
    )


@pytest.mark.parametrize(("name", "before", "after"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_what_a_colour_tells_is_seen_without_colour(
    qtbot: QtBot, name: str, before: tuple[Part, ...], after: tuple[Part, ...]
) -> None:
    page = Page((1366, 768))
    qtbot.addWidget(page.window)
    page.show(view_of((Heading("h", name), *before)))
    clean = grey(page)
    assert differing(clean, grey(page)) == 0
    page.show(view_of((Heading("h", name), *after)))

    assert differing(clean, grey(page)) > 30


# -- without sight -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", [READ, LOW])
def test_a_switch_says_by_its_name_whether_it_is_on(tool: str) -> None:
    station = next(found for found in all_stations() if found.spot == "start")

    def switch(view: View) -> Button:
        return next(button for button in (*view.tools, *view.bar) if button.id == tool)

    off = switch(station.view(Preferences(), is_portrait=True))
    on = switch(station.view(Preferences(is_reading=True, is_low=True), is_portrait=True))
    assert (off.is_on, on.is_on) == (False, True)
    assert off.text != on.text
    assert off.icon != on.icon


def dutch_texts() -> Iterator[str]:
    yield from (
        line.partition('"')[2]
        for line in (ROOT / "i18n" / "nl.po").read_text("utf-8").splitlines()
        if line.startswith("msgstr")
    )
    for path in sorted((ROOT / "resources").glob("services/*/nl.toml")):
        yield from (line for line in path.read_text("utf-8").splitlines() if "=" in line)


def only_sensed(texts: Iterator[str]) -> list[str]:
    """Give the sentences that point at something on the screen by place or colour, and do not name it."""
    return [
        sentence
        for text in texts
        for sentence in re.split(r"(?<=[.!?]) ", text)
        if SENSED.search(sentence) and ON_SCREEN.search(sentence) and not NAMED.search(sentence)
    ]


def test_nobody_is_told_where_a_thing_is_without_its_name() -> None:
    assert only_sensed(dutch_texts()) == []


def test_a_planted_direction_without_a_name_is_found() -> None:
    assert only_sensed(iter(["Klaar? Druk op de groene knop."])) == ["Druk op de groene knop."]
    assert only_sensed(iter(["Druk rechtsboven op: Snel weg."])) == []


def test_no_picture_file_of_the_program_can_hold_text() -> None:
    pictures = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}

    assert [path for path in (ROOT / "resources").rglob("*") if path.suffix in pictures] == []


def test_the_tools_can_be_used_before_anything_else_on_the_first_screen() -> None:
    citizen = Citizen()
    assert library().services
    assert {READ, SOUND, SIZE} <= {button.id for button in citizen.view.tools}
    citizen.navigator.handle(Pressed(READ))

    assert citizen.view.name == "start"
    assert citizen.navigator.preferences.is_reading
    assert Texts("nl").tr("tool.read_stop") in {button.text for button in citizen.view.tools}
