# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make faults`: every fault run, short and long, in two processes beside each other, closing with one line of figures.

`make visits` is the same for the thousand visits, which look for what one visitor left behind for the next: hours.
`make week` is the same for a week of 2,000 visits: hours too.

Each file of tests goes whole to the process that has the least to do; what a file costs is guessed from its long tests
(`MINUTES`), and a wrong guess costs time only. What the processes say is told line by line as it comes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.figures import FILE, Outcomes, closing_line

HERE = Path(__file__).parent
TESTS = HERE.parent
BESIDES = (
    TESTS / "sync" / "test_outbox_model.py",
    TESTS / "domain" / "test_bsn_door.py",
    TESTS / "journeys" / "test_counter_twenty_cases.py",
)
"""The outbox next to its model, here with many more examples (`LOKET_MODEL_EXAMPLES`); 100,000 hidden numbers; a
counter's desk that is killed."""
VISITS = (HERE / "test_thousand_visits.py", HERE / "test_thousand_together.py")
WEEK = (HERE / "test_week.py",)
ONLY_VISITS, ONLY_WEEK = "--visits", "--week"
MINUTES = {
    "test_thousand_visits.py": 45.0,
    "test_thousand_together.py": 20.0,
    "test_kill_visit.py": 10.0,
    "test_under_fire.py": 8.0,
    "test_kill_answers.py": 6.0,
    "test_kill_submitting.py": 5.0,
    "test_references.py": 3.0,
    "test_kill_sending.py": 3.0,
    "test_fleet.py": 3.0,
    "test_counter_twenty_cases.py": 3.0,
    "test_power_cut.py": 1.5,
}
OTHERWISE = 0.5
PART = "--part"


def parts(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Divide the files, the longest first."""
    shares: tuple[list[Path], list[Path]] = ([], [])
    minutes = [0.0, 0.0]
    for file in sorted(files, key=lambda each: (-MINUTES.get(each.name, OTHERWISE), each.name)):
        least = minutes.index(min(minutes))
        shares[least].append(file)
        minutes[least] += MINUTES.get(file.name, OTHERWISE)
    return shares


def run_part(told: Path, files: Sequence[str]) -> int:
    """Run some files in this process, and keep what came of it."""
    outcomes = Outcomes()
    # The empty -m undoes "not long"; -v tells each run, for some take minutes. None stops the next.
    asked = ["-m", "", "-v", "--tb=short", "--timeout=14000", "-p", "no:cacheprovider", *files]
    code = int(pytest.main(asked, plugins=[outcomes]))
    outcomes.keep(told)
    return code


def _start(part: int, told: Path, files: Sequence[Path]) -> tuple[subprocess.Popen[str], threading.Thread]:
    asked = [sys.executable, "-m", "tests.faults", PART, str(told), *map(str, files)]
    process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def tell() -> None:
        for line in process.stdout or ():
            print(f"{part}: {line}", end="", flush=True)

    teller = threading.Thread(target=tell)
    teller.start()
    return process, teller


def _asked(words: Sequence[str]) -> Sequence[Path]:
    if ONLY_VISITS in words:
        return VISITS
    if ONLY_WEEK in words:
        return WEEK
    return [*sorted({*HERE.glob("test_*.py")} - {*VISITS, *WEEK}), *BESIDES]


def main() -> int:
    if PART in sys.argv[1:2]:
        return run_part(Path(sys.argv[2]), sys.argv[3:])
    began = time.monotonic()
    FILE.unlink(missing_ok=True)
    FILE.parent.mkdir(exist_ok=True)
    os.environ.setdefault("LOKET_MODEL_EXAMPLES", "400")
    running = []
    asked = _asked(sys.argv[1:])
    # A part without files would be every test there is.
    for part, files in enumerate(filter(None, parts(asked)), start=1):
        told = FILE.with_name(f"faults-{part}.json")
        told.unlink(missing_ok=True)
        running.append((*_start(part, told, files), told))
    outcomes, is_green = Outcomes(), True
    for process, teller, told in running:
        # A process that ended without keeping its outcomes is no green one.
        is_green &= process.wait() == 0 and told.exists()
        teller.join()
        if told.exists():
            outcomes.add(told)
    print(closing_line(time.monotonic() - began, outcomes, is_green=is_green), flush=True)
    return int(not is_green)


if __name__ == "__main__":
    sys.exit(main())
