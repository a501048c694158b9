# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A visit at the counter is told on its standard input who fills in; without that it does not begin."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from commands.fill_room import FillTask, read_task, task_line
from domain.filled_by import FilledBy

TASK = FillTask("verhuizen", FilledBy("12", "counter", "phone", "Bö de\nBalie"))


def test_reads_the_line_that_the_desk_writes_and_nothing_after_it() -> None:
    stream = io.StringIO(task_line(TASK) + "show back\n")
    assert task_line(TASK).count("\n") == 1
    assert read_task(stream) == TASK
    assert stream.readline() == "show back\n"


@pytest.mark.parametrize("line", ["", "\n", "show start\n", "[]\n", "{}\n", '{"service": "bel"}\n', "null\n", "12\n"])
def test_reads_nothing_else(line: str) -> None:
    assert read_task(io.StringIO(line)) is None


def test_begins_no_visit_for_nobody(tmp_path: Path, repository: Path) -> None:
    config = tmp_path / "loket.toml"
    config.write_text(f'[device]\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    asked = [sys.executable, "main.py", "visit", "--for-citizen", "--config", str(config)]
    done = subprocess.run(
        asked, cwd=repository, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "not told who fills in" in done.stderr
