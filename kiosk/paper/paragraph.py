# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a text into lines that fit a width, with some phrases in bold. Any text is taken: what cannot be drawn is made harmless.

It measures with the fonts of `fonts`; it draws nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.paper.fonts import Fonts
from kiosk.paper.ink import Style
from kiosk.paper.shaping import Run, is_right_to_left, levels, runs

# Paragraphs longer than this are cut at a space first, so that the bidirectional algorithm stays quick on any input.
_LONGEST_PIECE = 3000
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to draw."""

    runs: tuple[Run, ...]
    style: Style
    width: float
    is_right_to_left: bool


def harmless(text: str) -> str:
    """Give the text without what would steer the page: direction marks go, control characters become a visible box."""
    kept: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", _TAB):
        kind = unicodedata.category(character)
        if character == "\n" or character in "\u200c\u200d":
            kept.append(character)
        elif kind in ("Zl", "Zp"):
            kept.append("\n")
        elif kind == "Zs":
            kept.append(" ")
        elif kind in ("Cc", "Cs"):
            kept.append("\ufffd")
        elif kind != "Cf":
            kept.append(character)
    return "".join(kept)


def lay_out(text: str, style: Style, width: float, fonts: Fonts, bold: Iterable[str] = ()) -> tuple[Line, ...]:
    """Break a text into lines no wider than `width`; each phrase of `bold` that occurs in it is set bold."""
    phrases = tuple(filter(None, map(harmless, bold)))
    found: list[Line] = []
    for paragraph in harmless(text).split("\n"):
        right_to_left = is_right_to_left(paragraph)
        for piece in _pieces(paragraph):
            found += _lines(piece, style, width, fonts, phrases, right_to_left=right_to_left)
    return tuple(found)


def _pieces(paragraph: str) -> Iterator[str]:
    while len(paragraph) > _LONGEST_PIECE:
        cut = paragraph.rfind(" ", 1, _LONGEST_PIECE) + 1 or _LONGEST_PIECE
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph


def _lines(text: str, style: Style, width: float, fonts: Fonts, phrases: tuple[str, ...], *, right_to_left: bool) -> Iterator[Line]:
    weights = _weights(text, style, phrases)
    text_levels = levels(text, right_to_left=right_to_left)
    for start, end in _breaks(text, weights, width / style.size, fonts):
        line_runs = runs(text[start:end], text_levels[start:end], weights[start:end], fonts)
        yield Line(line_runs, style, sum(run.width for run in line_runs) * style.size, right_to_left)


def _weights(text: str, style: Style, phrases: tuple[str, ...]) -> bytearray:
    weights = bytearray([style.bold]) * len(text)
    for phrase in phrases:
        start = text.find(phrase)
        while start >= 0:
            weights[start : start + len(phrase)] = b"\x01" * len(phrase)
            start = text.find(phrase, start + len(phrase))
    return weights


def _breaks(text: str, weights: bytearray, room: float, fonts: Fonts) -> Iterator[tuple[int, int]]:
    """Give where each line starts and ends, without the space at its end; a word wider than a line is cut."""
    start = 0
    used = 0.0
    last_space = -1
    at = 0
    widths = [_width(character, bool(weight), fonts) for character, weight in zip(text, weights, strict=True)]
    while at < len(text):
        if used + widths[at] > room and text[at] != " " and at > start:
            end = last_space if last_space > start else at
            yield start, end
            start = end + 1 if end == last_space else end
            at = start
            used = 0.0
            last_space = -1
            continue
        if text[at] == " ":
            last_space = at
        used += widths[at]
        at += 1
    end = len(text)
    while end > start and text[end - 1] == " ":
        end -= 1
    yield start, end


def _width(character: str, bold: bool, fonts: Fonts) -> float:
    if character in "\u200c\u200d":
        return 0.0
    font, shown = fonts.choose(character, bold=bold)
    return float(font.face.charWidths[ord(shown)]) / 1000
