# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of a kiosk that hands in: every case that was acknowledged is there, once, whole, and opens."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sync import audit_log
from sync.database import Database
from sync.outbox import header_of
from sync.sealing import make_key_pair, open_submission, read_opener
from tests.faults.figures import count

MOST_LINES = 40


def kill_at_random(folder: Path, repository: Path, chance: random.Random) -> list[str]:
    """Start, kill when a random number of cases was acknowledged, and give all that were."""
    asked = [sys.executable, "-m", "tests.faults.submitting", str(folder)]
    with subprocess.Popen(asked, cwd=repository, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(chance.randint(1, MOST_LINES))]
        child.kill()
        # What it acknowledged between our last look and its end counts too; half a line does not.
        told += child.stdout.readlines()
    return [line.split()[0] for line in told if line.endswith("\n")]


def prove(folder: Path, repository: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    opener = read_opener(folder / "loket.key")
    acknowledged: list[str] = []
    for _ in range(kills):
        acknowledged += kill_at_random(folder, repository, chance)
    with closing(Database(folder / "loket.db")) as database:
        database.check()
        assert audit_log.first_broken(database) is None
        kept = database.rows("SELECT * FROM submissions")
        for row in kept:
            open_submission(header_of(row), row["sealed"], opener)
        ids = [row["case_id"] for row in kept]
        assert len(acknowledged) >= kills
        assert not set(acknowledged) - set(ids), "a case whose receipt was shown is gone"
        assert len(set(ids)) == len(ids)
        assert len(ids) - len(acknowledged) <= kills, "at most the one in hand was kept without being told"
        waiting = {row["case_id"] for row in database.rows("SELECT case_id FROM outbox WHERE state = 'pending'")}
        assert waiting == set(ids)
        events = [row["case_id"] for row in database.rows("SELECT case_id FROM audit_log WHERE event = 'submitted'")]
        assert sorted(events) == sorted(ids)
    count(kills_of_a_kiosk=kills, acknowledged=len(acknowledged), lost=0)


def test_keeps_every_acknowledged_case_when_the_kiosk_is_killed(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=8, seed=2)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_keeps_every_acknowledged_case_over_hundreds_of_kills(tmp_path: Path, repository: Path) -> None:
    # With the 150 of test_kill_visit: a thousand.
    prove(tmp_path, repository, kills=850, seed=20)
