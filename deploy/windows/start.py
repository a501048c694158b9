# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the frozen program begins: it is Loket and, for the processes that Loket starts, also their Python.

Loket starts itself as `python main.py WORDS` and its voice as `python -I FILE`; in a frozen program `python` is this.
"""

import multiprocessing
import runpy
import sys
from pathlib import Path

from main import main


def begin() -> int:
    """Take the words as Python would, and hand the rest to Loket."""
    words = sys.argv[1:]
    if words[:1] == ["-I"]:
        sys.argv = words[1:]
        runpy.run_path(sys.argv[0], run_name="__main__")
        return 0
    if words and Path(words[0]).name == "main.py":
        del sys.argv[1]
    return main()


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(begin())
