# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visitor takes along from the desk: the steps are there, the letters are large, and nothing is of a person."""

from __future__ import annotations

from datetime import date

import pytest

from assisted.take_along import course_paper, next_time_paper, referral_paper
from domain.knowledge import CourseDate, Directory
from i18n.texts import Texts
from kiosk.paper.paper_size import Paper
from kiosk.paper.take_along import TakeAlong, take_along_pdf
from resources.directory_book import DirectoryBook
from tests.kiosk.paper.reading import letters, page_texts, whole_text

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return DirectoryBook.load().directory


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts("nl", is_strict=True)


@pytest.mark.parametrize("paper", list(Paper))
def test_next_time_has_every_step_and_the_last_day(directory: Directory, texts: Texts, paper: Paper) -> None:
    card = directory.card("toeslag-aanvragen")
    assert card is not None
    said = whole_text(take_along_pdf(next_time_paper(texts, directory, card, TODAY), paper))
    for text in (*card.steps, card.deadline, *card.bring, "Digisterker"):
        assert text in said


@pytest.mark.parametrize("paper", list(Paper))
def test_no_letter_is_smaller_than_fourteen_points(directory: Directory, texts: Texts, paper: Paper) -> None:
    for card in directory.cards[:10]:
        pdf = take_along_pdf(next_time_paper(texts, directory, card, TODAY), paper)
        assert min(letter.size for letter in letters(pdf)) >= 13.9


def test_every_card_fits_on_one_sheet(directory: Directory, texts: Texts) -> None:
    for card in directory.cards:
        pages = page_texts(take_along_pdf(next_time_paper(texts, directory, card, TODAY), Paper.A4))
        assert len(pages) == 1, card.id


def test_a_handover_has_consent_what_was_agreed_and_lines_to_write_on(directory: Directory, texts: Texts) -> None:
    referral = directory.referral("juridisch-loket")
    assert referral is not None
    page = referral_paper(texts, referral, "u belt dinsdag terug", is_handover=True)
    said = whole_text(take_along_pdf(page, Paper.A4))
    for text in ("0800-8020", "u belt dinsdag terug", "Juridisch Loket mag u bellen", "Uw handtekening en de datum"):
        assert text in said


def test_a_plain_slip_asks_no_name(directory: Directory, texts: Texts) -> None:
    referral = directory.referral("juridisch-loket")
    assert referral is not None
    assert referral_paper(texts, referral).writing == ()


def test_what_nobody_held_against_the_source_says_so(directory: Directory, texts: Texts) -> None:
    doubted = next(one for one in directory.referrals if one.checked.to_check)
    sure = next(one for one in directory.referrals if not one.checked.to_check)
    assert "Nog niet nagekeken" in referral_paper(texts, doubted).note
    assert "Nagekeken op 22 november 2026" in referral_paper(texts, sure).note


def test_a_course_says_when_it_begins_here(directory: Directory, texts: Texts) -> None:
    dates = (CourseDate("klik-en-tik", date(2026, 12, 1), "10.00 uur", "Bibliotheek"),)
    here = Directory(courses=directory.courses, dates=dates)
    course = here.course("klik-en-tik")
    assert course is not None
    page = course_paper(texts, here, course, TODAY)
    assert "dinsdag 1 december 2026, 10.00 uur, Bibliotheek" in page.sections[0].lines


def test_a_long_page_goes_on_on_the_next_sheet() -> None:
    from kiosk.paper.take_along import Section

    lines = tuple(f"Regel {number} van een lange lijst met heel veel regels." for number in range(80))
    pages = page_texts(
        take_along_pdf(TakeAlong("Lang", sections=(Section("Stappen", lines, is_numbered=True),)), Paper.A4)
    )
    assert len(pages) > 1
    assert "Regel 79" in pages[-1]
