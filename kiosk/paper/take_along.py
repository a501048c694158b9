# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers of the desk that a visitor takes along: the slip of a referral, and "De volgende keer zelf" (H10, H11, U13).

Numbered steps, facts with a label, lines to write on by hand. No name and no number of a person is ever printed: who
wants to give them writes them down. All words are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper

_TALL = 14_000.0
_FOOT = 28.0
_NUMBER = 26.0
_GAP = 10.0
_WRITE = 30.0
_STEP = Style(16, 22)
_FACT = Style(16, 21, bold=True)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says: "Bellen", "0800-8020"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with numbered steps, or plain lines, below it."""

    title: str
    lines: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class TakeAlong:
    """All that the paper says, in this order."""

    title: str
    summary: str = ""
    warning: str = ""  # a last day: in a box
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    writing: tuple[str, ...] = ()  # a label before a line to write on by hand
    note: str = ""  # where it comes from and when somebody looked
    language: str = "nl"


def take_along_pdf(page: TakeAlong, paper: Paper) -> bytes:
    """Give the page as a PDF file for this paper.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        fonts = installed()
        height = paper.height
        if paper is Paper.ROLL_80:
            height = _draw(PaperDocument(paper.width, _TALL, "", page.language), page, paper, fonts, _TALL) + _FOOT
        document = PaperDocument(paper.width, height, page.title, page.language)
        _draw(document, page, paper, fonts, height - paper.margin)
        return document.finish()


def _draw(document: PaperDocument, page: TakeAlong, paper: Paper, fonts: Fonts, bottom: float) -> float:
    top = paper.margin + 6
    flow = Flow(document, fonts, top=top, bottom=bottom, at_new_page=lambda: top)
    left, width = paper.margin, paper.inner_width

    def put(passages: list[Passage], gap: float = 3) -> None:
        block = flow.block(passages, width, gap)
        flow.need(block.height)
        flow.pour(block, left)
        flow.at += _GAP

    put([Passage(page.title, ink.TITLE if paper is Paper.A4 else ink.HEADING, "H1"), Passage(page.summary, ink.BODY)])
    if page.warning:
        _box(flow, page.warning, left, width)
    for fact in page.facts:
        put([Passage(fact.label, ink.LABEL), Passage(fact.text, _FACT)], 0)
    for section in page.sections:
        put([Passage(section.title, ink.HEADING.coloured(ink.PRIMARY), "H2")])
        for number, line in enumerate(section.lines, start=1):
            if section.is_numbered:
                _step(flow, number, line, left, width)
            else:
                put([Passage(line, ink.BODY)])
    for label in page.writing:
        block = flow.block([Passage(label, ink.BODY)], width)
        flow.need(block.height + _WRITE)
        flow.pour(block, left)
        flow.at += _WRITE
        document.rule(left, flow.at, width, colour=ink.EDGE)
        flow.at += _GAP
    put([Passage(page.note, ink.LABEL)])
    return flow.at


def _step(flow: Flow, number: int, line: str, left: float, width: float) -> None:
    figure = flow.block([Passage(f"{number}.", _STEP.bolder().coloured(ink.PRIMARY))], _NUMBER)
    block = flow.block([Passage(line, _STEP)], width - _NUMBER)
    flow.need(block.height)
    top = flow.at
    flow.put(figure, left, top)
    flow.at = flow.put(block, left + _NUMBER, top) + _GAP


def _box(flow: Flow, warning: str, left: float, width: float) -> None:
    pad = 10.0
    block = flow.block([Passage(warning, ink.HEADING.coloured(ink.HUMAN))], width - 2 * pad)
    height = block.height + 2 * pad
    flow.need(height)
    flow.document.box(left, flow.at, width, height, fill=ink.HUMAN_TINT, border=ink.HUMAN, line=1.6, radius=6)
    flow.put(block, left + pad, flow.at + pad)
    flow.at += height + _GAP
