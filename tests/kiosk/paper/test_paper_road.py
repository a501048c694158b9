# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page to take to the desk when there is haste or the store fails."""

from __future__ import annotations

from dataclasses import replace

from kiosk.paper.answer_list import Told
from kiosk.paper.paper_road import paper_road_pdf
from tests.kiosk.paper.pages import paper_road
from tests.kiosk.paper.reading import element_kinds, letters, page_texts, whole_text


def test_haste_phone_desk_time_and_answers_stand_on_one_page() -> None:
    texts = page_texts(paper_road_pdf(paper_road()))
    assert len(texts) == 1
    said = ("Er is haast.", "14 000", "Balie 1", "10.30 uur", "L26-4K7M-93PX-6", "Voorbeeldstraat 12")
    assert all(part in texts[0] for part in said)
    assert texts[0].startswith("Er is haast.")


def test_the_haste_sentence_is_the_heading_and_large() -> None:
    pdf = paper_road_pdf(paper_road())
    assert element_kinds(pdf)[0] == "H1"
    sizes = [letter.size for letter in letters(pdf)]
    assert sizes[0] >= 24
    assert min(sizes) >= 14


def test_a_page_without_number_leaves_its_label_out_when_the_store_failed() -> None:
    assert "Uw nummer" not in whole_text(paper_road_pdf(replace(paper_road(), reference="")))


def test_a_long_story_is_whole() -> None:
    told = (Told("Wat is er?", "Ik moet mijn huis uit. " * 1_000),)
    assert whole_text(paper_road_pdf(replace(paper_road(), answers=told))).count("huis") == 1_000
