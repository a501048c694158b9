# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the machine-readable lines of a document (ICAO Doc 9303 parts 3 to 6). Lines that people type: `typed_lines`.

The optional data is where Dutch documents from before August 2021 have the BSN. It is checked by its check digits as
bytes in place; it is never decoded, sliced off or kept: no object ever holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.devices.emrtd.document import Document, DocumentKind, MrzKey
from kiosk.devices.emrtd.errors import CardError
from kiosk.devices.emrtd.mrz_fields import (
    ALPHABET,
    FILLER,
    LAYOUTS,
    TD3,
    Layout,
    Line,
    MrzError,
    MrzFault,
    holds,
    is_date,
    iso_birth,
    iso_expiry,
)
from kiosk.devices.emrtd.states import CardState
from kiosk.devices.emrtd.transliteration import in_readable_case
from kiosk.devices.emrtd.typed_lines import key_of_typed_lines

__all__ = [
    "Mrz",
    "MrzError",
    "MrzFault",
    "forget_optional",
    "key_of_typed_lines",
    "kind_of",
    "mrz_of_chip",
    "parse_mrz",
]


@dataclass(frozen=True, slots=True)
class Mrz:
    """What Loket may know of the lines. No optional data, no sex, no nationality."""

    kind: DocumentKind
    issuer: str  # as printed, without fillers: "NLD", "D"
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)  # YYMMDD, "<" for what is unknown
    expiry_date: str = field(repr=False)
    is_cut_off: bool = False

    def key(self) -> MrzKey:
        """Give what opens the chip."""
        return MrzKey(self.document_number, self.birth_date, self.expiry_date)

    def document(self, today: date) -> Document:
        """Give what is shown, with centuries as they stand on this day."""
        expiry = iso_expiry(self.expiry_date)
        return Document(
            kind=self.kind,
            issuer=self.issuer,
            surname=self.surname,
            given_names=self.given_names,
            birth_date=iso_birth(self.birth_date, today, expiry),
            expiry_date=expiry,
            is_expired=not expiry.startswith("0000") and expiry < f"{today:%Y-%m-%d}",
            is_cut_off=self.is_cut_off,
        )


def parse_mrz(text: str) -> Mrz:
    """Read whole lines, with or without line breaks, exactly as ICAO lays them down.

    Raises MrzError.
    """
    try:
        lines = bytearray(text.replace("\n", "").replace("\r", ""), "ascii")
    except UnicodeEncodeError:
        raise MrzError(MrzFault.CHARACTER) from None
    return parse_lines(lines)


def mrz_of_chip(lines: Line) -> Mrz:
    """Read the lines that a chip gave.

    The digit of number and dates must hold. The composite one guards a camera against misreading and says nothing
    more of a file that its country signed as a whole; ICAO's own printed example has it wrong (part 11, D.2).
    Raises CardError (PROTOCOL_VIOLATION).
    """
    try:
        return parse_lines(lines, needs_composite=False)
    except MrzError as error:
        raise CardError(CardState.PROTOCOL_VIOLATION, f"DG1: {error}") from None


def parse_lines(lines: Line, *, needs_composite: bool = True) -> Mrz:
    """Read whole lines as bytes, in place.

    Raises MrzError.
    """
    layout = LAYOUTS.get(len(lines))
    if layout is None:
        raise MrzError(MrzFault.LENGTH)
    if not ALPHABET.issuperset(lines):
        raise MrzError(MrzFault.CHARACTER)
    number = _document_number(lines, layout)
    birth = _date(lines, layout.birth, MrzFault.BIRTH_DATE)
    expiry = _date(lines, layout.expiry, MrzFault.EXPIRY_DATE)
    if needs_composite and not _composite_holds(lines, layout):
        raise MrzError(MrzFault.COMPOSITE)
    code, issuer = _text(lines, 0, 2), _text(lines, 2, 5).rstrip("<")
    nationality = _text(lines, layout.nationality, layout.nationality + 3)
    names = _text(lines, layout.names.start, layout.names.stop)
    surname, _, given = names.partition("<<")
    if not issuer or not surname.strip("<"):
        raise MrzError(MrzFault.CHARACTER)
    is_dutch = nationality == "NLD"
    return Mrz(
        kind=kind_of(code, is_passport_size=layout is TD3),
        issuer=issuer,
        surname=in_readable_case(_words(surname), is_dutch=is_dutch, is_surname=True),
        given_names=in_readable_case(_words(given), is_dutch=is_dutch, is_surname=False),
        document_number=number,
        birth_date=birth,
        expiry_date=expiry,
        is_cut_off=not names.endswith("<"),
    )


def kind_of(code: str, *, is_passport_size: bool = False) -> DocumentKind:
    """Tell what a document code stands for: P passport, I A C identity card, with an R behind it a residence permit."""
    if code[0] == "P":
        return DocumentKind.PASSPORT
    if code[0] not in "IAC" or is_passport_size or code == "AC":  # AC: of a crew member; V: a visa has no chip
        return DocumentKind.OTHER
    return DocumentKind.RESIDENCE_PERMIT if code[1] == "R" else DocumentKind.ID_CARD


def _document_number(lines: Line, layout: Layout) -> str:
    start = layout.number
    number, digit = _text(lines, start, start + 9), lines[start + 9]
    if digit == FILLER and layout.overflow:  # longer than nine: it goes on where the optional data begins
        end = end_of_number(lines, layout.overflow)
        if end - layout.overflow.start < 2:
            raise MrzError(MrzFault.DOCUMENT_NUMBER)
        number += _text(lines, layout.overflow.start, end)
        digit = ord(number[-1])
        number = number[:-1]
    if not number.rstrip("<") or not holds(number.encode(), digit):
        raise MrzError(MrzFault.DOCUMENT_NUMBER)
    return number.rstrip("<")


def end_of_number(lines: Line, overflow: slice) -> int:
    """Tell where a long number with its check digit ends: at the first filler. What may follow is not looked at."""
    return next((at for at in range(overflow.start, overflow.stop) if lines[at] == FILLER), overflow.stop)


def forget_optional(lines: memoryview) -> None:
    """Overwrite the optional data with fillers, in place; the part that belongs to a long number stays."""
    layout = LAYOUTS[len(lines)]
    for part in layout.optional:
        is_number = part == layout.overflow and lines[layout.number + 9] == FILLER
        start = end_of_number(lines, part) if is_number else part.start
        lines[start : part.stop] = b"<" * (part.stop - start)


def _date(lines: Line, start: int, fault: MrzFault) -> str:
    text = _text(lines, start, start + 6)
    if not holds(lines[start : start + 6], lines[start + 6]) or not is_date(text):
        raise MrzError(fault)
    return text


def _composite_holds(lines: Line, layout: Layout) -> bool:
    covered = bytearray()
    for part in layout.covered:
        covered += lines[part]
    is_right = holds(covered, lines[layout.composite])
    if layout.optional_digit is not None:
        end = layout.optional_digit
        is_empty = all(byte == FILLER for byte in lines[end - 14 : end])
        is_right = is_right and holds(lines[end - 14 : end], lines[end], may_be_filler=is_empty)
    covered[:] = bytes(len(covered))  # the optional data was in it
    return is_right


def _text(lines: Line, start: int, end: int) -> str:
    return str(lines[start:end], "ascii")


def _words(names: str) -> list[str]:
    return [word for word in names.split("<") if word]
