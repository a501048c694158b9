# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the long runs counted, kept in build/ and told in one line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "build" / "faults.json"


def count(**numbers: int) -> None:
    """Add to the figures."""
    counted = Counter(json.loads(FILE.read_text())) if FILE.exists() else Counter()
    counted.update(numbers)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(counted))


def closing_line(seconds: float, *, is_green: bool) -> str:
    counted = json.loads(FILE.read_text()) if FILE.exists() else {}
    figures = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counted.items())
    return f"faults: {'green' if is_green else 'RED'} in {seconds:.0f} s: {figures or 'nothing ran'}"
