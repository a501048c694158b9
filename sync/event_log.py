# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one way to write a line of the log in a service without a screen: an event with typed fields (feature I14).

Python's own logging carries the lines; nothing else here touches it. Where they are written is `commands.log_book`'s.
"""

from __future__ import annotations

import logging

from domain.log_line import LogEvent, LogValue, log_line


class EventLog:
    """Writes lines about one subject; `area` is a name of ours, such as "loket.store"."""

    def __init__(self, area: str) -> None:
        self._carrier = logging.getLogger(area)

    def info(self, event: LogEvent, **fields: LogValue) -> None:
        """Write down what went as it should."""
        self._carrier.info("%s", log_line(event, **fields))

    def warning(self, event: LogEvent, **fields: LogValue) -> None:
        """Write down what is tried again."""
        self._carrier.warning("%s", log_line(event, **fields))

    def error(self, event: LogEvent, **fields: LogValue) -> None:
        """Write down what somebody should look at."""
        self._carrier.error("%s", log_line(event, **fields))
