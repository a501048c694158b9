# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A clock that a test holds in its hand."""

from datetime import UTC, datetime, timedelta

# A Tuesday morning in winter: an ordinary working day, so that a test about weekends or summer time must say so.
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self, moment: datetime = TUESDAY) -> None:
        if moment.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def advance(self, step: timedelta) -> None:
        self._moment += step
