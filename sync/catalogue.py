# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Remembers what the catalogue of the case system says, so that a delivery does not ask it each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sync.zgw.api import Api
from sync.zgw.catalogi import CaseType, read_case_type

KEEP = timedelta(hours=1)
"""A new version of a case type is used within the hour."""


@dataclass(slots=True)
class Catalogue:
    """The case types that were looked up, for a limited time."""

    api: Api
    document_type: str
    _known: dict[str, tuple[datetime, CaseType]] = field(default_factory=dict)

    def case_type(self, identification: str) -> CaseType:
        """Give a case type as it is today.

        Raises: CatalogueError, and what `Api` raises.
        """
        now = self.api.transport.server_now()
        known = self._known.get(identification)
        # The server tells its time in whole seconds, so now may lie a moment before then.
        if known is not None and abs(now - known[0]) < KEEP and known[0].date() == now.date():
            return known[1]
        found = read_case_type(self.api, identification, self.document_type, self._today)
        self._known[identification] = (self.api.transport.server_now(), found)
        return found

    def _today(self) -> date:
        return self.api.transport.server_now().astimezone(UTC).date()

    def forget(self) -> None:
        """Look everything up again: a refusal may mean that the catalogue has changed."""
        self._known.clear()
