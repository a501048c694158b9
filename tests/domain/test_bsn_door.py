# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door that no BSN comes through. Fixed numbers were published for testing; the others are made up on the spot."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bsn_door import finds, holds_bsn, without_bsn, without_bsn_in_phone
from domain.identity import passes_eleven_test
from domain.reference import new_reference
from tests.domain.numbers_typed import HONEST, hidden_bsn

BSN = "999990019"  # of the Rijksdienst voor Identiteitsgegevens
RSIN = "002564440"  # of the example municipality
SHORT, LONG = 5_000, 100_000


@pytest.mark.parametrize(
    "typed",
    [
        BSN,
        "999 990 019",
        "9999.90.019",
        "999-990-019",
        "999/990/019",
        "9 9 9 9 9 0 0 1 9",
        "999\u00a0990\u00a0019",
        "9999\u200b90\u200d019",
        "999990\n019",
        "999990\r\n\t 019",
        "９９９９９００１９",
        "٩٩٩٩٩٠٠١٩",
        "۹۹۹۹۹۰۰۱۹",
        "९९९९९००१९",
        "(999) 990 019",
        "999_990_019",
        "999–990—019",
        "999,990,019",
        "⁹⁹⁹⁹⁹⁰⁰¹⁹",
        f"BSN{BSN}",
        f"bsn:{BSN}.",
        f"{BSN} 12",
        f"12 {BSN}",
        f"12-05-1999 {BSN}",
        f"{BSN} 06-12345678",
        f"06 12345678 {BSN}",
        f"+31 6 12345678 {BSN}",
        f"€ 12,50 {BSN} 14:00",
        f"1234 5678 9012 3456\n{BSN}",
        f"bsn {BSN},2 kinderen",  # no amount: nobody writes of a hundred million
        f"{BSN},00",
        "999.990.019,50",
        f"€ {BSN}.00",
        f"{BSN},1 van 2",
        "\u3164".join(BSN),  # a letter by name that nobody sees
        f"+{BSN}",
        "99999, 0019",
    ],
)
def test_finds_a_number_however_it_is_typed(typed: str) -> None:
    assert holds_bsn(typed)
    assert not holds_bsn(without_bsn(typed))
    assert BSN not in "".join(sign for sign in without_bsn(typed) if sign.isalnum())


def test_leaves_the_rest_as_it_was_typed() -> None:
    assert without_bsn(f"Ik ben Jan. Mijn nummer: {BSN}. Ik heb 2 kinderen.") == (
        "Ik ben Jan. Mijn nummer: . Ik heb 2 kinderen."
    )


@pytest.mark.parametrize(
    "honest",
    [
        "",
        "0612345678",
        "06 12345678",
        "06-12 34 56 78",
        "+31 6 12345678",
        "+31612345671",  # its last nine digits pass the eleven test
        "0031612345671",
        "+31 (0)6 12345671",
        "+32 470 12 34 56",
        "+49 170 1234567",
        "020 123 45 67",
        "€ 1.234.567,89",
        "12.345.678,99",
        "12345678,99",
        "+597 471 034",  # Suriname: nine digits with the country
        "+597471034",
        "00597 471034",
        "+597-471-034",
        "Kerkstraat 133 12, 2414 AB Voorbeeldstad",
        "1.234.567,89 euro",
        "01-02-2026 14:00",
        "1-2-2026 9:30",
        "van 01-02-2026 tot 03-04-2026",
        "2026-02-01 14:00",
        "1234 AB 12",
        "AB-123-C",
        "NL91 ABNA 0417 1643 00",
        "1234 5678 9012 3456",
        "9999900190",
        f"{BSN}{BSN}",
        "zaak 2026-0012345",
        "999990018",
        "000000000",
    ],
)
def test_leaves_an_honest_number_alone(honest: str) -> None:
    assert without_bsn(honest) == honest


@pytest.mark.parametrize(
    ("text", "left"), [("€ 5 00597-56-7-0 12", "€ 5  12"), ("12-05-1999 002981750 12", "12-05-1999  12")]
)
def test_takes_no_bsn_for_the_start_of_a_number_abroad(text: str, left: str) -> None:
    assert without_bsn(text) == left


