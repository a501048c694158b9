# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the screen and its touch are turned, from machine.toml: run once at each boot, before the window.

The unit of the window hands the compositor what stands in /run/loket-image/screen; the one of Debian 12 knows no other
way to be told. It turns no touch; a rule of udev tells libinput: the same turn, or the numbers of machine.toml
of a touch screen that is built in askew.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from deploy.image.machine import Machine, read_machine

# libinput multiplies by it: where the finger is on the panel, in parts of it, to where that is on the turned screen.
_TURNS: dict[int, tuple[float, ...]] = {
    0: (),
    90: (0, -1, 1, 1, 0, 0),
    180: (-1, 0, 1, 0, -1, 1),
    270: (0, 1, 0, -1, 0, 1),
}


def words_for_cage(machine: Machine) -> str:
    """Give an -r for each quarter turn clockwise."""
    return " ".join(["-r"] * (machine.rotate // 90))


def touch_rule(machine: Machine) -> str:
    """Give the rule of udev, empty when touch needs none."""
    matrix = machine.touch or _TURNS[machine.rotate]
    if not matrix:
        return ""
    numbers = " ".join(f"{number:g}" for number in matrix)
    return f'ENV{{ID_INPUT_TOUCHSCREEN}}=="1", ENV{{LIBINPUT_CALIBRATION_MATRIX}}="{numbers}"\n'


def write(machine: Machine, run: Path, rules: Path) -> bool:
    """Write both down; say whether devices must hear of it."""
    run.mkdir(parents=True, exist_ok=True)
    (run / "screen").write_text(f"TURNED={words_for_cage(machine)}\n", "ascii")
    rule = touch_rule(machine)
    if not rule:
        return False
    rules.mkdir(parents=True, exist_ok=True)
    (rules / "99-loket-touch.rules").write_text(rule, "ascii")
    return True


def main() -> None:
    """Do it on this machine."""
    if write(read_machine(Path("/etc/loket")), Path("/run/loket-image"), Path("/run/udev/rules.d")):
        subprocess.run(["/bin/udevadm", "control", "--reload"], check=False)
        subprocess.run(["/bin/udevadm", "trigger", "--subsystem-match=input", "--settle"], check=False)


if __name__ == "__main__":
    main()
