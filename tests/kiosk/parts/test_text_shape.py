# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from kiosk.parts.text_shape import MOST_CHARACTERS, TextShape, harmless, utf16_offset
from resources.fonts import text_font

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def font(qtbot: QtBot) -> QFont:
    return text_font(28, 400)


def test_breaks_a_word_that_is_longer_than_the_line(font: QFont) -> None:
    shape = TextShape("Arbeidsongeschiktheidsverzekeringsmaatschappij", font, 40, is_rtl=False)

    assert shape.lay_out(200) >= 3 * 40
    assert shape.is_whole


def test_keeps_to_the_line_height(font: QFont) -> None:
    shape = TextShape("een\ntwee\ndrie", font, 40, is_rtl=False)

    assert shape.lay_out(500) == 120


def test_paints_only_the_beginning_of_an_endless_text() -> None:
    assert len(harmless("x" * 100_000)) == MOST_CHARACTERS + 1


def test_takes_out_what_could_turn_a_line_around_and_keeps_what_orders_it() -> None:
    assert "\u202e" not in harmless("a\u202eb\x00c")
    assert len(harmless("a\u202eb\x00c")) == 5
    assert harmless("a\u2067b\u2069\u200f") == "a\u2067b\u2069\u200f"


def test_leaves_no_single_word_on_the_last_line(font: QFont) -> None:
    text = "Goedemiddag. Waarmee kunnen wij u helpen?"
    plain = TextShape(text, font, 40, is_rtl=False)
    width = plain.natural_width - 40
    balanced = TextShape(text, font, 40, is_rtl=False, is_balanced=True)

    assert balanced.lay_out(width) == plain.lay_out(width) == 80
    assert balanced.used_width < plain.used_width * 0.8


def test_balance_breaks_no_word(font: QFont) -> None:
    shape = TextShape("Problemen met geld", font, 40, is_rtl=False, is_balanced=True)
    longest = TextShape("Problemen", font, 40, is_rtl=False).natural_width
    shape.lay_out(longest + 2)

    assert shape.line_count == 2


def test_keeps_a_short_piece_with_the_word_behind_its_hyphen(font: QFont) -> None:
    shape = TextShape("Paspoort of ID-kaart", font, 30, is_rtl=False)
    shape.lay_out(QFontMetrics(font).horizontalAdvance("Paspoort of ID-") + 4)
    assert shape.lines == ["Paspoort of ", "ID-kaart"]
    assert shape.text == "Paspoort of ID-kaart"


def test_counts_signs_beyond_the_first_plane_as_qt_does() -> None:
    assert utf16_offset("a\U0001f642b", 2) == 3


def test_finds_where_a_word_stands(font: QFont) -> None:
    shape = TextShape("een twee drie", font, 40, is_rtl=False)
    shape.lay_out(1000)
    first, second = shape.rectangles(0, 3)[0], shape.rectangles(4, 8)[0]

    assert first.right() < second.left()
    assert shape.rectangles(0, 13)[0].width() > second.right() - first.left() - 1


def test_a_bold_piece_makes_the_line_wider(font: QFont) -> None:
    plain = TextShape("Klaar op vrijdag 18 december.", font, 40, is_rtl=False)
    strong = TextShape("Klaar op vrijdag 18 december.", font, 40, is_rtl=False, strong="vrijdag 18 december")

    assert strong.natural_width > plain.natural_width


def test_a_word_wider_than_its_place_is_written_smaller_and_whole(qtbot: QtBot) -> None:
    font = QFont("Noto Sans")
    font.setPixelSize(40)
    word = "Kinderopvangtoeslag"
    shape = TextShape(word, font, 50, is_rtl=False)
    whole = shape.natural_width
    small = shape.lay_out(round(whole * 0.9))
    assert (shape.line_count, shape.breaks_a_word) == (1, False)
    assert shape.lay_out(whole + 10) > small  # at its full size again where there is room
    shape.lay_out(round(whole * 0.4))
    assert shape.breaks_a_word  # nothing that a person can read would help here
