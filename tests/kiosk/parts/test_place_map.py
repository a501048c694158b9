# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map by finger and by key: every square can be chosen, and chosen off; the west stays left in every language."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.parts.place_map import EXAMPLES, PlaceMapGrid, SquareButton
from kiosk.view import Chose, Direction, PlaceMap
from tests.kiosk.window_views import Page, view_of

(MAP,) = EXAMPLES


def squares(page: Page) -> list[SquareButton]:
    (grid,) = (found for found in page.window.findChildren(PlaceMapGrid) if found.isVisible())
    return [item for item in grid.items() if isinstance(item, SquareButton)]


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    found = Page((1366, 768))
    qtbot.addWidget(found.window)
    found.show(view_of((MAP,)))
    return found


def test_sends_the_square_that_was_tapped_and_shows_only_that_one(page: Page) -> None:
    assert isinstance(MAP, PlaceMap)
    QTest.mouseClick(squares(page)[0], Qt.MouseButton.LeftButton)

    assert Chose("map", "A1") in page.events
    assert [button.square.id for button in squares(page) if button.isChecked()] == ["A1"]


def test_names_every_square_for_who_cannot_see_it(page: Page) -> None:
    assert len({button.accessibleName() for button in squares(page)}) == 36


@pytest.mark.parametrize("direction", list(Direction))
def test_keeps_the_west_on_the_left(direction: Direction, page: Page) -> None:
    page.show(view_of((MAP,), direction=direction))
    row = squares(page)[:6]
    assert [button.x() for button in row] == sorted(button.x() for button in row)
