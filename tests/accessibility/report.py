# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make accessibility`: runs the tests that criteria.toml names, writes docs/accessibility.md and an OpenACR file.

Ends with 1 when a test fails or could not run here, with 2 when the list itself is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from commands.system_clock import SystemClock
from domain.errors import ExpectedError
from tests.accessibility import criteria, evidence
from tests.accessibility.openacr import openacr
from tests.accessibility.page import page
from tests.accessibility.verdict import verdict_of

ROOT = Path(__file__).parents[2]


def report(listed: Path, root: Path, page_file: Path, openacr_file: Path, report_date: str) -> int:
    """Write both files; gives 0, or 1 when a test failed or showed nothing.

    Raises:
        ExpectedError: When the list is wrong or names a test that is not there; then nothing is written.
    """
    asked = criteria.read(listed)
    endings = evidence.run(asked.tests, root)
    judged = [(chapter, [verdict_of(found, endings) for found in chapter.criteria]) for chapter in asked.chapters]
    for file, text in ((page_file, page(asked, judged)), (openacr_file, openacr(asked, judged, report_date))):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    counted = Counter(verdict.level.value for _, verdicts in judged for verdict in verdicts)
    print(
        f"accessibility: {len(endings)} tests; " + ", ".join(f"{counted[level]} {level}" for level in sorted(counted))
    )
    wrong = sorted(test for test, ending in endings.items() if ending is not evidence.Ending.PASSED)
    for test in wrong:
        print(f"accessibility: {endings[test]}: {test}", file=sys.stderr)
    return 1 if wrong else 0


def main(arguments: Sequence[str]) -> int:
    """Read the command line and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.accessibility.report", description=__doc__)
    parser.add_argument("--criteria", type=Path, default=criteria.HERE)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "accessibility.md")
    parser.add_argument("--openacr", type=Path, default=ROOT / "build" / "accessibility" / "openacr.yaml")
    told = parser.parse_args(arguments)
    try:
        return report(told.criteria, told.root, told.page, told.openacr, SystemClock().now().date().isoformat())
    except ExpectedError as error:
        print(f"accessibility: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
