# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of the desk: its sheet is whole, and what stands on what can be read."""

from __future__ import annotations

import re

import pytest

from resources.colour_pairs import contrast
from resources.desk_theme import DESK_THEMES, desk_colours, desk_px, desk_style_sheet

# Ink, what it lies on, and the least contrast: 4.5 for text, 3 for edges.
PAIRS = (
    ("ink", "canvas", 4.5),
    ("ink", "paper", 4.5),
    ("ink", "tint", 4.5),
    ("ink_soft", "canvas", 4.5),
    ("ink_soft", "paper", 4.5),
    ("ink_soft", "tint", 4.5),
    ("primary", "paper", 4.5),
    ("primary", "canvas", 4.5),
    ("primary", "tint", 4.5),
    ("on_primary", "primary", 4.5),
    ("on_primary", "primary_pressed", 4.5),
    ("human", "human_paper", 4.5),
    ("danger", "danger_paper", 4.5),
    ("danger", "paper", 4.5),
    ("warn", "warn_paper", 4.5),
    ("good", "paper", 4.5),
    ("good", "canvas", 4.5),
    ("on_read_word", "read_word", 4.5),
    ("edge", "paper", 3.0),
)


@pytest.mark.parametrize("theme", DESK_THEMES)
def test_fills_in_every_colour_and_size(theme: str) -> None:
    sheet = desk_style_sheet(theme)
    assert not re.search(r"[@$]", sheet)
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("theme", DESK_THEMES)
@pytest.mark.parametrize(("ink", "paper", "least"), PAIRS)
def test_can_be_read(theme: str, ink: str, paper: str, least: float) -> None:
    colours = desk_colours(theme)
    assert contrast(colours[ink], colours[paper]) >= least


def test_is_as_large_as_the_desk_needs() -> None:
    sizes = desk_px()
    assert (sizes["body"], sizes["table"], sizes["row"]) == (22, 18, 48)
