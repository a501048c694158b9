# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the key of a chip in machine-readable lines as a person, or a reader that types, gives them. Forgiving.

Only number and dates matter, each with a check digit of its own. So lines may come with or without breaks, too few or
too many fillers at the end, or without the line of names; what else they hold is not looked at and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from kiosk.devices.emrtd.document import MrzKey
from kiosk.devices.emrtd.mrz_fields import ALPHABET, MrzError, MrzFault, holds, is_date

LONGEST_INPUT = 300  # characters: three lines and much white space
MOST_DOUBTS = 8  # letters that can be read in two ways, in one document number
TWINS = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
AS_DIGIT = str.maketrans("OI", "01")
FILLERS = ("<<", "<")  # what a phone or a word processor made into «


def key_of_typed_lines(lines: str) -> MrzKey:
    """Give what opens the chip, where exactly one reading of these lines holds.

    Raises MrzError.
    """
    if len(lines) > LONGEST_INPUT:
        raise MrzError(MrzFault.LENGTH)
    keys: set[MrzKey] = set()
    fault = MrzFault.LENGTH
    for place in {place for filler in FILLERS for place in _places(_rows(lines, filler))}:
        try:
            keys.add(place.key())
        except MrzError as error:
            fault = max(fault, error.fault, key=tuple(MrzFault).index)
    if len(keys) != 1:
        raise MrzError(MrzFault.AMBIGUOUS if keys else fault)
    return keys.pop()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the three fields may stand, each with the check digit behind it."""

    number: str = field(repr=False)
    overflow: str = field(repr=False)  # where a long number goes on
    birth: str = field(repr=False)
    expiry: str = field(repr=False)

    def key(self) -> MrzKey:
        """Read the fields.

        Raises MrzError.
        """
        return MrzKey(
            self._document_number(),
            _date(self.birth, MrzFault.BIRTH_DATE),
            _date(self.expiry, MrzFault.EXPIRY_DATE),
        )

    def _document_number(self) -> str:
        number, digit = self.number[:9], self.number[9:]
        if digit == "<":
            rest = self.overflow.partition("<")[0]
            number, digit = number + rest[:-1], rest[-1:]
        if not number.rstrip("<") or not digit:
            raise MrzError(MrzFault.DOCUMENT_NUMBER)
        check = ord(digit.translate(AS_DIGIT))
        if holds(number.encode(), check):
            return number.rstrip("<")
        doubts = [TWINS.get(sign, sign) for sign in number]
        if sum(len(doubt) > 1 for doubt in doubts) > MOST_DOUBTS:
            raise MrzError(MrzFault.DOCUMENT_NUMBER)
        readings = ["".join(signs) for signs in product(*doubts) if holds("".join(signs).encode(), check)]
        if len(readings) != 1:
            raise MrzError(MrzFault.AMBIGUOUS if readings else MrzFault.DOCUMENT_NUMBER)
        return readings[0].rstrip("<")


def _date(text: str, fault: MrzFault) -> str:
    text = text.translate(AS_DIGIT)
    if not holds(text[:6].encode(), ord(text[6])) or not is_date(text[:6]):
        raise MrzError(fault)
    return text[:6]


def _rows(lines: str, filler: str) -> list[str]:
    """Give the lines without white space, in capitals.

    Raises MrzError.
    """
    text = lines.upper().replace("«", filler).replace("‹", "<")
    rows = ["".join(row.split()) for row in text.splitlines()]
    if any(not ALPHABET.issuperset(row.encode()) for row in rows):
        raise MrzError(MrzFault.CHARACTER)
    return [row for row in rows if row]


def _places(rows: list[str]) -> Iterator[_Place]:
    """Give each way in which these rows can be the lines of a document."""
    whole = "".join(rows)
    match len(rows):
        case 1:
            yield from _three_lines(whole[:30], whole[30:])  # TD1 without breaks
            yield from _two_lines(whole)  # the line with the numbers alone
            yield from _two_lines(whole[36:])
            yield from _two_lines(whole[44:])
        case 2:
            yield from _three_lines(*rows)
            yield from _two_lines(rows[1])
        case 3:
            yield from _three_lines(*rows[:2])
        case _:
            return


def _three_lines(first: str, second: str) -> Iterator[_Place]:
    if len(first) >= 15 and len(second) >= 15:
        yield _Place(first[5:15], first[15:30], second[:7], second[8:15])


def _two_lines(second: str) -> Iterator[_Place]:
    if len(second) >= 28:
        yield _Place(second[:10], second[28:35], second[13:20], second[21:28])
