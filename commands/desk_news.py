# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Joins the news of the work to the audit log, in which who read what is written (`assisted.work_news`)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from domain.settings import Settings
from domain.staff import StaffId

if TYPE_CHECKING:
    from sync.database import Database

READ = "news-read"
"""The event; its detail is the id of the member and that of the item."""


class LateNewsReceipts:
    """The receipts of one device (`domain.work_news.NewsReceipts`), opened when first asked; for the store's lane."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database: Database | None = None

    def read_by(self, staff_id: StaffId) -> frozenset[str]:
        """Give what a member read. Raises: StoreError and its kinds."""
        from sync.audit_log import details_of

        told = (detail.partition(" ") for detail in details_of(self._opened(), READ))
        return frozenset(item for who, _, item in told if who == staff_id)

    def is_read(self, staff_id: StaffId, item_id: str, at: datetime) -> None:
        """Write it down. Raises: StoreError and its kinds."""
        from sync import audit_log

        with self._opened().writing() as connection:
            audit_log.append(connection, at, READ, "", f"{staff_id} {item_id}")

    def _opened(self) -> Database:
        from commands.joining import open_database

        if self._database is None:
            self._database = open_database(self._settings)
        return self._database
