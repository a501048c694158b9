# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every case store does, fake or real. A test class takes `CaseStoreContract` and gives a `bench`."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest

from domain.case import CaseId, CaseState, CaseSummary
from domain.errors import StoreError
from domain.ports import CaseStore
from domain.submission import SubmissionHeader

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class StoreBench(Protocol):
    """A store under test, and what the world around it can do."""

    @property
    def store(self) -> CaseStore:
        """Give the store, empty at first."""
        ...

    def another(self) -> CaseStore:
        """Give a second store over the same cases, as another process has it."""
        ...

    def failing(self) -> AbstractContextManager[None]:
        """Make writing fail in the middle, as with a full disk, while inside."""
        ...


def case(number: int, after: timedelta = timedelta()) -> tuple[SubmissionHeader, CaseSummary]:
    """Make the header and summary of a made-up case."""
    header = SubmissionHeader(
        case_id=CaseId(f"00000000-0000-4000-8000-{number:012d}"),
        reference=f"TEST-{number}",
        service_id="verhuizen",
        service_version=3,
        submitted_at=MOMENT + after,
        key_id="test-key",
    )
    summary = CaseSummary(
        case_id=header.case_id,
        reference=header.reference,
        service_id=header.service_id,
        service_version=header.service_version,
        state=CaseState.PENDING,
        submitted_at=header.submitted_at,
        promised_on=date(2026, 12, 8),
        is_urgent=number % 2 == 1,
    )
    return header, summary


def submit(store: CaseStore, number: int, after: timedelta = timedelta()) -> CaseSummary:
    """Submit a made-up case."""
    header, summary = case(number, after)
    store.submit(header, b"sealed bytes", summary, "0417")
    return summary


class CaseStoreContract:
    """The promises of `domain.ports.CaseStore`."""

    def test_is_empty_at_first(self, bench: StoreBench) -> None:
        assert list(bench.store.summaries()) == []
        assert bench.store.summary(CaseId("00000000-0000-4000-8000-000000000001")) is None

    def test_gives_the_summary_back_after_a_submit(self, bench: StoreBench) -> None:
        summary = submit(bench.store, 1)
        assert bench.store.summary(summary.case_id) == summary

    def test_forgets_a_case_that_nobody_was_told_of(self, bench: StoreBench) -> None:
        summary = submit(bench.store, 1)
        assert bench.store.forget(summary.case_id)
        assert bench.store.summary(summary.case_id) is None
        assert bench.store.forget(summary.case_id), "it is certainly not there"
        submit(bench.store, 1)

    def test_knows_the_latest_moment_it_was_told_of(self, bench: StoreBench) -> None:
        assert bench.store.last_seen() is None
        submit(bench.store, 1)
        submit(bench.store, 2, after=timedelta(days=-50 * 365))
        assert bench.store.last_seen() == MOMENT

    def test_keeps_whether_a_case_is_urgent(self, bench: StoreBench) -> None:
        cases = [submit(bench.store, number) for number in (1, 2)]
        kept = [bench.store.summary(each.case_id) for each in cases]
        assert [each.is_urgent for each in kept if each] == [True, False]

    def test_shows_a_case_to_another_process_at_once(self, bench: StoreBench) -> None:
        other = bench.another()
        summary = submit(bench.store, 1)
        assert other.summary(summary.case_id) == summary

    def test_gives_summaries_oldest_first(self, bench: StoreBench) -> None:
        late = submit(bench.store, 1, timedelta(hours=2))
        early = submit(bench.store, 2)
        middle = submit(bench.store, 3, timedelta(hours=1))
        assert list(bench.store.summaries()) == [early, middle, late]

    def test_refuses_a_case_id_a_second_time_and_keeps_the_first(self, bench: StoreBench) -> None:
        summary = submit(bench.store, 1)
        header, details = case(1)
        other = replace(header, reference="TEST-OTHER", service_id="bel")
        with pytest.raises(StoreError):
            bench.store.submit(
                other, b"other bytes", replace(details, reference="TEST-OTHER", service_id="bel"), "1111"
            )
        assert list(bench.store.summaries()) == [summary]

    def test_refuses_a_reference_that_another_case_has(self, bench: StoreBench) -> None:
        summary = submit(bench.store, 1)
        header, details = case(2)
        with pytest.raises(StoreError):
            bench.store.submit(
                replace(header, reference=summary.reference),
                b"x",
                replace(details, reference=summary.reference),
                "1111",
            )
        assert list(bench.store.summaries()) == [summary]

    def test_leaves_nothing_behind_when_writing_fails(self, bench: StoreBench) -> None:
        with bench.failing(), pytest.raises(StoreError):
            submit(bench.store, 1)
        assert list(bench.store.summaries()) == []
        assert list(bench.another().summaries()) == []

    def test_takes_the_same_case_after_writing_failed(self, bench: StoreBench) -> None:
        with bench.failing(), pytest.raises(StoreError):
            submit(bench.store, 1)
        summary = submit(bench.store, 1)
        assert list(bench.store.summaries()) == [summary]

    def test_changes_the_news_mark_when_another_process_submits(self, bench: StoreBench) -> None:
        other = bench.another()
        before = bench.store.news_mark()
        submit(other, 1)
        assert bench.store.news_mark() != before

    def test_keeps_the_news_mark_when_nothing_happened_or_it_submitted_itself(self, bench: StoreBench) -> None:
        before = bench.store.news_mark()
        assert bench.store.news_mark() == before
        submit(bench.store, 1)
        assert bench.store.news_mark() == before
