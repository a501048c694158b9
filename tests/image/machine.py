# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tested machine: QEMU without KVM, with UEFI, a screen that is looked at and keys that are pressed.

What is seen and pressed goes through QMP, as a camera and a hand would; only what no hand can do is for the agent.
"""

from __future__ import annotations

import json
import operator
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CODE = Path("/usr/share/OVMF/OVMF_CODE_4M.fd")
VARIABLES = Path("/usr/share/OVMF/OVMF_VARS_4M.fd")
# A kiosk's screen, lying.
WIDTH, HEIGHT = 1920, 1080
# Parts of the screen that may differ while it is still the same screen.
SAME = 0.002


def pause(seconds: float) -> None:
    """Let the machine do something; it has its own clock, which is no part of this process."""
    threading.Event().wait(seconds)


class TooSlowError(Exception):
    """Something did not come in the time that it was given."""


class Line:
    """A socket of QEMU on which each line is one JSON value."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        ends = time.monotonic() + 20
        while True:
            try:
                self._socket.connect(str(path))
                break
            except OSError:
                if time.monotonic() > ends:
                    raise
                pause(0.1)
        self._read = b""

    def say(self, value: object) -> None:
        self._socket.sendall(json.dumps(value).encode() + b"\n")

    def hear(self, seconds: float) -> Any:
        ends = time.monotonic() + seconds
        while b"\n" not in self._read:
            left = ends - time.monotonic()
            if left <= 0:
                raise TooSlowError(f"no answer in {seconds:.0f} s")
            self._socket.settimeout(left)
            try:
                piece = self._socket.recv(65536)
            except TimeoutError:
                continue
            if not piece:
                raise ConnectionError("the machine is off")
            self._read += piece
        one, _, self._read = self._read.partition(b"\n")
        return json.loads(one)

    def close(self) -> None:
        self._socket.close()


class Picture:
    """What stood on the screen at one moment."""

    def __init__(self, ppm: bytes) -> None:
        head, size, _, self.pixels = ppm.split(b"\n", 3)
        assert head == b"P6", head
        self.width, self.height = map(int, size.split())

    def differs(self, other: Picture) -> float:
        """Give which part of the pixels is not the same."""
        if len(self.pixels) != len(other.pixels):
            return 1.0
        if self.pixels == other.pixels:
            return 0.0
        row = self.width * 3
        wrong = 0
        for at in range(0, len(self.pixels), row):
            mine, theirs = self.pixels[at : at + row], other.pixels[at : at + row]
            if mine != theirs:
                wrong += max(sum(map(operator.ne, mine[part::3], theirs[part::3])) for part in range(3))
        return wrong / (self.width * self.height)

    @property
    def colours(self) -> int:
        """Give how many colours there are: a text console has few, a black screen one."""
        step = 3 * 7
        return len({self.pixels[i : i + 3] for i in range(0, len(self.pixels) - 2, step)})

    def save(self, to: Path) -> None:
        """Write it as PNG."""
        from PySide6.QtGui import QImage

        image = QImage(self.pixels, self.width, self.height, self.width * 3, QImage.Format.Format_RGB888)
        to.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(to)), to


