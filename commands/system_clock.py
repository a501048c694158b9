# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The machine's clock: the one place that asks it what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's clock (`domain.ports.Clock`)."""

    def now(self) -> datetime:
        """Give the present moment."""
        return datetime.now(UTC)  # noqa: TID251 - the rule that everybody else takes this clock
