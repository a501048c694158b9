# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who sits behind the window cannot read a case that was handed in: its process never opens a secret key."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from commands.configuration import load_settings
from commands.joining import STORE, data_dir, key_paths
from domain.errors import SealingError, TamperedError
from sync.database import Database
from sync.outbox import header_of
from sync.sealing import make_key_pair, open_submission, read_opener
from tests.faults.test_kill_visit import SETTINGS


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "loket.toml"
    file.write_text(SETTINGS.format(data=tmp_path / "data"), encoding="utf-8")
    public, private = key_paths(load_settings(file))
    assert private is not None
    make_key_pair(public, private)
    return file


def told(config: Path, repository: Path, *more: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.window_opening", str(config), *more],
        cwd=repository,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    return done.stdout.splitlines()


def test_window_keeps_a_case_and_opens_no_secret_key(config: Path, pytestconfig: pytest.Config) -> None:
    settings = load_settings(config)
    private = key_paths(settings)[1]
    assert private is not None

    lines = told(config, pytestconfig.rootpath)

    assert [line for line in lines if line.startswith("shown ")], "a case was handed in"
    assert [line for line in lines if line.startswith("opened ")] == []
    with closing(Database(data_dir(settings) / STORE)) as database:
        (row,) = database.rows("SELECT * FROM submissions")
    assert open_submission(header_of(row), row["sealed"], read_opener(private)).header == header_of(row)
    make_key_pair(config.with_name("other.pub"), config.with_name("other.key"))
    with pytest.raises((SealingError, TamperedError)):
        open_submission(header_of(row), row["sealed"], read_opener(config.with_name("other.key")))


def test_sees_a_process_that_does_open_it(config: Path, pytestconfig: pytest.Config) -> None:
    private = key_paths(load_settings(config))[1]

    assert "opened loket.key" in told(config, pytestconfig.rootpath, str(private))


def test_window_keeps_a_case_where_it_may_not_read_the_key(config: Path, pytestconfig: pytest.Config) -> None:
    private = key_paths(load_settings(config))[1]
    assert private is not None
    private.rename(config.with_name("elsewhere.key"))  # as at a library, or with another user

    assert [line for line in told(config, pytestconfig.rootpath) if line.startswith("shown ")]
