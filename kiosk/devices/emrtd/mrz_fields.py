# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the fields stand in machine-readable lines, their check digits and their dates (ICAO Doc 9303 parts 3 to 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FILLER = ord("<")
ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
WEIGHTS = (7, 3, 1)
Line = bytes | bytearray | memoryview


class MrzFault(StrEnum):
    """What is wrong with lines, for who typed them."""

    LENGTH = "length"
    CHARACTER = "character"
    DOCUMENT_NUMBER = "document_number"
    BIRTH_DATE = "birth_date"
    EXPIRY_DATE = "expiry_date"
    COMPOSITE = "composite"
    AMBIGUOUS = "ambiguous"  # an O or 0, I or 1 can be read in two ways


class MrzError(ValueError):
    """These lines do not hold together. Says where, never what was typed."""

    def __init__(self, fault: MrzFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the fields stand in one size of document, counted from 0 over all lines together."""

    length: int
    number: int
    birth: int
    expiry: int
    names: slice
    nationality: int
    composite: int
    covered: Sequence[slice]  # by the composite check digit
    optional: Sequence[slice]
    overflow: slice | None = None  # of a long document number
    optional_digit: int | None = None  # check digit of the optional data, when it has one


TD1 = Layout(
    length=90, number=5, birth=30, expiry=38, names=slice(60, 90), nationality=45,
    composite=59, covered=(slice(5, 37), slice(38, 45), slice(48, 59)),
    optional=(slice(15, 30), slice(48, 59)), overflow=slice(15, 30),
)  # fmt: skip
TD2 = Layout(
    length=72, number=36, birth=49, expiry=57, names=slice(5, 36), nationality=46,
    composite=71, covered=(slice(36, 46), slice(49, 56), slice(57, 71)),
    optional=(slice(64, 71),), overflow=slice(64, 71),
)  # fmt: skip
TD3 = Layout(
    length=88, number=44, birth=57, expiry=65, names=slice(5, 44), nationality=54,
    composite=87, covered=(slice(44, 54), slice(57, 64), slice(65, 87)),
    optional=(slice(72, 87),), optional_digit=86,
)  # fmt: skip
LAYOUTS = {layout.length: layout for layout in (TD1, TD2, TD3)}


def check_digit(field_bytes: Line) -> int:
    """Compute the check digit over a field: digits count as they are, A to Z as 10 to 35, a filler as nothing."""
    return sum(_value(byte) * WEIGHTS[at % 3] for at, byte in enumerate(field_bytes)) % 10


def iso_birth(birth_date: str, today: date, expiry: str = "") -> str:
    """Give the last such day that lies not after today, nor after the day the document ends."""
    limit = f"{today:%Y-%m-%d}"
    if expiry and not expiry.startswith("0000"):
        limit = min(limit, expiry)
    if not birth_date[:2].isdigit():
        return "0000-00-00"
    rest = _iso_rest(birth_date)
    century = int(limit[:2])
    born = f"{century:02d}{birth_date[:2]}-{rest}"
    return born if born <= limit else f"{century - 1:02d}{birth_date[:2]}-{rest}"


def iso_expiry(expiry_date: str) -> str:
    """Give the day a document ends: chips exist since 2004, so the century is this one ("99": valid for ever)."""
    return f"20{expiry_date[:2]}-{_iso_rest(expiry_date)}" if expiry_date[:2].isdigit() else "0000-00-00"


def _iso_rest(yymmdd: str) -> str:
    return f"{yymmdd[2:4].replace('<', '0')}-{yymmdd[4:6].replace('<', '0')}"


def is_date(yymmdd: str) -> bool:
    """Tell whether this can be a date: unknown parts are fillers or zeros, and after an unknown part all is unknown."""
    known = yymmdd.rstrip("<")
    if len(known) % 2 or "<" in known or (known and not known.isdigit()):
        return False
    month, day = int(known[2:4] or "0"), int(known[4:6] or "0")
    if month == 0 or day == 0:
        return month <= 12 and (month > 0 or day == 0)
    # 2000 was a leap year and so was each hundredth that can be meant by a year ending in 00.
    return (
        month <= 12
        and day <= (31, 29 if int(known[:2]) % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )


def holds(field_bytes: Line, digit: int, *, may_be_filler: bool = False) -> bool:
    """Tell whether this check digit, a byte of the lines, belongs to the field."""
    if digit == FILLER:
        return may_be_filler
    return digit - ord("0") == check_digit(field_bytes)


def _value(byte: int) -> int:
    if byte == FILLER:
        return 0
    return byte - 55 if byte >= 65 else byte - 48
