# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fuzzes one target: python -m tests.kiosk.devices.emrtd.fuzzing TARGET [options of libFuzzer] [corpus folders]."""

import sys
from collections.abc import Callable
from time import process_time

import atheris

with atheris.instrument_imports(include=["kiosk.devices.emrtd"]):
    from tests.kiosk.devices.emrtd.fuzzing.targets import TARGETS

# Of the processor, not of the clock: a machine that does much else stands still for longer. libFuzzer ends a real hang.
LONGEST_S = 2.0


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Let an input that costs too much be a fault as well."""

    def run(data: bytes) -> None:
        began = process_time()
        target(data)
        if process_time() - began > LONGEST_S:
            raise TimeoutError

    return run


if __name__ == "__main__":
    chosen = TARGETS[sys.argv.pop(1)]
    chosen(b"")  # what is made once is made before the first input is counted
    atheris.Setup(sys.argv, timed(chosen))
    atheris.Fuzz()
