# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ground under the simulated week: a clock to set, a disk to fill, a case system for all services.

What happens on it is `tests.faults.week`'s.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commands.configuration import load_settings
from commands.system_clock import SystemClock
from resources.service_library import ServiceLibrary
from sync.practice import PracticeBackEnd

CLIENT_ID = "practice-week"
SECRET = "only-for-the-practice-back-end-of-the-week"
JOURNAL = "practice.jsonl"
DISK_MB = 96
ROOM_LEFT = 24 * 1024  # on the full disk: less than a case takes
OWN_MOUNTS = ("unshare", "--mount", "--propagation", "private")
_TRIES = 5
_MOVED_CLOCK = Path(__file__).parent / "moved_clock"
_REPOSITORY = Path(__file__).resolve().parents[2]


class SetClock:
    """Moves what the processes of Loket take for the time, by a file that they read again each time they ask."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.offset_s = 0
        self.set(0)

    def set(self, offset_s: int) -> None:
        """Have the time be so many seconds later than it is."""
        self.offset_s = offset_s
        draft = self._file.with_suffix(".draft")
        draft.write_text(str(offset_s), encoding="ascii")
        draft.replace(self._file)

    def surroundings(self) -> Mapping[str, str]:
        """Give what a process needs in its environment to go by this clock."""
        path = os.pathsep.join(map(str, (_MOVED_CLOCK, _REPOSITORY)))
        return {"LOKET_TEST_CLOCK": str(self._file), "PYTHONPATH": path}


@dataclass(slots=True)
class SmallDisk:
    """A disk in memory under the data folder, where this process may make one; it can be filled and emptied."""

    folder: Path
    is_small: bool = False
    _ballast: Path = field(init=False)

    def __post_init__(self) -> None:
        self._ballast = self.folder / "ballast"

    def mount(self) -> None:
        """Lay it under the folder; only in a mount namespace of our own (`OWN_MOUNTS`)."""
        self.folder.mkdir(mode=0o700)
        asked = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0700", "loket-week", str(self.folder)]
        self.is_small = subprocess.run(asked, capture_output=True, check=False).returncode == 0

    def fill(self) -> None:
        """Leave next to no room."""
        if not self.is_small:
            return
        for _ in range(_TRIES):  # others write meanwhile
            free = shutil.disk_usage(self.folder).free
            with contextlib.suppress(OSError), self._ballast.open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, self._ballast.stat().st_size + max(free - ROOM_LEFT, 1))
                return

    def empty(self) -> None:
        """Give the room back."""
        with contextlib.suppress(OSError):
            self._ballast.unlink(missing_ok=True)


def may_mount() -> bool:
    """Tell whether a disk can be made here without touching the mounts of others."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    return subprocess.run([*OWN_MOUNTS, "true"], capture_output=True, check=False).returncode == 0


def back_end_on(folder: Path, config: Path) -> PracticeBackEnd:
    """Give a case system that knows the case types of every service."""
    settings = load_settings(config)
    case_types = {
        settings.sync.case_type_of(service.id): tuple(
            question.case_property for question in service.questions if question.case_property
        )
        for service in ServiceLibrary.load().services
    }
    return PracticeBackEnd(
        case_types, clock=SystemClock(), client_id=CLIENT_ID, secret=SECRET, journal=folder / JOURNAL
    )


@contextlib.contextmanager
def back_end_process(folder: Path, config: Path, surroundings: Mapping[str, str]) -> Iterator[int]:
    """Run it as a process of its own, by a clock of its own; give its port."""
    asked = [sys.executable, "-m", "tests.faults.week_ground", str(folder), str(config)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True, env={**os.environ, **surroundings}) as child:
        try:
            assert child.stdout is not None
            yield int(child.stdout.readline())
        finally:
            child.kill()


def files_in(folder: Path, but: Sequence[str] = ()) -> tuple[int, int]:
    """Give how many files lie in a folder and below, and their bytes; not those below a folder named in `but`."""
    found: list[Path] = []
    with contextlib.suppress(FileNotFoundError):  # a folder that goes meanwhile
        found += (file for file in folder.rglob("*") if file.is_file() and not set(but) & set(file.parts))
    sizes = []
    for file in found:
        with contextlib.suppress(OSError):
            sizes.append(file.stat().st_size)
    return len(sizes), sum(sizes)


def own_memory_mb(pids: Sequence[int]) -> float:
    """Give what these processes hold that no file can give back, and nobody shares: where a leak is.

    Pages of files, such as Qt's, count for each process by how many others happen to have them: that goes up and down
    with the windows of the moment.
    """
    total_kb = 0
    for pid in filter(None, pids):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith(("Pss_Anon:", "Pss_Shmem:", "SwapPss:")):
                    total_kb += int(line.split()[1])
    return total_kb / 1024


def open_files(pid: int) -> int:
    """Give how many files and sockets a process holds."""
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return 0


def main(folder: Path, config: Path) -> None:
    with back_end_on(folder, config) as back_end:
        sys.stdout.write(f"{back_end.port}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
