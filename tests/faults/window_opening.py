# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real window with one scripted visitor, in a process that tells each secret file it opens ("opened NAME")."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faults import visiting

SECRETS = ("loket.key", "device-signing.key")


def _tell(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("open", "os.rename", "os.link", "shutil.copyfile"):
        for argument in arguments[:2]:
            name = str(argument).rpartition("/")[2]
            if isinstance(argument, str | Path) and any(secret in name for secret in SECRETS):
                sys.stdout.write(f"opened {name}\n")


if __name__ == "__main__":
    sys.addaudithook(_tell)
    if len(sys.argv) > 2:  # so that a test can see the hook at work
        Path(sys.argv[2]).read_bytes()
    visiting.MORE_THAN_ENOUGH = 1
    visiting.main(Path(sys.argv[1]))
