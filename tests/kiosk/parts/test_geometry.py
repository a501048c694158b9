# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every example of every part at every window, letter size and direction: nothing clipped, small or touching."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.parts.action_button import ActionButton
from kiosk.parts.catalogue import EXAMPLES
from kiosk.parts.choices import CheckOption, RadioOption
from kiosk.parts.part_widget import PartWidget
from kiosk.parts.picks import PickBox
from kiosk.parts.text_block import TextBlock
from kiosk.parts.tiles import TileButton
from kiosk.parts.typing_line import TypingArea, TypingLine
from kiosk.view import Direction, TextSize
from tests.kiosk.window_views import BAR, TOOLS, WINDOW_SIZES, Page, view_of

LEAST_TARGET = 72
LEAST_GAP = 16
SMALLEST_TILE_PICTURE = 64


def box_on(item: QWidget, surface: QWidget) -> QRect:
    return QRect(item.mapTo(surface, QPoint(0, 0)), item.size())


def target_of(item: QWidget) -> QWidget:
    """A finger may land anywhere in the box of a field."""
    parent = item.parentWidget()
    return parent if isinstance(item, TypingLine | TypingArea | PickBox) and parent is not None else item


def is_clipped(item: QWidget) -> bool:
    """Compare what the letters need with the room they have; the parts' own sums are not trusted."""
    match item:
        case TextBlock():
            shape, room = item.shape_of_text, item.height()
        case ActionButton():
            shape, room = item.shape_of_text, item.height() - 4
        case TileButton():
            shape, room = item.shape_of_text, item.height() - SMALLEST_TILE_PICTURE - 8
        case RadioOption() | CheckOption():
            shape, room = item.card.word, item.height() - (item.card.help.height if item.card.help else 0) - 8
        case _:
            return False
    return not shape.is_whole or shape.height > room


def gap_between(first: QRect, second: QRect) -> int:
    across = max(first.left(), second.left()) - min(first.right(), second.right()) - 1
    down = max(first.top(), second.top()) - min(first.bottom(), second.bottom()) - 1
    return max(across, down)


@pytest.mark.parametrize("window_size", WINDOW_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("letters", list(TextSize))
@pytest.mark.parametrize("direction", list(Direction))
def test_every_example_fits(
    qtbot: QtBot, window_size: tuple[int, int], letters: TextSize, direction: Direction
) -> None:
    page = Page(window_size)
    qtbot.addWidget(page.window)
    surface = page.window.centralWidget()
    assert surface is not None
    faults: list[str] = []
    for example in EXAMPLES:
        page.show(view_of((example,), name=example.id, size=letters, direction=direction))
        part = next(widget for widget in page.window.findChildren(PartWidget) if widget.part_id == example.id)
        inside = QRect(0, 0, page.window.width(), 1_000_000)
        shown = [child for child in part.findChildren(QWidget) if child.isVisible()]
        for item in shown:
            box = box_on(item, surface)
            if box.left() < inside.left() or box.right() > inside.right():
                faults.append(f"{example.id}: {item.accessibleName()} leaves the window")
            parent = item.parentWidget()
            if parent is not None and not parent.rect().adjusted(-8, 0, 8, 0).contains(item.geometry()):
                faults.append(f"{example.id}: {type(item).__name__} {item.accessibleName()} leaves its box")
            if is_clipped(item):
                faults.append(f"{example.id}: {item.accessibleName()} is clipped")
        targets = [target_of(item) for item in part.items()]
        small = [target for target in targets if min(target.width(), target.height()) < LEAST_TARGET]
        faults += [f"{example.id}: {target.accessibleName()} is too small" for target in small]
        for first, second in combinations(targets, 2):
            if gap_between(box_on(first, surface), box_on(second, surface)) < LEAST_GAP:
                faults.append(f"{example.id}: {first.accessibleName()} touches {second.accessibleName()}")
    assert faults == []


@pytest.mark.parametrize("window_size", WINDOW_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("letters", list(TextSize))
@pytest.mark.parametrize("direction", list(Direction))
def test_the_frame_fits(qtbot: QtBot, window_size: tuple[int, int], letters: TextSize, direction: Direction) -> None:
    page = Page(window_size)
    qtbot.addWidget(page.window)
    page.show(view_of((EXAMPLES[0],), size=letters, direction=direction))
    names = [button.id for button in (*page.window.view.tools, *page.window.view.bar)] if page.window.view else []
    buttons = [page.item(name) for name in names]

    assert len(buttons) == len(TOOLS) + len(BAR)
    for button in buttons:
        assert isinstance(button, QAbstractButton)
        assert not is_clipped(button), button.accessibleName()
        assert min(button.width(), button.height()) >= LEAST_TARGET
        assert page.window.rect().contains(box_on(button, page.window))
    for first, second in combinations(buttons, 2):
        gap = gap_between(box_on(first, page.window), box_on(second, page.window))
        assert gap >= LEAST_GAP, (first.accessibleName(), second.accessibleName())


@pytest.mark.parametrize("window_size", WINDOW_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("letters", list(TextSize))
def test_the_focus_ring_is_seen_around_every_item(
    qtbot: QtBot, window_size: tuple[int, int], letters: TextSize
) -> None:
    page = Page(window_size)
    qtbot.addWidget(page.window)
    for example in EXAMPLES:
        page.show(view_of((example,), name=example.id, size=letters))
        for _ in page.window.focus_order():
            page.window.focusNextPrevChild(True)
            ring, focused = page.window.focus_ring, page.window.focusWidget()
            assert focused is not None
            assert ring.isVisible()
            assert ring.geometry().intersects(box_on(focused, page.window))
            assert page.window.rect().contains(ring.geometry()), f"{example.id} {focused.accessibleName()}"
