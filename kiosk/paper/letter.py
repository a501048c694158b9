# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter to sign and send, on A4, and after it a copy for oneself with what to do (PEOPLE 1).

What Loket does not know is a line to fill in by hand: "..." in a text, an empty value in the sender's block. All words
are handed in; the letter itself is in Dutch, for a Dutch office reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import POINTS_A_MM, Paper

BLANK = "..."
_SIDE = 24 * POINTS_A_MM
_WIDTH = Paper.A4.width - 2 * _SIDE
_TOP = 18 * POINTS_A_MM
_LABEL = 142.0
_ROW = 24.0  # a line that a hand can write on
_RULED = 27.0
_SIGNED = 0.56  # share of the width that the signature takes; what goes with the letter stands beside it
_SIGNATURE = 56.0
_LEAST_RULE = 90.0
_ROOMY, _CLOSE, _COPY = 1.0, 0.84, 0.72  # how far apart things stand; a copy is for reading
_PAD = 16.0
_UNDERLINE = "_" * 22
_TEXT = Style(13, 19)
_WITH_BLANKS = Style(13, 27)
_COPIED = Style(11.5, 15.5)
_SMALL = Style(11.5, 16, colour=ink.INK_SOFT)


@dataclass(frozen=True, slots=True)
class Row:
    """A label with what is known; an empty value is a line to fill in by hand."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class LetterPage:
    """All that the letter says, already worded in Dutch; `told` and what follows is in the citizen's language."""

    title: str  # neutral: a file list is seen by more people than the letter
    sender: tuple[Row, ...]
    addressee: tuple[str, ...]
    place: Row
    day: Row
    subject: Row
    greeting: str
    body: tuple[str, ...]
    closing: str
    signature: str
    name: Row
    enclose_title: str
    enclose: tuple[str, ...]
    language: str
    told_title: str  # "Dit blad is voor uzelf."
    told: tuple[str, ...]  # what to do, a line each
    dutch_told: tuple[str, ...] = ()  # empty where the citizen's language is Dutch
    copy: str = ""  # "Kopie"
    dates: tuple[str, ...] = ()  # to set bold in `told`


