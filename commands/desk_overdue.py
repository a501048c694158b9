# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the page of overdue promises to this device's cases, and words a reminder in Dutch (`assisted.overdue`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assisted.overdue import overdue_page
from assisted.pages import DeskPage
from domain.follow_up import FollowUp, FollowUpHeader, FollowUpKind, new_follow_up_id, to_bytes
from domain.settings import Settings
from domain.status_check import FoundCase
from i18n.dates import format_date
from i18n.texts import Texts

if TYPE_CHECKING:
    from sync.status_book import SqliteStatusBook

_HERE = ZoneInfo("Europe/Amsterdam")


class LateOverdueBook:
    """The cases of one device (`domain.overdue.OverdueBook`), opened when first asked; for the store's lane."""

    def __init__(self, settings: Settings, texts: Texts) -> None:
        self._settings, self._dutch = settings, texts.dutch
        self._book: SqliteStatusBook | None = None

    def passed(self, today: date) -> Sequence[FoundCase]:
        """Give those whose day has passed. Raises: StoreError and its kinds."""
        return self._opened().passed(today)

    def remind(self, case: FoundCase, at: datetime) -> bool:
        """Keep a reminder. Raises: StoreError and its kinds, SealingError."""
        from commands.joining import read_public_key

        sealer = read_public_key(self._settings)
        header = FollowUpHeader(new_follow_up_id(), case.case_id, FollowUpKind.REMINDER, at, sealer.key_id)
        text = self._dutch.tr(
            "desk.overdue.reminder.text",
            date=format_date(at.astimezone(_HERE).date()),
            promised=format_date(case.promised_on),
        )
        reminder = FollowUp(header, self._dutch.tr("desk.overdue.reminder.title"), text)
        return self._opened().add(header, sealer.seal(to_bytes(reminder)))

    def _opened(self) -> SqliteStatusBook:
        from commands.joining import open_status_book

        if self._book is None:
            self._book = open_status_book(self._settings)
        return self._book


def overdue_pages(settings: Settings, texts: Texts) -> DeskPage:
    """Give the page of overdue promises."""
    return overdue_page(LateOverdueBook(settings, texts))
