# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The five speeds of the ear."""

from __future__ import annotations

from enum import IntEnum


class Rate(IntEnum):
    """A speed that a visitor can choose; the middle one is calm on purpose: slow Dutch is understood better."""

    SLOWEST = 1
    SLOW = 2
    NORMAL = 3
    FAST = 4
    FASTEST = 5

    @property
    def words_per_minute(self) -> int:
        """Give the speed as a voice wants it."""
        return (95, 115, 140, 180, 230)[self - 1]
