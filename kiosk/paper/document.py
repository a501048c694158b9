# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""One PDF being drawn: pages, text, boxes, and the tags that let software read it in order.

The origin is the top left corner, y runs down. Where things stand is decided by the pages; the metadata holds a neutral
title and a language, nothing else. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from i18n.stretches import unmarked
from kiosk.paper import ink
from kiosk.paper.paragraph import Line
from kiosk.paper.shaping import Run
from kiosk.paper.tagging import Tags

_FOOT = 34.0  # points above the lower edge


class PaperDocument:
    """Draws; belongs to one thread, like the fonts that it uses."""

    def __init__(self, width: float, height: float, title: str, language: str) -> None:
        self._buffer = BytesIO()
        size = (width, height)
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1, pageCompression=1, lang=language)
        self._canvas.setTitle(unmarked(title))
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator("Loket")
        self._canvas.setProducer("Loket")
        self._tags = Tags(self._canvas)
        self.width = width
        self.height = height
        self.page = 1
        self._foot: Callable[[int, int], Line] | None = None

    def foot(self, line: Callable[[int, int], Line]) -> None:
        """Have a line at the foot of every page, made from its number and the number of pages; not read aloud."""
        self._foot = line

    def finish(self) -> bytes:
        """Close the last page and give the file."""
        self._end_page()
        self._draw_feet()
        self._tags.write()
        self._canvas.save()
        return self._buffer.getvalue()

    def next_page(self) -> None:
        """Go on with an empty page of the same size."""
        self._end_page()
        self.page += 1

    def _end_page(self) -> None:
        if self._foot is not None:
            with self._tags.decoration():
                self._canvas.doForm(f"foot-{self.page}")
        self._canvas.showPage()
        self._tags.end_page()

    def _draw_feet(self) -> None:
        # Only now the number of pages is known; the pages themselves hold a place for it.
        if self._foot is None:
            return
        for page in range(1, self.page + 1):
            line = self._foot(page, self.page)
            self._canvas.beginForm(f"foot-{page}")
            self.line(line, (self.width - line.width) / 2, self.height - _FOOT)
            self._canvas.endForm()

    @contextmanager
    def element(self, kind: str, *, language: str = "", says: str = "") -> Iterator[None]:
        """Draw something that is read: `kind` is a PDF structure type (H1, P, Figure); `says` describes a picture."""
        with self._tags.element(kind, language, says):
            yield

    def line(self, line: Line, x: float, top: float, room: float | None = None) -> None:
        """Draw one line in a column from `x`; with `room`, a right-to-left line stands at the column's right edge."""
        style = line.style
        at = x + room - line.width if room is not None and line.is_right_to_left else x
        baseline = self.height - top - (style.leading - style.size) / 2 - style.size * 0.8
        for run in line.runs:
            self._run(run, at + run.offset * style.size, baseline, style)

    def _run(self, run: Run, x: float, baseline: float, style: ink.Style) -> None:
        text: Any = self._canvas.beginText(x, baseline)
        text.setFont(run.font.fontName, style.size)
        text.setFillColor(HexColor(style.colour))
        text.textOut(run.drawn)
        self._canvas.drawText(text)

    def box(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        border: str = "",
        line: float = 1.5,
        radius: float = 0,
    ) -> None:
        """Draw a rectangle; decoration, not read."""
        with self._tags.decoration():
            if fill:
                self._canvas.setFillColor(HexColor(fill))
            if border:
                self._canvas.setStrokeColor(HexColor(border))
                self._canvas.setLineWidth(line)
            y = self.height - top - height
            self._canvas.roundRect(x, y, width, height, radius, stroke=int(bool(border)), fill=int(bool(fill)))

    def rule(self, x: float, top: float, width: float, *, colour: str = ink.RULE, line: float = 0.8) -> None:
        """Draw a horizontal line."""
        with self._tags.decoration():
            self._canvas.setStrokeColor(HexColor(colour))
            self._canvas.setLineWidth(line)
            self._canvas.line(x, self.height - top, x + width, self.height - top)

    def dashes(self, x: float, top: float, bottom: float) -> None:
        """Draw a vertical line to cut along."""
        with self._tags.decoration():
            self._canvas.saveState()
            self._canvas.setStrokeColor(HexColor(ink.INK_SOFT))
            self._canvas.setLineWidth(1)
            self._canvas.setDash(5, 4)
            self._canvas.line(x, self.height - top, x, self.height - bottom)
            self._canvas.restoreState()

    def squares(self, x: float, top: float, size: float, matrix: tuple[bytes, ...]) -> None:
        """Draw a square of dark modules, such as a QR code, `size` wide."""
        module = size / len(matrix)
        path = self._canvas.beginPath()
        for row, modules in enumerate(matrix):
            y = self.height - top - (row + 1) * module
            for start, length in _dark_stretches(modules):
                path.rect(x + start * module, y, length * module, module)
        self._canvas.setFillColor(HexColor("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1)


def _dark_stretches(modules: bytes) -> Iterator[tuple[int, int]]:
    start = -1
    for at, dark in enumerate((*modules, 0)):
        if dark and start < 0:
            start = at
        elif not dark and start >= 0:
            yield start, at - start
            start = -1
