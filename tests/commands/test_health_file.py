# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small file is the old one or the new one, and a disk that is full leaves no half ones."""

import os
from pathlib import Path

import pytest

from commands.health_file import write_whole


def test_writes_it_anew_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "devices.json", "1")
    write_whole(tmp_path / "devices.json", "2")
    assert (tmp_path / "devices.json").read_text() == "2"
    assert [file.name for file in tmp_path.iterdir()] == ["devices.json"]


def test_a_full_disk_keeps_the_old_one_and_no_half_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "devices.json", "1")

    def full(_self: Path, _mode: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "devices.json", "2")
    assert (tmp_path / "devices.json").read_text() == "1"
    assert [file.name for file in tmp_path.iterdir()] == ["devices.json"]
