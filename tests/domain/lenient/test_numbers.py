# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole numbers as people type them."""

import pytest

from domain.answers import Number
from domain.lenient.faults import Fault
from domain.lenient.numbers import read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("drie", 3),
        ("Drie", 3),
        ("3.0", 3),
        ("3,00", 3),
        ("1.200", 1200),
        ("1 200", 1200),
        ("12.345.678", 12_345_678),
        ("ongeveer 3", 3),
        ("3 kinderen", 3),
        ("geen", 0),
        ("nul", 0),
        ("honderd", 100),
        ("-1", -1),
        ("٣", 3),
        ("007", 7),
    ],
)
def test_reads_a_number(typed: str, value: int) -> None:
    assert read_number(typed) == Number(value)


@pytest.mark.parametrize("typed", ["", "x", "2 of 3", "1,5", "1.5", "1/2", "veel", "9" * 500, "drie vier"])
def test_asks_again_when_it_is_not_one_whole_number(typed: str) -> None:
    assert read_number(typed) == Fault("count-unclear", "number")
