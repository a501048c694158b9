# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The counts of a month on A4: one bar chart for each thing that was counted. All words and figures are handed in.

A bar is drawn for a number that is shown, and for no other: its length would tell what is hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.paper import ink
from kiosk.paper.document import PaperDocument
from kiosk.paper.flow import Flow, Passage
from kiosk.paper.fonts import Fonts, installed, one_at_a_time
from kiosk.paper.paper_size import Paper

_LABEL_WIDTH, _FIGURE_WIDTH = 150.0, 84.0
_ROW = 18.0
_BAR = 11.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: `shown` is what is written ("12", "<5"); `number` is 0 where nothing may be drawn."""

    label: str
    shown: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class BarChart:
    """One table; without bars `says` stands there."""

    title: str
    bars: tuple[Bar, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class TallyPage:
    """All that the report says."""

    title: str
    language: str
    lead: Sequence[str]
    charts: tuple[BarChart, ...]


def tally_pdf(page: TallyPage) -> bytes:
    """Give the report as a PDF file, on A4.

    Raises: PaperError when the fonts are missing.
    """
    with one_at_a_time:
        return _draw(page, installed())


def _draw(page: TallyPage, fonts: Fonts) -> bytes:
    left, width, top = Paper.A4.margin, Paper.A4.inner_width, Paper.A4.margin
    document = PaperDocument(Paper.A4.width, Paper.A4.height, page.title, page.language)
    flow = Flow(document, fonts, top=top, bottom=Paper.A4.height - Paper.A4.margin, at_new_page=lambda: top)
    head = [Passage(page.title, ink.STAFF_TITLE, "H1"), *(Passage(says, ink.STAFF) for says in page.lead)]
    flow.pour(flow.block(head, width), left)
    for chart in page.charts:
        flow.need(40 + _ROW * max(1, len(chart.bars)))
        flow.at += 14
        flow.pour(flow.block([Passage(chart.title, ink.STAFF_HEADING, "H2")], width), left)
        flow.at += 3
        if not chart.bars:
            flow.pour(flow.block([Passage(chart.says, ink.STAFF)], width), left)
        largest = max((bar.number for bar in chart.bars), default=0)
        for bar in chart.bars:
            _bar(flow, bar, left, width, largest)
    return document.finish()


def _bar(flow: Flow, bar: Bar, left: float, width: float, largest: int) -> None:
    room = width - _LABEL_WIDTH - _FIGURE_WIDTH
    label = flow.block([Passage(bar.label, ink.STAFF)], _LABEL_WIDTH)
    flow.put(label, left, flow.at + (_ROW - ink.STAFF.leading) / 2)
    long = room * bar.number / largest if largest else 0.0
    if long:
        flow.document.box(left + _LABEL_WIDTH, flow.at + (_ROW - _BAR) / 2, long, _BAR, fill=ink.PRIMARY, radius=2)
    figure = flow.block([Passage(bar.shown, ink.STAFF.bolder() if bar.number else ink.STAFF)], _FIGURE_WIDTH)
    flow.put(figure, left + _LABEL_WIDTH + long + 8, flow.at + (_ROW - ink.STAFF.leading) / 2)
    flow.at += _ROW
