# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sets text from top to bottom and goes to the next page when one is full.

What stands where is the pages' own decision; this keeps the place, and keeps together what belongs together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kiosk.paper.document import PaperDocument
from kiosk.paper.fonts import Fonts
from kiosk.paper.ink import Style
from kiosk.paper.paragraph import Line, lay_out


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its setting; `language` only where it differs from the page's."""

    text: str
    style: Style
    kind: str = "P"
    language: str = ""
    bold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Passages in one column, broken into lines."""

    parts: tuple[tuple[Passage, tuple[Line, ...]], ...]
    width: float
    gap: float

    @property
    def height(self) -> float:
        """Give the height of all lines and the gaps between the passages."""
        lines = sum(line.style.leading for _, found in self.parts for line in found)
        return lines + self.gap * max(0, len(self.parts) - 1)


class Flow:
    """The place on the page, in points from the top."""

    def __init__(
        self, document: PaperDocument, fonts: Fonts, *, top: float, bottom: float, at_new_page: Callable[[], float]
    ) -> None:
        self.document = document
        self.at = top
        self._fonts = fonts
        self._bottom = bottom
        self._at_new_page = at_new_page

    def block(self, passages: Iterable[Passage], width: float, gap: float = 4) -> Block:
        """Break passages into a column of a width; passages without text fall away."""
        parts = (
            (passage, lay_out(passage.text, passage.style, width, self._fonts, passage.bold))
            for passage in passages
            if passage.text
        )
        return Block(tuple(parts), width, gap)

    def need(self, height: float) -> None:
        """Go to the next page when this much does not fit any more; what fits on no page starts where it is."""
        if self.at + height > self._bottom and height <= self._bottom:
            self.new_page()

    def new_page(self) -> None:
        """Go to the top of a new page."""
        self.document.next_page()
        self.at = self._at_new_page()

    def put(self, block: Block, x: float, top: float) -> float:
        """Draw a block at a place, whatever the page; give where it ends."""
        at = top
        for number, (passage, lines) in enumerate(block.parts):
            at += block.gap if number else 0
            with self.document.element(passage.kind, language=passage.language):
                for line in lines:
                    self.document.line(line, x, at, block.width)
                    at += line.style.leading
        return at

    def pour(self, block: Block, x: float) -> None:
        """Draw a block from here on, over as many pages as it takes; two lines stay together at a page's end."""
        for number, (passage, lines) in enumerate(block.parts):
            self.at += block.gap if number else 0
            rest: Sequence[Line] = lines
            while rest:
                fitting = self._fitting(rest)
                with self.document.element(passage.kind, language=passage.language):
                    for line in rest[:fitting]:
                        self.document.line(line, x, self.at, block.width)
                        self.at += line.style.leading
                rest = rest[fitting:]
                if rest:
                    self.new_page()

    def _fitting(self, lines: Sequence[Line]) -> int:
        leading = lines[0].style.leading
        room = int((self._bottom - self.at) / leading)
        if room >= len(lines):
            return len(lines)
        # One line alone at the top of the next page, or at the foot of this one, is hard to follow.
        if len(lines) - room == 1:
            room -= 1
        return 0 if room < 2 else room  # the next page has room: its height is far more than two lines
