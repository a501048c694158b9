# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starts and ends what is measured, and reads how much memory and work it takes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1366, 768


@contextlib.contextmanager
def x_server(width: int = WIDTH, height: int = HEIGHT) -> Iterator[str]:
    """Run a screen without a monitor; give its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def environment(display: str, folder: Path, **more: str) -> dict[str, str]:
    """Give the surroundings of a kiosk: this display, no sound server, nothing of the user's own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    runtime = folder / "runtime"
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = {"DISPLAY": display, "HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime), "PYTHONUTF8": "1"}
    return {**kept, **own, **more}


@contextlib.contextmanager
def running(
    command: Sequence[str], surroundings: Mapping[str, str], *, is_talking: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Run a program in a session of its own, and end all of it afterwards."""
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if is_talking else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def loket(*words: str) -> list[str]:
    """Give the command line of our own program, as an operator's service file has it."""
    return [sys.executable, "main.py", *words]


def write_settings(folder: Path) -> Path:
    """Write settings that keep everything in one folder; give the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "loket.toml"
    path.write_text(
        f'[device]\nid = "bench-01"\nrsin = "002564440"\ndata_dir = "{folder / "data"}"\n', encoding="utf-8"
    )
    return path


def fresh(folder: Path) -> Path:
    """Give an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def children(pid: int) -> list[int]:
    """Give the processes that this one started."""
    entries = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return sorted(int(entry.name) for entry in entries if _parent(entry) == pid)


def family(pid: int) -> list[int]:
    """Give a process and everything below it."""
    return [pid, *(each for child in children(pid) for each in family(child))]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def memory_mb(pids: Sequence[int]) -> float:
    """Give the proportional share of memory (PSS) of these processes."""
    total_kb = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Pss:"):
                    total_kb += int(line.split()[1])
    return total_kb / 1024


def work_ticks(pid: int) -> int:
    """Give how much processor time a process has taken."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def pause(seconds: float) -> None:
    """Let a person's pause go by: what is measured must be at rest before the next round."""
    threading.Event().wait(seconds)


def wait_until_idle(pids: Sequence[int], *, still_s: float = 0.2, patience_s: float = 15.0) -> None:
    """Wait until these processes have nothing to do.

    Raises: TimeoutError.
    """
    still, waited = 0.0, 0.0
    step = 0.05
    before = [work_ticks(pid) for pid in pids]
    while still < still_s:
        pause(step)
        waited += step
        after = [work_ticks(pid) for pid in pids]
        still = still + step if after == before else 0.0
        before = after
        if waited > patience_s:
            raise TimeoutError("a process does not come to rest")


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return -1
