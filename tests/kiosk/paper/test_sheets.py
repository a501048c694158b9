# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a citizen takes home besides the receipt: letter, phone card and countdown strip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.paper.letter import letter_pdf
from kiosk.paper.paper_size import Paper
from kiosk.paper.phone_card import SaidLine, phone_card_pdf
from kiosk.paper.strip import Week, strip_pdf
from tests.kiosk.paper.reading import element_kinds, letters, page_sizes, page_texts, whole_text
from tests.kiosk.paper.sheets import letter, phone_card, strip


def test_a_letter_is_one_page_to_send_and_one_page_to_keep() -> None:
    first, second = page_texts(letter_pdf(letter()))

    for said in ("Jan Voorbeeld", "Gemeente Voorbeeldstad", "Onderwerp: bezwaar", "Handtekening", "24 november 2026"):
        assert said in first
    assert "Dit blad is voor uzelf." not in first
    assert second.startswith("Dit blad is voor uzelf.")
    assert "Stuur hem voor 21 december 2026." in second
    assert "Kopie van uw brief" in second
    assert "Handtekening" not in second


def test_a_letter_can_be_read_without_glasses() -> None:
    size = page_sizes(letter_pdf(letter()))[0]
    body = [one.size for one in letters(letter_pdf(letter())) if one.size > 12]

    assert round(size[0]) == 595
    assert len(body) > 150


def test_what_nobody_knows_is_a_line_to_write_on_and_never_dots() -> None:
    text = page_texts(letter_pdf(letter()))[0]

    assert "..." not in text
    assert "Ik kreeg een brief van ____" in text
    assert "Dit klopt niet:" in text


def test_a_letter_that_is_a_little_too_long_is_set_closer_on_one_page() -> None:
    body = ("Een zin over wat er is gebeurd.", *["..."] * 11)
    pages = page_texts(letter_pdf(replace(letter(), body=body)))

    assert "Handtekening" in pages[0]


def test_a_very_long_letter_goes_on_and_keeps_the_name_with_the_signature() -> None:
    pages = page_texts(letter_pdf(replace(letter(), body=("Dit is er gebeurd. " * 400,))))
    signed = next(page for page in pages if "Handtekening" in page)

    assert "Naam: Jan Voorbeeld" in signed
    assert whole_text(letter_pdf(replace(letter(), body=("Dit is er gebeurd. " * 400,)))).count("gebeurd") == 800


def test_the_dutch_stands_under_another_language_on_the_sheet_to_keep() -> None:
    page = replace(letter(), language="en", told=("Sign the letter.",), dutch_told=("Zet uw handtekening.",))
    second = page_texts(letter_pdf(page))[1]

    assert second.index("Sign the letter.") < second.index("Zet uw handtekening.")


def test_a_phone_card_is_large_with_lines_to_fill_in() -> None:
    pdf = phone_card_pdf(phone_card())
    (text,) = page_texts(pdf)

    assert "Ik heb een brief van ____" in text
    assert "..." not in text
    assert {"14 000", "Ik sprak met:"} <= {said for said in ("14 000", "Ik sprak met:") if said in text}
    assert element_kinds(pdf)[0] == "H1"
    assert max(one.size for one in letters(pdf)) >= 22
    assert min(one.size for one in letters(pdf)) >= 14


def test_a_phone_card_shows_the_dutch_beside_another_language() -> None:
    card = replace(phone_card(), language="en", lines=(SaidLine("Goedemorgen.", "Good morning."),))
    found = list(letters(phone_card_pdf(card)))
    dutch = next(one for one in found if one.text == "G" and one.size == 18)
    own = next(one for one in found if one.text == "G" and one.size == 15)

    assert own.box[0] > dutch.box[0] + 200
    assert abs(own.box[1] - dutch.box[1]) < 12


@pytest.mark.parametrize("paper", list(Paper))
def test_a_strip_counts_the_weeks_down_to_the_last_day(paper: Paper) -> None:
    text = whole_text(strip_pdf(strip(), paper))

    assert text.index("Uw laatste dag") < text.index("Nog 2 weken") < text.index("Nog 1 week") < text.index("Vandaag")
    assert "14 december 2026" in text
    assert "14 000" in text
    assert ("Knip deze strook af." in text) == (paper is Paper.A4)


def test_a_strip_without_a_last_day_is_only_the_advice() -> None:
    bare = replace(strip(), day_label="", day="", until="", weeks=(), cut="")
    for paper in Paper:
        text = whole_text(strip_pdf(bare, paper))
        assert "De brief is van het UWV." in text
        assert "Uw laatste dag" not in text


def test_a_strip_of_twelve_weeks_fits_beside_advice_that_runs_on() -> None:
    long = replace(strip(), said=strip().said * 20, weeks=tuple(Week(f"Nog {n} weken", "1 juli") for n in range(12)))
    pages = page_texts(strip_pdf(long, Paper.A4))

    assert len(pages) > 1
    assert "Nog 11 weken" in pages[0]
    assert "Nog" not in pages[1]
