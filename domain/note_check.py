# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Refuses notes that tell who somebody is: a BSN, bank account, telephone, e-mail address or date of birth (H17).

A note is refused, never mended: the helper says in other words what was agreed. Finding a BSN is `domain.bsn_door`.
Names cannot be found by a rule; the screen asks the helper to leave them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.bsn_door import finds


class NoteFault(StrEnum):
    """What may not stand in a note. The text for the helper is `desk.note.<value>`."""

    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    E_MAIL = "e-mail"
    BIRTH_DATE = "birth-date"


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """What is wrong and where, so that it can be marked."""

    fault: NoteFault
    start: int
    end: int


# Two letters, two figures, and eleven to thirty signs, alone or in groups; the sum of ISO 13616 decides.
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .-]?\d{2}(?:[ .-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_E_MAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\bapenstaartje\b)\s?[\w-]+(?:\s?(?:\.|\bpunt\b)\s?[\w-]+)*", re.IGNORECASE
)
# A Dutch number: 0 or +31 and nine figures, with or without signs between them; or any number with a country before it.
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\s?[1-9]\d{0,2}(?:[ ./()-]{0,2}\d){6,12}"
    r"|\(?0(?:[ ./()-]{0,2}[1-9])(?:[ ./()-]{0,2}\d){8})(?!\d)"
)
_SERVICE_NUMBER = re.compile(r"0(?:800|900|88)")  # of an organisation, which anybody may note
_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|jun(?:i)?|jul(?:i)?|aug(?:ustus)?|sep(?:t|tember)?|"
    "okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_YEAR = r"(?:19\d\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?<!\d){_DAY}\s?[-/. ]\s?(?:0?[1-9]|1[0-2])\s?[-/. ]\s?(?P<a>{_YEAR}|\d\d)(?!\d)"
    rf"|(?<!\d)(?P<b>{_YEAR})-(?:0[1-9]|1[0-2])-{_DAY}(?!\d)"
    rf"|(?<!\d){_DAY}\s(?:{_MONTHS})\.?\s(?P<c>{_YEAR})(?!\d)"
)
_DATES = re.compile(_DATE, re.IGNORECASE)
_BORN = re.compile(r"\b(?:geb(?:oren)?|geboortedatum|geboortedag|jarig)\b", re.IGNORECASE)
_BORN_WITHIN = 30


def problems_in(note: str, this_year: int) -> tuple[NoteProblem, ...]:
    """Give what may not stand in a note, in order.

    A day of this year or the next is an appointment, unless the note says that somebody was born on it.
    """
    found = [NoteProblem(NoteFault.BSN, each.start, each.end) for each in finds(note)]
    found += [
        NoteProblem(NoteFault.IBAN, match.start(), match.end())
        for match in _IBAN.finditer(note)
        if _is_iban(note[match.start() : match.end()])
    ]
    found += [NoteProblem(NoteFault.E_MAIL, *match.span()) for match in _E_MAIL.finditer(note) if _is_e_mail(match[0])]
    found += [
        NoteProblem(NoteFault.PHONE, *match.span())
        for match in _PHONE.finditer(note)
        if not _SERVICE_NUMBER.match(re.sub(r"\D", "", match[0]))
    ]
    found += [
        NoteProblem(NoteFault.BIRTH_DATE, *match.span())
        for match in _DATES.finditer(note)
        if _is_birth(note, match, this_year)
    ]
    apart: list[NoteProblem] = []
    # What was found first says best what it is: figures of a bank account look like a telephone number too.
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in apart):
            apart.append(one)
    return tuple(sorted(apart, key=lambda one: one.start))


def is_clean(note: str, this_year: int) -> bool:
    """Tell whether a note may be kept or printed."""
    return not problems_in(note, this_year)


def _is_iban(text: str) -> bool:
    # The pattern may take a word too much at the end: NL91 ABNA 0417 1643 00 voor de huur.
    signs = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return any(_has_iban_sum(signs[:length]) for length in range(len(signs), 14, -1))


def _has_iban_sum(signs: str) -> bool:
    turned = signs[4:] + signs[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_e_mail(text: str) -> bool:
    return "." in text.partition("@")[2] or not text.count("@")


def _is_birth(note: str, match: re.Match[str], this_year: int) -> bool:
    if _BORN.search(note[max(0, match.start() - _BORN_WITHIN) : match.start()]):
        return True
    year = next(int(found) for found in match.groups() if found)
    if year < 100:
        year += 2000 if year <= (this_year + 1) % 100 else 1900
    return year < this_year - 5
