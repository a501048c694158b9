# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns a stretch of text into runs that can be drawn from left to right.

The Unicode bidirectional algorithm gives the order (python-bidi), HarfBuzz joins the letters of right-to-left scripts
(uharfbuzz). Wrapping is `paragraph`'s; this knows nothing of lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

from kiosk.paper.fonts import Fonts

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = _RIGHT_TO_LEFT | {"L"}
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and direction, in the order in which it is drawn."""

    drawn: str  # a ShapedStr when HarfBuzz placed the glyphs
    font: TTFont
    width: float  # at size 1
    said: str = ""  # the text as read, when `drawn` is glyphs of no meaning to a reader or a search


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs right to left."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in _STRONG), "L")
    return first in _RIGHT_TO_LEFT


def levels(text: str, *, right_to_left: bool) -> Sequence[int]:
    """Give the embedding level of each character; an odd level runs right to left. `text` holds no direction marks."""
    if not right_to_left and not any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text):
        return bytes(len(text))
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    # The algorithm drops characters without a direction of their own (a joiner); a stand-in keeps the count right.
    algorithm.get_embedding_levels(_without_neutral_marks(text), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [entry["level"] for entry in storage["chars"]]


def _without_neutral_marks(text: str) -> str:
    kept: list[str] = []
    for character in text:
        stays = unicodedata.bidirectional(character) not in ("BN", "B", "")
        kept.append(character if stays else (kept[-1] if kept else " "))
    return "".join(kept)


def runs(text: str, text_levels: Sequence[int], bold: Sequence[bool], fonts: Fonts) -> tuple[Run, ...]:
    """Cut one line into runs, in drawing order."""
    pieces: list[tuple[int, TTFont, str]] = []
    font = fonts.main(bold=False)
    for character, level, is_bold in zip(text, text_levels, bold, strict=True):
        shown = character
        if character not in _JOINERS:
            font, shown = fonts.choose(character, bold=is_bold)
        pieces.append((level, font, shown))
    drawn = [
        _run("".join(shown for _, _, shown in group), key[1], key[0])
        for key, group in ((key, list(group)) for key, group in groupby(pieces, key=lambda piece: (piece[0], piece[1])))
    ]
    return tuple(run for _, run in _in_drawing_order(drawn))


def _in_drawing_order(found: list[tuple[int, Run]]) -> list[tuple[int, Run]]:
    """Reverse each stretch of runs at or above a level, from the highest level down (rule L2)."""
    highest = max((level for level, _ in found), default=0)
    for level in range(highest, 0, -1):
        ordered: list[tuple[int, Run]] = []
        for is_within, group in groupby(found, key=lambda entry: entry[0] >= level):  # noqa: B023 - consumed at once
            stretch = list(group)
            ordered += reversed(stretch) if is_within else stretch
        found = ordered
    return found


def _run(text: str, font: TTFont, level: int) -> tuple[int, Run]:
    if level % 2 == 0:
        return level, Run(text, font, font.stringWidth(text, 1))
    shaped, width = _shape(text, font)
    return level, Run(shaped, font, width, said=text)


def _shape(text: str, font: TTFont) -> tuple[str, float]:
    """Let HarfBuzz place the glyphs of a right-to-left run; give them as reportlab draws them, and the width at size 1."""
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
