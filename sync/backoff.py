# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long a case waits before it is tried again: longer each time, and never at the moment of all other kiosks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
FIRST_FOR_STAFF = timedelta(minutes=5)
LONGEST_FOR_STAFF = timedelta(hours=1)
"""For what a person must mend, such as a missing scope: each try costs the server a call and changes nothing."""


def wait_for(attempts: int, spread: Callable[[], float], *, needs_staff: bool = False) -> timedelta:
    """Give the wait after so many attempts; `spread` gives a number from 0 to 1."""
    first, longest = (FIRST_FOR_STAFF, LONGEST_FOR_STAFF) if needs_staff else (FIRST, LONGEST)
    doubled: int = 2 ** min(max(attempts, 1) - 1, 16)
    wait = min(first * doubled, longest)
    # Half of it is chance: after an outage a fleet comes back spread out, and not in step.
    return wait * (0.5 + 0.5 * spread())
