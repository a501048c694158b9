# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Amounts of money as people type them."""

import pytest

from domain.answers import Amount
from domain.lenient.amounts import read_amount
from domain.lenient.faults import Fault


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12,50", 1250),
        ("12.50", 1250),
        ("12,5", 1250),
        ("12", 1200),
        ("€ 1.200", 120_000),
        ("€1200", 120_000),
        ("1.200,50", 120_050),
        ("1200.50", 120_050),
        ("1 200", 120_000),
        ("1,200.50", 120_050),
        ("1,200", 120_000),
        ("12 euro", 1200),
        ("12euro", 1200),
        ("EUR 12", 1200),
        ("5 euro's", 500),
        ("3 euro 50", 350),
        ("3 euro en 50 cent", 350),
        ("€ 12,-", 1200),
        ("12,=", 1200),
        ("12.-", 1200),
        ("ongeveer 100 euro", 10_000),
        ("450 euro per maand", 45_000),
        ("0,05", 5),
    ],
)
def test_reads_an_amount(typed: str, cents: int) -> None:
    assert read_amount(typed) == Amount(cents)


@pytest.mark.parametrize("typed", ["", "veel", "-50", "12,505,1", "1.20.0", "tussen 10 en 20", "9" * 30, "€"])
def test_asks_again_when_it_is_not_one_amount(typed: str) -> None:
    assert read_amount(typed) == Fault("amount-unclear", "amount")
