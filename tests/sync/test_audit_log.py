# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the log takes no more memory as the log grows: who reads it is a service that runs for months."""

import tracemalloc

from sync import audit_log
from sync.database import Database
from tests.fakes.clock import FakeClock

LINES = 4000
MOST_BYTES = 1_000_000


def test_a_long_log_is_read_without_being_in_memory(database: Database, clock: FakeClock) -> None:
    with database.writing() as connection:
        for number in range(LINES):
            audit_log.append(connection, clock.now(), "submitted", f"8070c2c9-a3b0-4a22-b016-{number:012}", "x" * 100)
        tracemalloc.start()
        try:
            read = sum(1 for _ in audit_log.lines(connection))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert read >= LINES
    assert peak < MOST_BYTES
