# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of a chip as people type it: with spaces, small letters, O for 0, a month in words."""

from __future__ import annotations

from datetime import date

import pytest

from commands.card_screens import PASSPORT_KEY
from kiosk.card_key import key_of, number_of
from kiosk.card_page import BIRTH, CAN, EXPIRY, NUMBER, CardPage, Slip
from kiosk.devices.emrtd.document import Can, MrzKey

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "12-34-56", "12.34.56", "١٢٣٤٥٦"])
def test_takes_six_digits_however_they_are_written(typed: str) -> None:
    assert key_of(CardPage(fields={CAN: typed}), TODAY) == Can("123456")


def test_takes_a_letter_o_for_a_zero_among_the_digits() -> None:
    assert key_of(CardPage(fields={CAN: "1O3o56"}), TODAY) == Can("103056")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345A"])
def test_asks_for_six_digits_when_there_are_others(typed: str) -> None:
    assert key_of(CardPage(fields={CAN: typed}), TODAY) == {CAN: Slip.CAN}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SPECI2014", "SPECI2014"),
        ("speci 2014", "SPECI2014"),
        ("SPECI2O14", "SPECI2014"),
        ("SPECI201O", "SPECI2010"),
        ("C01X0006H", "C01X0006H"),  # another country's: no letter is changed
        ("XO12345", "XO12345"),
        ("D23145890734", "D23145890734"),  # ICAO's own long one
        ("", ""),
        ("ÅÄÖ?", ""),
        ("A" * 23, ""),
    ],
)
def test_reads_a_document_number_as_the_chip_has_it(typed: str, meant: str) -> None:
    assert number_of(typed) == meant


def test_makes_the_key_of_number_and_two_dates() -> None:
    page = CardPage(is_by_lines=True, fields=PASSPORT_KEY)

    assert key_of(page, TODAY) == MrzKey("SPECI2014", "650310", "310309")


def test_understands_dates_as_people_write_them() -> None:
    written = {**PASSPORT_KEY, "card.birth.month": "maart", "card.expiry.year": "31"}

    assert key_of(CardPage(is_by_lines=True, fields=written), TODAY) == MrzKey("SPECI2014", "650310", "310309")


def test_says_of_each_of_three_things_that_it_is_missing() -> None:
    assert key_of(CardPage(is_by_lines=True), TODAY) == {
        NUMBER: Slip.NUMBER,
        BIRTH: Slip.BIRTH,
        EXPIRY: Slip.EXPIRY,
    }


def test_refuses_a_day_of_birth_that_is_still_to_come() -> None:
    born_tomorrow = {**PASSPORT_KEY, "card.birth.year": "2027"}

    assert key_of(CardPage(is_by_lines=True, fields=born_tomorrow), TODAY) == {BIRTH: Slip.BIRTH}


def test_takes_a_document_that_is_no_longer_valid() -> None:
    old = {**PASSPORT_KEY, "card.expiry.year": "2019"}

    assert key_of(CardPage(is_by_lines=True, fields=old), TODAY) == MrzKey("SPECI2014", "650310", "190309")
