# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The document that goes into the case system, for staff: who asks, what, how to reach them, the promise.

Every word is handed in, in Dutch; what a citizen typed is shown as typed and can steer nothing. It may hold personal
data, so it exists only in memory and sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.submission import SubmissionLine
from kiosk.paper import ink
from kiosk.paper.answer_list import Told, draw_answers
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.paper_size import Paper
from kiosk.paper.paragraph import lay_out

_LABEL_WIDTH = 130.0
_HEAD_GAP = 16.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says: "Bereiken: bellen, 06 12345678"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the document says, already worded in Dutch."""

    title: str
    reference: str
    facts: tuple[Fact, ...]  # who, how to reach, made at, promised on, owner; in this order, empty ones are left out
    answers_title: str
    lines: tuple[SubmissionLine, ...]
    page_label: Callable[[int, int], str]  # page and pages -> "Bladzijde 2 van 3"
    haste: str = ""  # "Er is haast." or empty
    effect: str = ""  # "Dit is nog geen bezwaar." or empty
    notes: Mapping[str, str] = field(
        default_factory=dict
    )  # an AnswerKind or Origin -> what stands under such an answer

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", MappingProxyType(dict(self.notes)))


def case_pdf(page: CasePage) -> bytes:
    """Give the document as a PDF file.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        return _draw(page, installed())


def _draw(page: CasePage, fonts: Fonts) -> bytes:
    paper = Paper.A4
    left, width = paper.margin, paper.inner_width
    # The title of the file stays the reference: a file list is seen by more people than the file.
    document = PaperDocument(paper.width, paper.height, page.reference, "nl")
    document.foot(lambda number, pages: lay_out(page.page_label(number, pages), ink.STAFF_LABEL, width, fonts)[0])

    def head() -> float:
        bold = flow.block([Passage(page.reference, ink.STAFF.bolder())], width)
        end = flow.put(bold, left, paper.margin)
        document.rule(left, end + 4, width, colour=ink.PRIMARY, line=1.2)
        return end + 4 + _HEAD_GAP

    flow = Flow(document, fonts, top=paper.margin, bottom=paper.height - paper.margin - 18, at_new_page=head)
    flow.at = head()
    flow.pour(flow.block([Passage(page.title, ink.STAFF_TITLE, "H1")], width), left)
    flow.at += 8
    for text, colour, tint in ((page.haste, ink.HUMAN, ink.HUMAN_TINT), (page.effect, ink.WARN, ink.PAPER)):
        _notice(flow, text, colour, tint)
    _facts(flow, page.facts)
    flow.at += 12
    flow.need(80)
    flow.pour(flow.block([Passage(page.answers_title, ink.STAFF_HEADING.coloured(ink.PRIMARY), "H2")], width), left)
    flow.at += 2
    document.rule(left, flow.at, width, colour=ink.PRIMARY, line=1.2)
    draw_answers(flow, (_told(line, page.notes) for line in page.lines), left, width, ink.STAFF_LABEL, ink.STAFF)
    return document.finish()


def _told(line: SubmissionLine, notes: Mapping[str, str]) -> Told:
    found = (notes.get(line.kind, ""), notes.get(line.origin, ""))
    return Told(line.question, line.answer, " · ".join(filter(None, found)))


def _notice(flow: Flow, text: str, colour: str, tint: str) -> None:
    if not text:
        return
    left, width = Paper.A4.margin, Paper.A4.inner_width
    block = flow.block([Passage(text, ink.STAFF_HEADING.coloured(colour))], width - 24)
    flow.document.box(left, flow.at, width, block.height + 12, fill=tint, border=colour, line=1.5, radius=4)
    flow.put(block, left + 12, flow.at + 6)
    flow.at += block.height + 12 + 10


def _facts(flow: Flow, facts: tuple[Fact, ...]) -> None:
    left, width = Paper.A4.margin, Paper.A4.inner_width
    for fact in facts:
        if not fact.value:
            continue
        label = flow.block([Passage(fact.label, ink.STAFF.coloured(ink.INK_SOFT))], _LABEL_WIDTH - 12)
        value = flow.block([Passage(fact.value, ink.STAFF)], width - _LABEL_WIDTH)
        flow.need(min(max(label.height, value.height), Paper.A4.height / 3))
        top, page = flow.at, flow.document.page
        end = flow.put(label, left, top)
        flow.pour(value, left + _LABEL_WIDTH)
        flow.at = max(flow.at, end) if flow.document.page == page else flow.at
        flow.at += 3
