# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The phone card on A4: large sentences to say, the Dutch beside the citizen's language, blanks to fill in by hand.

All words are handed in (PEOPLE 6); "..." in a sentence becomes a line to write on.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper

_SAID = Style(22, 36, bold=True)
_SAID_BESIDE = Style(18, 30, bold=True)  # Dutch: that is what is said aloud
_OWN = Style(15, 24, colour=ink.INK_SOFT)
_NUMBER = 34.0
_GAP = 22.0
_WRITE = 36.0
_UNDERLINE = "_" * 11


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One sentence to say, in Dutch, and what it means in the citizen's language (empty where that is Dutch)."""

    dutch: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """All that the card says."""

    title: str
    language: str
    call: str  # "Bel 14 000."
    phone: str  # set bold in `call`
    lines: tuple[SaidLine, ...]
    notes_title: str  # "Schrijf op"
    notes: tuple[str, ...]  # labels of lines to write on
    own_title: str = ""
    calm: str = ""  # "U mag rustig praten."


def phone_card_pdf(card: PhoneCard) -> bytes:
    """Give the card as a PDF file, on A4.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        return _draw(card, installed())


def _draw(card: PhoneCard, fonts: Fonts) -> bytes:
    left, width = Paper.A4.margin, Paper.A4.inner_width
    document = PaperDocument(Paper.A4.width, Paper.A4.height, card.title, card.language)
    top, bottom = Paper.A4.margin, Paper.A4.height - Paper.A4.margin
    flow = Flow(document, fonts, top=top, bottom=bottom, at_new_page=lambda: top)
    head = flow.block([Passage(card.title, ink.TITLE, "H1"), Passage(card.own_title, _OWN)], width)
    flow.pour(head, left)
    flow.at += 8
    call = flow.block([Passage(card.call, ink.BODY, bold=(card.phone,)), Passage(card.calm, ink.BODY)], width - 32)
    document.box(left, flow.at, width, call.height + 24, fill=ink.TINT, radius=10)
    flow.put(call, left + 16, flow.at + 12)
    flow.at += call.height + 24 + 16
    for number, line in enumerate(card.lines, start=1):
        _line(flow, line, number, card.language)
    notes = flow.block([Passage(card.notes_title, ink.HEADING.coloured(ink.PRIMARY), "H2")], width)
    flow.need(notes.height + len(card.notes) * _WRITE + 16)
    flow.at += 10
    flow.pour(notes, left)
    for label in card.notes:
        said = flow.block([Passage(label, ink.LABEL)], width)
        flow.put(said, left, flow.at + _WRITE - said.height - 2)
        start = max((part.width for _, parts in said.parts for part in parts), default=0) + 10
        document.rule(left + start, flow.at + _WRITE - 4, width - start, colour=ink.INK_SOFT)
        flow.at += _WRITE
    return document.finish()


def _line(flow: Flow, line: SaidLine, number: int, language: str) -> None:
    document, left, width = flow.document, Paper.A4.margin, Paper.A4.inner_width
    room = width - _NUMBER
    dutch = line.dutch.replace("...", _UNDERLINE)
    own = line.own.replace("...", _UNDERLINE)
    if own:
        half = (room - _GAP) / 2
        blocks = [
            flow.block([Passage(dutch, _SAID_BESIDE, language="nl")], half),
            flow.block([Passage(own, _OWN, language=language)], half),
        ]
    else:
        blocks = [flow.block([Passage(dutch, _SAID, language="nl")], room)]
    height = max(block.height for block in blocks)
    flow.need(height + 22)
    mark = flow.block([Passage(str(number), ink.HEADING.coloured(ink.PRIMARY))], _NUMBER)
    flow.put(mark, left + 4, flow.at + 4)
    x = left + _NUMBER
    for block in blocks:
        flow.put(block, x, flow.at)
        x += block.width + _GAP
    flow.at += height + 8
    document.rule(left, flow.at, width)
    flow.at += 9
