# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A work list in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from domain.counter import Stage, WorkCounts, WorkItem, WorkNews
from domain.errors import StoreError
from tests.fakes.clock import TUESDAY

_FAR = date(9999, 12, 31)


def order_of(item: WorkItem) -> tuple[bool, date, str]:
    days = [day for day in (item.due_on, item.planned_on) if day is not None]
    return not item.is_urgent, min(days, default=_FAR), item.reference


class FakeWorkList:
    """Gives what a test put in; counts the pages it was asked for, and fails when told to."""

    def __init__(self, items: Sequence[WorkItem] = (), news: WorkNews | None = None) -> None:
        self.items = {item.reference: item for item in items}
        self.said = news or WorkNews(refreshed_at=TUESDAY)
        self.unsent_cases = 0
        self.rejected = 0
        self.asked: list[tuple[int, str]] = []  # limit, and behind which reference
        self.fails_with: StoreError | None = None

    def put(self, *items: WorkItem) -> None:
        self.items.update({item.reference: item for item in items})

    def page(
        self, limit: int, after: WorkItem | None = None, *, owner: str | None = None, search: str = ""
    ) -> Sequence[WorkItem]:
        if self.fails_with is not None:
            raise self.fails_with
        self.asked.append((limit, "" if after is None else after.reference))
        found = sorted(self._open(), key=order_of)
        wanted = search.strip().casefold()
        return [
            item
            for item in found
            if (after is None or order_of(item) > order_of(after))
            and (owner is None or item.owner == owner)
            and (wanted in item.reference.casefold() or wanted in item.title.casefold())
        ][:limit]

    def item(self, reference: str) -> WorkItem | None:
        return self.items.get(reference)

    def counts(self, today: date) -> WorkCounts:
        found = self._open()
        return WorkCounts(
            cases=len(found),
            late=sum(item.is_late(today) for item in found),
            urgent=sum(item.is_urgent for item in found),
            unsent_cases=self.unsent_cases,
            unsent_acts=sum(item.acts_waiting for item in found),
            conflicts=sum(item.has_conflict for item in found),
            rejected=self.rejected,
        )

    def news(self) -> WorkNews:
        return self.said

    def _open(self) -> list[WorkItem]:
        return [item for item in self.items.values() if item.stage is not Stage.ANSWERED]


def work_item(reference: str, **given: Any) -> WorkItem:
    """Make an item of which a test says only what it is about."""
    usual: dict[str, Any] = {
        "service_id": "verhuizen",
        "title": "Verhuizing doorgeven",
        "stage": Stage.NEW,
        "submitted_at": datetime(2026, 11, 16, 9, 0, tzinfo=TUESDAY.tzinfo),
        "due_on": date(2026, 11, 30),
    }
    return WorkItem(reference=reference, **{**usual, **given})
