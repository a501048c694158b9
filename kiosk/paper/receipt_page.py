# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The receipt on A4: number, code, status, and the deal with its dates (features C18, C19, U01).

All sentences come in the `Receipt`. Where the citizen's language is not Dutch, the Dutch stands under or beside each text.
The till roll is `receipt_roll`'s.
"""

from __future__ import annotations

from itertools import zip_longest
from threading import Lock

from domain.receipt import Receipt, ReceiptTexts
from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Block, Flow, Passage
from kiosk.paper.fonts import Fonts, installed
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper
from kiosk.paper.paragraph import lay_out
from kiosk.paper.qr_code import reference_modules
from kiosk.paper.receipt_roll import roll_pdf

_GAP = 14.0
_PAD = 12.0
_COLUMN_GAP = 22.0
_QR = 84.0
_DUTCH = "nl"
# reportlab's fonts belong to one document at a time.
_one_at_a_time = Lock()


def receipt_pdf(receipt: Receipt, paper: Paper) -> bytes:
    """Give the receipt as a PDF file for this paper.

    Raises: PaperError when the fonts are missing.
    """
    with _one_at_a_time:
        if paper is Paper.ROLL_80:
            return roll_pdf(receipt, installed())
        return _Sheet(receipt, installed()).pdf()


def grouped(reference: str) -> str:
    """Give the reference in groups that can be read aloud, as it is when it has groups already."""
    if any(mark in reference for mark in " -./"):
        return reference
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


class _Sheet:
    """The drawing of one A4 receipt."""

    def __init__(self, receipt: Receipt, fonts: Fonts) -> None:
        self._receipt = receipt
        self._fonts = fonts
        self._has_dutch = receipt.language != _DUTCH
        self._left = Paper.A4.margin
        self._width = Paper.A4.inner_width
        self._half = (self._width - _COLUMN_GAP) / 2
        self._document = PaperDocument(Paper.A4.width, Paper.A4.height, receipt.texts.saved, receipt.language)
        self._flow = Flow(
            self._document, fonts, top=Paper.A4.margin, bottom=Paper.A4.height - Paper.A4.margin, at_new_page=self._continued
        )

    def pdf(self) -> bytes:
        texts, dutch = self._receipt.texts, self._receipt.dutch
        self._head(texts, dutch)
        self._haste()
        self._number(texts, dutch)
        self._code_and_status(texts, dutch)
        self._deal(texts, dutch)
        self._bring(texts, dutch)
        self._side_by_side(texts.effect, dutch.effect, ink.BODY.bolder())
        for advice, advice_dutch in zip_longest(texts.advice, dutch.advice, fillvalue=""):
            self._side_by_side(advice, advice_dutch, ink.BODY)
        self._foot(texts, dutch)
        return self._document.finish()

    def _continued(self) -> float:
        reference = self._flow.block([self._said(f"{grouped(self._receipt.reference)}", ink.LABEL)], self._width)
        end = self._flow.put(reference, self._left, Paper.A4.margin)
        self._document.rule(self._left, end + 6, self._width)
        return end + 6 + _GAP

    def _said(self, text: str, style: Style, kind: str = "P") -> Passage:
        receipt = self._receipt
        return Passage(text, style, kind, bold=(*receipt.texts.dates, receipt.phone))

    def _in_dutch(self, text: str, style: Style = ink.DUTCH) -> Passage:
        receipt = self._receipt
        text = text if self._has_dutch else ""
        return Passage(text, style.coloured(ink.INK_SOFT), language=_DUTCH, bold=(*receipt.dutch.dates, receipt.phone))

    def _both(self, text: str, dutch: str, style: Style, width: float, gap: float = 2) -> Block:
        return self._flow.block([self._said(text, style), self._in_dutch(dutch, style)], width, gap)

    def _head(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        place = flow.block([self._said(self._receipt.municipality, ink.LABEL)], self._half)
        made = flow.block([self._said(texts.date_line, ink.LABEL)], self._half)
        widest = max((line.width for _, lines in made.parts for line in lines), default=0.0)
        end = flow.put(place, self._left, flow.at)
        end = max(end, flow.put(made, self._left + self._width - widest, flow.at) if widest <= self._half else end)
        flow.at = end + 10
        title = [self._said(texts.title, ink.TITLE, "H1"), self._in_dutch(dutch.title, ink.HEADING)]
        saved = [self._said(texts.saved, ink.BODY), self._in_dutch(dutch.saved)]
        flow.at = flow.put(flow.block([*title, *saved], self._width, 2), self._left, flow.at) + _GAP

    def _haste(self) -> None:
        receipt = self._receipt
        if not receipt.is_urgent or not (receipt.haste or receipt.dutch_haste):
            return
        block = self._both(receipt.haste, receipt.dutch_haste, ink.HASTE, self._width - 2 * _PAD - 8, 6)
        height = block.height + 2 * _PAD
        self._document.box(
            self._left, self._flow.at, self._width, height, fill=ink.ON_HUMAN_TINT, border=ink.HUMAN, line=2.5, radius=8
        )
        self._flow.put(block, self._left + _PAD + 4, self._flow.at + _PAD)
        self._flow.at += height + _GAP

    def _number(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        room = self._width - _QR - 2 * _PAD - 3 * _PAD
        reference = grouped(self._receipt.reference)
        size = min(ink.REFERENCE_A4.size, room / lay_out(reference, Style(1, 1, bold=True), 9e9, self._fonts)[0].width)
        block = self._flow.block(
            [
                self._said(texts.number_label, ink.LABEL),
                self._in_dutch(dutch.number_label),
                Passage(reference, Style(size, size * 1.15, bold=True)),
            ],
            room + 1,
            2,
        )
        height = max(block.height, _QR + 12) + 2 * _PAD
        document, flow = self._document, self._flow
        document.box(self._left, flow.at, self._width, height, fill=ink.TINT, radius=10)
        flow.put(block, self._left + _PAD + 4, flow.at + (height - block.height) / 2)
        edge = 6.0
        square = _QR + 2 * edge
        left = self._left + self._width - _PAD - square
        top = flow.at + (height - square) / 2
        document.box(left, top, square, square, fill=ink.PAPER, radius=4)
        with document.element("Figure", says=f"QR {self._receipt.reference}"):
            document.squares(left + edge, top + edge, _QR, reference_modules(self._receipt.reference))
        flow.at += height + _GAP

    def _code_and_status(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        code_width = 132.0
        code = flow.block(
            [
                self._said(texts.code_label, ink.LABEL),
                self._in_dutch(dutch.code_label),
                Passage(self._receipt.status_code, ink.CODE_A4),
            ],
            code_width - 2 * _PAD,
            0,
        )
        status = self._both(texts.status, dutch.status, ink.BODY, self._width - code_width - _COLUMN_GAP, 4)
        height = max(code.height + 2 * 8, status.height)
        self._document.box(self._left, flow.at, code_width, height, border=ink.PRIMARY, line=1.8, radius=8)
        flow.put(code, self._left + _PAD, flow.at + (height - code.height) / 2)
        flow.put(status, self._left + code_width + _COLUMN_GAP, flow.at + (height - status.height) / 2)
        flow.at += height + _GAP + 4

    def _deal(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        heads = [
            self._both(title, title_dutch, ink.HEADING.coloured(ink.PRIMARY), self._half)
            for title, title_dutch in ((texts.you_do_title, dutch.you_do_title), (texts.we_do_title, dutch.we_do_title))
        ]
        rows = list(zip_longest(texts.you_do, dutch.you_do, texts.we_do, dutch.we_do, fillvalue=""))
        cells = [[self._both(you, you_dutch, ink.BODY, self._half), self._both(we, we_dutch, ink.BODY, self._half)] for you, you_dutch, we, we_dutch in rows]
        first = max((cell.height for cell in cells[0]), default=0.0) if cells else 0.0
        flow.need(max(head.height for head in heads) + first + 20)
        self._row(heads)
        flow.at += 4
        self._rule_row(ink.PRIMARY, 1.6)
        for number, row in enumerate(cells):
            height = max(cell.height for cell in row)
            flow.need(height + 12)
            if number:
                self._rule_row(ink.RULE, 0.8)
            flow.at += 6
            self._row(row)
            flow.at += 6
        flow.at += _GAP - 4

    def _row(self, blocks: list[Block]) -> None:
        flow = self._flow
        ends = [flow.put(block, self._left + number * (self._half + _COLUMN_GAP), flow.at) for number, block in enumerate(self._ordered(blocks))]
        flow.at = max(ends)

    def _ordered(self, blocks: list[Block]) -> list[Block]:
        """In a language that runs right to left the first column is the right one."""
        first = next((lines[0] for block in blocks for _, lines in block.parts if lines), None)
        return blocks[::-1] if first is not None and first.is_right_to_left else blocks

    def _rule_row(self, colour: str, line: float) -> None:
        for number in range(2):
            self._document.rule(self._left + number * (self._half + _COLUMN_GAP), self._flow.at, self._half, colour=colour, line=line)

    def _bring(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        if not texts.bring:
            return
        flow = self._flow
        head = self._both(texts.bring_title, dutch.bring_title, ink.HEADING, self._width)
        items = [self._both(text, text_dutch, ink.BODY, self._half - 18) for text, text_dutch in zip_longest(texts.bring, dutch.bring, fillvalue="")]
        rows = [items[start : start + 2] for start in range(0, len(items), 2)]
        flow.need(head.height + 4 + max(item.height for item in rows[0]))
        flow.at = flow.put(head, self._left, flow.at) + 4
        for row in rows:
            flow.need(max(item.height for item in row))
            # An empty square to tick before leaving home.
            for number, item in enumerate(row):
                x = self._left + number * (self._half + _COLUMN_GAP)
                self._document.box(x + 1, flow.at + 4, 10.5, 10.5, border=ink.INK, line=1.1, radius=2)
                flow.put(item, x + 18, flow.at)
            flow.at += max(item.height for item in row) + 3
        flow.at += _GAP - 3

    def _side_by_side(self, text: str, dutch: str, style: Style) -> None:
        """Set a text over the whole width, or beside its Dutch."""
        if not text:
            return
        flow = self._flow
        if self._has_dutch and dutch:
            blocks = [flow.block([self._said(text, style)], self._half), flow.block([self._in_dutch(dutch, style)], self._half)]
        else:
            blocks = [flow.block([self._said(text, style)], self._width)]
        flow.need(max(block.height for block in blocks))
        self._row(blocks)
        flow.at += 8

    def _foot(self, texts: ReceiptTexts, dutch: ReceiptTexts) -> None:
        flow = self._flow
        cells = [self._both(texts.contact, dutch.contact, ink.BODY, self._half), self._both(texts.late, dutch.late, ink.BODY, self._half)]
        flow.need(max(cell.height for cell in cells) + 20)
        flow.at += 4
        self._document.rule(self._left, flow.at, self._width, colour=ink.PRIMARY, line=1.6)
        flow.at += 10
        self._row(cells)