def test_leaves_the_number_of_the_municipality_alone() -> None:
    assert without_bsn(f"RSIN {RSIN}", frozenset({RSIN})) == f"RSIN {RSIN}"
    assert without_bsn(f"{RSIN} {BSN}", frozenset({RSIN})) == f"{RSIN} "


def test_takes_eight_digits_only_where_the_text_calls_them_a_bsn() -> None:
    # 0 99 99 99 90 would be made up; this one is 8 digits with a leading zero that passes the test.
    digits = next(f"{number:08}" for number in range(12_345_670, 12_345_690) if passes_eleven_test(f"0{number:08}"))
    assert without_bsn(f"mijn BSN is {digits}") == "mijn BSN is "
    assert without_bsn(f"burgerservicenummer: {digits[:4]} {digits[4:]}") == "burgerservicenummer: "
    assert without_bsn(f"klantnummer {digits}") == f"klantnummer {digits}"


@pytest.mark.parametrize(
    "line",
    [
        "SPECI20142NLD6503101F2403096999999990<<<<<84",  # the specimen passport of 2014
        "I<NLDSPECI20142999999990<<<<<<",  # the specimen card
        "Straße i<nldspeci20142999999990<<<<<<",
    ],
)
def test_takes_the_number_out_of_the_lines_of_an_older_document(line: str) -> None:
    assert "999999990" not in without_bsn(line)
    assert len(without_bsn(line)) == len(line) - 9


def test_gives_a_mobile_number_its_zero() -> None:
    assert without_bsn_in_phone("612345671") == "0612345671"
    assert without_bsn_in_phone("6 12 34 56 71") == "06 12 34 56 71"
    assert without_bsn_in_phone(BSN) == ""
    assert without_bsn_in_phone(f"06 12345678 of {BSN}") == "06 12345678 of "


@given(text=st.text(alphabet="0123456789 .-/+€,:\u00a0a<٣９\n", max_size=60))
def test_nothing_is_left_to_find_and_nothing_is_added(text: str) -> None:
    left = without_bsn(text)
    assert finds(left) == ()
    assert len(left) <= len(text)
    assert without_bsn(left) == left


@given(text=st.text(max_size=60))
def test_never_raises_on_any_text(text: str) -> None:
    assert finds(without_bsn(text)) == ()


def test_judges_a_long_text_quickly_enough_to_type_in() -> None:
    text = "12345670 bsn 1.2 " * 6_000
    assert isinstance(holds_bsn(text), bool)


def _tried(number: int, seed: int) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """Try so many inputs; give those in which a BSN was left, and how many honest numbers of each kind were changed."""
    chance = random.Random(seed)
    left, honest = [], dict.fromkeys(HONEST, (0, 0))
    kinds = list(HONEST)
    for turn in range(number):
        text, digits = hidden_bsn(chance)
        gone = without_bsn(text)
        if holds_bsn(gone) or digits in "".join(str(int(sign)) for sign in gone if sign.isdecimal()):
            left.append(text)
        kind = kinds[turn % len(kinds)]
        written = HONEST[kind](chance)
        judged = without_bsn_in_phone(written) if kind.startswith("phone field") else without_bsn(written)
        is_kept = judged == written or (kind.startswith("phone field") and judged == f"0{written}")
        seen, changed = honest[kind]
        honest[kind] = (seen + 1, changed + (not is_kept))
    return left, honest


def _hold_to_the_bounds(number: int) -> None:
    left, honest = _tried(number, seed=number)
    assert left == []
    for group in ("phone", "amount", "reference"):
        seen = sum(counts[0] for kind, counts in honest.items() if kind.startswith(group))
        changed = sum(counts[1] for kind, counts in honest.items() if kind.startswith(group))
        assert changed <= seen / 100, (group, honest)
    assert all(counts[1] == 0 for kind, counts in honest.items() if kind.startswith("moment")), honest


def test_of_many_inputs_no_bsn_passes_and_honest_numbers_do() -> None:
    _hold_to_the_bounds(SHORT)


@pytest.mark.long
def test_of_a_hundred_thousand_inputs_no_bsn_passes_and_honest_numbers_do() -> None:
    _hold_to_the_bounds(LONG)


def test_a_thousand_references_of_loket_stay() -> None:
    chance = random.Random(6)
    references = [new_reference(chance.randrange) for _ in range(1_000)]
    assert [text for text in references if without_bsn(text) != text] == []
