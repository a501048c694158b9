# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A text is unclear when too few understand it, and nothing is told of few people."""

from __future__ import annotations

import pytest

from domain.understanding import LEAST_REPLIES, Reply, Tally


def test_counts_one_more_of_a_reply() -> None:
    tally = Tally()
    for reply in (Reply.RIGHT, Reply.OTHER, Reply.RIGHT, Reply.SKIPPED):
        tally = tally.plus(reply)

    assert tally == Tally(2, 1, 1)


@pytest.mark.parametrize(
    ("tally", "is_unclear"),
    [
        (Tally(0, 29, 500), False),
        (Tally(23, 7, 0), True),
        (Tally(24, 6, 0), False),
        (Tally(30, 0, 100), False),
    ],
)
def test_is_unclear_under_four_fifths_of_thirty_replies(tally: Tally, *, is_unclear: bool) -> None:
    assert tally.is_unclear is is_unclear


def test_tells_no_share_of_few_people() -> None:
    assert Tally(LEAST_REPLIES - 1, 0, 90).share_right is None
    assert Tally(LEAST_REPLIES, 0, 0).share_right == 1
