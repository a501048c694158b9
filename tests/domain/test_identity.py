# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The eleven test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identity import bsn, passes_eleven_test, rsin


# Numbers published for testing: by the Rijksdienst voor Identiteitsgegevens, and the RSIN of the example municipality.
@pytest.mark.parametrize("digits", ["999990019", "999993653", "002564440"])
def test_passes_a_number_that_was_published_for_testing(digits: str) -> None:
    assert passes_eleven_test(digits)
    assert [bsn(digits), rsin(digits)] == [digits, digits]


@pytest.mark.parametrize("digits", ["", "000000000", "99999001", "9999900190", "999990018", "99999001x", "٩٩٩٩٩٠٠١٩"])
def test_refuses_what_is_no_such_number(digits: str) -> None:
    assert not passes_eleven_test(digits)
    assert bsn(digits) is None
    assert rsin(digits) is None


@given(place=st.integers(0, 8), step=st.integers(1, 9))
def test_refuses_every_single_wrong_digit(place: int, step: int) -> None:
    digits = [int(digit) for digit in "999990019"]
    digits[place] = (digits[place] + step) % 10
    assert not passes_eleven_test("".join(map(str, digits)))


@given(text=st.text())
def test_never_raises_on_any_text(text: str) -> None:
    assert passes_eleven_test(text) in {True, False}
