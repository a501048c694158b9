# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names between capitals and the way people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emrtd.transliteration import in_capitals, in_readable_case, is_same_name


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Müller", "Mueller"),
        ("Müller", "Muller"),
        ("O'Brien", "Obrien"),
        ("Smith-Jones", "Smith Jones"),
        ("Ångström", "Aangstroem"),
        ("Ångström", "Angstrom"),
        ("Strauß", "Strauss"),
        ("Łukasz", "Lukasz"),
        ("Sørensen", "Soerensen"),
        ("van 't Hof", "Van T Hof"),
        ("de  Vries ", "De Vries"),
        ("Ĳsbrand", "IJsbrand"),
        ("Peña", "Penxxa"),
        ("José", "Jose"),
        ("İpek Yıldız", "Ipek Yildiz"),
    ],
)
def test_knows_a_name_again_that_a_document_spells_its_own_way(typed: str, read: str) -> None:
    assert is_same_name(typed, read)


@pytest.mark.parametrize(("typed", "read"), [("Jansen", "Janssen"), ("Jan", "Jan Pieter"), ("Muller", "Mueller")])
def test_keeps_names_apart_that_differ(typed: str, read: str) -> None:
    assert not is_same_name(typed, read)


def test_writes_small_words_small_only_before_a_name_and_only_for_dutch_people() -> None:
    words = ["DE", "LA", "CRUZ"]
    assert in_readable_case(words, is_dutch=True, is_surname=True) == "de la Cruz"
    assert in_readable_case(words, is_dutch=False, is_surname=True) == "De La Cruz"
    assert in_readable_case(["CRUZ", "DE", "VRIES"], is_dutch=True, is_surname=True) == "Cruz De Vries"
    assert in_readable_case(["TEN"], is_dutch=True, is_surname=True) == "Ten"
    assert in_readable_case(["VAN"], is_dutch=True, is_surname=False) == "Van"


@given(st.text(max_size=40))
def test_makes_capitals_of_any_text(name: str) -> None:
    assert in_capitals(name)
