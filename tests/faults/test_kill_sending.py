# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of the sync process at any moment of a delivery: every case is at the municipality exactly once."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from commands.system_clock import SystemClock
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Outbox
from sync.practice import PracticeBackEnd, RecordedRequest
from sync.sealing import make_key_pair, read_sealer
from tests.faults.figures import count
from tests.sync.road import CASE_TYPES, RSIN, assert_registered_once
from tests.sync.samples import hand_in

SETTINGS = """
[device]
id = "kiosk-01"
rsin = "{rsin}"
data_dir = "{folder}"
[sync]
zaken = "{urls.zaken}"
documenten = "{urls.documenten}"
catalogi = "{urls.catalogi}"
client_id = "{client_id}"
secret_file = "secret"
"""
REQUESTS_A_CASE = 9


class Killer:
    """Kills the process that sends when it has made a chosen number of calls: at once, or a random moment later."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._lock = threading.Lock()
        self._left = 0
        self._victim: subprocess.Popen[bytes] | None = None

    def aim(self, victim: subprocess.Popen[bytes], calls: int) -> None:
        with self._lock:
            self._victim, self._left = victim, calls

    def __call__(self, _request: RecordedRequest) -> None:
        with self._lock:
            self._left -= 1
            if self._left != 0 or self._victim is None:
                return
            victim, later_s = self._victim, self._chance.choice((0.0, self._chance.uniform(0, 0.02)))
        if later_s:
            threading.Timer(later_s, victim.kill).start()
        else:
            victim.kill()


def prove(folder: Path, repository: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    killer = Killer(chance)
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    sealer = read_sealer(folder / "loket.pub")
    clock = SystemClock()
    with (
        PracticeBackEnd(CASE_TYPES, clock=clock, on_request=killer) as back_end,
        closing(Database(folder / "loket.db")) as database,
    ):
        (folder / "secret").write_text(back_end.secret + "\n")
        said = SETTINGS.format(rsin=RSIN, folder=folder, urls=back_end.urls, client_id=back_end.client_id)
        (folder / "settings.toml").write_text(said)
        store = SqliteCaseStore(database)
        submitted = []

        def start() -> subprocess.Popen[bytes]:
            asked = [sys.executable, "main.py", "sync", "--once", "--config", str(folder / "settings.toml")]
            return subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL)

        killed = 0
        for _ in range(kills):
            submitted += [hand_in(store, sealer, at=clock.now()) for _ in range(2)]
            with start() as child:
                killer.aim(child, chance.randint(1, 5 + 2 * REQUESTS_A_CASE))
                killed += child.wait() == -9
        for _ in range(3):
            with start() as child:
                killer.aim(child, 0)
                child.wait()
        counts = Outbox(database).counts()
        assert (counts.delivered, counts.pending, counts.retrying, counts.rejected) == (len(submitted), 0, 0, 0)
        assert killed >= kills / 2, "most of the kills hit"
        assert_registered_once(back_end, submitted)
    count(kills_of_sync=killed, delivered=len(submitted), doubled=0)


def test_registers_every_case_once_when_the_sync_process_is_killed(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=8, seed=3)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_registers_every_case_once_over_a_hundred_kills(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=120, seed=30)
