# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The largest letters are legible from where people stand (EN 301 549, 5.1.4), and wide text is as wide as asked."""

import math

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from commands.screen_runs import Setting, check_here
from kiosk.parts.look import look_for
from kiosk.view import Preferences, TextSize, ThemeName
from resources.theme import load_theme
from tests.stations import all_stations

STYLES = tuple(load_theme("light", "100", is_roomy=True).types)
MM_PER_INCH = 25.4
LARGEST = Preferences(text_size=TextSize.LARGEST)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("distance_mm", [400, 600, 800])
@pytest.mark.parametrize("dpi", [92, 120, 141])
@pytest.mark.parametrize("side", [768, 1080])
def test_all_letters_of_the_largest_size_are_legible_from_the_distance(
    qtbot: QtBot, style: str, distance_mm: int, dpi: int, side: int
) -> None:
    metrics = QFontMetricsF(look_for(LARGEST, dpi, side, distance_mm).font(style))
    capital_mm = metrics.tightBoundingRect("H").height() / dpi * MM_PER_INCH
    small_mm = metrics.tightBoundingRect("x").height() / dpi * MM_PER_INCH
    degrees = math.degrees(2 * math.atan(capital_mm / 2 / distance_mm))

    assert degrees >= 0.7
    assert small_mm >= 0.00595 * distance_mm


def test_grows_with_the_distance_and_not_with_the_other_sizes() -> None:
    def body(size: TextSize, distance_mm: int) -> int:
        return look_for(Preferences(text_size=size), 92, 1080, distance_mm).font("tool").pixelSize()

    assert body(TextSize.LARGEST, 800) > body(TextSize.LARGEST, 600)
    assert body(TextSize.NORMAL, 800) == body(TextSize.NORMAL, 600)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", list(TextSize))
def test_wide_text_has_the_distances_of_wcag_1_4_12(qtbot: QtBot, style: str, size: TextSize) -> None:
    look = look_for(Preferences(text_size=size, is_spaced=True), 92, 1080)
    font = look.font(style)

    assert look.line(style) >= 1.5 * font.pixelSize() - 0.5
    assert font.letterSpacing() >= 0.12 * font.pixelSize()
    assert font.wordSpacing() >= 0.16 * font.pixelSize()


def test_wide_paragraphs_stand_two_letters_apart() -> None:
    look = look_for(Preferences(is_spaced=True), 92, 1080)
    px = look.font("body").pixelSize()

    assert look.paragraph_gap >= 2 * px


@pytest.mark.parametrize("theme", list(ThemeName))
def test_a_theme_changes_no_size(theme: ThemeName) -> None:
    plain, other = look_for(Preferences(), 92, 1080), look_for(Preferences(theme=theme), 92, 1080)

    assert [plain.font(style).pixelSize() for style in STYLES] == [other.font(style).pixelSize() for style in STYLES]


# On a screen that stands up, our longest word ("gehandicaptenparkeerkaart") is wider than a card from 750 mm on.
@pytest.mark.parametrize(("window", "distance_mm"), [("landscape", 800), ("portrait", 720)])
def test_the_screens_still_fit_when_people_stand_further_away(qtbot: QtBot, window: str, distance_mm: int) -> None:
    sample = all_stations()[::60]

    assert len(sample) > 10
    faults = check_here(sample, Setting("nl", "170", window), distance_mm=distance_mm, with_focus=False)
    assert [str(fault) for fault in faults] == []
