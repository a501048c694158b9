# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments as the practice back end writes them: UTC in answers, Dutch days for dates."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_DUTCH = ZoneInfo("Europe/Amsterdam")


def moment_of(text: str) -> datetime:
    """Read a moment; without a zone it is Dutch time, as in the original."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=_DUTCH) if moment.tzinfo is None else moment


def in_utc(moment: datetime) -> str:
    """Write a moment, with microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def in_dutch_days(moment: datetime) -> str:
    """Write the day that a moment falls on in the Netherlands."""
    return moment.astimezone(_DUTCH).date().isoformat()
