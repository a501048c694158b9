# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes up what visitors type with digits in it: BSNs in every spacing, and honest numbers of every kind."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from domain.identity import passes_eleven_test
from domain.reference import new_reference

_BETWEEN = ("", "", "", " ", ".", "-", "/", "\u00a0", "\u200b", "\u202f", "\n", "  ", "–", " - ", "\u2060", "\t")
_SCRIPTS = (0x30, 0x30, 0x30, 0x30, 0xFF10, 0x0660, 0x06F0, 0x0966)
_BEFORE = (
    "",
    "",
    "bsn ",
    "BSN:",
    "Mijn nummer is ",
    "nr.",
    "(",
    "sofi",
    "Jan, ",
    "nummer\n",
    "12 ",
    "12-05-1999 ",
    "€ 5 ",
)
_AFTER = ("", "", ".", " dank u", ")", ", Jan", "\nJan", " 12", " 12-05-1999", " 06 12345678", "x", " € 5,00", "?")
_AREAS = ("10", "20", "30", "40", "50", "70", "79", "85", "88", "182", "111", "543")


def made_up_bsn(chance: random.Random) -> str:
    """Give nine digits that pass the eleven test."""
    while not passes_eleven_test(digits := f"{chance.randrange(1_000_000_000):09}"):
        pass
    return digits


def hidden_bsn(chance: random.Random) -> tuple[str, str]:
    """Give a text with a BSN in it, and its digits."""
    digits = made_up_bsn(chance)
    script = chance.choice(_SCRIPTS)
    sign = chance.choice(_BETWEEN)
    is_mixed = chance.random() < 0.3
    written = ""
    for place, digit in enumerate(digits):
        if place and chance.random() < chance.choice((0.0, 0.3, 1.0)):
            written += chance.choice(_BETWEEN) if is_mixed else sign
        written += chr(script + int(digit))
    return chance.choice(_BEFORE) + written + chance.choice(_AFTER), digits


def _digits(chance: random.Random, number: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(number))


def _mobile(chance: random.Random) -> str:
    return f"6{chance.choice('12348')}{_digits(chance, 7)}"


def _landline(chance: random.Random) -> str:
    area = chance.choice(_AREAS)
    return f"{area}-{chance.randrange(2, 10)}{_digits(chance, 8 - len(area))}"


def _phone(chance: random.Random) -> str:
    mobile = _mobile(chance)
    return chance.choice(
        (
            f"0{mobile}",
            f"06-{mobile[1:]}",
            f"06 {mobile[1:]}",
            f"06 {mobile[1:3]} {mobile[3:5]} {mobile[5:7]} {mobile[7:]}",
            f"06 {mobile[1:4]} {mobile[4:7]} {mobile[7:]}",
            f"+31{mobile}",
            f"+31 6 {mobile[1:]}",
            f"+31 (0)6 {mobile[1:]}",
            f"0031{mobile}",
            f"0{_landline(chance)}",
            f"0{_landline(chance)}".replace("-", " "),
            f"+31 {_landline(chance)}",
            f"+32 4{_digits(chance, 2)} {_digits(chance, 2)} {_digits(chance, 2)} {_digits(chance, 2)}",
            f"+49 17{_digits(chance, 1)} {_digits(chance, 7)}",
            f"+380 50 {_digits(chance, 3)} {_digits(chance, 2)} {_digits(chance, 2)}",
        )
    )


def _amount(chance: random.Random) -> str:
    euros = chance.choice((chance.randrange(100), chance.randrange(10_000), chance.randrange(10_000_000)))
    cents = f"{chance.randrange(100):02}"
    grouped = f"{euros:,}".replace(",", ".")
    return chance.choice(
        (
            f"{euros}",
            f"{euros},{cents}",
            f"€ {grouped},{cents}",
            f"{grouped},{cents} euro",
            f"€{euros},-",
            f"€ {grouped}",
        )
    )


def _reference(chance: random.Random) -> str:
    return chance.choice(
        (
            new_reference(chance.randrange),
            _digits(chance, 16),  # a fine
            " ".join(_digits(chance, 4) for _ in range(4)),
            f"NL{_digits(chance, 2)} BANK {_digits(chance, 4)} {_digits(chance, 4)} {_digits(chance, 2)}",
            f"NL{_digits(chance, 2)}BANK{_digits(chance, 10)}",
            f"ZAAK-2026-{_digits(chance, 7)}",
            f"Z{_digits(chance, 2)}/{_digits(chance, 6)}",
            f"2026-{_digits(chance, 6)}",
            _digits(chance, 8),
            _digits(chance, 10),
            _digits(chance, 12),
            f"{_digits(chance, 4)} AB {chance.randrange(1, 400)}",
        )
    )


def _moment(chance: random.Random) -> str:
    day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1930, 2030)
    hour, minute = chance.randrange(24), chance.randrange(60)
    return chance.choice(
        (
            f"{day:02}-{month:02}-{year} {hour:02}:{minute:02}",
            f"{day}-{month}-{year} {hour}:{minute:02}",
            f"{day}/{month}/{year}",
            f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}",
            f"van {day}-{month}-{year} tot {month}-{month}-{year}",
        )
    )


HONEST: Mapping[str, Callable[[random.Random], str]] = {
    "phone in a text": _phone,
    "phone field": _phone,
    "phone field, mobile without 0": _mobile,
    "amount": _amount,
    "reference": _reference,
    "moment": _moment,
}
"""Honest numbers, by what they are; where it says so, they stand in a field for a telephone number."""
