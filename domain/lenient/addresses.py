# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a Dutch address: a postcode with a house number is enough, and so are street, number and place."""

from __future__ import annotations

import re

from domain.answers import Address, AddressAbroad
from domain.lenient.characters import LONGEST, fold, squeeze
from domain.lenient.faults import Fault

_POSTCODE = re.compile(r"([1-9oil][0-9oil]{3}) ?-? ?([a-z]{2})(?![a-z])(.*)")
_NUMBER = re.compile(r"(?:huisnummer|nummer|nr|no|#)?[ .:]*(\d{1,5})[ ,./-]*(.{0,60})")
_BESIDE = re.compile(r"(t/?o|tegenover|bij|by) ?(\d{1,5})[ ,./-]*(.{0,60})")
# A street may be called after a year: "Plein 1944 12".
_STREET_END = re.compile(r"(.{2,}?(?: \d{4}(?= \d))?)[ ,]+(\d{1,5} ?.{0,30})")
_FOR_DIGITS = str.maketrans("oil", "011")
# A postcode typed with a Cyrillic or Greek keyboard looks right, and is meant as it looks.
_LOOKS_LIKE = str.maketrans("авекмнорстхуі", "abekmhopctxyi")


def read_postcode(text: str) -> str | Fault:
    """Read a postcode, given as "1234 AB"."""
    found = _split_postcode(text)
    if isinstance(found, Fault):
        return found
    postcode, rest = found
    return Fault("postcode-form", "postcode") if rest else postcode


def _split_postcode(text: str) -> tuple[str, str] | Fault:
    text = text.strip()
    if not text:
        return Fault("postcode-empty", "postcode")
    if len(text) > LONGEST:
        return Fault("postcode-form", "postcode")
    typed = fold(text).translate(_LOOKS_LIKE).removeprefix("nl").lstrip(" -").replace(".", "")
    match = _POSTCODE.fullmatch(typed) or _POSTCODE.fullmatch(typed.replace(" ", ""))
    if match is None:
        return Fault("postcode-form", "postcode")
    return f"{match[1].translate(_FOR_DIGITS)} {match[2].upper()}", match[3].strip(" ,-")


def read_house_number(number: str, addition: str = "") -> tuple[str, str] | Fault:
    """Read number and addition: "12b", "12-3", "12 bis", "12 hoog", "t/o 12"."""
    number, addition = number.strip(), addition.strip()
    if not number:
        return Fault("number-empty", "number")
    if max(len(number), len(addition)) > LONGEST:
        return Fault("number-form", "number")
    typed = fold(number)
    match = _NUMBER.fullmatch(typed)
    if match:
        digits, rest = match[1], _as_typed(number, match[2])
    else:
        match = _BESIDE.fullmatch(typed)
        if match is None:
            return Fault("number-form", "number")
        digits, rest = match[2], " ".join(filter(None, ("by" if match[1].startswith("b") else "to", match[3])))
    digits = digits.lstrip("0")
    if not digits:
        return Fault("number-form", "number")
    return digits, " ".join(filter(None, (rest, squeeze(addition).strip(" -"))))


def _as_typed(typed: str, folded_end: str) -> str:
    """Give the end of a text with the capitals that it was typed with, where folding kept its length."""
    plain = squeeze(typed)
    end = plain[len(plain) - len(folded_end) :] if folded_end else ""
    return end if fold(end) == folded_end else folded_end


def read_address(postcode: str, number: str, addition: str, street: str, city: str) -> Address | Fault:
    """Read an address from its fields; what was typed in one field too many is put where it belongs."""
    given = {
        "postcode": postcode,
        "number": number,
        "addition": addition,
        "street": street,
        "city": city,
    }
    too_long = next((field for field, part in given.items() if len(part.strip()) > LONGEST), None)
    if too_long is not None:
        return Fault("address-too-long", too_long)
    tidy = {field: squeeze(part) for field, part in given.items()}
    if not tidy["number"]:
        tidy["street"], tidy["number"] = _street_and_number(tidy["street"])
    place = _read_place(tidy["postcode"], tidy["number"], tidy["city"])
    if isinstance(place, Fault):
        return place
    postcode, number, city = place
    if not postcode and not tidy["street"]:
        return Fault("postcode-empty", "postcode")
    house = read_house_number(number, tidy["addition"])
    if isinstance(house, Fault):
        return house
    return Address(postcode, *house, tidy["street"], city) if postcode or city else Fault("city-empty", "city")


def _read_place(postcode: str, number: str, city: str) -> tuple[str, str, str] | Fault:
    """Read the postcode field, and move a house number or place that was typed behind it."""
    if not postcode:
        return "", number, city
    found = _split_postcode(postcode)
    if isinstance(found, Fault):
        return found
    read, rest = found
    if not rest:
        return read, number, city
    if rest[0].isdecimal() and not number:
        return read, rest, city
    return Fault("postcode-form", "postcode") if city else (read, number, _as_typed(postcode, rest))


def _street_and_number(street: str) -> tuple[str, str]:
    match = _STREET_END.fullmatch(street)
    return (match[1].strip(" ,"), match[2]) if match else (street, "")


def read_address_abroad(lines: str, country: str) -> AddressAbroad | Fault:
    """Read an address elsewhere; only the country is an answer too, for who does not know more yet."""
    if not lines.strip() and not country.strip():
        return Fault("empty", "lines")
    return AddressAbroad(lines.strip(), country.strip())
