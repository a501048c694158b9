# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket retention`: what it prints and leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import cli
from commands.system_clock import SystemClock
from tests.sync.samples import MARK, hand_in


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "loket.toml"
    file.write_text(f'[device]\nid = "kiosk-07"\ndata_dir = "{tmp_path / "data"}"\n', encoding="utf-8")
    return file


def test_leaves_a_signed_report_of_counts(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from commands.configuration import load_settings
    from commands.joining import open_store, read_public_key

    settings = load_settings(config)
    hand_in(open_store(settings), read_public_key(settings), at=SystemClock().now())
    assert cli.run(["retention", "--config", str(config)]) == cli.FINE
    assert "still here: pending 1; overdue: 0" in capsys.readouterr().out
    (report,) = (config.parent / "data" / "retention").glob("*.json")
    assert json.loads(report.read_bytes())["report"]["kept"] == {"pending": 1}
    assert MARK not in report.read_text()
    assert cli.run(["retention", "--config", str(config), "--check", str(report)]) == cli.FINE

    report.write_text(report.read_text().replace('"pending": 1', '"pending": 0'))
    assert cli.run(["retention", "--config", str(config), "--check", str(report)]) == cli.PROBLEM
    assert "sealing:" in capsys.readouterr().err
