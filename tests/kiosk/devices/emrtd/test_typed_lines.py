# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of a chip from lines as people type them: forgiving, and never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.emrtd.mrz import parse_mrz
from kiosk.devices.emrtd.mrz_fields import MrzError, MrzFault, check_digit
from kiosk.devices.emrtd.typed_lines import key_of_typed_lines
from tests.kiosk.devices.emrtd.test_mrz import ID_CARD, PASSPORT, TD2_CARD, card_lines, checked
from tests.kiosk.devices.emrtd.vectors import worked_example

THREE = "\n".join((ID_CARD[:30], ID_CARD[30:60], ID_CARD[60:]))
TWO = f"{PASSPORT[:44]}\n{PASSPORT[44:]}"


def same(key: MrzKey, lines: str) -> bool:
    wanted = parse_mrz(lines).key()
    names = ("document_number", "birth_date", "expiry_date")
    return all(getattr(key, name) == getattr(wanted, name) for name in names)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (THREE, ID_CARD),
        (ID_CARD, ID_CARD),  # a reader that types without breaks
        ("\n".join((ID_CARD[:30], ID_CARD[30:60])), ID_CARD),  # without the line of names
        (ID_CARD[:60], ID_CARD),
        (THREE.replace("<", "«"), ID_CARD),  # as a phone makes of <<
        (THREE.replace("<<", "«"), ID_CARD),
        (THREE.replace("<", "‹"), ID_CARD),
        (THREE.lower(), ID_CARD),
        (" ".join(THREE), ID_CARD),
        (THREE.replace("<<<<<", "<<<<"), ID_CARD),  # too few fillers at the end
        ("\n\n" + THREE.replace("\n", "\r\n") + "\n", ID_CARD),
        (TWO, PASSPORT),
        (PASSPORT, PASSPORT),
        (PASSPORT[44:], PASSPORT),  # the second line has all that is needed
        (PASSPORT[44:72], PASSPORT),  # and its second half has nothing
        (TWO.replace("<", "< "), PASSPORT),
        (TD2_CARD, TD2_CARD),
        (TD2_CARD[36:], TD2_CARD),
    ],
)
def test_finds_the_key_in_lines_as_they_come(typed: str, lines: str) -> None:
    assert same(key_of_typed_lines(typed), lines)


def test_finds_the_keys_of_icaos_examples(shared_dir: Path) -> None:
    example = worked_example(shared_dir, "bac_D")
    for name, lines in (("mrz_information", "mrz_td1"), ("mrz_information_long_docno", "mrz_td1_long_docno")):
        key = key_of_typed_lines("\n".join(example[lines]))
        parts = (key.document_number.ljust(9, "<"), key.birth_date, key.expiry_date)
        assert "".join(checked(part) for part in parts) == example[name]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("IX2B3C4D0", "IX2B3C4DO"), ("IX2B3C4D1", "IX2B3C4DI"), ("IO2B3C4D5", "I02B3C4D5"), ("OI2B3C4D5", "0I2B3C4D5")],
)
def test_reads_letters_for_digits_where_one_reading_alone_fits(right: str, wrong: str) -> None:
    lines = card_lines(number=right)
    assert same(key_of_typed_lines(lines.replace(right, wrong)), lines)


def test_reads_letters_in_dates_and_check_digits_as_digits() -> None:
    typed = PASSPORT[44:].replace("1", "I").replace("0", "O")
    assert same(key_of_typed_lines(typed), PASSPORT)


def test_takes_what_was_typed_before_another_reading_that_fits_too() -> None:
    lines = card_lines(number="O000000O0")
    assert key_of_typed_lines(lines).document_number == "O000000O0"


def test_refuses_to_guess_where_two_readings_fit() -> None:
    # Places 1, 4 and 7 of a number weigh the same: one O among three zeros can be any of them.
    lines = card_lines(number="AO00B00C0"[:9])
    typed = lines.replace("AO00B00C0", "A000B00C0")
    with pytest.raises(MrzError) as caught:
        key_of_typed_lines(typed)
    assert caught.value.fault is MrzFault.AMBIGUOUS


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", MrzFault.LENGTH),
        ("\n \n", MrzFault.LENGTH),
        ("P<UTOERIKSSON", MrzFault.LENGTH),
        ("A" * 301, MrzFault.LENGTH),
        ("A\nB\nC\nD", MrzFault.LENGTH),
        (THREE.replace("D231458907", "D231458927"), MrzFault.DOCUMENT_NUMBER),
        (THREE.replace("7408122", "7408123"), MrzFault.BIRTH_DATE),
        (THREE.replace("1204159", "1204158"), MrzFault.EXPIRY_DATE),
        (THREE.replace("D2", "D?"), MrzFault.CHARACTER),
        (THREE.replace("D2", "Dé"), MrzFault.CHARACTER),
        (THREE.replace("D2", "D\x00"), MrzFault.CHARACTER),
    ],
)
def test_says_which_field_does_not_fit(typed: str, fault: MrzFault) -> None:
    with pytest.raises(MrzError) as caught:
        key_of_typed_lines(typed)
    assert caught.value.fault is fault
    assert str(caught.value) == fault.value


def test_bounds_the_readings_of_a_number_full_of_doubt() -> None:
    number = "O0I1O0I1O"
    wrong = str((check_digit(number.encode()) + 5) % 10)
    lines = f"I<NLD{number}{wrong}".ljust(30, "<") + card_lines()[30:60]
    with pytest.raises(MrzError):
        key_of_typed_lines(lines)


@given(st.text(max_size=120) | st.text("IPO01<«\n ABC29", max_size=320))
@settings(max_examples=300)
def test_never_fails_in_another_way_than_by_its_own_error(text: str) -> None:
    try:
        key_of_typed_lines(text)
    except MrzError:
        return


@given(st.integers(0, 59), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ23456789<"))
def test_gives_no_other_key_for_lines_with_one_slip(place: int, sign: str) -> None:
    lines = card_lines(number="NX2B3C4D5")  # without doubt in it: no second reading makes up for a slip
    try:
        key = key_of_typed_lines(lines[:place] + sign + lines[place + 1 :])
    except MrzError:
        return
    assert check_digit(sign.encode()) == check_digit(lines[place].encode()) or same(key, lines)
