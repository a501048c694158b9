# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which news of the work a helper sees, and which of it still has to be read (H14).

The items are the organisation's own (`domain.knowledge.NewsItem`); who read what is kept by number of staff, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.knowledge import NewsItem
from domain.staff import StaffId

SHOWN_FOR = timedelta(days=90)


class NewsReceipts(Protocol):
    """Who read what, in the audit log; joined by `commands.desk_news`. For the store's lane."""

    def read_by(self, staff_id: StaffId) -> frozenset[str]:
        """Give the ids of the items that a member says to have read.

        Raises: StoreError and its kinds.
        """
        ...

    def is_read(self, staff_id: StaffId, item_id: str, at: datetime) -> None:
        """Write down that a member read an item; durable on return.

        Raises: StoreError and its kinds.
        """
        ...


def news_of(items: Sequence[NewsItem], today: date) -> tuple[NewsItem, ...]:
    """Give what is news today: the newest first, nothing of later or of long ago."""
    current = (item for item in items if today - SHOWN_FOR <= item.on <= today)
    return tuple(sorted(current, key=lambda item: (-item.on.toordinal(), item.id)))


def unread(items: Sequence[NewsItem], read: frozenset[str]) -> tuple[NewsItem, ...]:
    """Give what is important and was not read."""
    return tuple(item for item in items if item.is_important and item.id not in read)
