# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m tests.benchmarks [--quick | --long] [row ...]`: measure, print, and keep what was found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from commands.system_clock import SystemClock
from tests.benchmarks import browser, report
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Row
from tests.benchmarks.processes import REPOSITORY

ROWS = ("start", "visits", "leave", "tap", "sound", "durable", "sync", "million", "paper", "card")
NEED_BROWSER = frozenset({"start", "visits", "tap"})
PAGE = REPOSITORY / "docs" / "benchmarks.md"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Ours next to the peers.")
    parser.add_argument(
        "--quick", action="store_true", help="a few of everything, to see that it runs; keeps the page as it is"
    )
    parser.add_argument("--long", action="store_true", help="a thousand visits, to see whether memory grows")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "build" / "bench", metavar="FOLDER")
    parser.add_argument("row", nargs="*", choices=[*ROWS, []], help="which rows; all when none is named")
    asked = parser.parse_args(arguments)
    out: Path = asked.out.resolve() / "quick" if asked.quick else asked.out.resolve()
    bench = Bench(out / "work", is_quick=asked.quick, is_long=asked.long)
    failed = False
    for name in asked.row or ROWS:
        if name in NEED_BROWSER and not browser.is_here():
            print(f"{name}\n  there is no chromium here (apt: chromium), so this row is left out", flush=True)
            continue
        try:
            row: Row = import_module(f"tests.benchmarks.{name}_row").measure(bench)
        except (OSError, AssertionError, EOFError, LookupError) as error:
            # One row that cannot be measured does not hide the others.
            print(f"{name}\n  not measured: {type(error).__name__}: {error}", flush=True)
            failed = True
            continue
        report.keep(row, out, SystemClock().now(), is_quick=asked.quick)
        print(report.table(row), flush=True)
    if not asked.quick:
        PAGE.write_text(report.page(out, list(ROWS)), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
