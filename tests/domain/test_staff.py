# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which PINs can be chosen, and what counts as a number and a badge."""

from __future__ import annotations

import pytest

from domain.staff import PinProblem, badge_of, new_start_pin, number_of, pin_problem


@pytest.mark.parametrize("pin", ["402917", "73910462", "8046137", "530864917206"])
def test_takes_a_pin_that_nobody_guesses_first(pin: str) -> None:
    assert pin_problem(pin) is None


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "111111",
        "123456",
        "654321",
        "345678",
        "890123",
        "121212",
        "123123",
        "112233",
        "747474",
        "147258",
        "258456",
        "159753",
        "051285",
        "851205",
        "120585",
        "19850512",
        "12051985",
        "198547",
        "472001",
        "555556",
    ],
)
def test_refuses_what_others_guess_first(pin: str) -> None:
    assert pin_problem(pin) is PinProblem.TOO_EASY


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("", PinProblem.TOO_SHORT),
        ("40291", PinProblem.TOO_SHORT),
        ("4029174029174", PinProblem.TOO_LONG),
        ("40291a", PinProblem.NOT_DIGITS),
        ("402 917", PinProblem.NOT_DIGITS),
    ],
)
def test_says_why_a_pin_cannot_be_chosen(pin: str, problem: PinProblem) -> None:
    assert pin_problem(pin) is problem


def test_makes_start_pins_that_can_be_chosen_and_differ() -> None:
    made = {new_start_pin() for _ in range(200)}
    assert len(made) == 200
    assert not any(pin_problem(pin) for pin in made)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (" 1 2", 12), ("١٢", 12), ("9999", 9999), ("9", None), ("", None), ("12a", None), ("10000", None)],
)
def test_reads_a_number_as_it_was_typed(typed: str, number: int | None) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    ("typed", "badge"), [("04a1 b2c3\n", "04A1B2C3"), ("0012345678", "0012345678"), ("12", ""), ("a;b'c--d", "")]
)
def test_reads_a_badge_as_the_reader_typed_it(typed: str, badge: str) -> None:
    assert badge_of(typed) == badge
