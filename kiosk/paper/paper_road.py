# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The paper road: a page to take to the desk when there is haste, or when the store cannot keep the case (feature U05).

It counts from the moment it was made, which stands on it. It holds the answers, so that nobody has to tell twice; it is
printed only when the citizen says yes. All words are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.answer_list import Told, draw_answers
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.paper_size import Paper

_PAD = 16.0


@dataclass(frozen=True, slots=True)
class PaperRoad:
    """All that the page says, already worded; the Dutch is empty where the citizen's language is Dutch."""

    language: str
    title: str  # neutral, also the title of the file
    haste: str  # "Er is haast. Wacht niet op ons. Bel nu {phone} of ga naar {desk}."
    dutch_haste: str
    phone_label: str
    phone: str
    desk_label: str
    desk: str
    made: str  # "Gemaakt op 21 november 2026 om 10.30 uur. Vanaf dat moment telt dit papier."
    dutch_made: str
    answers_title: str
    answers: tuple[Told, ...]  # in Dutch: the counter reads them
    reference_label: str = ""
    reference: str = ""  # empty when the store could not give one


def paper_road_pdf(road: PaperRoad) -> bytes:
    """Give the page as a PDF file, on A4.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        return _draw(road, installed())


def _draw(road: PaperRoad, fonts: Fonts) -> bytes:
    paper = Paper.A4
    left, width = paper.margin, paper.inner_width
    document = PaperDocument(paper.width, paper.height, road.title, road.language)
    flow = Flow(document, fonts, top=paper.margin, bottom=paper.height - paper.margin, at_new_page=lambda: paper.margin)
    haste = flow.block(
        [
            Passage(road.haste, ink.ROAD_HASTE, "H1", bold=(road.phone,)),
            Passage(road.dutch_haste, ink.HASTE, "P", "nl", bold=(road.phone,)),
        ],
        width - 2 * _PAD,
        8,
    )
    height = haste.height + 2 * _PAD
    document.box(left, flow.at, width, height, fill=ink.HUMAN_TINT, border=ink.HUMAN, line=3, radius=10)
    flow.put(haste, left + _PAD, flow.at + _PAD)
    flow.at += height + 18
    half = (width - 22) / 2
    pairs = ((road.phone_label, road.phone), (road.desk_label, road.desk))
    cells = [
        flow.block([Passage(label, ink.LABEL), Passage(value, ink.TITLE, bold=(value,))], half)
        for label, value in pairs
    ]
    flow.at = max(flow.put(cell, left + number * (half + 22), flow.at) for number, cell in enumerate(cells)) + 14
    if road.reference:
        number = [Passage(road.reference_label, ink.LABEL), Passage(road.reference, ink.CODE_A4)]
        flow.at = flow.put(flow.block(number, width), left, flow.at) + 14
    made = flow.block([Passage(road.made, ink.BODY), Passage(road.dutch_made, ink.DUTCH, "P", "nl")], width)
    flow.at = flow.put(made, left, flow.at) + 16
    if road.answers:
        title = flow.block([Passage(road.answers_title, ink.HEADING.coloured(ink.PRIMARY), "H2", "nl")], width)
        flow.need(title.height + 90)
        flow.pour(title, left)
        flow.at += 2
        document.rule(left, flow.at, width, colour=ink.PRIMARY, line=1.6)
        draw_answers(flow, road.answers, left, width, ink.LABEL, ink.BODY)
    return document.finish()
