# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every pair of colours that Loket puts together, at the kiosk and at the desk, and how far the two must be apart.

By the names of `theme.toml`. What a window really paints is held against this list by tests; a theme of a municipality
that lets a pair come too close is refused with these names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT, PART = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11
STRONG_TEXT = 7.0  # WCAG 1.4.6, for the theme of who sees badly
STRONG_THEMES = frozenset({"yellow"})

TEXT_PAIRS = (
    ("ink", "canvas"), ("ink", "paper"), ("ink", "tint"), ("ink", "danger_paper"), ("ink", "good_paper"),
    ("ink", "warn_paper"), ("ink", "human_paper"), ("ink", "read_sentence"), ("ink_soft", "canvas"),
    ("ink_soft", "paper"), ("primary", "paper"), ("primary", "tint"), ("on_primary", "primary"),
    ("on_primary", "primary_pressed"), ("human", "human_paper"), ("human", "paper"), ("danger", "canvas"),
    ("danger", "paper"), ("danger", "tint"), ("danger", "danger_paper"), ("good", "canvas"), ("good", "paper"),
    ("good", "good_paper"), ("warn", "warn_paper"), ("on_read_word", "read_word"),
    ("primary", "canvas"), ("ink_soft", "tint"), ("ink_soft", "read_sentence"),
)  # fmt: skip
PART_PAIRS = (
    ("edge", "canvas"), ("edge", "paper"), ("primary", "canvas"), ("primary", "paper"), ("primary", "tint"),
    ("danger", "canvas"), ("danger", "paper"), ("human", "paper"), ("ink", "canvas"), ("ink", "paper"),
    ("focus", "focus_edge"), ("good", "good_paper"), ("warn", "warn_paper"), ("danger", "danger_paper"),
    ("primary_pressed", "canvas"), ("primary_pressed", "paper"), ("primary", "good_paper"),
    ("primary", "warn_paper"), ("primary", "read_sentence"),
)  # fmt: skip
FOCUS_ON = ("canvas", "paper", "primary", "tint")  # one of the two lines of the focus ring stands out from each
SENDER_ON = ("paper", "tint", "read_sentence")  # the coloured shape of a sender, with its picture on it
_MARK = "mark_"


@dataclass(frozen=True, slots=True)
class FaintPair:
    """Two colours that are too near to each other."""

    theme: str
    first: str
    second: str
    found: float
    least: float

    def __str__(self) -> str:
        """Name the pair, and what is asked of it."""
        least = f"{self.least:g}"
        # Rounded down: 4.499 is not to be told as the 4.5 that was asked.
        return (
            f"{self.theme}: {self.first} on {self.second} is {int(self.found * 100) / 100:.2f} to 1, at least {least}"
        )


def luminance(colour: str) -> float:
    """Give the relative luminance of "#rrggbb"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint_pairs(theme: str, colours: Mapping[str, str]) -> Iterator[FaintPair]:
    """Give every pair of a theme that is too near to each other."""
    text = STRONG_TEXT if theme in STRONG_THEMES else TEXT
    marks = tuple(name for name in colours if name.startswith(_MARK))
    wanted = [
        *((first, second, text) for first, second in TEXT_PAIRS),
        *((first, second, PART) for first, second in PART_PAIRS),
        *(("on_mark", mark, TEXT) for mark in marks),
        *((mark, behind, PART) for mark in marks for behind in SENDER_ON),
    ]
    for first, second, least in wanted:
        found = contrast(colours[first], colours[second])
        if found < least:
            yield FaintPair(theme, first, second, found, least)
    for behind in FOCUS_ON:
        found = max(contrast(colours[line], colours[behind]) for line in ("focus", "focus_edge"))
        if found < PART:
            yield FaintPair(theme, "focus and focus_edge", behind, found, PART)
