# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""/usr/lib/loket-image/start.py: runs one of the programs of the image by name, as the module that the source has."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    runpy.run_module(f"deploy.image.{sys.argv[1]}", run_name="__main__")
