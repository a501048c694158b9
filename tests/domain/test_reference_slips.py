# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A slip in a reference is told kindly, and where it is when that can be known."""

from __future__ import annotations

import pytest

from domain.reference import new_reference
from domain.reference_slips import ReferenceSlip, Slip, slip_in

SIGNS = "K47393FM0X52P0"
GOOD = "K473-93FM-0X52-P0"


@pytest.mark.parametrize("typed", [GOOD, GOOD.lower(), SIGNS, f" {GOOD} ", "К473 93FМ 0Х52 Р0"])
def test_finds_nothing_in_what_can_be_read(typed: str) -> None:
    assert slip_in(typed) is None


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", ReferenceSlip(Slip.EMPTY)),
        (" - ", ReferenceSlip(Slip.EMPTY)),
        (GOOD[:-1], ReferenceSlip(Slip.SHORT, (), 13)),
        (GOOD + "0", ReferenceSlip(Slip.LONG, (), 15)),
        ("K473-93FM-0W52-P8", ReferenceSlip(Slip.STRANGE, (10,), 14)),
        ("K473-93FM-0é52-PB", ReferenceSlip(Slip.STRANGE, (10, 14), 14)),
    ],
)
def test_names_what_is_plain(typed: str, wanted: ReferenceSlip) -> None:
    assert slip_in(typed) == wanted


@pytest.mark.parametrize(("place", "read_as"), [(1, "X"), (3, "1"), (4, "8"), (10, "Y"), (14, "8")])
def test_names_the_place_of_a_sign_that_was_read_for_another(place: int, read_as: str) -> None:
    slip = slip_in(SIGNS[: place - 1] + read_as + SIGNS[place:])

    assert slip is not None
    assert slip.kind is Slip.WRONG
    assert place in slip.places


def test_names_both_places_of_a_swap() -> None:
    slip = slip_in("K47393F0MX52P0")

    assert slip is not None
    assert set(slip.places) == {8, 9}


def test_never_names_more_than_three_places_and_never_breaks() -> None:
    for _ in range(15):
        signs = new_reference().replace("-", "")
        for place in range(14):
            slip = slip_in(signs[:place] + ("0" if signs[place] != "0" else "1") + signs[place + 1 :])
            assert slip is not None
            assert slip.kind is Slip.WRONG
            assert len(slip.places) <= 3


@pytest.mark.parametrize("typed", ["x" * 5000, "😀" * 14, "\x00" * 14, "ـ١٢٣٤٥٦٧٨٩٠١٢٣٤"])
def test_takes_anything(typed: str) -> None:
    assert slip_in(typed) is not None
