# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The receipt on A4: number, code, status, and the deal with its dates (features C18, C19, U01).

All sentences come in the `Receipt`. Where the citizen's language is not Dutch, the Dutch stands beside each text.
The till roll is `receipt_roll`'s.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from domain.receipt import Receipt, ReceiptTexts
from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Block, Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper
from kiosk.paper.paragraph import lay_out
from kiosk.paper.qr_code import reference_modules
from kiosk.paper.receipt_roll import roll_pdf
from kiosk.paper.shaping import is_right_to_left

_GAP = 14.0
_SMALL_GAP = 8.0
_PAD = 12.0
_COLUMN_GAP = 22.0
_INSET = 16.0
_QR = 84.0
_QR_EDGE = 6.0
_CODE_WIDTH = 132.0
_TICK = 18.0
_DEAL_TITLE = ink.HEADING.coloured(ink.PRIMARY)
_DUTCH = "nl"


def receipt_pdf(receipt: Receipt, paper: Paper) -> bytes:
    """Give the receipt as a PDF file for this paper.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        if paper is Paper.ROLL_80:
            return roll_pdf(receipt, installed())
        sheet = _Sheet(receipt, installed(), _GAP)
        made = sheet.pdf()
        if sheet.pages == 1:
            return made
        # Just too long for one page: closer together it may fit, and one page is harder to lose.
        closer = _Sheet(receipt, installed(), _SMALL_GAP)
        made_closer = closer.pdf()
        return made_closer if closer.pages < sheet.pages else made


def grouped(reference: str) -> str:
    """Give the reference in groups that can be read aloud, as it is when it has groups already."""
    if any(mark in reference for mark in " -./"):
        return reference
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


class _Sheet:
    """The drawing of one A4 receipt; with two languages each text has the Dutch in a second column."""

    def __init__(self, receipt: Receipt, fonts: Fonts, gap: float) -> None:
        self._receipt = receipt
        self._gap = gap
        self._fonts = fonts
        self._has_dutch = receipt.language != _DUTCH
        self._is_mirrored = is_right_to_left(receipt.texts.status)
        self._left = Paper.A4.margin
        self._width = Paper.A4.inner_width
        self._half = (self._width - _COLUMN_GAP) / 2
        self._document = PaperDocument(Paper.A4.width, Paper.A4.height, receipt.texts.saved, receipt.language)
        bottom = Paper.A4.height - Paper.A4.margin
        self._flow = Flow(self._document, fonts, top=Paper.A4.margin - 6, bottom=bottom, at_new_page=self._continued)

    @property
    def pages(self) -> int:
        """Give how many pages were drawn."""
        return self._document.page

    def pdf(self) -> bytes:
        """Draw everything and give the file."""
        texts, dutch = self._receipt.texts, self._receipt.dutch
        self._head(texts, dutch)
        self._haste()
        self._number(texts, dutch)
        self._code_and_status(texts, dutch)
        self._effect(texts, dutch)
        self._deal(texts, dutch)
        self._contact(texts, dutch)
        self._bring(texts, dutch)
        for advice, advice_dutch in zip_longest(texts.advice, dutch.advice, fillvalue=""):
            self._told(advice, advice_dutch, ink.BODY, after=8)
        return self._document.finish()

    def _continued(self) -> float:
        block = self._flow.block([self._said(grouped(self._receipt.reference), ink.LABEL)], self._width)
        end = self._flow.put(block, self._left, Paper.A4.margin)
        self._document.rule(self._left, end + 6, self._width)
        return end + 6 + self._gap

    def _said(self, text: str, style: Style, kind: str = "P") -> Passage:
        return Passage(text, style, kind, bold=(*self._receipt.texts.dates, self._receipt.phone))

    def _in_dutch(self, text: str, style: Style) -> Passage:
        bold = (*self._receipt.dutch.dates, self._receipt.phone)
        return Passage(text if self._has_dutch else "", style.coloured(ink.INK_SOFT), language=_DUTCH, bold=bold)

    def _columns(self, text: str, dutch: str, style: Style, kind: str = "P", *, inset: float = 0) -> list[Block]:
        """Break a text over the whole width, or in two columns with its Dutch."""
        flow = self._flow
        if not self._has_dutch:
            return [flow.block([self._said(text, style, kind)], self._width - 2 * inset)]
        width = self._half - inset
        return [flow.block([self._said(text, style, kind)], width), flow.block([self._in_dutch(dutch, style)], width)]

    def _row(self, blocks: list[Block], top: float, *, inset: float = 0) -> float:
        """Draw blocks beside each other, mirrored where the language is; give where the highest ends."""
        ordered = blocks[::-1] if self._is_mirrored else blocks
        step = self._half + _COLUMN_GAP
        places = [self._left + inset, self._left + step] if len(ordered) == 2 else [self._left + inset]
        # In reading order, whatever the side: software that reads aloud follows the order of drawing.
        pairs = list(zip(ordered, places, strict=True))
        return max(self._flow.put(block, x, top) for block, x in (pairs[::-1] if self._is_mirrored else pairs))

    def _told(self, text: str, dutch: str, style: Style, kind: str = "P", *, after: float) -> None:
        blocks = self._columns(text, dutch, style, kind)
        height = max(block.height for block in blocks)
        if not height:
            return
        self._flow.need(height)
        self._flow.at = self._row(blocks, self._flow.at) + after

    def _head(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        where = flow.block([self._said(self._receipt.municipality, ink.LABEL)], self._width)
        made = flow.block([self._said(texts.date_line, ink.LABEL)], self._width)
        where_width, made_width = _widest_line(where), _widest_line(made)
        if where_width + made_width + _COLUMN_GAP <= self._width:
            first, last = (made, where) if self._is_mirrored else (where, made)
            width = _widest_line(last)
            flow.put(_narrowed(first), self._left, flow.at)
            flow.at = flow.put(_narrowed(last), self._left + self._width - width, flow.at)
        else:
            flow.at = flow.put(made, self._left, flow.put(where, self._left, flow.at))
        flow.at += 10
        self._told(texts.title, dutch.title, ink.TITLE if not self._has_dutch else ink.TITLE_BESIDE, "H1", after=2)
        self._told(texts.saved, dutch.saved, ink.BODY, after=2 if texts.filled_by else self._gap)
        self._told(texts.filled_by, dutch.filled_by, ink.BODY, after=self._gap)

    def _haste(self) -> None:
        receipt = self._receipt
        if not receipt.is_urgent or not (receipt.haste or receipt.dutch_haste):
            return
        blocks = self._columns(receipt.haste or receipt.dutch_haste, receipt.dutch_haste, ink.HASTE, inset=_INSET)
        height = max(block.height for block in blocks) + 2 * _PAD
        self._document.box(
            self._left, self._flow.at, self._width, height, fill=ink.HUMAN_TINT, border=ink.HUMAN, line=2.5, radius=8
        )
        self._row(blocks, self._flow.at + _PAD, inset=_INSET)
        self._flow.at += height + self._gap

    def _number(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        document, flow = self._document, self._flow
        square = _QR + 2 * _QR_EDGE
        room = self._width - square - 2 * _PAD - 2 * _INSET
        reference = grouped(self._receipt.reference)
        size = min(
            ink.REFERENCE_A4.size, room / lay_out(reference, Style(1, 1, bold=True), 9e9, self._fonts)[0].width - 0.01
        )
        number = flow.block([Passage(reference, Style(size, size * 1.15, bold=True))], room)
        label = flow.block([self._said(texts.number_label, ink.LABEL)], room)
        label_dutch = flow.block([self._in_dutch(dutch.number_label, ink.LABEL)], room)
        height = square + 2 * _PAD
        document.box(self._left, flow.at, self._width, height, fill=ink.TINT, radius=10)
        text_left = self._left + (square + 2 * _PAD + _INSET - 4 if self._is_mirrored else _INSET)
        top = flow.at + (height - number.height - label.height - 2) / 2
        flow.put(label, text_left, top)
        flow.put(label_dutch, text_left + (0 if self._is_mirrored else _widest_line(label) + _INSET), top)
        flow.put(number, text_left, top + label.height + 2)
        left = self._left + (_PAD if self._is_mirrored else self._width - _PAD - square)
        document.box(left, flow.at + _PAD, square, square, fill=ink.PAPER, radius=4)
        with document.element("Figure", says=f"QR {self._receipt.reference}"):
            document.squares(
                left + _QR_EDGE, flow.at + _PAD + _QR_EDGE, _QR, reference_modules(self._receipt.reference)
            )
        flow.at += height + self._gap

    def _code_and_status(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        labels = [self._said(texts.code_label, ink.LABEL), self._in_dutch(dutch.code_label, ink.LABEL)]
        code = flow.block([*labels, Passage(self._receipt.status_code, ink.CODE_A4)], _CODE_WIDTH - 2 * _INSET, 0)
        said = [self._said(texts.status, ink.BODY), self._in_dutch(dutch.status, ink.BODY)]
        status = flow.block(said, self._width - _CODE_WIDTH - _COLUMN_GAP, 4)
        height = max(code.height + 2 * 8, status.height)
        code_left = self._left + (self._width - _CODE_WIDTH if self._is_mirrored else 0)
        status_left = self._left + (0 if self._is_mirrored else _CODE_WIDTH + _COLUMN_GAP)
        self._document.box(code_left, flow.at, _CODE_WIDTH, height, border=ink.PRIMARY, line=1.8, radius=8)
        flow.put(code, code_left + _INSET, flow.at + (height - code.height) / 2)
        flow.put(status, status_left, flow.at + (height - status.height) / 2)
        flow.at += height + self._gap + 4

    def _effect(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        """Set apart what this receipt is not: no report to the police, no objection."""
        if not texts.effect:
            return
        blocks = self._columns(texts.effect, dutch.effect, ink.BODY.bolder(), inset=_INSET / 2)
        height = max(block.height for block in blocks)
        self._flow.need(height + 8)
        x = self._left + (self._width - 4 if self._is_mirrored else 0)
        self._document.box(x, self._flow.at, 4, height + 4, fill=ink.WARN)
        self._row(blocks, self._flow.at + 2, inset=0 if self._is_mirrored else _INSET)
        self._flow.at += height + 4 + self._gap

    def _deal(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        if self._has_dutch:
            self._section(texts.you_do_title, dutch.you_do_title, texts.you_do, dutch.you_do)
            self._section(texts.we_do_title, dutch.we_do_title, texts.we_do, dutch.we_do)
            return
        self._table(
            self._halves(texts.you_do_title, texts.we_do_title, _DEAL_TITLE, "H2"),
            [self._halves(you, we, ink.BODY) for you, we in zip_longest(texts.you_do, texts.we_do, fillvalue="")],
        )

    def _halves(self, first: str, second: str, style: Style, kind: str = "P") -> list[Block]:
        return [self._flow.block([self._said(text, style, kind)], self._half) for text in (first, second)]

    def _section(self, title: str, dutch_title: str, texts: tuple[str, ...], dutch: tuple[str, ...]) -> None:
        rows = [self._columns(text, beside, ink.BODY) for text, beside in zip_longest(texts, dutch, fillvalue="")]
        self._table(self._columns(title, dutch_title, _DEAL_TITLE, "H2"), rows)
        self._flow.at += self._gap / 2

    def _table(self, head: list[Block], rows: list[list[Block]]) -> None:
        """Draw two columns under their titles, a thin line between the rows."""
        if not rows:
            return
        flow = self._flow
        flow.need(max(block.height for block in [*head, *rows[0]]) * 2 + 20)
        flow.at = self._row(head, flow.at) + 3
        self._rules(ink.PRIMARY, 1.6)
        for number, row in enumerate(rows):
            page = self._document.page
            flow.need(max(cell.height for cell in row) + 10)
            if number and self._document.page == page:
                self._rules(ink.RULE, 0.8)
            flow.at = self._row(row, flow.at + 5) + 5
        flow.at += 4

    def _rules(self, colour: str, line: float) -> None:
        for x in (self._left, self._left + self._half + _COLUMN_GAP):
            self._document.rule(x, self._flow.at, self._half, colour=colour, line=line)

    def _bring(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        if not texts.bring:
            return
        flow = self._flow
        width = self._half - _TICK
        if self._has_dutch:
            pairs = zip_longest(texts.bring, dutch.bring, fillvalue="")
            rows = [[self._said(text, ink.BODY), self._in_dutch(beside, ink.BODY)] for text, beside in pairs]
        else:
            found = [self._said(text, ink.BODY) for text in texts.bring]
            rows = [found[start : start + 2] for start in range(0, len(found), 2)]
        items = [[flow.block([passage], width) for passage in row] for row in rows]
        heads = self._columns(texts.bring_title, dutch.bring_title, ink.HEADING, "H2")
        # A list to tick off is one thing; only a very long one is cut.
        whole = sum(max(item.height for item in row) + 3 for row in items)
        flow.need(max(head.height for head in heads) + 4 + min(whole, Paper.A4.height / 2))
        flow.at = self._row(heads, flow.at) + 4
        for row in items:
            flow.need(max(item.height for item in row))
            end = flow.at
            for number, item in enumerate(row):
                end = max(end, self._tickable(item, number))
            flow.at = end + 3
        flow.at += self._gap - 3

    def _tickable(self, item: Block, number: int) -> float:
        """Draw one thing to bring with a square to tick before leaving home; give where it ends."""
        column = 1 - number if self._is_mirrored else number
        x = self._left + column * (self._half + _COLUMN_GAP)
        at_the_right = self._is_mirrored and column == 1
        if item.height:
            box_left = x + self._half - 11.5 if at_the_right else x + 1
            self._document.box(box_left, self._flow.at + 4, 10.5, 10.5, border=ink.INK, line=1.1, radius=2)
        return self._flow.put(item, x if at_the_right else x + _TICK, self._flow.at)

    def _contact(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        """Close the deal: whom to call, and what if we are late."""
        flow = self._flow
        rows = (
            [self._columns(texts.contact, dutch.contact, ink.BODY), self._columns(texts.late, dutch.late, ink.BODY)]
            if self._has_dutch
            else [self._halves(texts.contact, texts.late, ink.BODY)]
        )
        flow.need(sum(max(cell.height for cell in row) + 6 for row in rows) + 10)
        if self._has_dutch:
            flow.at -= self._gap / 2
        self._rules(ink.PRIMARY, 1.6)
        flow.at += 6
        for row in rows:
            flow.at = self._row(row, flow.at) + 6
        flow.at += self._gap - 4
        self._told(texts.unchecked, dutch.unchecked, ink.LABEL, after=self._gap)


def _widest_line(block: Block) -> float:
    return max((line.width for _, lines in block.parts for line in lines), default=0.0)


def _narrowed(block: Block) -> Block:
    """Give the block as wide as its own text, so that either direction starts at its place."""
    return replace(block, width=_widest_line(block))
