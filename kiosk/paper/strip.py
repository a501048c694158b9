# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody who only wanted an explanation takes home: the advice, and a strip that counts the weeks down (U12).

On A4 the strip stands at the edge, to cut off and hang up; on a till roll it is all there is. No number, no name: no
case was made. All words are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper

_STRIP = 172.0
_GUTTER = 26.0
_PAD = 12.0
_BOX = 15.0
_TALL = 14_000.0
_DAY = Style(19, 24, bold=True)
_WEEK = Style(14, 18.5, bold=True)


@dataclass(frozen=True, slots=True)
class Week:
    """One box to tick: how much time is left, and from which day."""

    left: str  # "Nog 3 weken"
    day: str  # "30 november"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of advice: title and text, with the Dutch where the citizen's language is another."""

    title: str
    text: str
    dutch: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """All that the page says."""

    language: str
    title: str
    date_line: str
    said: tuple[Said, ...]
    contact: str
    phone: str
    day_label: str  # "Uw laatste dag"; empty where there is no last day
    day: str = ""
    until: str = ""  # what to do by that day
    weeks: tuple[Week, ...] = ()
    cut: str = ""  # "Knip deze strook af."


def strip_pdf(strip: Strip, paper: Paper) -> bytes:
    """Give the page as a PDF file for this paper.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        return _roll(strip, installed()) if paper is Paper.ROLL_80 else _sheet(strip, installed())


def _sheet(strip: Strip, fonts: Fonts) -> bytes:
    paper = Paper.A4
    left, top = paper.margin, paper.margin
    document = PaperDocument(paper.width, paper.height, strip.title, strip.language)
    flow = Flow(document, fonts, top=top, bottom=paper.height - top, at_new_page=lambda: top)
    width = paper.inner_width - (_STRIP + _GUTTER if strip.day else 0)
    if strip.day:
        # First, for the advice may run on to another page; and the last day is what matters most.
        _countdown(flow, strip, paper.width - paper.margin - _STRIP, top)
    _advice(flow, strip, left, width)
    return document.finish()


def _advice(flow: Flow, strip: Strip, left: float, width: float) -> None:
    flow.pour(flow.block([Passage(strip.date_line, ink.LABEL), Passage(strip.title, ink.TITLE, "H1")], width, 6), left)
    flow.at += 12
    for said in strip.said:
        passages = [
            Passage(said.title, ink.HEADING.coloured(ink.PRIMARY), "H2"),
            Passage(said.text, ink.BODY, bold=(strip.day, strip.phone)),
            Passage(said.dutch, ink.DUTCH, "P", "nl"),
        ]
        block = flow.block(passages, width, 2)
        flow.need(block.height)
        flow.pour(block, left)
        flow.at += 12
    contact = flow.block([Passage(strip.contact, ink.BODY.bolder(), bold=(strip.phone,))], width)
    flow.need(contact.height + 10)
    flow.document.rule(left, flow.at, width, colour=ink.PRIMARY, line=1.6)
    flow.at += 8
    flow.pour(contact, left)


def _countdown(flow: Flow, strip: Strip, left: float, top: float) -> float:
    document = flow.document
    if strip.cut:
        bottom = Paper.A4.height - Paper.A4.margin
        document.dashes(left - _GUTTER / 2, top, bottom)
        said = flow.block([Passage(strip.cut, ink.LABEL)], _STRIP)
        top = flow.put(said, left, top) + 10
    head = flow.block(
        [
            Passage(strip.day_label, ink.HEADING),
            Passage(strip.day, _DAY.coloured(ink.HUMAN)),
            Passage(strip.until, ink.BODY),
        ],
        _STRIP - 2 * _PAD,
        3,
    )
    height = head.height + 2 * _PAD
    document.box(left, top, _STRIP, height, fill=ink.HUMAN_TINT, border=ink.HUMAN, line=2, radius=8)
    flow.put(head, left + _PAD, top + _PAD)
    at = top + height + 14
    for week in strip.weeks:
        block = flow.block([Passage(week.left, _WEEK), Passage(week.day, ink.BODY)], _STRIP - _BOX - 12, 0)
        document.box(left + 2, at + 3, _BOX, _BOX, border=ink.INK, line=1.3, radius=3)
        at = flow.put(block, left + _BOX + 12, at) + 7
        document.rule(left, at - 3, _STRIP)
    return at


def _roll(strip: Strip, fonts: Fonts) -> bytes:
    def draw(height: float) -> tuple[PaperDocument, float]:
        document = PaperDocument(Paper.ROLL_80.width, height, strip.title, strip.language)
        top = Paper.ROLL_80.margin + 6
        flow = Flow(document, fonts, top=top, bottom=_TALL, at_new_page=lambda: top)
        left, width = Paper.ROLL_80.margin, Paper.ROLL_80.inner_width
        if strip.day:
            flow.at = _countdown(flow, replace(strip, cut=""), left + (width - _STRIP) / 2, top) + 8
        else:
            for said in strip.said:
                block = flow.block([Passage(said.title, ink.HEADING, "H2"), Passage(said.text, ink.BODY)], width, 2)
                flow.at = flow.put(block, left, flow.at) + 10
        contact = flow.block([Passage(strip.contact, ink.BODY, bold=(strip.phone,))], width)
        return document, flow.put(contact, left, flow.at) + 28

    _, needed = draw(_TALL)
    document, _ = draw(needed)
    return document.finish()
