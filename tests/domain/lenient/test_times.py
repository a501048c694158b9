# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ways to write a time of day that are all understood (feature C27)."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.lenient.times import parse_time


@pytest.mark.parametrize(
    "text",
    [
        "14.30",
        "14:30",
        "14,30",
        "14 30",
        "14u30",
        "14h30",
        "14:30 uur",
        "om 14.30 uur",
        "1430",
        "14:30:00",
        "half drie",
        "half 3",
        "Half Drie",
        "half drie 's middags",
        "2.30",
        "2:30 pm",
        "2.30 uur 's middags",
        "١٤:٣٠",
    ],
)
def test_reads_half_past_two_however_it_is_written(text: str) -> None:
    assert parse_time(text) == time(14, 30)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14u", time(14)),
        ("14 uur", time(14)),
        ("14uur", time(14)),
        ("2 uur", time(14)),
        ("twee uur", time(14)),
        ("9 uur", time(9)),
        ("negen uur", time(9)),
        ("9 uur 's avonds", time(21)),
        ("3 uur 's nachts", time(3)),
        ("03:00", time(3)),
        ("kwart over 3", time(15, 15)),
        ("kwart voor 9", time(8, 45)),
        ("vijf voor half vier", time(15, 25)),
        ("5 over half 10", time(9, 35)),
        ("tien over negen", time(9, 10)),
        ("12 uur", time(12)),
        ("twaalf uur", time(12)),
        ("middernacht", time(0)),
        ("half 1", time(12, 30)),
        ("0:15", time(0, 15)),
        ("23:59", time(23, 59)),
    ],
)
def test_reads_a_time_as_it_is_said(text: str, read: time) -> None:
    assert parse_time(text) == read


@pytest.mark.parametrize("text", ["", "straks", "25:00", "14:75", "12b", "half", "kwart over", "3.4.5", "9" * 100_000])
def test_gives_nothing_when_it_is_no_time(text: str) -> None:
    assert parse_time(text) is None


@given(text=st.text())
def test_never_raises_on_any_text(text: str) -> None:
    assert parse_time(text) is None or isinstance(parse_time(text), time)


@given(
    words=st.lists(
        st.sampled_from(
            ["half", "kwart", "voor", "over", "3", "drie", "24", "0", "uur", "'s", "middags", "12", "99", "morgens"]
        ),
        max_size=6,
    )
)
def test_never_raises_on_the_words_of_the_clock(words: list[str]) -> None:
    assert parse_time(" ".join(words)) is None or isinstance(parse_time(" ".join(words)), time)
