# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The paper with the code to go on later: large letters, the last day, where to go. No name, no service (C25).

All words are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper
from kiosk.paper.paragraph import lay_out

_TALL = 14_000.0
_FOOT = 28.0
_LARGEST = 64.0
_GAP = 10.0


@dataclass(frozen=True, slots=True)
class CodeStrip:
    """All that the paper says; each line with its Dutch, empty where the language is Dutch."""

    language: str
    code: str
    title: str
    lines: tuple[tuple[str, str], ...]
    day: str = ""  # set bold
    phone: str = ""


def code_strip_pdf(strip: CodeStrip, paper: Paper) -> bytes:
    """Give the page as a PDF file for this paper.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        fonts = installed()
        height = paper.height
        if paper is Paper.ROLL_80:
            height = _draw(PaperDocument(paper.width, _TALL, "", strip.language), strip, paper, fonts) + _FOOT
        document = PaperDocument(paper.width, height, strip.title, strip.language)
        _draw(document, strip, paper, fonts)
        return document.finish()


def _draw(document: PaperDocument, strip: CodeStrip, paper: Paper, fonts: Fonts) -> float:
    top = paper.margin + 6
    flow = Flow(document, fonts, top=top, bottom=_TALL, at_new_page=lambda: top)
    style = ink.TITLE if paper is Paper.A4 else ink.HEADING

    def put(passages: list[Passage]) -> None:
        flow.at = flow.put(flow.block(passages, paper.inner_width, 3), paper.margin, flow.at) + _GAP

    put([Passage(strip.title, style, "H1")])
    document.rule(paper.margin, flow.at, paper.inner_width)
    flow.at += _GAP
    put([Passage(strip.code, _widest(strip.code, paper, fonts))])
    document.rule(paper.margin, flow.at, paper.inner_width)
    flow.at += _GAP
    for own, dutch in strip.lines:
        put(list(_both(strip, own, dutch)))
    return flow.at


def _both(strip: CodeStrip, own: str, dutch: str) -> Iterator[Passage]:
    yield Passage(own, ink.BODY, bold=(strip.day, strip.phone))
    if dutch:
        yield Passage(dutch, ink.BODY, language="nl", bold=(strip.phone,))


def _widest(code: str, paper: Paper, fonts: Fonts) -> Style:
    width = lay_out(code, Style(1, 1, bold=True), 9e9, fonts)[0].width
    size = min(_LARGEST, paper.inner_width / width - 0.01)
    return Style(size, size * 1.2, bold=True)
