# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice back end as a process of its own, which can be killed and started again with all that it had.

python -m tests.faults.back_end_process FOLDER PORT    prints its port once it answers
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from commands.system_clock import SystemClock
from sync.practice import PracticeBackEnd
from tests.sync.road import CASE_TYPES

CLIENT_ID = "practice-faults"
SECRET = "only-for-the-practice-back-end-of-the-fault-runs"
JOURNAL = "practice.jsonl"


def back_end_on(folder: Path, port: int) -> PracticeBackEnd:
    """Give a back end that remembers what came in earlier runs."""
    return PracticeBackEnd(
        CASE_TYPES,
        clock=SystemClock(),
        port=port,
        client_id=CLIENT_ID,
        secret=SECRET,
        journal=folder / JOURNAL,
    )


class BackEndProcess:
    """Starts it, kills it and starts it again at the same port."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self._folder = folder
        self._repository = repository
        self._child: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> None:
        """Start it and wait until it answers."""
        asked = [sys.executable, "-m", "tests.faults.back_end_process", str(self._folder), str(self.port)]
        self._child = subprocess.Popen(asked, cwd=self._repository, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        self.port = int(self._child.stdout.readline())

    def kill(self) -> None:
        """End it without a warning, in the middle of anything."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            assert self._child.stdout is not None
            self._child.stdout.close()
            self._child = None


def main(folder: Path, port: int) -> None:
    with back_end_on(folder, port) as back_end:
        sys.stdout.write(f"{back_end.port}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
