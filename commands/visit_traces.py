# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a visit may leave beside its process, a temp folder and a page in the print queue: taken away and checked.

The supervisor uses it at every end of a visit, so it is quick and knows no Qt. The thorough search is `loket wipe`.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.settings import Settings

PREFIX = "loket-visit-"
PAPER_FOLDER = "simulated-printer"  # what `--simulate` writes instead of paper
DOCUMENTS = (b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"RIFF", b"OggS", b"fLaC", b"ID3")
_JOB = r"loket-[0-9a-f]{16}"  # how our pages are called in a print queue (`kiosk.printing`)
_PATIENCE_S = 5.0


def temp_home() -> Path:
    """Give where temp folders of visits are: memory where the system has such a folder, never a shared disk folder."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108  each visit gets its own, 0700
        if sys.platform == "linux" and folder and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    import tempfile

    return Path(tempfile.gettempdir())


def new_temp_folder() -> Path:
    """Make a temp folder for one visit; its name tells whose it is, so that it is found after a crash."""
    folder = temp_home() / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def clear_abandoned() -> int:
    """Take away what supervisors left that are not there any more; give how many folders."""
    cleared = 0
    for folder in temp_home().glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
            cleared += not folder.exists()
    return cleared


def media_folders(settings: Settings) -> frozenset[Path]:
    """Give the folders where pictures and clips belong, wherever the settings put them: they are no trace."""
    named = (settings.kiosk.pictures_dir, settings.speech.voice_dir)
    return frozenset(folder.resolve() for folder in named if folder is not None)


def traces_of(temp: Path, data_dir: Path | None, since: float, apart: frozenset[Path] = frozenset()) -> tuple[str, ...]:
    """Take away what a visit that is gone left, and name where something still is; `apart` is not looked in."""
    shutil.rmtree(temp, ignore_errors=True)
    left = []
    if temp.exists():
        left.append("temp folder")
    if data_dir is not None and any(_documents_in(data_dir.resolve(), since, apart)):
        left.append("data directory")
    if _has_waiting_page():
        left.append("print queue")
    return tuple(left)


def _documents_in(folder: Path, since: float, apart: frozenset[Path]) -> Iterator[Path]:
    """Give the pages, pictures and recordings that lie readable in a folder since then."""
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            listed = list(entries)
        for entry in listed:
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != PAPER_FOLDER and Path(entry.path) not in apart:
                        yield from _documents_in(Path(entry.path), since, apart)
                elif entry.is_file(follow_symlinks=False) and entry.stat().st_mtime >= since:
                    with open(entry.path, "rb") as file:  # noqa: PTH123  thousands of files at every end of a visit
                        if file.read(8).startswith(DOCUMENTS):
                            yield Path(entry.path)


def _has_waiting_page() -> bool:
    # By the title, which `lpstat` does not tell; and never for longer than this, whatever server is asked.
    titles: list[str] = []
    asks = threading.Thread(target=lambda: titles.extend(_waiting_titles()), daemon=True)
    asks.start()
    asks.join(_PATIENCE_S)
    return any(re.fullmatch(_JOB, title) for title in titles)


def _waiting_titles() -> tuple[str, ...]:
    from kiosk.print_queue import system_queue

    queue = system_queue()
    return () if queue is None else queue.waiting_titles()


def family(pid: int) -> list[int]:
    """Give a process and all that it started, such as its voice; only itself where the system does not tell."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                found += family(int(child))
    return found


def outlives(pids: Iterable[int], patience_s: float = _PATIENCE_S) -> list[int]:
    """Wait until these processes are gone; give those that are not."""
    until = time.monotonic() + patience_s
    pause = threading.Event()
    while left := [pid for pid in pids if is_alive(pid)]:
        if time.monotonic() > until:
            return left
        pause.wait(0.01)
    return []


def is_alive(pid: int) -> bool:
    """Tell whether a process still has its memory: one that ended and was not asked after yet knows nothing."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return Path("/proc/self").exists() is False
    except (OSError, IndexError):
        return True
