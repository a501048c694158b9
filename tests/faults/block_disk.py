# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real ext4 on a block device that remembers every request, to be cut off from its power afterwards.

qemu-storage-daemon (blklogwrites) -> FUSE -> loop -> ext4, in a mount and process namespace of its own: whatever ends
this program also ends the daemon, the mounts and the loop device. `python -m tests.faults.block_disk` is that program;
what comes of it is one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.block_log import Replay, Request, read_log
from tests.faults.submitting_when_told import DELIVER, SUBMIT, TIDY
from tests.faults.test_power_cut import lost_in

TOOLS = ("qemu-storage-daemon", "unshare", "mkfs.ext4", "e2fsck", "mount", "umount")
DEVICES = (Path("/dev/fuse"), Path("/dev/loop-control"))
CANNOT = 77
OWN_NAMESPACES = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
_DISK_BYTES = 48 << 20


@dataclass(frozen=True, slots=True)
class Cuts:
    """What came of the power cuts."""

    acts: int
    requests: int
    states: int
    dropped: int  # writes that never reached the disk
    told: int  # cases and deliveries that were told, over all states
    lost: int  # of those, what was not there
    bad: int  # states in which something was lost


def why_not() -> str | None:
    """Give why no power can be cut here; None when it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "making a block device takes root"
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    missing = [tool for tool in TOOLS if shutil.which(tool, path=places) is None]
    missing += [str(device) for device in DEVICES if not device.exists()]
    if missing:
        return f"this machine has no {', '.join(missing)} (deploy/apt-faults.txt names the package)"
    tried = subprocess.run([*OWN_NAMESPACES, "true"], capture_output=True, check=False)
    return "this machine gives no mount namespace" if tried.returncode else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What somebody was told, and where the log ended then."""

    what: str
    log_bytes: int


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@contextmanager
def _mounted(what: Path, where: Path, options: str) -> Iterator[Path]:
    where.mkdir(exist_ok=True)
    # `mount` frees the loop device itself once nothing is mounted from it.
    _run("mount", "-t", "ext4", "-o", options, what, where)
    try:
        yield where
    finally:
        _run("umount", where)


@contextmanager
def _logging_device(folder: Path) -> Iterator[Path]:
    export = folder / "export"
    export.touch()
    (folder / "log").touch()
    asked = ["qemu-storage-daemon"]
    for node in (
        f"driver=file,node-name=disk,filename={folder / 'disk'}",
        f"driver=file,node-name=log,filename={folder / 'log'}",
        "driver=blklogwrites,node-name=both,file=disk,log=log,log-sector-size=512",
    ):
        asked += ["--blockdev", node]
    asked += ["--export", f"type=fuse,id=export,node-name=both,mountpoint={export},writable=on,allow-other=off"]
    with (folder / "daemon.txt").open("wb") as says, subprocess.Popen(asked, stdout=says, stderr=says) as daemon:
        try:
            until = time.monotonic() + 20
            while export.stat().st_size == 0:
                if daemon.poll() is not None or time.monotonic() > until:
                    raise OSError((folder / "daemon.txt").read_text(errors="replace").strip())
                os.sched_yield()
            yield export
        finally:
            daemon.terminate()
            daemon.wait(20)


def _live(folder: Path, acts: int, seed: int, kind: str) -> list[_Told]:
    """Let a store live on the disk; give what was told meanwhile."""
    chance, told = random.Random(seed), []
    (folder / "disk").touch()
    os.truncate(folder / "disk", _DISK_BYTES)
    _run("mkfs.ext4", "-q", "-F", "-b", "4096", "-J", "size=4", folder / "disk")
    _run("cp", "--sparse=always", folder / "disk", folder / "image")
    with ExitStack() as stack:
        try:
            export = stack.enter_context(_logging_device(folder))
            disk = stack.enter_context(_mounted(export, folder / "live", "loop"))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"no block device here: {error}", file=sys.stderr)
            sys.exit(CANNOT)
        (disk / "data").mkdir()
        asked = [sys.executable, "-m", "tests.faults.submitting_when_told", str(disk / "data"), kind]
        with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as kiosk:
            assert kiosk.stdin is not None
            assert kiosk.stdout is not None
            for number in range(acts):
                act = TIDY if number % 80 == 79 else chance.choices((SUBMIT, DELIVER), (0.7, 0.3))[0]
                kiosk.stdin.write(f"{act}\n")
                kiosk.stdin.flush()
                what = kiosk.stdout.readline()
                if not what.endswith("\n"):
                    raise AssertionError("the kiosk on the disk stopped")
                if what.strip():
                    told.append(_Told(what.strip(), (folder / "log").stat().st_size))
            kiosk.stdin.close()
    return told


def _as_found(folder: Path) -> dict[str, bytes]:
    """Start the file system as any machine does after a power cut, and read the store on it, changing nothing."""
    checked = subprocess.run(["e2fsck", "-p", folder / "state"], capture_output=True, check=False)
    if checked.returncode >= 4:
        raise AssertionError(f"ext4 itself is broken: {checked.stdout!r}")
    with _mounted(folder / "state", folder / "found", "loop,ro") as disk:
        return {file.name: file.read_bytes() for file in disk.glob("data/loket.db*")}


def _cut(folder: Path, told: list[_Told], requests: list[Request], states: int, seed: int) -> Cuts:
    chance = random.Random(seed)
    replay = Replay(folder / "log", requests, folder / "image")
    numbers = {request.at: number for number, request in enumerate(requests)}
    # Read while the kiosk waited for us: no request of its own was on the way.
    ends = [numbers.get(each.log_bytes, -1) for each in told]
    assert min(ends) > 0, "what was told cannot be placed in the log"
    # Half right after something was told, where the temptation to lose it is greatest.
    moments = [chance.choice(ends) if state % 2 else chance.randint(ends[0], ends[-1]) for state in range(states)]
    dropped = said = lost = bad = 0
    for state, moment in enumerate(sorted(moments)):
        dropped += replay.cut(moment, folder / "state", chance)
        known = {each.what for each, end in zip(told, ends, strict=True) if end <= moment}
        gone = lost_in(folder / f"opened-{state}", _as_found(folder), known)
        shutil.rmtree(folder / f"opened-{state}")
        said, lost, bad = said + len(known), lost + len(gone), bad + bool(gone)
    return Cuts(len(told), len(requests), states, dropped, said, lost, bad)


def main(folder: Path, kind: str, acts: int, states: int, seed: int) -> None:
    told = _live(folder, acts, seed, kind)
    print(json.dumps(asdict(_cut(folder, told, read_log(folder / "log"), states, seed))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6]))
