# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments as the practice back end writes them: UTC in answers, Dutch days for dates."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sync.practice.exchange import Body

_DUTCH = ZoneInfo("Europe/Amsterdam")


def moment_of(text: str) -> datetime:
    """Read a moment; without a zone it is Dutch time, as in the original."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=_DUTCH) if moment.tzinfo is None else moment


def set_at(status: Body) -> datetime:
    """Give the moment of a status; as text, moments with and without a fraction sort wrongly."""
    return moment_of(str(status["datumStatusGezet"]))


def in_utc(moment: datetime) -> str:
    """Write a moment, with microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def in_dutch_days(moment: datetime) -> str:
    """Write the day that a moment falls on in the Netherlands."""
    return moment.astimezone(_DUTCH).date().isoformat()
