# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Beside sending, the sync service sees that every case that waits lies once more beside the store."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from commands.housekeeping import Housekeeping
from commands.joining import open_database, second_copies
from domain.settings import DeviceSettings, Settings
from sync.case_store import SqliteCaseStore
from tests.fakes.clock import FakeClock
from tests.sync.samples import submission, summary


def test_makes_up_a_copy_whose_writer_was_killed_and_clears_up_its_draft(tmp_path: Path) -> None:
    settings = replace(Settings(), device=DeviceSettings(id="kiosk-07", data_dir=tmp_path / "data"))
    copies = second_copies(settings)
    with closing(open_database(settings)) as database:
        made = submission()
        SqliteCaseStore(database, copies).submit(made.header, b"sealed", summary(made), "4711")
    copies.folder.mkdir()
    (copies.folder / f"{made.header.case_id}.0badc0de.draft").write_bytes(b"half")

    Housekeeping(settings, FakeClock()).round()
    assert [file.name for file in copies.folder.iterdir()] == [f"{made.header.case_id}.case"]
