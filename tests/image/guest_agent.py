# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs inside the tested machine: does what the test asks over a line of its own, as root. It is not in the image.

The test lays it in a second initrd, on its own copy of the boot partition; whoever can do that owns the machine anyway.
"""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path

PORT = Path("/dev/virtio-ports/loket.test")


def main() -> None:
    while not PORT.exists():
        threading.Event().wait(0.2)
    with PORT.open("r+b", buffering=0) as line:
        asked = b""
        while True:
            piece = line.read(4096)
            if not piece:
                threading.Event().wait(0.1)
                continue
            asked += piece
            while b"\n" in asked:
                one, _, asked = asked.partition(b"\n")
                number, command = json.loads(one)
                done = subprocess.run(
                    ["/bin/sh", "-c", command], capture_output=True, text=True, errors="replace", check=False
                )
                line.write(json.dumps([number, done.returncode, done.stdout, done.stderr]).encode() + b"\n")


main()
