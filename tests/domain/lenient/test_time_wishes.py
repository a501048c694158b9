# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""When somebody has time."""

import pytest

from domain.answers import TimeWish
from domain.lenient.faults import Fault
from domain.lenient.time_wishes import read_time_wish


@pytest.mark.parametrize(
    ("days", "parts", "wish"),
    [
        ("do ma", "avond ochtend", TimeWish(("ma", "do"), ("ochtend", "avond"))),
        ("vr", "", TimeWish(("vr",), ())),
        ("", "middag", TimeWish((), ("middag",))),
        ("ma ma", "", TimeWish(("ma",), ())),
    ],
)
def test_reads_days_and_parts_in_the_order_of_the_week(days: str, parts: str, wish: TimeWish) -> None:
    assert read_time_wish(days, parts) == wish


@pytest.mark.parametrize(("days", "parts"), [("", ""), ("za", ""), ("ma", "nacht"), ("ma " * 1000 + "zo", "x" * 1000)])
def test_asks_to_choose_when_nothing_known_was_chosen(days: str, parts: str) -> None:
    assert read_time_wish(days, parts) == Fault("choose-one")
