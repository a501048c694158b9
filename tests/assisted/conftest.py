# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a test with the desk's windows and threads stands on."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _garbage_waits() -> Iterator[None]:
    """Let no other thread find a window among garbage, as `kiosk.garbage` does in the program."""
    gc.disable()
    yield
    gc.enable()
