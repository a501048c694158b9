# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket retention`: a counter's copies go too, and the signed report counts them."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands.cli import run
from commands.configuration import load_settings
from commands.joining import open_counter
from commands.system_clock import SystemClock
from sync.database import stamp


def test_the_nights_report_counts_what_went_from_the_counter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "loket.toml"
    config.write_text('[device]\nid = "balie-01"\ndata_dir = "data"\n[retention]\ncounter_days = 3\n')
    settings, now = load_settings(config), SystemClock().now()
    with closing(open_counter(settings)) as file, file.writing() as connection:
        for reference, days in (("old", 4), ("new", 2)):
            connection.execute(
                "INSERT INTO counter_cases VALUES (?, 'a', 'bel', 'Bel mij', 'new', '', '', '', '', '', '', 'nl', 0, 0,"
                " 0, '', 'v', '', 'k', x'', ?)",
                (reference, stamp(now - timedelta(days=days))),
            )

    assert run(["retention", "--config", str(config)]) == 0

    assert "at the counter: cases taken away 1, acts 0, cases still here 1; overdue: 0" in capsys.readouterr().out
