# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What six keys come to: what can be done, and every text of the screen to who has it read aloud."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.window_words import window_words
from i18n.texts import Texts
from kiosk.parts.text_block import TextBlock
from kiosk.speech.reading import utterances
from kiosk.view import (
    AnswerRow,
    AnswerRows,
    Card,
    CardLine,
    Choices,
    Columns,
    Field,
    FieldRow,
    Heading,
    Notice,
    Option,
    Paragraph,
    Part,
    Tile,
    Tiles,
    View,
    Where,
)
from kiosk.window import KioskWindow
from tests.kiosk.window_views import LANDSCAPE, view_of

PARTS: tuple[Part, ...] = (
    Where("where", "Ik ga verhuizen · vraag 3"),
    Heading("title", "Op welke dag?"),
    Paragraph("help", "Weet u het niet precies? Kies dan iets."),
    Choices("answer", (Option("a", "Maandag", help="Of later"), Option("b", "Dinsdag"))),
    FieldRow("when", (Field("day", "Dag"), Field("year", "Jaar")), label="Welke dag?"),
    AnswerRows("rows", (AnswerRow("row", "Naam", "Sam", "Aanpassen"), AnswerRow("fixed", "Soort", "Huur"))),
    Columns("deal", (Card("you", "Dit doet u", "check", (CardLine("Bel."), CardLine("Schrijf."))),)),
    Notice("note", "Let op", "Dit is nog geen bezwaar."),
)


class Walk:
    """A window that remembers what a key came to."""

    def __init__(self) -> None:
        self.came_to: list[str] = []
        self.window = KioskWindow(
            lambda event: None,
            words=window_words(Texts),
            walked=lambda part_id, name: self.came_to.append(part_id or name),
        )
        self.window.resize(*LANDSCAPE)
        self.window.show()

    def press(self, key: Qt.Key) -> None:
        focused: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key)


@pytest.fixture
def walk(qtbot: QtBot) -> Walk:
    made = Walk()
    qtbot.addWidget(made.window)
    return made


def shown(is_reading: bool) -> View:
    view = view_of(PARTS)
    return replace(view, preferences=replace(view.preferences, is_reading=is_reading))


def walk_all(walk: Walk) -> list[str]:
    """Go round once, from the first."""
    walk.window.focus_order()[-1].setFocus()
    for _ in range(len(walk.window.focus_order()) + 2):  # the ways up and down come and go
        walk.press(Qt.Key.Key_Right)
    return walk.came_to


def test_keys_come_to_every_text_in_reading_order_when_the_screen_is_read_aloud(walk: Walk) -> None:
    walk.window.show_view(shown(is_reading=True))
    came_to = walk_all(walk)

    assert came_to[: came_to.index("note.text") + 1] == [
        *("where", "title", "help", "answer.a", "answer.b", "when.label", "day", "year"),
        *("row", "fixed.question", "fixed.answer", "you.title", "you.0", "you.1", "note.title", "note.text"),
    ]


def test_down_goes_by_no_tile_when_the_screen_is_read_aloud(walk: Walk) -> None:
    tiles = tuple(Tile(f"tile.{number}", f"Tegel {number}", "car") for number in range(1, 9))
    view = view_of((Heading("title", "Waarmee kunnen wij u helpen?"), Tiles("tiles", tiles)))
    walk.window.show_view(replace(view, preferences=replace(view.preferences, is_reading=True)))
    walk.window.focus_order()[0].setFocus()
    for _ in tiles:
        walk.press(Qt.Key.Key_Down)
    for _ in tiles[1:]:
        walk.press(Qt.Key.Key_Up)
    order = [tile.id for tile in tiles]

    assert walk.came_to == [*order, *order[-2::-1]]


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up])
def test_the_first_arrow_on_a_screen_says_where_one_is_so_that_no_answer_goes_by_unheard(
    walk: Walk, key: Qt.Key
) -> None:
    walk.window.show_view(shown(is_reading=True))
    walk.press(key)
    walk.press(Qt.Key.Key_Down)

    assert walk.came_to == ["answer.a", "answer.b"]


def test_the_first_arrow_walks_at_once_for_who_sees_where_they_are(walk: Walk) -> None:
    walk.window.show_view(shown(is_reading=False))
    walk.press(Qt.Key.Key_Right)

    assert walk.came_to == ["answer.b"]


def test_no_text_is_left_out_of_the_walk(walk: Walk) -> None:
    view = shown(is_reading=True)
    walk.window.show_view(view)
    came_to = tuple(walk_all(walk))
    said = {found.part_id for found in utterances(view) if found.text.strip()}
    missed = {part_id for part_id in said if part_id not in came_to and not part_id.startswith(_pieces(came_to))}

    # A label of an item that can be walked to is said with it.
    assert missed == set()


def _pieces(came_to: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{part_id}." for part_id in came_to)


def test_keys_come_only_to_what_can_be_done_when_nothing_is_read_aloud(walk: Walk) -> None:
    walk.window.show_view(shown(is_reading=False))

    assert not {"where", "title", "help", "note.text"} & set(walk_all(walk))


def test_ok_on_a_text_says_it_once_more(walk: Walk) -> None:
    walk.window.show_view(shown(is_reading=True))
    while not walk.came_to or walk.came_to[-1] != "help":
        walk.press(Qt.Key.Key_Left)
    walk.press(Qt.Key.Key_Return)

    assert walk.came_to[-2:] == ["help", "help"]


def test_a_text_keeps_its_place_when_the_screen_is_shown_anew(walk: Walk) -> None:
    view = shown(is_reading=True)
    walk.window.show_view(view)
    while not walk.came_to or walk.came_to[-1] != "title":
        walk.press(Qt.Key.Key_Left)
    walk.window.show_view(replace(view, is_practice=True))
    walk.press(Qt.Key.Key_Right)

    assert walk.came_to[-1] == "help"


@pytest.mark.parametrize("is_reading", [True, False])
def test_a_text_that_a_finger_points_at_is_said_only_when_the_screen_is_read_aloud(
    walk: Walk, *, is_reading: bool
) -> None:
    walk.window.show_view(shown(is_reading=is_reading))
    focused = walk.window.focusWidget()
    text = next(found for found in walk.window.findChildren(TextBlock) if found.reading_id == "help")
    QTest.mouseClick(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, text.rect().center())

    assert walk.came_to == (["help"] if is_reading else [])
    assert walk.window.focusWidget() is focused


def test_a_finger_that_slides_off_a_text_says_nothing(walk: Walk) -> None:
    walk.window.show_view(shown(is_reading=True))
    text = next(found for found in walk.window.findChildren(TextBlock) if found.reading_id == "help")
    QTest.mousePress(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, text.rect().center())
    QTest.mouseRelease(text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, -300))

    assert walk.came_to == []
