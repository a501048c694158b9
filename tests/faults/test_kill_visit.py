# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of the real window at random moments: every case whose receipt was shown is there, once."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sync import audit_log
from sync.database import Database
from sync.outbox import header_of
from sync.sealing import open_submission, read_opener
from tests.faults.figures import count

TAPS_A_VISIT = 32
LONGEST_AFTER_A_TAP_S = 0.06  # a confirm takes some tens of milliseconds; the kill falls anywhere in it

SETTINGS = """
[device]
data_dir = "{data}"
[sync]
zaken = "http://127.0.0.1:9/zaken/api/v1/"
documenten = "http://127.0.0.1:9/documenten/api/v1/"
catalogi = "http://127.0.0.1:9/catalogi/api/v1/"
client_id = "kiosk"
secret_file = "secret"
"""


def shown_until_killed(config: Path, repository: Path, chance: random.Random) -> list[str]:
    """Start the window, kill it somewhere in its first visits, and give the references whose receipt was shown."""
    asked = [sys.executable, "-m", "tests.faults.visiting", str(config)]
    # Two visits long, so that about every other kill falls in a visit that follows a kept case.
    taps = chance.randint(1, 2 * TAPS_A_VISIT)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(asked, cwd=repository, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        told: list[str] = []
        while sum(line == "tap\n" for line in told) < taps:
            line = child.stdout.readline()
            assert line, "the window ended by itself"
            told.append(line)
        select.select([child.stdout], [], [], chance.uniform(0, LONGEST_AFTER_A_TAP_S))
        child.kill()
        told += child.stdout.readlines()
    return [line.split()[1] for line in told if line.startswith("shown ") and line.endswith("\n")]


def prove(folder: Path, repository: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    config = folder / "loket.toml"
    config.write_text(SETTINGS.format(data=folder / "data"), encoding="utf-8")
    (folder / "secret").write_text("not used", encoding="utf-8")
    shown: list[str] = []
    for _ in range(kills):
        shown += shown_until_killed(config, repository, chance)
    with closing(Database(folder / "data" / "loket.db")) as database:
        database.check()
        assert audit_log.first_broken(database) is None
        opener = read_opener(folder / "data" / "loket.key")
        kept = database.rows("SELECT * FROM submissions")
        opened = [open_submission(header_of(row), row["sealed"], opener) for row in kept]
        references = [submission.header.reference for submission in opened]
        assert shown, "no receipt was shown at all: the kills came too early to prove anything"
        assert not set(shown) - set(references), "a case whose receipt was shown is gone"
        assert len(set(references)) == len(references), "a case is there twice"
        assert len(references) - len(shown) <= kills, "at most the one in hand was kept without being shown"
        assert all(submission.documents for submission in opened)
        waiting = {row["case_id"] for row in database.rows("SELECT case_id FROM outbox WHERE state = 'pending'")}
        assert waiting == {submission.header.case_id for submission in opened}
    count(kills_of_a_visit=kills, receipts_shown=len(shown), lost=0)


def test_keeps_every_case_whose_receipt_was_shown_when_the_window_is_killed(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=4, seed=4)


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_keeps_every_case_whose_receipt_was_shown_over_a_hundred_kills(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=150, seed=40)
