# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the rest of the machine that somebody is at the kiosk, so that nothing takes the program from under a visit.

A lock on a file: the kernel lets go of it with the process, however that ends. `deploy/package-when-free.sh` waits for
it. Where the system has no such locks, nothing is told.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

FILE = "loket-in-use"


class InUse:
    """The lock of one supervisor. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._file: int | None = None

    def tell(self, *, is_in_use: bool) -> None:
        """Say how it is now; where it cannot be said, a kiosk works on."""
        if is_in_use and self._file is None:
            self._take()
        elif not is_in_use and self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self) -> None:
        if sys.platform == "win32":
            return
        import fcntl

        with contextlib.suppress(OSError):
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:  # somebody is about to take the program away, and knows that nobody was here
                os.close(file)
            else:
                self._file = file
