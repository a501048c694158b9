# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make faults`: every fault run, short and long, closing with one line of figures."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.faults.figures import FILE, Outcomes, closing_line

HERE = Path(__file__).parent
MODEL = HERE.parent / "sync" / "test_outbox_model.py"
"""The outbox next to its model, here with many more examples (`LOKET_MODEL_EXAMPLES`)."""


def main() -> int:
    began, outcomes = time.monotonic(), Outcomes()
    FILE.unlink(missing_ok=True)
    os.environ.setdefault("LOKET_MODEL_EXAMPLES", "400")
    # The empty -m undoes "not long"; -v tells each run as it begins, for some take minutes. None stops the next.
    asked = ["-m", "", "-v", "--tb=short", "--timeout=3600", "-p", "no:cacheprovider", str(HERE), str(MODEL)]
    code = pytest.main(asked, plugins=[outcomes])
    print(closing_line(time.monotonic() - began, outcomes, is_green=code == 0), flush=True)
    return int(code != 0)


if __name__ == "__main__":
    sys.exit(main())
