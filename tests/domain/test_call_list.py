# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom to call: who asks for it and was not reached, by the promised day (S13)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.call_attempts import CallAttempt
from domain.call_list import to_call
from domain.counter import Stage
from tests.fakes.call_attempt_book import FakeCallAttemptBook
from tests.fakes.work_list import FakeWorkList, work_item


def call(reference: str, *, was_reached: bool = False, day: int = 24) -> CallAttempt:
    at = datetime(2026, 11, day, 9, tzinfo=UTC)
    return CallAttempt(f"{reference}-{day}", reference, at, was_reached)


def references(work: FakeWorkList, *attempts: CallAttempt) -> list[str]:
    return [one.item.reference for one in to_call(work, FakeCallAttemptBook(*attempts))]


def test_gives_only_who_asks_for_a_call_and_is_still_open() -> None:
    work = FakeWorkList(
        [
            work_item("none"),
            work_item("asks", asks_call=True),
            work_item("gone", asks_call=True, is_withdrawn=True),
            work_item("closed", asks_call=True, stage=Stage.ANSWERED),
        ]
    )
    assert references(work) == ["asks"]


def test_goes_by_the_promised_day_and_urgent_ones_first() -> None:
    work = FakeWorkList(
        [
            work_item("late", asks_call=True, due_on=date(2026, 11, 20)),
            work_item("ours", asks_call=True, due_on=date(2026, 12, 9), planned_on=date(2026, 11, 19)),
            work_item("nobody-said", asks_call=True, due_on=None),
            work_item("urgent", asks_call=True, is_urgent=True, due_on=date(2026, 12, 1)),
        ]
    )
    assert references(work) == ["urgent", "ours", "late", "nobody-said"]


def test_leaves_out_who_was_reached_and_keeps_who_was_not() -> None:
    work = FakeWorkList([work_item("reached", asks_call=True), work_item("missed", asks_call=True)])
    assert references(work, call("reached", was_reached=True), call("missed")) == ["missed"]


def test_says_what_is_left_to_try() -> None:
    work = FakeWorkList([work_item("a", asks_call=True)])
    (one,) = to_call(work, FakeCallAttemptBook(call("a"), call("a", day=23)))
    assert (one.needed.attempts, one.needed.another_part, one.needed.another_day) == (1, True, False)


def test_reads_a_list_of_many_pages() -> None:
    work = FakeWorkList([work_item(f"{number:04}", asks_call=number % 50 == 0) for number in range(350)])
    assert len(references(work)) == 7
    assert len(work.asked) == 5
