# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a text into lines that fit a width, with some phrases in bold.

Any text is taken; what cannot be drawn is made harmless.
It measures with the fonts of `fonts`; it draws nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.paper.fonts import Fonts
from kiosk.paper.ink import Style
from kiosk.paper.shaping import Run, has_right_to_left, is_right_to_left, levels, runs, shaped_width

# Mixed directions are costly: a longer text is cut at a space first, so that any input stays quick.
_LONGEST_PIECE = 3000
_TAB = "    "
_SHORT_TEXT = 4  # lines
_LONELY = 0.35  # a last line shorter than this share of the width looks lost


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
    while len(paragraph) > _LONGEST_PIECE and has_right_to_left(paragraph):
        cut = paragraph.rfind(" ", 1, _LONGEST_PIECE) + 1 or _LONGEST_PIECE
        yield paragraph[:cut]
        paragraph = paragraph[cut:]
    yield paragraph


def _lines(
    text: str, style: Style, width: float, fonts: Fonts, phrases: tuple[str, ...], *, right_to_left: bool
) -> Iterator[Line]:
    weights = bytearray([style.bold]) * len(text)
    tied = bytearray(len(text))
    found = tuple(_occurrences(text, phrases))
    for start, end in found:
        weights[start:end] = b"\x01" * (end - start)
    text_levels = levels(text, right_to_left=right_to_left)
    widths = _widths(text, text_levels, weights, fonts)
    for start, end in found:
        # A date or a telephone number that is cut in two is easily misread; inside a word it would be worse.
        if sum(widths[start:end]) * style.size <= width:
            tied[start:end] = b"\x01" * (end - start)
    space = Run(" ", fonts.main(bold=False), 0.0)
    for start, end in _balanced(text, widths, tied, width / style.size):
        line_runs = runs(text[start:end], text_levels[start:end], weights[start:end], fonts)
        line_width = sum(run.width for run in line_runs) * style.size
        # A space that nobody sees keeps the words apart for software that reads or searches.
        yield Line((*line_runs, space) if end < len(text) else line_runs, style, line_width, right_to_left)


def _balanced(text: str, widths: Sequence[float], tied: Sequence[int], room: float) -> list[tuple[int, int]]:
    """Break as `_breaks`, but leave no single word alone on the last line of a short text."""
    found = list(_breaks(text, widths, tied, room))
    if 2 <= len(found) <= _SHORT_TEXT:
        for share in (0.9, 0.8, 0.7, 0.6):
            start, end = found[-1]
            if sum(widths[start:end]) > _LONELY * room:
                break
            tried = list(_breaks(text, widths, tied, room * share))
            if len(tried) > len(found):
                break
            found = tried
    return found


def _occurrences(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        start = text.find(phrase)
        while start >= 0:
            yield start, start + len(phrase)
            start = text.find(phrase, start + len(phrase))


def _breaks(text: str, widths: Sequence[float], tied: Sequence[int], room: float) -> Iterator[tuple[int, int]]:
    """Give where each line starts and ends, without the space at its end; a word wider than a line is cut."""
    start = at = 0
    used = 0.0
    last_space = -1
    while at < len(text):
        is_space = text[at] == " "
        if used + widths[at] > room and not is_space and at > start:
            end = last_space if last_space > start else at
            yield start, start + len(text[start:end].rstrip(" "))
            start = at = end + 1 if end == last_space else end
            used = 0.0
            last_space = -1
            continue
        if is_space and not tied[at]:
            last_space = at
        used += widths[at]
        at += 1
    yield start, start + len(text[start:].rstrip(" "))


def _widths(text: str, text_levels: Sequence[int], weights: Sequence[int], fonts: Fonts) -> list[float]:
    """Give the width of each character at size 1."""
    widths = [_width(character, bool(weight), fonts) for character, weight in zip(text, weights, strict=True)]
    if not any(level % 2 for level in text_levels):
        return widths
    start = 0
    for word in text.split(" "):
        end = start + len(word)
        single = sum(widths[start:end])
        if single and any(level % 2 for level in text_levels[start:end]):
            scale = shaped_width(word, bool(weights[start]), fonts) / single
            widths[start:end] = [width * scale for width in widths[start:end]]
        start = end + 1
    return widths


def _width(character: str, bold: bool, fonts: Fonts) -> float:
    if character in "\u200c\u200d":
        return 0.0
    font, shown = fonts.choose(character, bold=bold)
    return float(font.face.charWidths[ord(shown)]) / 1000
