# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every pair of colours that Loket puts together, computed: 4.5 to 1 for text, 3 to 1 for what shows a control."""

import pytest

from domain.service import SenderColour
from resources.theme import load_theme, theme_names

TEXT_PAIRS = [
    ("ink", "canvas"), ("ink", "paper"), ("ink", "tint"), ("ink", "danger_paper"), ("ink", "good_paper"),
    ("ink", "warn_paper"), ("ink", "human_paper"), ("ink", "read_sentence"), ("ink_soft", "canvas"),
    ("ink_soft", "paper"), ("primary", "paper"), ("primary", "tint"), ("on_primary", "primary"),
    ("on_primary", "primary_pressed"), ("human", "human_paper"), ("human", "paper"), ("danger", "canvas"),
    ("danger", "paper"), ("danger", "tint"), ("danger", "danger_paper"), ("good", "canvas"), ("good", "paper"),
    ("good", "good_paper"), ("warn", "warn_paper"), ("on_read_word", "read_word"),
]  # fmt: skip
PART_PAIRS = [
    ("edge", "canvas"), ("edge", "paper"), ("primary", "canvas"), ("primary", "paper"), ("primary", "tint"),
    ("danger", "canvas"), ("danger", "paper"), ("human", "paper"), ("ink", "canvas"), ("ink", "paper"),
    ("focus", "focus_edge"), ("good", "good_paper"), ("warn", "warn_paper"), ("danger", "danger_paper"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_measures_black_on_white_as_21() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("text", "behind"), TEXT_PAIRS)
def test_text_stands_out_from_what_is_behind_it(theme: str, text: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert contrast(colours[text], colours[behind]) >= 4.5


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("part", "behind"), PART_PAIRS)
def test_the_edge_of_a_control_stands_out_from_what_is_behind_it(theme: str, part: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert contrast(colours[part], colours[behind]) >= 3.0


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("behind", ["canvas", "paper", "primary", "tint"])
def test_one_of_the_two_lines_of_the_focus_ring_stands_out_everywhere(theme: str, behind: str) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours

    assert max(contrast(colours[line], colours[behind]) for line in ("focus", "focus_edge")) >= 3.0


@pytest.mark.parametrize("theme", theme_names())
def test_every_theme_names_the_same_colours(theme: str) -> None:
    first = load_theme(theme_names()[0], "100", is_roomy=False).colours

    assert load_theme(theme, "100", is_roomy=False).colours.keys() == first.keys()


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("colour", list(SenderColour))
def test_the_coloured_shape_of_a_sender_stands_out_and_so_does_the_picture_on_it(
    theme: str, colour: SenderColour
) -> None:
    colours = load_theme(theme, "100", is_roomy=False).colours
    shape = colours[f"mark_{colour}"]

    assert contrast(colours["on_mark"], shape) >= 4.5
    assert min(contrast(shape, colours[behind]) for behind in ("paper", "tint", "read_sentence")) >= 3.0
