# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a process writes when it breaks: run as a process of its own, for Python's hooks are one a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARK = "Zonnestraal17"
_BEGIN = f"from commands.crash_hooks import install_hooks\ninstall_hooks()\nanswers = {{'naam': '{MARK}'}}\n"

BREAKS = {
    "an exception": "raise ValueError(answers)",
    "one after another": "try:\n    int(answers['naam'])\n"
    "except ValueError as error:\n    raise KeyError(answers) from error",
    "a group": "raise ExceptionGroup(answers['naam'], [ValueError(answers['naam'])])",
    "a note": "error = ValueError()\nerror.add_note(answers['naam'])\nraise error",
    "a kind made on the way": "raise type(answers['naam'] + ' ', (Exception,), {})(answers)",
    "a thread": "import threading\n"
    "thread = threading.Thread(target=lambda: int(answers['naam']), name=answers['naam'])\n"
    "thread.start()\nthread.join()",
    "a destructor": "class Broken:\n    def __del__(self): int(answers['naam'])\n"
    "    def __repr__(self): return answers['naam']\nBroken()",
    "a warning": "import warnings\nwarnings.simplefilter('always')\nwarnings.warn(answers['naam'])",
    "a file that was named so": "exec(compile('raise ValueError', answers['naam'] + ' x', 'exec'))",
    "the end of the process": "import faulthandler\nfaulthandler._sigabrt()",
    "a syntax error": "compile(answers['naam'] + ' (', 'x', 'exec')",
}


@pytest.mark.parametrize("what", BREAKS)
def test_tells_that_it_broke_and_nothing_of_what_was_in_it(what: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _BEGIN + BREAKS[what]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )

    assert MARK not in ended.stderr + ended.stdout
    assert ended.stderr.strip()


def test_the_marks_would_be_found_without_the_hooks() -> None:
    bare = _BEGIN.replace("install_hooks()\n", "\n") + BREAKS["an exception"]
    ended = subprocess.run(
        [sys.executable, "-c", bare], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert MARK in ended.stderr


def test_tells_the_places_and_what_came_before() -> None:
    code = _BEGIN + BREAKS["one after another"]
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.stderr.startswith("loket: fault: KeyError at ")
    assert " after ValueError -> tell the makers of Loket" in ended.stderr
