# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file that a counter's cases and acts lie in, beside the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sync.database import Database

COUNTER = "counter.db"


class CounterFile(Database):
    """Opened by the desk for the list and the acts, and by the sync service for all of it."""

    application_id = 0x4C4F4B43  # "LOKC"
    migrations: Mapping[int, str] = MappingProxyType({})
    schema = Path(__file__).with_name("counter.sql")
