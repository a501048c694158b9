# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A week of visits and faults at one kiosk: memory stays flat, nothing restarts by itself, the store stays bounded.

`make week` plays 2,000 visits (`LOKET_WEEK_VISITS` chooses another number), which takes an hour and more; a few,
in one day, are in `make check`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.faults.figures import count
from tests.faults.week import FIGURES
from tests.faults.week_ground import OWN_MOUNTS, may_mount
from tests.faults.week_plan import DAYS, RATES, Trouble, plan

STAY = ("supervisor", "sync", "desk")  # processes that go on from visit to visit
SHORT_VISITS = 6  # in `make check`
GROWTH = 1.05
MORE_FILES = 2  # a connection that happens to be open
NIGHTS_UNTIL_FULL = 4  # cases stay two days in this week; then as much goes as comes
STORE_GROWTH = 1.25
SEED = "20261122"
AUDIT_LINE_KB = 0.5  # the log of what happened is kept; it alone may grow


def played(folder: Path, repository: Path, visits: int, days: int = DAYS) -> Mapping[str, Any]:
    own = OWN_MOUNTS if may_mount() else ()
    asked = [*own, sys.executable, "-m", "tests.faults.week", str(folder), str(visits), SEED, str(days)]
    said = folder / "said.txt"  # to look at while it goes on for hours
    with said.open("wb") as file:
        done = subprocess.run(asked, cwd=repository, stdout=file, stderr=file, check=False)
    assert done.returncode == 0, said.read_text(encoding="utf-8", errors="replace")[-2000:]
    read: Mapping[str, Any] = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    return read


def assert_nothing_lost_and_nothing_restarted(week: Mapping[str, Any]) -> None:
    assert (week["lost"], week["twice"], week["told_twice"]) == (0, 0, 0)
    assert week["windows_started"] <= week["windows_planned"]  # one that was killed may not have spoken yet
    assert 0 < week["sync_started"] <= week["sync_planned"]
    assert week["said_hung"] == week["befell"].get(Trouble.HUNG, 0)
    assert (week["said_left"], week["said_fault"]) == (0, 0)
    assert [night["retention"] for night in week["nights"]] == [0] * len(week["nights"])
    assert all(night["waits"] == 0 for night in week["nights"])


def assert_flat(week: Mapping[str, Any]) -> None:
    """Hold the last look at each process that stays against the first one at the same process."""
    last = week["samples"][-1]
    for name in STAY:
        same = [each for each in week["samples"] if name != "sync" or each["sync_pid"] == last["sync_pid"]]
        assert len(same) >= 2, name
        before = same[0]
        if last["memory_mb"]["supervisor"]:  # 0: this system does not tell
            assert last["memory_mb"][name], f"{name} was not measured"
            assert last["memory_mb"][name] <= GROWTH * before["memory_mb"][name], name
        assert last["open_files"][name] <= before["open_files"][name] + MORE_FILES, name


def assert_bounded(week: Mapping[str, Any]) -> None:
    full, last = week["nights"][NIGHTS_UNTIL_FULL], week["nights"][-1]
    log_kb = AUDIT_LINE_KB * (last["audit_lines"] - full["audit_lines"])
    assert last["store_kb"] <= STORE_GROWTH * full["store_kb"] + log_kb
    assert last["temp"] <= 4, "temp folders of visits stay behind"


def test_a_week_is_drawn_with_every_fault_and_the_same_each_time() -> None:
    drawn = plan(300, 7, ["bel", "fout"])
    assert drawn == plan(300, 7, ["bel", "fout"])
    assert {each.day for each in drawn} == set(range(DAYS))
    befalls = {trouble for each in drawn for trouble in each.begins}
    assert befalls == {*RATES, Trouble.SYNC_KILLED}


def test_a_leak_of_memory_files_or_folders_is_seen() -> None:
    look = {"sync_pid": 1, "memory_mb": dict.fromkeys(STAY, 30.0), "open_files": dict.fromkeys(STAY, 7)}
    assert_flat({"samples": [look, look]})
    for what, value in (("memory_mb", 31.6), ("open_files", 10)):
        with pytest.raises(AssertionError):
            assert_flat({"samples": [look, look | {what: look[what] | {"supervisor": value}}]})  # type: ignore[operator]
    night = {"audit_lines": 100, "store_kb": 200, "temp": 2}
    assert_bounded({"nights": [night] * DAYS})
    for change in ({"store_kb": 251}, {"temp": 9}):
        with pytest.raises(AssertionError):
            assert_bounded({"nights": [*[night] * (DAYS - 1), night | change]})


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a short name: the addresses of sockets in it may not be long."""
    return tmp_path_factory.mktemp("week")


@pytest.mark.timeout(300)
def test_a_day_with_every_fault_loses_no_case_and_restarts_nothing(folder: Path, repository: Path) -> None:
    week = played(folder, repository, SHORT_VISITS, days=1)
    assert set(week["befell"]) >= {*RATES, Trouble.SYNC_KILLED} - {Trouble.DISK, Trouble.WARM_KILLED}
    assert_nothing_lost_and_nothing_restarted(week)
    assert week["cases"] > 0


@pytest.mark.long
@pytest.mark.timeout(30_000)
def test_a_week_of_visits_and_faults_leaves_everything_as_it_was(folder: Path, repository: Path) -> None:
    visits = int(os.environ.get("LOKET_WEEK_VISITS", "2000"))
    week = played(folder, repository, visits)
    print(json.dumps(week, indent=1))
    assert_nothing_lost_and_nothing_restarted(week)
    assert_flat(week)
    assert_bounded(week)
    count(visits_of_the_week=visits, cases_of_the_week=week["cases"])
