# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The document for the case system: complete, and harmless whatever was typed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.paper.case_page import case_pdf
from tests.kiosk.paper.pages import LINES, case_page
from tests.kiosk.paper.reading import is_tagged, metadata, page_texts, whole_text

ODD = (
    "<b>vet</b> &amp; <script>alert(1)</script> {x} %s \\n (haak\\) "
    "\x00\x07\x1b[31m \u202eomgekeerd 😀🏠 שלום مرحبا ሰላም"
)


def test_every_question_answer_note_and_fact_stands_on_it() -> None:
    text = whole_text(case_pdf(case_page()))
    for line in LINES:
        assert line.question in text
        assert line.answer in text
    for said in ("Jan Voorbeeld", "06 12345678", "27 november 2026", "Er is haast.", "Dit is nog geen bezwaar."):
        assert said in text
    assert text.count("Iemand belt hierover.") == 1
    assert text.count("Gegeven door een helper, met toestemming.") == 1


def test_a_fact_without_a_value_is_left_out() -> None:
    assert "E-mail" not in whole_text(case_pdf(case_page()))


def test_markup_and_escapes_are_shown_as_typed() -> None:
    text = whole_text(case_pdf(case_page(ODD)))
    for typed in ("<b>vet</b> &amp; <script>alert(1)</script> {x} %s \\n (haak\\)", "omgekeerd"):
        assert typed in text
    assert "\x1b" not in text


def test_an_answer_of_100_000_characters_is_whole_with_number_and_page_on_every_page() -> None:
    texts = page_texts(case_pdf(case_page("Het is een lang verhaal 😀. " * 3_600)))
    assert sum(text.count("verhaal") for text in texts) == 3_600
    for number, text in enumerate(texts, 1):
        assert text.startswith("L26-4K7M-93PX-6")
        assert f"Bladzijde {number} van {len(texts)}" in text


def test_a_word_of_100_000_characters_is_whole() -> None:
    assert whole_text(case_pdf(case_page("q" * 100_000))).count("q") >= 100_000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=500))
def test_any_answer_makes_a_page_that_opens(answer: str) -> None:
    assert "Bladzijde 1 van" in page_texts(case_pdf(case_page(answer)))[0]


def test_the_file_properties_hold_the_reference_and_no_name() -> None:
    pdf = case_pdf(case_page())
    assert is_tagged(pdf)
    assert metadata(pdf)["Title"] == "L26-4K7M-93PX-6"
    assert not any("Voorbeeld" in value for value in metadata(pdf).values())
