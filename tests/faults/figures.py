# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the fault runs counted, kept in build/ and told in one line, with what did not run."""

from __future__ import annotations

import fcntl
import json
from collections import Counter
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "build" / "faults.json"


def count(**numbers: int) -> None:
    """Add to the figures; two processes may do so at the same time."""
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        counted = Counter(json.loads(file.read() or "{}"))
        counted.update(numbers)
        file.truncate(0)
        file.write(json.dumps(counted))


class Outcomes:
    """Listens to pytest: how many passed and failed, and what was skipped, with its reason."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed: set[str] = set()
        self.skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            self.skipped[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1
        elif report.failed:
            self.failed.add(report.nodeid)
        elif report.when == "call":
            self.passed += 1

    def keep(self, file: Path) -> None:
        """Write it all down for another process."""
        kept = {"passed": self.passed, "failed": sorted(self.failed), "skipped": self.skipped}
        file.write_text(json.dumps(kept), encoding="utf-8")

    def add(self, file: Path) -> None:
        """Take what another process wrote down."""
        kept = json.loads(file.read_text(encoding="utf-8"))
        self.passed += kept["passed"]
        self.failed.update(kept["failed"])
        self.skipped.update(kept["skipped"])


def closing_line(seconds: float, outcomes: Outcomes, *, is_green: bool) -> str:
    counted = json.loads(FILE.read_text()) if FILE.exists() else {}
    figures = [f"{outcomes.passed} tests passed"]
    figures += [f"{len(outcomes.failed)} FAILED"] if outcomes.failed else []
    figures += [f"{name.replace('_', ' ')} {number}" for name, number in counted.items()]
    figures += [f"{times} did not run ({reason})" for reason, times in outcomes.skipped.items()]
    return f"faults: {'green' if is_green else 'RED'} in {seconds:.0f} s: {', '.join(figures)}"
