# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a stretch of text into runs that can be drawn from left to right.

The Unicode bidirectional algorithm gives the order (python-bidi), HarfBuzz joins the letters of right-to-left scripts
(uharfbuzz). Wrapping is `paragraph`'s; this knows nothing of lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

from kiosk.paper.fonts import Fonts

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = _RIGHT_TO_LEFT | {"L"}
# A telephone number with spaces would otherwise be turned round, group by group, among Arabic words.
_NUMBER = re.compile(r"[+(]?\d[\d ()/.-]*\d")
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and direction, and where it stands in its line; sizes at size 1."""

    drawn: str  # a ShapedStr when HarfBuzz placed the glyphs
    font: TTFont
    width: float
    offset: float = 0.0
    said: str = ""  # the text as read, where `drawn` holds joined forms from left to right


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs right to left."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in _STRONG), "L")
    return first in _RIGHT_TO_LEFT


def has_right_to_left(text: str) -> bool:
    """Tell whether any part runs right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text)


def levels(text: str, *, right_to_left: bool) -> Sequence[int]:
    """Give the embedding level of each character; an odd level runs right to left. `text` holds no direction marks."""
    if not right_to_left and not has_right_to_left(text):
        return bytes(len(text))
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    algorithm.get_embedding_levels(_stand_in(text), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [entry["level"] for entry in storage["chars"]]


def _stand_in(text: str) -> str:
    """Give a text of the same length with the directions we want: a number is one piece, and no character falls out."""
    kept: list[str] = []
    for character in _NUMBER.sub(lambda found: "0" * len(found[0]), text):
        # The algorithm drops characters without a direction of their own, such as a joiner.
        stays = unicodedata.bidirectional(character) not in ("BN", "B", "")
        kept.append(character if stays else (kept[-1] if kept else " "))
    return "".join(kept)


def runs(text: str, text_levels: Sequence[int], bold: Sequence[int], fonts: Fonts) -> tuple[Run, ...]:
    """Cut one line into runs, in reading order, each with its place."""
    pieces: list[tuple[int, TTFont, str]] = []
    font, weight = fonts.main(bold=False), -1
    for character, level, is_bold in zip(text, text_levels, bold, strict=True):
        shown = character
        # Spaces and stops among joined letters stay with them: one run instead of many.
        has_it = level % 2 and weight == is_bold and character in " .,:!" and ord(character) in font.face.charToGlyph
        stays = character in _JOINERS or has_it
        weight = is_bold
        if not stays:
            font, shown = fonts.choose(character, bold=bool(is_bold))
        pieces.append((level, font, shown))
    found = [
        (key[0], _run("".join(shown for _, _, shown in group), key[1], key[0]))
        for key, group in groupby(pieces, key=lambda piece: (piece[0], piece[1]))
    ]
    placed: dict[int, Run] = {}
    at = 0.0
    for number in _drawing_order([level for level, _ in found]):
        run = found[number][1]
        placed[number] = replace(run, offset=at)
        at += run.width
    return tuple(placed[number] for number in range(len(found)))


def _drawing_order(run_levels: Sequence[int]) -> list[int]:
    """Reverse each stretch of runs at or above a level, from the highest level down (rule L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        ordered: list[int] = []
        stretch: list[int] = []
        for number in order:
            if run_levels[number] >= level:
                stretch.append(number)
            else:
                ordered += [*reversed(stretch), number]
                stretch = []
        order = [*ordered, *reversed(stretch)]
    return order


def _run(text: str, font: TTFont, level: int) -> Run:
    if level % 2 == 0:
        return Run(text, font, font.stringWidth(text, 1))
    shaped, width = _shape(text, font)
    return Run(shaped, font, width, said=text)


def shaped_width(word: str, bold: bool, fonts: Fonts) -> float:
    """Give the real width at size 1 of a right-to-left word; joined letters are narrower than single ones."""
    return sum(run.width for run in runs(word, b"\x01" * len(word), [bold] * len(word), fonts))


def _shape(text: str, font: TTFont) -> tuple[str, float]:
    """Let HarfBuzz place the glyphs of a right-to-left run; give them as reportlab draws them, and their width."""
    setting = font.hbFont()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    uharfbuzz.shape(setting, buffer, {})
    drawn = ""
    places = []
    width = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = info.codepoint
        code = font.face.glyphToChar[glyph][0]
        drawn += chr(code)
        advance = font.pdfScale(position.x_advance)
        places.append(
            ShapeData(
                info.cluster,
                advance,
                font.pdfScale(position.y_advance),
                font.pdfScale(position.x_offset),
                font.pdfScale(position.y_offset),
                font.face.charWidths[code],
            )
        )
        width += advance / 1000
    return ShapedStr(drawn, shapeData=places), width