def letter_pdf(page: LetterPage) -> bytes:
    """Give letter and copy as a PDF file.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        sheets = _Sheets(page, installed(), _ROOMY)
        made = sheets.pdf()
        if sheets.letter_pages == 1:
            return made
        # Just too long for one page: closer together it may fit, and one page is harder to lose.
        closer = _Sheets(page, installed(), _CLOSE)
        made_closer = closer.pdf()
        return made_closer if closer.letter_pages < sheets.letter_pages else made


class _Sheets:
    """The drawing of one letter and its copy."""

    def __init__(self, page: LetterPage, fonts: Fonts, scale: float) -> None:
        self._page = page
        self._scale = scale
        self._style, self._with_blanks = _TEXT, _WITH_BLANKS
        self._is_copy = False
        self.letter_pages = 0
        self._document = PaperDocument(Paper.A4.width, Paper.A4.height, page.title, "nl")
        bottom = Paper.A4.height - _TOP
        self._flow = Flow(self._document, fonts, top=_TOP, bottom=bottom, at_new_page=lambda: _TOP)

    def pdf(self) -> bytes:
        """Draw both and give the file."""
        self._letter()
        self.letter_pages = self._document.page
        self._flow.new_page()
        self._scale = _COPY
        self._style, self._with_blanks = _COPIED, _COPIED
        self._is_copy = True
        self._told()
        self._letter()
        return self._document.finish()

    def _put(self, passage: Passage, after: float = 0, width: float = _WIDTH) -> None:
        block = self._flow.block([passage], width)
        self._flow.need(block.height)
        self._flow.pour(block, _SIDE)
        self._gap(after)

    def _gap(self, points: float) -> None:
        self._flow.at += points * self._scale

    def _told(self) -> None:
        page, flow = self._page, self._flow
        marked = [Passage(page.told_title, ink.HEADING.coloured(ink.PRIMARY), "H1", page.language)]
        marked += [Passage(line, ink.BODY, "P", page.language, page.dates) for line in page.told]
        marked += [Passage(line, ink.DUTCH, "P", "nl", page.dates) for line in page.dutch_told]
        block = flow.block(marked, _WIDTH - 2 * _PAD, 6)
        height = block.height + 2 * _PAD
        self._document.box(_SIDE, flow.at, _WIDTH, height, fill=ink.TINT, radius=10)
        flow.put(block, _SIDE + _PAD, flow.at + _PAD)
        flow.at += height + 18
        self._put(Passage(page.copy, _SMALL.bolder()), 8)

    def _letter(self) -> None:
        page = self._page
        for row in page.sender:
            self._row(row)
        self._gap(16)
        for line in page.addressee:
            self._text(line, 0)
        self._gap(12)
        self._place_and_day()
        self._gap(14)
        subject = f"{page.subject.label}: {page.subject.value}"
        self._put(Passage(subject, self._style.bolder(), "H1"), 10)
        self._put(Passage(page.greeting, self._style), 8)
        for paragraph in page.body:
            self._text(paragraph, 6)
        self._gap(6)
        self._signed()

    def _place_and_day(self) -> None:
        """Set both on one line: where it is signed is written by hand."""
        page, flow = self._page, self._flow
        flow.need(self._line)
        at = _SIDE
        for row, width in ((page.place, _WIDTH * 0.52), (page.day, _WIDTH * 0.44)):
            label = flow.block([Passage(row.label, _SMALL)], width)
            start = at + max(line.width for _, lines in label.parts for line in lines) + 10
            flow.put(label, at, flow.at + self._line - 18)
            if row.value:
                flow.put(flow.block([Passage(row.value, self._style)], width), start, flow.at + self._line - 20)
            else:
                self._document.rule(start, flow.at + self._line - 4, at + width - start, colour=ink.INK_SOFT)
            at += _WIDTH * 0.56
        flow.at += self._line

    def _signed(self) -> None:
        """Set the signature with its name, and beside it what goes with the letter."""
        page, flow = self._page, self._flow
        width = _WIDTH * _SIGNED
        label = "" if self._is_copy else page.signature
        closing = flow.block([Passage(page.closing, self._style), Passage(label, _SMALL)], width, 6)
        name = flow.block([Passage(f"{page.name.label}: {page.name.value}", self._style)], width)
        # The name stays with the signature: a signature alone on a page signs nothing.
        flow.need(closing.height + self._signature + name.height + 16)
        top = flow.at
        at = flow.put(closing, _SIDE, top) + 2
        if not self._is_copy:
            self._document.box(_SIDE, at, width, self._signature, border=ink.EDGE, line=1, radius=4)
        end = flow.put(name, _SIDE, at + self._signature + 8)
        if not page.name.value:
            start = _SIDE + max(line.width for _, lines in name.parts for line in lines) + 6
            self._document.rule(start, end - 3, _SIDE + width - start, colour=ink.INK_SOFT)
        beside = self._enclosed(_SIDE + width + 24, top, _WIDTH - width - 24) if page.enclose else top
        flow.at = max(end, beside)

    def _enclosed(self, x: float, top: float, width: float) -> float:
        flow = self._flow
        at = flow.put(flow.block([Passage(self._page.enclose_title, self._style.bolder())], width), x, top) + 6
        for item in self._page.enclose:
            block = flow.block([Passage("" if item.strip() == BLANK else item, self._style)], width - 20)
            self._document.box(x + 1, at + 4.5, 10, 10, border=ink.INK, line=1, radius=2)
            if item.strip() == BLANK:
                self._document.rule(x + 20, at + 17, width - 20, colour=ink.INK_SOFT)
            flow.put(block, x + 20, at)
            at += max(block.height, 20) + 5
        return at

    def _row(self, row: Row) -> None:
        """Set a label and what is known, or a line to write on."""
        flow = self._flow
        value = flow.block([Passage(row.value, self._style)], _WIDTH - _LABEL)
        height = max(self._line if not row.value else self._style.leading, value.height)
        flow.need(height)
        label = flow.block([Passage(row.label, _SMALL)], _LABEL - 8)
        flow.put(label, _SIDE, flow.at + height - max(label.height, 16) - 2)
        if row.value:
            flow.put(value, _SIDE + _LABEL, flow.at)
        else:
            self._document.rule(_SIDE + _LABEL, flow.at + height - 3, _WIDTH - _LABEL, colour=ink.INK_SOFT)
        flow.at += height

    def _text(self, text: str, after: float) -> None:
        """Set a paragraph; "..." is a line to write on: whole, to the end of the line, or within a sentence."""
        flow = self._flow
        if text.strip() == BLANK:
            flow.need(self._ruled)
            self._document.rule(_SIDE, flow.at + self._ruled - 7, _WIDTH, colour=ink.INK_SOFT)
            flow.at += self._ruled
            return
        said = text.strip()
        if said.endswith(f"{BLANK}."):
            said = said.removesuffix(".")  # the stop after a line to write on
        ends_open = said.endswith(BLANK) and BLANK not in said.removesuffix(BLANK)
        if not ends_open:
            has_blank = BLANK in said
            self._put(Passage(said.replace(BLANK, _UNDERLINE), self._with_blanks if has_blank else self._style), after)
            return
        block = flow.block([Passage(said.removesuffix(BLANK).rstrip(), self._style)], _WIDTH)
        flow.need(block.height + self._ruled)
        flow.at += self._ruled - self._style.leading - 2
        flow.pour(block, _SIDE)
        start = block.parts[0][1][-1].width + 8
        if _WIDTH - start < _LEAST_RULE:
            flow.at += self._ruled
            start = 0.0
        self._document.rule(_SIDE + start, flow.at - 4, _WIDTH - start, colour=ink.INK_SOFT)
        self._gap(after + 2)

    @property
    def _line(self) -> float:
        return _ROW * self._scale

    @property
    def _ruled(self) -> float:
        return _RULED * self._scale

    @property
    def _signature(self) -> float:
        return 0.0 if self._is_copy else _SIGNATURE * self._scale
