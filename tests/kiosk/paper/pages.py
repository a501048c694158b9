# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case page and a paper road to try, with answers of any kind."""

from __future__ import annotations

from domain.submission import SubmissionLine
from kiosk.paper.answer_list import Told
from kiosk.paper.case_page import CasePage, Fact
from kiosk.paper.paper_road import PaperRoad

LINES = (
    SubmissionLine("new-here", "Bent u nieuw in Nederland?", "Nee", "given", "self"),
    SubmissionLine("when", "Op welke dag gaat u verhuizen?", "1 december 2026", "given", "self"),
    SubmissionLine(
        "address", "Wat is uw nieuwe adres?", "Voorbeeldstraat 12, 1234 AB Voorbeeldstad", "given", "helper"
    ),
    SubmissionLine("who", "Wie verhuist er mee?", "Ik weet het niet", "unknown", "self"),
)


def case_page(*answers: str) -> CasePage:
    """Give a page with the usual lines, and one more for each of these answers."""
    more = tuple(SubmissionLine("more", "Wilt u nog iets zeggen?", answer, "given", "self") for answer in answers)
    return CasePage(
        title="Verhuizing doorgeven",
        reference="L26-4K7M-93PX-6",
        facts=(
            Fact("Van", "Jan Voorbeeld, geboren op 3 mei 1952"),
            Fact("Bereiken", "Bellen: 06 12345678"),
            Fact("Gemaakt op", "21 november 2026, 10.30 uur"),
            Fact("Beloofd voor", "27 november 2026"),
            Fact("Wie", "Team Burgerzaken"),
            Fact("E-mail", ""),
        ),
        answers_title="Vragen en antwoorden",
        lines=LINES + more,
        page_label=lambda page, pages: f"Bladzijde {page} van {pages}",
        haste="Er is haast. Kijk vandaag.",
        effect="Dit is nog geen bezwaar.",
        notes={"unknown": "Iemand belt hierover.", "helper": "Gegeven door een helper, met toestemming."},
    )


def paper_road() -> PaperRoad:
    """Give a page for somebody with a letter about eviction."""
    return PaperRoad(
        language="nl",
        title="Neem dit papier mee",
        haste="Er is haast. Wacht niet op ons. Bel nu 14 000 of ga naar balie 1.",
        dutch_haste="",
        phone_label="Bel nu",
        phone="14 000",
        desk_label="Of ga naar",
        desk="Balie 1, vandaag tot 17.00 uur",
        made="Gemaakt op 21 november 2026 om 10.30 uur. Vanaf dat moment telt dit papier.",
        dutch_made="",
        answers_title="Dit vulde u in",
        answers=tuple(Told(line.question, line.answer) for line in LINES),
        reference_label="Uw nummer",
        reference="L26-4K7M-93PX-6",
    )
