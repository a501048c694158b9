# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""kill -9 of the sync process while it tells what staff did: each act is at the municipality once, and in order."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from commands.system_clock import SystemClock
from domain.case_act import ActHeader, ActKind, CaseAct, new_act_id
from sync.act_book import SqliteActBook
from sync.case_store import SqliteCaseStore
from sync.counter_file import COUNTER, CounterFile
from sync.database import Database
from sync.practice import PracticeBackEnd
from sync.sealing import make_key_pair, read_sealer
from tests.faults.figures import count
from tests.faults.test_kill_sending import SETTINGS, Killer
from tests.sync.road import CASE_TYPES, RSIN
from tests.sync.samples import hand_in

IN_ORDER = (
    ActKind.TAKE_ON,
    ActKind.DOCUMENT_SEEN,
    ActKind.ASK_MISSING,
    ActKind.CONTACT,
    ActKind.RESUME,
    ActKind.ANSWER,
)
CALLS_A_CASE = 70


def prove(folder: Path, repository: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    killer = Killer(chance)
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    sealer, clock = read_sealer(folder / "loket.pub"), SystemClock()
    with (
        PracticeBackEnd(CASE_TYPES, clock=clock, on_request=killer) as back_end,
        closing(Database(folder / "loket.db")) as database,
        closing(CounterFile(folder / COUNTER)) as counter,
    ):
        (folder / "secret").write_text(back_end.secret + "\n")
        said = SETTINGS.format(rsin=RSIN, folder=folder, urls=back_end.urls, client_id=back_end.client_id)
        (folder / "settings.toml").write_text(said)
        store, book = SqliteCaseStore(database), SqliteActBook(counter, sealer)
        references = []

        def start() -> subprocess.Popen[bytes]:
            asked = [sys.executable, "main.py", "sync", "--once", "--config", str(folder / "settings.toml")]
            return subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL)

        killed = 0
        for number in range(kills):
            if number % 3 == 0:
                reference = hand_in(store, sealer, at=clock.now()).header.reference
                references.append(reference)
                for kind in IN_ORDER:
                    header = ActHeader(new_act_id(), reference, kind, clock.now(), "12", "", "")
                    book.record(CaseAct(header, "M. Mulder", f"Dit is {kind.value}.", {"result": "Afgehandeld"}))
            with start() as child:
                killer.aim(child, chance.randint(1, CALLS_A_CASE // 2))
                killed += child.wait() == -9
        for _ in range(3):
            with start() as child:
                killer.aim(child, 0)
                child.wait()
        assert {kept.state.value for kept in book.acts()} == {"delivered"}, [kept.reason for kept in book.acts()]
        assert killed >= kills / 2, "most of the kills hit"
        for case in back_end.registered():
            numbers = Counter(document.identificatie for document in case.documents)
            assert (len(numbers), set(numbers.values()), case.links) == (2 + 4, {1}, 6)
            assert [kind for kind, _ in case.staff] == ["behandelaar"]
            assert case.statuses == ("Ontvangen", "In behandeling", "In behandeling", "In behandeling", "Afgehandeld")
        assert sorted(case.identificatie for case in back_end.registered()) == sorted(references)
    count(kills_of_acts=killed, acts=len(references) * len(IN_ORDER), doubled=0)


def test_tells_every_act_once_when_the_sync_process_is_killed(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=6, seed=3)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_tells_every_act_once_over_a_hundred_kills(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, kills=100, seed=30)
