#!/usr/bin/python3 -I
# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""/usr/lib/loket/may-power-off: ends with 0 where the settings of this machine let staff switch it off at the screen.

polkit asks it as a user of its own, each time (`deploy/loket.rules`); anything but a plain yes is a no.
"""

import sys
import tomllib
from pathlib import Path

SETTINGS = Path("/etc/loket/loket.toml")


def may_power_off(settings: Path) -> bool:
    """Tell whether the settings say so."""
    try:
        said = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    kiosk = said.get("kiosk")
    return isinstance(kiosk, dict) and kiosk.get("may_power_off") is True


if __name__ == "__main__":
    sys.exit(0 if may_power_off(SETTINGS) else 1)
