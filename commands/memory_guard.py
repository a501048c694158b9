# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeps the memory of a visit to itself: no image of it after a crash, and no look into it by another program.

Linux has both switches; elsewhere the functions do what there is and say so.
"""

from __future__ import annotations

import sys

_SET_DUMPABLE = 4  # prctl(2)
_GET_DUMPABLE = 3


def forbid_core_dumps() -> None:
    """Let a crash write no image of the memory."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def core_limit() -> int:
    """Give how large an image of the memory may be, in bytes; 0 where there is no such thing."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrlimit(resource.RLIMIT_CORE)[0]


def close_memory() -> None:
    """Let no other program of the same user look into the memory."""
    _prctl(_SET_DUMPABLE, 0)


def make_readable() -> None:
    """Let it be looked into: for the proof of wiping, which has to search it."""
    _prctl(_SET_DUMPABLE, 1)


def is_readable() -> bool:
    """Tell whether another program of the same user may look into the memory."""
    return _prctl(_GET_DUMPABLE) != 0


def _prctl(option: int, value: int = 0) -> int:
    if sys.platform != "linux":
        return -1
    import ctypes

    return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0))
