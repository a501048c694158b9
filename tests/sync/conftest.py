# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of store and sync share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.database import Database
from tests.fakes.clock import FakeClock
from tests.sync.road import Road, built_road


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "loket.db")
    yield database
    database.close()


@pytest.fixture
def road(tmp_path: Path, clock: FakeClock) -> Iterator[Road]:
    with built_road(tmp_path, clock) as road:
        yield road
