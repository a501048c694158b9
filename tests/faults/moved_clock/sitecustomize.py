# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Python reads this at its start where a test put this folder on its path: Loket's clock is as late as a file says.

Monotonic time, and with it every pause, stays what it is. `tests.faults.week_ground` writes the file.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from commands.system_clock import SystemClock

_FILE = Path(os.environ["LOKET_TEST_CLOCK"])
_now = SystemClock.now


def _moved(self: SystemClock) -> datetime:
    return _now(self) + timedelta(seconds=int(_FILE.read_text(encoding="ascii")))


SystemClock.now = _moved  # type: ignore[method-assign]
