# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fuzzes one target: python -m tests.kiosk.devices.emrtd.fuzzing TARGET [options of libFuzzer] [corpus folders]."""

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["kiosk.devices.emrtd", "asn1crypto"]):
    from tests.kiosk.devices.emrtd.fuzzing.targets import TARGETS

if __name__ == "__main__":
    target: Callable[[bytes], None] = TARGETS[sys.argv.pop(1)]
    target(b"")  # what is made once is made before the first input is counted
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
