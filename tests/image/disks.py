# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Disks of the tested machine, handled while it is off: its own, a stick, and what lies on its data partition."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_MIB = 1024 * 1024
_ESP_AT = _MIB
_AGENT_UNIT = """
[Unit]
DefaultDependencies=no
After=systemd-udevd.service
[Service]
ExecStart=/usr/bin/python3 -I /run/loket-test/agent.py
Restart=always
"""
# In the order of the image's own initrd, and after it: lay the agent where systemd looks before it looks.
_HOOK = """#!/bin/sh
[ "$1" = prereqs ] && exit 0
mkdir -p /run/loket-test /run/systemd/system/sysinit.target.wants
cat /loket-test/agent.py >/run/loket-test/agent.py
cat /loket-test/loket-test.service >/run/systemd/system/loket-test.service
ln -s ../loket-test.service /run/systemd/system/sysinit.target.wants/loket-test.service
"""


def run(*command: str | Path, **more: object) -> str:
    """Run a tool; what it says on its standard output."""
    done = subprocess.run([*map(str, command)], check=False, capture_output=True, text=True, **more)  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
    said: str = done.stdout
    return said


def new_disk(image: Path, to: Path, size: str) -> None:
    """Make a disk as an engineer does: the image written to it, and more room behind it."""
    run("cp", "--sparse=always", image, to)
    run("qemu-img", "resize", "-q", "-f", "raw", to, size)


def bring_agent(disk: Path, folder: Path) -> None:
    """Add the agent to the boot partition of this disk; the root partition stays as it is."""
    esp = f"{disk}@@{_ESP_AT}"
    tree = folder / "initrd"
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "loket-test").mkdir(parents=True)
    (tree / "scripts" / "init-bottom").mkdir(parents=True)
    run("mcopy", "-o", "-i", esp, "::/loket/initrd", folder / "own-initrd")
    order = run("sh", "-c", f"zstd -dcf {folder}/own-initrd | cpio -i --quiet --to-stdout scripts/init-bottom/ORDER")
    assert "loket-machine-id" in order, "the image's own script is not in its initrd"
    (tree / "scripts/init-bottom/ORDER").write_text(order + '/scripts/init-bottom/loket-test "$@"\n', "ascii")
    hook = tree / "scripts/init-bottom/loket-test"
    hook.write_text(_HOOK, "ascii")
    hook.chmod(0o755)
    shutil.copyfile(Path(__file__).with_name("guest_agent.py"), tree / "loket-test/agent.py")
    (tree / "loket-test/loket-test.service").write_text(_AGENT_UNIT, "ascii")
    run("sh", "-c", f"cd {tree} && find . | cpio -o --quiet -H newc -R 0:0 >{folder}/test-initrd")
    own = (folder / "own-initrd").read_bytes()
    # The kernel looks for a second archive at a multiple of four only.
    both = own + bytes(-len(own) % 4) + (folder / "test-initrd").read_bytes()
    (folder / "both-initrds").write_bytes(both)
    run("mcopy", "-o", "-i", esp, folder / "both-initrds", "::/loket/initrd")


def new_stick(to: Path, files: Mapping[str, bytes], label: str = "LOKET") -> None:
    """Make a USB stick with these files."""
    to.unlink(missing_ok=True)
    run("mkfs.vfat", "-F", "32", "-n", label, "-C", to, "65536")
    for name, content in files.items():
        above = ""
        for part in name.split("/")[:-1]:
            above += f"/{part}"
            subprocess.run(["mmd", "-i", to, "-D", "s", f"::{above}"], check=False, capture_output=True)
        run(
            "sh",
            "-c",
            f"cat >{to}.file && mcopy -o -i {to} {to}.file ::/{name}; rm -f {to}.file",
            input=content.decode("latin-1"),
            encoding="latin-1",
        )


def read_data(disk: Path, to: Path) -> Path:
    """Copy what lies on the data partition of a machine that is off, its journal replayed as at the next boot."""
    table = json.loads(run("sfdisk", "--json", disk))["partitiontable"]
    part = next(each for each in table["partitions"] if each.get("name") == "loket-data")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    copy = to / "data.img"
    with disk.open("rb") as source, copy.open("wb") as target:
        source.seek(part["start"] * 512)
        left = part["size"] * 512
        os.ftruncate(target.fileno(), left)
        at = 0
        while left > 0 and (piece := source.read(min(_MIB, left))):
            if piece.count(0) != len(piece):
                target.seek(at)
                target.write(piece)
            at, left = at + len(piece), left - len(piece)
    subprocess.run(["e2fsck", "-fy", copy], check=False, capture_output=True)  # 1: something was mended
    (to / "files").mkdir()
    run("debugfs", "-R", f"rdump /lib/loket /lib/loket-image {to}/files", copy)
    return to / "files"
