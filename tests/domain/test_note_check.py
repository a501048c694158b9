# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A note that tells who somebody is is refused; what anybody may know is not (H17)."""

from __future__ import annotations

import pytest

from domain.note_check import NoteFault, is_clean, problems_in

YEAR = 2026


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("BSN 111222333", NoteFault.BSN),
        ("zijn nummer is 1112.22.333", NoteFault.BSN),
        ("NL91 ABNA 0417 1643 00 voor de huur", NoteFault.IBAN),
        ("nl91abna0417164300", NoteFault.IBAN),
        ("DE89 3704 0044 0532 0130 00", NoteFault.IBAN),
        ("bel 06-12345678", NoteFault.PHONE),
        ("06 12 34 56 78", NoteFault.PHONE),
        ("+31 6 12345678", NoteFault.PHONE),
        ("0031612345678", NoteFault.PHONE),
        ("(010) 1234567", NoteFault.PHONE),
        ("+48 512 345 678", NoteFault.PHONE),
        ("mail naar j.jansen@voorbeeld.nl", NoteFault.E_MAIL),
        ("jansen apenstaartje voorbeeld punt nl", NoteFault.E_MAIL),
        ("jansen (at) voorbeeld.nl", NoteFault.E_MAIL),
        ("geb. 12-03-1951", NoteFault.BIRTH_DATE),
        ("12 maart 1951", NoteFault.BIRTH_DATE),
        ("1951-03-12", NoteFault.BIRTH_DATE),
        ("12/3/51", NoteFault.BIRTH_DATE),
        ("dochter geboren 3-12-2026", NoteFault.BIRTH_DATE),
    ],
)
def test_finds_who_somebody_is_however_it_was_typed(note: str, fault: NoteFault) -> None:
    assert [one.fault for one in problems_in(note, YEAR)] == [fault]
    assert not is_clean(note, YEAR)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "u belt dinsdag terug",
        "afspraak 3-12-2026 om 10.00 uur",
        "op 3 december 2026 om half elf",
        "bezwaar voor 12 januari 2027",
        "brief van 12-03-2024",
        "bel 0800-2000 of 0800 33 55 555",
        "bel de helplijn 088 786 73 72",
        "bel de gemeente: 14 070",
        "het gaat om 1.234,56 euro over 2024",
        "kamer 12, 2e verdieping, tussen 10.00 en 12.30",
    ],
)
def test_lets_pass_what_says_nothing_of_a_person(note: str) -> None:
    assert problems_in(note, YEAR) == ()


def test_names_each_fault_once_and_where_it_stands() -> None:
    note = "geb. 12-03-1951, tel 06-12345678"
    found = problems_in(note, YEAR)
    assert [note[one.start : one.end] for one in found] == ["12-03-1951", "06-12345678"]
