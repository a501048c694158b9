# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Locks the process that calls it: no image of its memory, no swap, bounds, and it dies with its parent.

For a child that handles what a stranger's card says. Linux has all of it; elsewhere what there is is done.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

_SET_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES = 1, 4, 38  # prctl(2)
_KILLED = 9
_ALL_AS_IT_COMES = 1 | 2 | 4  # mlockall(2): what is there and what will be, each page when it is used first


def lock_down(*, memory_bytes: int, files: int) -> None:
    """Take away what this process needs not. A bound that the system refuses is left as it is."""
    if sys.platform == "win32":
        return
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_AS, memory_bytes)
    _bound(resource.RLIMIT_NOFILE, files)
    _bound(resource.RLIMIT_FSIZE, 0)  # it writes no file, nowhere
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_SET_PARENT_DEATH_SIGNAL, _KILLED, 0, 0, 0)
    system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    system.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        system.mlockall(_ALL_AS_IT_COMES)  # with a bound to it, the first request over the bound would fail


def _bound(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(kind, (bound, bound))
