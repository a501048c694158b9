# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lines: nothing too wide, nothing lost, and the right order in scripts that run the other way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.paper.fonts import installed
from kiosk.paper.ink import BODY
from kiosk.paper.paragraph import Line, harmless, lay_out


def words(lines: tuple[Line, ...]) -> str:
    return "".join(run.said or run.drawn for line in lines for run in line.runs)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.floats(60, 500))
def test_any_text_makes_lines_that_fit(text: str, width: float) -> None:
    for line in lay_out(text, BODY, width, installed()):
        # Letters that join change width with their neighbours, so that a cut word may differ a little.
        assert line.width <= width * 1.1


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abcdé 14.,()"), max_size=300))
def test_no_character_is_lost_by_breaking(text: str) -> None:
    kept = words(lay_out(text, BODY, 90, installed()))
    assert kept.replace(" ", "") == text.replace(" ", "")


def test_a_date_or_telephone_number_stays_on_one_line() -> None:
    lines = lay_out(
        "Bel ons voor 27 november 2026 op 14 000 of 14 001.", BODY, 160, installed(), ("27 november 2026", "14 000")
    )
    texts = ["".join(run.drawn for run in line.runs) for line in lines]
    assert any("27 november 2026" in text for text in texts)
    assert any("14 000" in text for text in texts)


def test_a_date_wider_than_the_line_is_cut_between_its_words() -> None:
    day = "donderdag 26 november 2026"
    lines = lay_out(f"U hoort van ons, uiterlijk {day}.", BODY, 120, installed(), (day,))
    texts = ["".join(run.drawn for run in line.runs).strip() for line in lines]

    assert " ".join(texts).split() == f"U hoort van ons, uiterlijk {day}.".split()


def test_only_the_phrase_is_bold() -> None:
    (line,) = lay_out("Bel 14 000 nu", BODY, 500, installed(), ("14 000",))
    assert [(run.drawn, run.font.fontName) for run in line.runs] == [
        ("Bel ", "NotoSans-Regular"),
        ("14 000", "NotoSans-Bold"),
        (" nu", "NotoSans-Regular"),
    ]


def test_no_word_stands_alone_on_the_last_line_of_a_short_text() -> None:
    lines = lay_out("Hoe ver is mijn vraag? Typ uw nummer en uw code in.", BODY, 335, installed())
    assert len(lines) == 2
    assert lines[1].width > 0.3 * lines[0].width


def test_arabic_runs_from_the_right_and_its_letters_join() -> None:
    fonts = installed()
    (line,) = lay_out("بيت جديد", BODY, 500, fonts)
    assert line.is_right_to_left
    (run,) = line.runs
    assert run.said == "بيت جديد"
    singles = sum(fonts.choose(letter, bold=False)[0].face.charWidths[ord(letter)] for letter in run.said) / 1000
    assert run.width < singles
    assert not any(glyph in "بيتجد" for glyph in run.drawn.replace(" ", "")[1:-1])


def test_a_telephone_number_keeps_its_order_among_arabic_words() -> None:
    (line,) = lay_out("اتصل على 14 000 الآن", BODY, 500, installed())
    spoken = {run.drawn: run.offset for run in line.runs if not run.said}
    assert "14 000" in spoken
    first, last = line.runs[0], line.runs[-1]
    assert first.offset > spoken["14 000"] > last.offset


def test_brackets_turn_round_with_the_words_they_hold() -> None:
    (line,) = lay_out("شركة (العنوان) قبل", BODY, 500, installed())
    order = sorted(line.runs, key=lambda run: run.offset)
    drawn = "".join(run.drawn for run in order)
    assert drawn.index("(") < drawn.index(")")


def test_direction_marks_go_and_control_characters_show() -> None:
    assert harmless("a\u202eb\u2066c\u200f") == "abc"
    assert harmless("a\x00\x1b[31m\r\nb\tc\u2028d") == "a\ufffd\ufffd[31m\nb    c\nd"


def test_a_character_without_a_glyph_shows_as_a_box() -> None:
    (line,) = lay_out("\U00010348", BODY, 500, installed())
    assert line.runs[0].drawn in {"\u25af", "\u25a1", "\ufffd"}
