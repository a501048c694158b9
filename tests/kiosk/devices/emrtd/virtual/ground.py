# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real pcscd with virtual readers, for one file of tests: its own socket, nothing installed.

The driver comes from Debian's vsmartcard-vpcd, taken apart under build/ by deploy/setup.sh. It listens on all
addresses, and pcscd's own socket lies at a fixed place: a network and a mount namespace give each ground its own. A
machine without them (a bare chroot has no mount namespace, a container often neither) gives ports of its own, and the
grounds of all processes take turns.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import IO

from tests.kiosk.devices.emrtd.virtual.card import VirtualCard
from tests.kiosk.devices.emrtd.virtual.vpcd import Lying, connect

REPOSITORY = Path(__file__).resolve().parents[5]
DRIVER = REPOSITORY / "build/vpcd/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
SOCKET = Path("/run/pcscd/pcscd.comm")
READER = "Virtual PCD"
NAMES = (f"{READER} 00 00", f"{READER} 00 01")  # its two slots, as PC/SC names them: two readers to everybody
# pcscd looks every 400 ms. A card that comes before it saw the last one go it misses for ever: that happens after one
# that went while it was spoken to, for then the driver knows and pcscd not yet.
_POLLED_S = 0.6
_CLONE_NEWNET = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)
# What lasts as long as the process that holds it: a loopback, and a /run.
_LOOPBACK = "ip link set lo up"
_RUN = "mount -t tmpfs none /run && mkdir /run/pcscd"
_WAYS = (("net", "mount"), ("net",))


def why_not() -> str:
    """Say why no virtual reader can run here, or nothing."""
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    missing = [tool for tool in ("pcscd", "unshare", "nsenter", "ip") if shutil.which(tool, path=path) is None]
    if missing:
        return f"not installed: {', '.join(missing)} (deploy/apt-test.txt)"
    if not DRIVER.exists():
        return "the virtual reader is not here: make setup fetches it"
    if os.geteuid() != 0:
        return "needs root, for pcscd"
    return ""


def wait_until(is_so: Callable[[], bool], seconds: float = 10) -> bool:
    """Look every 20 ms whether something is so."""
    pause, ends = Event(), monotonic() + seconds
    while not is_so():
        if monotonic() > ends:
            return False
        pause.wait(0.02)
    return True


class Ground:
    """One pcscd with the one reader of two slots that the driver bears: who connects to one of `ports` lies there."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.ports = [port, port + 1]
        self._folder = folder
        self._lock: IO[bytes] | None = None
        self._holder: subprocess.Popen[bytes] | None = None
        self._spaces: tuple[str, ...] = ()
        self._lying: dict[int, Lying] = {}
        self._daemon: subprocess.Popen[bytes] | None = None
        self.write_readers(1)
        self._hold()

    @property
    def socket_path(self) -> Path:
        """Give where PC/SC clients find it, for the variable PCSCLITE_CSOCK_NAME."""
        if self._holder is None or "mount" not in self._spaces:
            return SOCKET
        return Path(f"/proc/{self._holder.pid}/root{SOCKET}")

    @property
    def environment(self) -> dict[str, str]:
        return {"PCSCLITE_CSOCK_NAME": str(self.socket_path)}

    @property
    def pid(self) -> int:
        assert self._daemon is not None
        return self._daemon.pid

    def write_readers(self, count: int) -> None:
        """Say whether the reader is there (1) or not (0), from the next start or SIGUSR1 on."""
        configuration = self._folder / "readers"
        configuration.mkdir(exist_ok=True)
        file, port = configuration / "virtual", self.ports[0]
        if count:
            file.write_text(
                f'FRIENDLYNAME "{READER}"\nDEVICENAME /dev/null:{port}\nLIBPATH {DRIVER}\nCHANNELID {port}\n'
            )
        else:
            file.unlink(missing_ok=True)

    def _hold(self) -> None:
        for spaces in _WAYS:
            steps = f"{_LOOPBACK} && {_RUN}" if "mount" in spaces else _LOOPBACK
            command = ["unshare", *(f"--{space}" for space in spaces), "sh", "-c", f"{steps} && echo held && exec cat"]
            holder = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
            assert holder.stdout is not None
            if holder.stdout.readline() == b"held\n":
                self._holder, self._spaces = holder, spaces
                break
            holder.communicate()
        if "mount" not in self._spaces:
            self._lock = (REPOSITORY / "build/vpcd/turn.lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            assert not self.answers(), "a pcscd of this machine is in the way, and no mount namespace to go aside"

    def start(self) -> None:
        """Start pcscd, and wait until it answers."""
        command = ["pcscd", "--foreground", "--config", str(self._folder / "readers")]
        if self._holder is not None:
            spaces = (f"--{space}" for space in self._spaces)
            command = ["nsenter", "--target", str(self._holder.pid), *spaces, "--", *command]
        with (self._folder / "pcscd.log").open("ab") as log:
            self._daemon = subprocess.Popen(command, stdout=log, stderr=log, env=_environment())
        assert wait_until(self.answers), (self._folder / "pcscd.log").read_text(errors="replace")[-1500:]

    def lay(self, card: VirtualCard, reader: int = 0) -> Lying:
        """Lay a card on a reader."""
        if (last := self._lying.get(reader)) is not None:
            assert last.gone_at, "a card lies on this reader"
            looks_s = _POLLED_S * (4 if last.left_by_itself else 1)
            Event().wait(max(0, last.gone_at + looks_s - monotonic()))
        self._lying[reader] = lying = Lying(card, partial(self._connect, self.ports[reader]))
        return lying

    def _connect(self, port: int) -> socket.socket:
        """Connect from inside the ground's network; a socket stays in the one it was made in."""
        holder = self._holder
        if holder is None:
            return connect(port)

        def inside() -> socket.socket:
            with Path(f"/proc/{holder.pid}/ns/net").open("rb") as space:
                if _LIBC.setns(space.fileno(), _CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), "setns")
            return connect(port)

        with ThreadPoolExecutor(1, thread_name_prefix="inside") as thread:  # the thread changes its network, and ends
            return thread.submit(inside).result()

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
            line.connect(str(self.socket_path))
            return True
        return False

    def kill(self) -> None:
        """End pcscd as a crash would."""
        self.stop(signal.SIGKILL)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        if self._daemon is not None:
            self._daemon.send_signal(sign)
            self._daemon.wait(10)
            self._daemon = None

    def close(self) -> None:
        """Leave nothing behind."""
        self.stop()
        if self._holder is not None:
            self._holder.communicate(timeout=5)
        if self._lock is not None:
            self._lock.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port
