# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to write a postcode, a house number and an address that are all understood (feature C27)."""

import pytest

from domain.answers import Address, AddressAbroad
from domain.lenient.addresses import read_address, read_address_abroad, read_house_number, read_postcode
from domain.lenient.faults import Fault


@pytest.mark.parametrize(
    "text",
    [
        "1012AB",
        "1012 AB",
        "1012ab",
        "1012 ab",
        "1012-ab",
        "1012 - AB",
        " 1 0 1 2 a b ",
        "1012.AB",
        "NL-1012 AB",
        "NL 1012AB",
        "1O12 AB",
        "lo12ab",
        "١٠١٢ AB",
        "１０１２ＡＢ",
        "1012 АВ",  # Cyrillic letters
    ],
)
def test_reads_a_postcode_however_it_is_written(text: str) -> None:
    assert read_postcode(text) == "1012 AB"


@pytest.mark.parametrize("text", ["1012", "0123 AB", "12345", "AB 1012", "1012 ABC", "x", "B-1000"])
def test_asks_for_the_postcode_again_when_it_is_none(text: str) -> None:
    assert read_postcode(text) == Fault("postcode-form", "postcode")


@pytest.mark.parametrize(
    ("number", "addition", "read"),
    [
        ("12", "", ("12", "")),
        ("12b", "", ("12", "b")),
        ("12 B", "", ("12", "B")),
        ("12-3", "", ("12", "3")),
        ("12/3", "", ("12", "3")),
        ("12 bis", "", ("12", "bis")),
        ("12 hoog", "", ("12", "hoog")),
        ("12", "2e verd.", ("12", "2e verd.")),
        ("12", "-3", ("12", "3")),
        ("12b", "3", ("12", "b 3")),
        ("nr. 12", "", ("12", "")),
        ("huisnummer 12", "", ("12", "")),
        ("0012", "", ("12", "")),
        ("١٢", "", ("12", "")),
        ("t/o 12", "", ("12", "to")),
        ("tegenover 12", "", ("12", "to")),
    ],
)
def test_reads_a_house_number_with_what_comes_after_it(number: str, addition: str, read: tuple[str, str]) -> None:
    assert read_house_number(number, addition) == read


@pytest.mark.parametrize(("number", "code"), [("", "number-empty"), ("twaalf", "number-form"), ("0", "number-form")])
def test_asks_for_the_house_number_again_when_it_is_none(number: str, code: str) -> None:
    assert read_house_number(number) == Fault(code, "number")


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        (("1012ab", "12", "b", "", ""), Address("1012 AB", "12", "b")),
        (("1012 AB 12b", "", "", "", ""), Address("1012 AB", "12", "b")),
        (("1012 AB Utrecht", "12", "", "", ""), Address("1012 AB", "12", city="Utrecht")),
        (("", "12", "", "Dorpsstraat", "Utrecht"), Address("", "12", "", "Dorpsstraat", "Utrecht")),
        (("", "", "", "Dorpsstraat 12b", "Utrecht"), Address("", "12", "b", "Dorpsstraat", "Utrecht")),
        (("", "", "", "Plein 1944 12", "Utrecht"), Address("", "12", "", "Plein 1944", "Utrecht")),
        (("1012 AB", "", "", "Postbus 99", "Utrecht"), Address("1012 AB", "99", "", "Postbus", "Utrecht")),
    ],
)
def test_puts_what_was_typed_where_it_belongs(fields: tuple[str, str, str, str, str], address: Address) -> None:
    assert read_address(*fields) == address


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (("", "12", "", "", "Utrecht"), Fault("postcode-empty", "postcode")),
        (("10AB", "12", "", "", ""), Fault("postcode-form", "postcode")),
        (("1012 AB", "", "", "", ""), Fault("number-empty", "number")),
        (("", "12", "", "Dorpsstraat", ""), Fault("city-empty", "city")),
        (("1012 AB", "12", "", "x" * 1000, ""), Fault("address-too-long", "street")),
    ],
)
def test_says_which_field_of_an_address_to_mend(fields: tuple[str, str, str, str, str], fault: Fault) -> None:
    assert read_address(*fields) == fault


def test_takes_the_country_alone_when_no_more_is_known() -> None:
    assert read_address_abroad("", " Polen ") == AddressAbroad("", "Polen")
    assert read_address_abroad("  ", "") == Fault("empty", "lines")