class Machine:
    """One run, from power on to power off. `more`: words for QEMU, for who looks why it does not start."""

    more: tuple[str, ...] = ()

    def __init__(self, folder: Path, disk: Path, stick: Path | None = None) -> None:
        self._folder = folder
        variables = folder / "vars.fd"
        if not variables.exists():
            variables.write_bytes(VARIABLES.read_bytes())
        for name in ("qmp", "agent"):
            (folder / name).unlink(missing_ok=True)
        command = [
            # Whatever ends the test ends the machine.
            "setpriv", "--pdeathsig", "KILL",
            "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max,la57=off",
            "-m", "2048", "-smp", "2",
            "-nodefaults", "-display", "none", "-no-user-config",
            "-drive", f"if=pflash,format=raw,readonly=on,file={CODE}",
            "-drive", f"if=pflash,format=raw,file={variables}",
            "-drive", f"if=none,id=disk,format=raw,file={disk}", "-device", "virtio-blk-pci,drive=disk,bootindex=1",
            # Without KVM a healthy machine may be silent for as long as its watchdog allows.
            "-watchdog-action", "none",
            "-device", f"virtio-vga,xres={WIDTH},yres={HEIGHT}",
            "-device", "qemu-xhci,id=usb", "-device", "usb-kbd,bus=usb.0", "-device", "usb-tablet,bus=usb.0",
            "-netdev", "user,id=net,restrict=off", "-device", "virtio-net-pci,netdev=net,romfile=",
            "-device", "virtio-rng-pci",
            "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=agent,path={folder}/agent,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=loket.test",
            "-qmp", f"unix:{folder}/qmp,server=on,wait=off",
            *self.more,
        ]  # fmt: skip
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stderr=(folder / "qemu.log").open("a"),
            # So that our looking does not take the machine's share of the processors.
            start_new_session=True,
        )
        self._qmp = Line(folder / "qmp")
        self._qmp.hear(20)
        self.ask("qmp_capabilities")
        self._agent = Line(folder / "agent")
        self._asked = 0
        if stick is not None:
            self.plug(stick)

    # -- hands and eyes ------------------------------------------------------------------------------------------------

    def ask(self, command: str, **arguments: object) -> Any:
        """Ask QEMU itself."""
        self._qmp.say({"execute": command, "arguments": arguments})
        while True:
            said = self._qmp.hear(60)
            if "error" in said:
                raise RuntimeError(f"{command}: {said['error']['desc']}")
            if "return" in said:
                return said["return"]

    def look(self) -> Picture:
        """Give what stands on the screen."""
        path = self._folder / "screen.ppm"
        self.ask("screendump", filename=str(path))
        return Picture(path.read_bytes())

    def press(self, *keys: str, hold_ms: int = 80) -> None:
        """Press keys together."""
        self.ask("send-key", keys=[{"type": "qcode", "data": key} for key in keys], **{"hold-time": hold_ms})
        pause(hold_ms / 1000 + 0.08)

    def press_and_see(self, key: str, seconds: float = 3) -> None:
        """Press a key as somebody does who looks: the next comes when the screen has answered, or after a while.

        Let go of at once: on a machine without KVM a key that is held for long is a key that repeats.
        """
        before, ends = self.look(), time.monotonic() + seconds
        self.press(key, hold_ms=30)
        while self.look().differs(before) < SAME / 10 and time.monotonic() < ends:
            pause(0.1)

    def plug(self, stick: Path, name: str = "stick") -> None:
        """Put a USB stick in."""
        self.ask("blockdev-add", **{"node-name": name, "driver": "raw", "read-only": True,
                 "file": {"driver": "file", "filename": str(stick), "read-only": True}})  # fmt: skip
        self.ask("device_add", driver="usb-storage", bus="usb.0", drive=name, id=f"{name}-device", removable=True)

    def pull(self, name: str = "stick") -> None:
        """Take it out."""
        self.ask("device_del", id=f"{name}-device")
        pause(2)
        self.ask("blockdev-del", **{"node-name": name})

    def settled(self, seconds: float = 40, quiet: int = 2) -> Picture:
        """Wait until the screen stays as it is for a while."""
        ends = time.monotonic() + seconds
        before, same = self.look(), 0
        while same < quiet:
            if time.monotonic() > ends:
                raise TooSlowError("the screen does not come to rest")
            pause(0.7)
            now = self.look()
            same = same + 1 if now.differs(before) < SAME / 10 else 0
            before = now
        return before

    def wait_for(self, wanted: str, holds: Callable[[], bool], seconds: float, every_s: float = 1.5) -> float:
        """Wait until something holds; give how long it took."""
        begun = time.monotonic()
        while not holds():
            if self._process.poll() is not None:
                raise ConnectionError("the machine is off")
            if time.monotonic() - begun > seconds:
                raise TooSlowError(f"{wanted} did not come in {seconds:.0f} s")
            pause(every_s)
        return time.monotonic() - begun

    # -- inside --------------------------------------------------------------------------------------------------------

    def inside(self, command: str, seconds: float = 300) -> tuple[int, str]:
        """Let the agent run a command; its code and what it said."""
        self._asked += 1
        self._agent.say([self._asked, command])
        while True:
            number, code, out, err = self._agent.hear(seconds)
            # An answer that came too late for who asked is no answer to this.
            if number == self._asked:
                return code, out + err

    # -- power ---------------------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """Take the power away: nothing in the machine hears of it."""
        self._process.kill()
        self._process.wait()
        self._agent.close()
        self._qmp.close()

    @property
    def seconds(self) -> float:
        """Give how long the machine is on."""
        return time.monotonic() - self.started
