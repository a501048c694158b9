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
_ROW = 25.0  # a line that a hand can write on
_RULED = 28.0
_SIGNATURE = 62.0
_PAD = 16.0
_UNDERLINE = "_" * 22
_TEXT = Style(13, 19)
_WITH_BLANKS = Style(13, 27)
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
        return _Sheets(page, installed()).pdf()


class _Sheets:
    """The drawing of one letter and its copy."""

    def __init__(self, page: LetterPage, fonts: Fonts) -> None:
        self._page = page
        self._document = PaperDocument(Paper.A4.width, Paper.A4.height, page.title, "nl")
        bottom = Paper.A4.height - _TOP
        self._flow = Flow(self._document, fonts, top=_TOP, bottom=bottom, at_new_page=lambda: _TOP)

    def pdf(self) -> bytes:
        """Draw both and give the file."""
        self._letter()
        self._flow.new_page()
        self._told()
        self._letter()
        return self._document.finish()

    def _put(self, passage: Passage, after: float = 0, width: float = _WIDTH) -> None:
        block = self._flow.block([passage], width)
        self._flow.need(block.height)
        self._flow.pour(block, _SIDE)
        self._flow.at += after

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
        page, flow = self._page, self._flow
        for row in page.sender:
            self._row(row)
        flow.at += 16
        for line in page.addressee:
            self._text(line, 0)
        flow.at += 16
        self._row(page.place)
        self._row(page.day)
        flow.at += 12
        subject = f"{page.subject.label}: {page.subject.value}"
        self._put(Passage(subject, _TEXT.bolder(), "H1"), 12)
        self._put(Passage(page.greeting, _TEXT), 10)
        for paragraph in page.body:
            self._text(paragraph, 7)
        flow.at += 5
        # The name stays with the signature: a signature alone on a page signs nothing.
        flow.need(_TEXT.leading * 2 + _SIGNATURE + _ROW + 20)
        self._put(Passage(page.closing, _TEXT), 10)
        self._put(Passage(page.signature, _SMALL), 2)
        self._document.box(_SIDE, flow.at, _WIDTH * 0.58, _SIGNATURE, border=ink.RULE, line=1, radius=4)
        flow.at += _SIGNATURE + 8
        self._row(page.name)
        if page.enclose:
            flow.at += 8
            flow.need(_TEXT.leading * (1 + len(page.enclose)))
            self._put(Passage(page.enclose_title, _TEXT.bolder()), 2)
            for item in page.enclose:
                self._tickable(item)

    def _row(self, row: Row) -> None:
        """Set a label and what is known, or a line to write on."""
        flow = self._flow
        value = flow.block([Passage(row.value, _TEXT)], _WIDTH - _LABEL)
        height = max(_ROW if not row.value else _TEXT.leading, value.height)
        flow.need(height)
        label = flow.block([Passage(row.label, _SMALL)], _LABEL - 8)
        flow.put(label, _SIDE, flow.at + height - max(label.height, 16) - 2)
        if row.value:
            flow.put(value, _SIDE + _LABEL, flow.at)
        else:
            self._document.rule(_SIDE + _LABEL, flow.at + height - 3, _WIDTH - _LABEL, colour=ink.INK_SOFT)
        flow.at += height

    def _text(self, text: str, after: float) -> None:
        flow = self._flow
        if text.strip() == BLANK:
            flow.need(_RULED)
            self._document.rule(_SIDE, flow.at + _RULED - 5, _WIDTH, colour=ink.INK_SOFT)
            flow.at += _RULED
            return
        has_blank = BLANK in text
        self._put(Passage(text.replace(BLANK, _UNDERLINE), _WITH_BLANKS if has_blank else _TEXT), after)

    def _tickable(self, item: str) -> None:
        flow = self._flow
        block = flow.block([Passage(item, _TEXT)], _WIDTH - 20)
        flow.need(block.height)
        self._document.box(_SIDE + 1, flow.at + 4.5, 10, 10, border=ink.INK, line=1, radius=2)
        flow.at = flow.put(block, _SIDE + 20, flow.at)
