# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The receipt on paper: what stands on it, how large, and what must not be on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.receipt import Receipt
from kiosk.paper.paper_size import Paper
from kiosk.paper.qr_code import reference_modules
from kiosk.paper.receipt_page import grouped, receipt_pdf
from tests.kiosk.paper.reading import (
    element_kinds,
    is_tagged,
    left_half,
    letters,
    metadata,
    page_sizes,
    page_texts,
    whole_text,
)
from tests.kiosk.paper.receipts import ARABIC, DUTCH, arabic_receipt, dutch_receipt, urgent_receipt

RECEIPTS = {"dutch": dutch_receipt(), "arabic": arabic_receipt(), "urgent": urgent_receipt()}
EVERY_RECEIPT = pytest.mark.parametrize("receipt", RECEIPTS.values(), ids=RECEIPTS.keys())
EVERY_PAPER = pytest.mark.parametrize("paper", Paper)


@EVERY_RECEIPT
@EVERY_PAPER
def test_number_code_promise_and_phone_stand_on_every_paper(receipt: Receipt, paper: Paper) -> None:
    text = whole_text(receipt_pdf(receipt, paper))
    for said in ("L26-4K7M-93PX-6", "4821", "27 november 2026", "14 000", "Uw vraag ligt nog hier."):
        assert said in text


def test_every_sentence_stands_on_a4() -> None:
    text = whole_text(receipt_pdf(urgent_receipt(), Paper.A4))
    said = urgent_receipt().texts
    sentences = (said.title, said.saved, said.status, said.late, said.contact, said.effect, said.date_line)
    for sentence in (*sentences, *said.you_do, *said.we_do, *said.bring, *said.advice, urgent_receipt().haste):
        assert sentence in text


def test_haste_stands_before_the_number_when_the_case_is_urgent() -> None:
    for paper in Paper:
        text = whole_text(receipt_pdf(urgent_receipt(), paper))
        assert text.index("Er is haast.") < text.index("L26-4K7M")
    assert "haast" not in whole_text(receipt_pdf(replace(urgent_receipt(), is_urgent=False), Paper.A4))


def test_the_dutch_with_its_deadline_stands_beside_another_language() -> None:
    text = left_half(receipt_pdf(arabic_receipt(), Paper.A4))
    for sentence in (DUTCH.saved, *DUTCH.you_do, *DUTCH.we_do, DUTCH.late, DUTCH.contact):
        assert sentence in text


def test_arabic_is_found_by_searching() -> None:
    text = whole_text(receipt_pdf(arabic_receipt(), Paper.A4))
    assert all(word in text for word in ("احتفظ", "بهذه", "الورقة"))


def test_dutch_is_said_once_when_it_is_the_language() -> None:
    assert whole_text(receipt_pdf(dutch_receipt(), Paper.A4)).count(DUTCH.status) == 1


@EVERY_RECEIPT
@EVERY_PAPER
def test_nothing_is_smaller_than_14_points_or_outside_the_margins(receipt: Receipt, paper: Paper) -> None:
    pdf = receipt_pdf(receipt, paper)
    (width, height) = page_sizes(pdf)[0]
    found = list(letters(pdf))
    assert len(found) > 100
    for letter in found:
        assert letter.size >= 14 - 0.01
        left, bottom, right, top = letter.box
        assert left >= paper.margin - 1
        assert right <= width - paper.margin + 1
        assert bottom >= 0
        assert top <= height


def test_the_number_is_at_least_40_points_on_a4_and_as_wide_as_the_roll() -> None:
    assert max(letter.size for letter in letters(receipt_pdf(dutch_receipt(), Paper.A4))) >= 40
    roll = [letter for letter in letters(receipt_pdf(dutch_receipt(), Paper.ROLL_80)) if letter.text in "LKMPX"]
    widest = max(letter.box[2] for letter in roll) - min(letter.box[0] for letter in roll)
    assert widest > 0.8 * Paper.ROLL_80.inner_width


@pytest.mark.parametrize("receipt", [dutch_receipt(), urgent_receipt()])
def test_an_ordinary_receipt_fits_one_page(receipt: Receipt) -> None:
    assert len(page_texts(receipt_pdf(receipt, Paper.A4))) == 1


def test_a_long_receipt_goes_on_with_its_number_on_a_second_page() -> None:
    long = replace(DUTCH, we_do=tuple(f"Wij doen stap {number} en bellen u daarna." for number in range(30)))
    texts = page_texts(receipt_pdf(replace(dutch_receipt(), texts=long, dutch=long), Paper.A4))
    assert len(texts) > 1
    assert texts[1].startswith("L26-4K7M-93PX-6")
    assert all(f"stap {number} en" in " ".join(texts) for number in range(30))


def test_the_roll_is_80_mm_wide_and_as_long_as_its_text() -> None:
    short = page_sizes(receipt_pdf(dutch_receipt(), Paper.ROLL_80))
    long = page_sizes(receipt_pdf(urgent_receipt(), Paper.ROLL_80))
    assert len(short) == len(long) == 1
    assert short[0][0] == pytest.approx(226.77, abs=0.1)
    assert short[0][1] < long[0][1] < 1000


@EVERY_PAPER
def test_the_same_receipt_gives_the_same_bytes_whatever_was_made_before(paper: Paper) -> None:
    first = receipt_pdf(arabic_receipt(), paper)
    receipt_pdf(replace(arabic_receipt(), texts=replace(ARABIC, title="عنوان آخر تماما")), paper)
    assert receipt_pdf(arabic_receipt(), paper) == first


@EVERY_PAPER
def test_the_file_is_tagged_and_its_properties_say_nothing_of_the_subject(paper: Paper) -> None:
    pdf = receipt_pdf(urgent_receipt(), paper)
    assert is_tagged(pdf)
    said = metadata(pdf)
    assert said["Title"] == DUTCH.saved
    assert not any("brief" in value or "4821" in value or "L26" in value for value in said.values())


def test_reading_order_has_one_main_heading_and_describes_the_picture() -> None:
    kinds = element_kinds(receipt_pdf(dutch_receipt(), Paper.A4))
    assert kinds.count("H1") == 1
    assert kinds.count("Figure") == 1
    assert kinds.count("H2") == 3


def test_the_square_code_follows_the_reference_only() -> None:
    assert reference_modules("L26-4K7M-93PX-6") != reference_modules("L26-4K7M-93PX-7")
    modules = reference_modules("L26-4K7M-93PX-6")
    assert len(modules) == len(modules[0])
    # Version 2 at most: large modules that a cheap camera reads.
    assert len(modules) <= 25


def test_a_reference_is_read_in_groups() -> None:
    assert grouped("L264K7M93PX6") == "L264 K7M9 3PX6"
    assert grouped("L26-4K7M") == "L26-4K7M"
