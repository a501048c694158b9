# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The receipt on an 80 mm till roll: number, code, status, the first promise and a phone number.

More does not fit in large print (measured: twelve lines of 14 pt do not). A4 is `receipt_page`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.receipt import Receipt
from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts
from kiosk.paper.ink import Style
from kiosk.paper.paper_size import Paper
from kiosk.paper.paragraph import lay_out
from kiosk.paper.qr_code import reference_modules

_QR = 96.0
_GAP = 10.0
_TALL = 14_000.0  # longer than any receipt; the longest page that PDF readers take
_FOOT = 28.0  # the knife cuts above the last print line on many till printers


def roll_pdf(receipt: Receipt, fonts: Fonts) -> bytes:
    """Give the receipt as one page, as long as it needs."""
    measured = PaperDocument(Paper.ROLL_80.width, _TALL, "", receipt.language)
    height = _draw(measured, receipt, fonts)
    document = PaperDocument(Paper.ROLL_80.width, height, receipt.texts.saved, receipt.language)
    _draw(document, receipt, fonts)
    return document.finish()


def _draw(document: PaperDocument, receipt: Receipt, fonts: Fonts) -> float:
    paper = Paper.ROLL_80
    flow = Flow(document, fonts, top=paper.margin + 6, bottom=_TALL, at_new_page=lambda: paper.margin)

    def put(passages: Iterator[Passage] | list[Passage], after: float = _GAP) -> None:
        flow.at = flow.put(flow.block(passages, paper.inner_width, 3), paper.margin, flow.at) + after

    put(list(_both(receipt, receipt.texts.date_line, receipt.dutch.date_line, ink.LABEL)))
    if receipt.texts.filled_by:
        put(list(_both(receipt, receipt.texts.filled_by, receipt.dutch.filled_by, ink.LABEL)))
    if receipt.is_urgent and receipt.haste:
        document.rule(paper.margin, flow.at, paper.inner_width, colour=ink.INK, line=2.5)
        flow.at += 6
        put(list(_both(receipt, receipt.haste, receipt.dutch_haste, ink.HASTE.coloured(ink.INK))), 6)
        document.rule(paper.margin, flow.at, paper.inner_width, colour=ink.INK, line=2.5)
        flow.at += _GAP
    put(list(_both(receipt, receipt.texts.number_label, receipt.dutch.number_label, ink.LABEL)), 0)
    put([Passage(receipt.reference, _widest(receipt.reference, fonts))])
    document.rule(paper.margin, flow.at, paper.inner_width)
    flow.at += _GAP
    code = list(_both(receipt, receipt.texts.code_label, receipt.dutch.code_label, ink.LABEL))
    beside = flow.block([*code, Passage(receipt.status_code, ink.CODE_A4)], paper.inner_width - _QR - 12, 0)
    flow.put(beside, paper.margin, flow.at)
    with document.element("Figure", says=f"QR {receipt.reference}"):
        document.squares(paper.width - paper.margin - _QR, flow.at + 4, _QR, reference_modules(receipt.reference))
    flow.at += max(beside.height, _QR + 8) + _GAP
    document.rule(paper.margin, flow.at, paper.inner_width)
    flow.at += _GAP
    put(list(_both(receipt, receipt.texts.status, receipt.dutch.status, ink.BODY)))
    if receipt.texts.we_do:
        title = _both(receipt, receipt.texts.we_do_title, receipt.dutch.we_do_title, ink.HEADING)
        put(list(title), 2)
        first_dutch = receipt.dutch.we_do[0] if receipt.dutch.we_do else ""
        put(list(_both(receipt, receipt.texts.we_do[0], first_dutch, ink.BODY)))
    if receipt.texts.effect:
        put(list(_both(receipt, receipt.texts.effect, receipt.dutch.effect, ink.BODY.bolder())))
    document.rule(paper.margin, flow.at, paper.inner_width)
    flow.at += _GAP
    put(list(_both(receipt, receipt.texts.contact, receipt.dutch.contact, ink.BODY)), 0)
    if receipt.texts.unchecked:
        flow.at += _GAP
        put([Passage(receipt.texts.unchecked, ink.LABEL)], 0)
    return flow.at + _FOOT


def _both(receipt: Receipt, text: str, dutch: str, style: Style) -> Iterator[Passage]:
    yield Passage(text, style, bold=(*receipt.texts.dates, receipt.phone))
    if receipt.language != "nl":
        # Thermal paper has no grey: the Dutch is told apart by its place.
        yield Passage(dutch, style, language="nl", bold=(*receipt.dutch.dates, receipt.phone))


def _widest(reference: str, fonts: Fonts) -> Style:
    width = lay_out(reference, Style(1, 1, bold=True), 9e9, fonts)[0].width
    size = min(40.0, Paper.ROLL_80.inner_width / width - 0.01)
    return Style(size, size * 1.2, bold=True)
