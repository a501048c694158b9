# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""References: unique, speakable, and proof against slips (feature C20)."""

import random
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reference import ALPHABET, is_valid, new_reference, new_status_code, parse_reference


@st.composite
def references(draw: st.DrawFn) -> str:
    return new_reference(lambda below: draw(st.integers(0, below - 1)))


def _put(reference: str, changes: dict[int, str]) -> str:
    characters = list(reference.replace("-", ""))
    for place, character in changes.items():
        characters[place] = character
    return "".join(characters)


def test_has_a_prime_number_of_characters_that_each_stand_once() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 17


def test_is_written_in_groups_and_fits_the_case_system() -> None:
    reference = new_reference()
    assert [len(group) for group in reference.split("-")] == [4, 4, 4, 2]
    assert len(reference) <= 40
    assert is_valid(reference)


@given(reference=references())
def test_refuses_every_single_wrong_character(reference: str) -> None:
    plain = reference.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in ALPHABET.replace(right, ""):
            assert parse_reference(_put(reference, {place: wrong})) is None


@given(reference=references())
def test_refuses_every_swap_of_two_different_characters(reference: str) -> None:
    plain = reference.replace("-", "")
    for first, second in combinations(range(len(plain)), 2):
        if plain[first] != plain[second]:
            assert parse_reference(_put(reference, {first: plain[second], second: plain[first]})) is None


@given(reference=references())
def test_reads_a_reference_however_it_was_typed(reference: str) -> None:
    plain = reference.replace("-", "")
    arabic = plain.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    ways = (plain, plain.lower(), " ".join(plain), f" {reference}\n", reference.replace("-", " – "), arabic)
    assert {parse_reference(way) for way in ways} == {reference}
    assert parse_reference(plain.replace("0", "O").replace("1", "l")) == reference


@given(text=st.text())
def test_never_raises_on_any_text(text: str) -> None:
    found = parse_reference(text)
    assert found is None or is_valid(found)


def test_refuses_a_very_long_text() -> None:
    assert parse_reference("K" * 100_000) is None


def _below(generator: random.Random, bound: int) -> int:
    return int(generator.random() * bound)


def test_never_gives_a_number_twice_in_a_million_from_fifty_devices() -> None:
    seen: set[str] = set()
    for device in range(50):
        below = partial(_below, random.Random(device))
        seen.update(new_reference(below) for _ in range(20_000))
    assert len(seen) == 1_000_000


@pytest.mark.parametrize(("number", "code"), [(0, "0000"), (417, "0417"), (9999, "9999")])
def test_writes_a_status_code_with_four_digits(number: int, code: str) -> None:
    assert new_status_code(lambda _: number) == code
