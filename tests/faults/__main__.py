# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`make faults`: the long runs, closing with one line of figures."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.faults.figures import FILE, closing_line


def main() -> int:
    began = time.monotonic()
    FILE.unlink(missing_ok=True)
    code = pytest.main(["-m", "long", "--timeout=3600", "-p", "no:cacheprovider", str(Path(__file__).parent)])
    print(closing_line(time.monotonic() - began, is_green=code == 0))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
