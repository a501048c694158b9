# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lets one process at a time send from a store.

The lock is SQLite's own on an empty file beside the store: it works on every system, and a process that is killed lets
go of it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import StoreReadOnlyError
from sync.shared_folder import fit


@contextmanager
def sole_sender(store: Path, patience_s: float, what: str = "sender") -> Iterator[bool]:
    """Hold the right to send during the block; gives False when another process keeps it longer than the patience.

    Raises: StoreReadOnlyError when the lock cannot be made.
    """
    path = store.with_name(f"{store.name}-{what}")
    try:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            fit(path, path.parent)
        connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreReadOnlyError("the lock of the sync process cannot be made", "give it the data folder") from error
    with contextlib.closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        try:
            yield True
        finally:
            connection.execute("ROLLBACK")
