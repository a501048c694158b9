# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each kind of fault is planted once in a sound screen, and found."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.screen_check import faults_of
from kiosk.content import Content
from kiosk.frame import Tools
from kiosk.parts.text_block import TextBlock
from kiosk.parts.text_shape import TextShape
from kiosk.view import HUMAN, NEXT, READ, Choices, Field, Heading, Option, Paragraph, TextSize
from kiosk.window import KioskWindow
from resources.fonts import text_font
from tests.kiosk.window_views import LANDSCAPE, PORTRAIT, Page, view_of

PARTS = (
    Heading("heading", "Van wie is de brief?"),
    Paragraph("help", "Kies wie de brief stuurde. Weet u het niet? Kies dan: Ik weet het niet."),
    Choices("sender", (Option("city", "De gemeente", "earth"), Option("tax", "De Belastingdienst"))),
    Field("name", "Uw naam"),
)


def page_with(qtbot: QtBot, size: tuple[int, int], letters: TextSize = TextSize.NORMAL) -> Page:
    page = Page(size)
    qtbot.addWidget(page.window)
    page.show(view_of(PARTS, size=letters))
    return page


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("letters", list(TextSize))
def test_finds_nothing_on_a_sound_screen(qtbot: QtBot, size: tuple[int, int], letters: TextSize) -> None:
    assert faults_of(page_with(qtbot, size, letters).window) == []


def content_of(window: KioskWindow) -> Content:
    content = window.findChild(Content)
    assert content is not None
    return content


def block(window: KioskWindow, reading_id: str) -> TextBlock:
    return next(found for found in window.findChildren(TextBlock) if found.reading_id == reading_id)


def moved(item: QWidget | None, rect: QRect) -> None:
    assert item is not None
    item.setGeometry(rect)


def cut_low(window: KioskWindow) -> None:
    heading = block(window, "heading")
    heading.resize(heading.width(), heading.height() // 2)


def cut_at_the_side(window: KioskWindow) -> None:
    help_text = block(window, "help")
    help_text.resize(help_text.width() // 3, help_text.height())


def broken_word(window: KioskWindow) -> None:
    block(window, "heading").shape_of_text.lay_out(60)
    block(window, "heading").resize(60, 900)


def two_over_each_other(window: KioskWindow) -> None:
    first, second = content_of(window).widgets[:2]
    second.move(first.pos())


def tiny_target(window: KioskWindow) -> None:
    item = window.item("city")
    assert item is not None
    item.resize(item.width(), 40)


def two_too_close(window: KioskWindow) -> None:
    first, second = window.item("city"), window.item("tax")
    assert first is not None
    assert second is not None
    second.setGeometry(first.geometry().translated(first.width() + 6, 0))


def outside_the_window(window: KioskWindow) -> None:
    tools = window.findChild(Tools)
    moved(tools, QRect(300, 0, window.width(), 130))


def page_too_wide(window: KioskWindow) -> None:
    content_of(window).page.resize(5000, 900)


def called_otherwise(window: KioskWindow) -> None:
    item = window.item(NEXT)
    assert item is not None
    item.setAccessibleName("Ga door")


def without_a_name(window: KioskWindow) -> None:
    item = window.item(READ)
    assert item is not None
    item.setAccessibleName("")


def backwards(window: KioskWindow) -> None:
    first, last = content_of(window).widgets[2:4]
    places = first.pos(), last.pos()
    last.move(places[0])
    first.move(places[1].x(), places[1].y() + 40)


def bar_over_the_page(window: KioskWindow) -> None:
    bar = window.item(HUMAN)
    assert bar is not None
    strip = bar.parentWidget()
    assert strip is not None
    strip.setGeometry(0, 200, window.width(), window.height() - 200)
    content_of(window).setFixedHeight(60)


FAULTS: list[tuple[Callable[[KioskWindow], None], str]] = [
    (cut_low, "does not fit its box"),
    (cut_at_the_side, "does not fit its box"),
    (broken_word, "a word is broken"),
    (two_over_each_other, "overlaps"),
    (two_over_each_other, "written over"),
    (tiny_target, "px to touch"),
    (two_too_close, "px from"),
    (outside_the_window, "leaves the window"),
    (page_too_wide, "wider than the window"),
    (called_otherwise, "is called"),
    (without_a_name, "has no name"),
    (backwards, "stands above it"),
    (bar_over_the_page, "less than 5 lines"),
]


@pytest.mark.parametrize(("plant", "says"), FAULTS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_finds_a_planted_fault(qtbot: QtBot, plant: Callable[[KioskWindow], None], says: str) -> None:
    page = page_with(qtbot, LANDSCAPE)

    plant(page.window)

    assert any(says in fault.what for fault in faults_of(page.window, with_keyboard=False))


def test_finds_letters_that_are_too_small(qtbot: QtBot) -> None:
    page = page_with(qtbot, PORTRAIT, TextSize.LARGEST)
    shape = TextShape("Kleine letters", text_font(20, 400), 30, False)
    shape.lay_out(600)
    block(page.window, "help").shape_of_text = shape

    assert any("letters of 20 px" in fault.what for fault in faults_of(page.window, with_keyboard=False))


def long_page(qtbot: QtBot) -> Page:
    page = Page(LANDSCAPE)
    qtbot.addWidget(page.window)
    lines = tuple(Paragraph(f"line.{number}", f"Regel {number} van een lange bladzijde.") for number in range(30))
    page.show(view_of((*PARTS[:2], *lines, PARTS[3])))
    return page


def test_finds_a_field_under_the_keyboard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = long_page(qtbot)
    assert faults_of(page.window) == []

    monkeypatch.setattr(Content, "show_area", lambda _content, _area: None)
    content_of(page.window).scroll_to_top()

    assert any("the keyboard covers" in fault.what for fault in faults_of(page.window, with_focus=False))


def test_finds_a_focus_that_nothing_shows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_with(qtbot, LANDSCAPE)
    monkeypatch.setattr(type(page.window.focus_ring), "surround", lambda ring, *_where: ring.hide())

    assert any("no ring shows it" in fault.what for fault in faults_of(page.window, with_keyboard=False))


def test_finds_a_focus_that_is_not_scrolled_to(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = long_page(qtbot)
    monkeypatch.setattr(Content, "show_area", lambda _content, _area: None)

    content_of(page.window).scroll_to_top()
    found = [fault.what for fault in faults_of(page.window, with_keyboard=False)]

    assert any("under the frame" in what or "no ring" in what for what in found)
