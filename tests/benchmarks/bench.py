# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every row gets: how much to measure, and where to work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of the benchmarks."""

    folder: Path
    is_quick: bool = False
    is_long: bool = False

    def rounds(self, usual: int, quick: int) -> int:
        return quick if self.is_quick else usual

    def room(self, name: str) -> Path:
        """Give a folder of a row's own."""
        room = self.folder / name
        room.mkdir(parents=True, exist_ok=True)
        return room
