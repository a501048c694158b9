# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file that a counter's cases and acts lie in, beside the store."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from domain.errors import StoreDamagedError
from domain.log_line import LogEvent
from sync.database import Database
from sync.event_log import EventLog
from sync.sole_sender import sole_sender

_log = EventLog("loket.store")

COUNTER = "counter.db"
_DAMAGED = "damaged-"
_PATIENCE_S = 10.0


class CounterFile(Database):
    """Opened by the desk for the list and the acts, and by the sync service for all of it."""

    application_id = 0x4C4F4B43  # "LOKC"
    migrations: Mapping[int, str] = MappingProxyType({})
    schema = Path(__file__).with_name("counter.sql")


def open_counter_file(path: Path) -> CounterFile:
    """Open the file; a damaged one is set aside, and a new one begun that the case system fills again.

    What staff did and the case system does not know yet is in the one that is set aside: nothing throws that away.

    Raises: StoreError and its kinds.
    """
    try:
        return CounterFile(path)
    except StoreDamagedError:
        with sole_sender(path, _PATIENCE_S, what="rescue") as is_mine:
            if is_mine and _is_damaged(path):
                _set_aside(path)
        return CounterFile(path)


def _is_damaged(path: Path) -> bool:
    try:
        CounterFile(path).close()
    except StoreDamagedError:
        return True
    return False


def _set_aside(path: Path) -> None:
    number = 1 + sum(1 for _ in path.parent.glob(f"{_DAMAGED}{path.name}-*[0-9]"))
    for ending in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(path.with_name(f"{_DAMAGED}{path.name}-{number}{ending}"))
    _log.error(LogEvent.STORE_SET_ASIDE)
