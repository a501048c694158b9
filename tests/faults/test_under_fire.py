# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The real `loket sync` behind a bad line, killed, with a back end that falls over: every case arrives whole, once.

`LOKET_FAULTS_SEED` chooses another run; the line of figures names the seed that was played.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands.system_clock import SystemClock
from domain.case import CaseState
from domain.submission import Document, Submission
from sync.case_store import SqliteCaseStore
from sync.database import Database
from sync.outbox import Counts, Outbox
from sync.practice import PracticeBackEnd
from sync.sealing import make_key_pair, read_sealer
from tests.faults.back_end_process import CLIENT_ID, SECRET, BackEndProcess, back_end_on
from tests.faults.fault_proxy import FaultProxy, Seen, Trouble, by_chance
from tests.faults.figures import count
from tests.sync.road import RSIN
from tests.sync.samples import hand_in

SETTINGS = """
[device]
id = "kiosk-01"
rsin = "{rsin}"
data_dir = "{folder}"
[sync]
zaken = "http://127.0.0.1:{port}/zaken/api/v1/"
documenten = "http://127.0.0.1:{port}/documenten/api/v1/"
catalogi = "http://127.0.0.1:{port}/catalogi/api/v1/"
client_id = "{client_id}"
secret_file = "secret"
timeout_s = 5
devices = 1
"""
LOST = {Trouble.ANSWER_LOST: 0.25}
"""Of the writes."""
BAD_LINE = {Trouble.DROPPED: 0.05, Trouble.DOUBLED: 0.02, Trouble.DELAYED: 0.01}
"""Of all requests."""
WORSE = {
    Trouble.ANSWER_CUT: 0.01, Trouble.GARBAGE: 0.01, Trouble.NONSENSE: 0.01, Trouble.HTML_500: 0.01,
    Trouble.REDIRECT: 0.01, Trouble.SLOW: 0.01,
}  # fmt: skip
REQUESTS_A_CASE = 13
CATALOGUE = 5


@dataclass(frozen=True, slots=True)
class Fire:
    """How bad it is."""

    cases: int
    kills: int
    restarts: int
    seed: int
    limit_s: float
    is_hurried: bool = False
    """A person releases what waits: the short run does not sit out the back-off."""
    largest_attachment: int = 60_000


class Plan:
    """Kills the sender and the back end at chosen numbers of requests."""

    def __init__(self, fire: Fire, kill_back_end: Callable[[], None]) -> None:
        chance = random.Random(fire.seed)
        numbers = chance.sample(range(4, fire.cases * REQUESTS_A_CASE), fire.kills + fire.restarts)
        self._back_end_at = frozenset(numbers[: fire.restarts])
        self._sender_at = frozenset(numbers[fire.restarts :])
        self._kill_back_end = kill_back_end
        self._aimed_at: subprocess.Popen[bytes] | None = None
        self._owed = 0
        self.killed = 0
        self.is_back_end_down = threading.Event()

    def aim(self, victim: subprocess.Popen[bytes]) -> None:
        self._aimed_at = victim

    def __call__(self, seen: Seen) -> None:
        if seen.number in self._back_end_at:
            self._kill_back_end()
            self.is_back_end_down.set()
        self._owed += seen.number in self._sender_at
        victim = self._aimed_at
        if self._owed and victim is not None:
            self._aimed_at = None
            self._owed -= 1
            self.killed += 1
            victim.kill()


def attachments(chance: random.Random, largest: int) -> tuple[Document, ...]:
    return tuple(
        Document(f"Foto {number}", f"foto-{number}.jpg", "image/jpeg", chance.randbytes(chance.randint(1, largest)))
        for number in range(1, chance.choice((1, 1, 2, 3)) + 1)
    )


def submit_all(folder: Path, database: Database, fire: Fire) -> list[Submission]:
    make_key_pair(folder / "loket.pub", folder / "loket.key")
    sealer, store, chance = read_sealer(folder / "loket.pub"), SqliteCaseStore(database), random.Random(fire.seed)
    return [
        hand_in(
            store, sealer, at=SystemClock().now(), documents=attachments(chance, fire.largest_attachment)
        )
        for _ in range(fire.cases)
    ]  # fmt: skip


def assert_whole_and_once(
    back_end: PracticeBackEnd, submitted: Sequence[Submission], doubled_by_the_line: int = 0
) -> None:
    """Nothing is missing and nothing is there twice, but a property that the line itself doubled: it has no number."""
    arrived = {}
    for case in back_end.registered():
        assert case.identificatie not in arrived
        arrived[case.identificatie] = case
    assert set(arrived) == {made.header.reference for made in submitted}
    for made in submitted:
        case = arrived[made.header.reference]
        assert case.kenmerken == (("Loket", made.header.case_id),)
        assert (case.statuses, case.initiators, case.rollen) == (("Ontvangen",), (made.initiator.name,), 1)
        assert set(case.eigenschappen) == set(made.properties.items())
        kept = {document.identificatie: document.sha256 for document in case.documents}
        assert case.links == len(kept) == len(made.documents) + 1
        for number, document in enumerate(made.documents, start=1):
            assert kept[f"{made.header.reference}-{number}"] == hashlib.sha256(document.content).hexdigest()
    totals, documents = back_end.totals(), sum(len(made.documents) + 1 for made in submitted)
    assert (totals.zaken, totals.rollen, totals.statussen) == (len(submitted),) * 3
    assert (totals.documenten, totals.links) == (documents, documents)
    surplus = totals.eigenschappen - sum(len(made.properties) for made in submitted)
    assert 0 <= surplus <= doubled_by_the_line


def write_settings(folder: Path, port: int) -> None:
    (folder / "secret").write_text(SECRET)
    said = SETTINGS.format(rsin=RSIN, folder=folder, port=port, client_id=CLIENT_ID)
    (folder / "settings.toml").write_text(said)


def prove(folder: Path, repository: Path, fire: Fire, *, is_worse: bool = False) -> None:
    back_end = BackEndProcess(folder, repository)
    back_end.start()
    plan = Plan(fire, back_end.kill)
    decide = by_chance(fire.seed, {**BAD_LINE, **WORSE} if is_worse else BAD_LINE, LOST)
    try:
        with (
            closing(Database(folder / "loket.db")) as database,
            FaultProxy(back_end.port, decide, plan) as line,
        ):
            submitted = submit_all(folder, database, fire)
            write_settings(folder, line.port)
            began = time.monotonic()
            counts = run_until_delivered(folder, repository, Outbox(database), plan, back_end, fire)
            took_s = time.monotonic() - began
        says = f"seed {fire.seed}: {counts}"
        assert (counts.delivered, counts.pending, counts.retrying, counts.rejected) == (fire.cases, 0, 0, 0), says
        assert plan.killed == fire.kills, says
        assert all(line.befell[trouble] for trouble in (Trouble.ANSWER_LOST, Trouble.DROPPED, Trouble.DOUBLED)), says
    finally:
        back_end.kill()
    afterwards = back_end_on(folder, 0)
    try:
        assert_whole_and_once(afterwards, submitted, line.doubled["zaakeigenschappen"])
    finally:
        afterwards.stop()
    if fire.is_hurried:
        return
    count(
        under_fire=fire.cases,
        answers_lost=line.befell[Trouble.ANSWER_LOST],
        requests_dropped=line.befell[Trouble.DROPPED],
        requests_doubled=line.befell[Trouble.DOUBLED],
        sync_killed=plan.killed,
        back_end_restarted=fire.restarts,
        once_each=fire.cases,
        fire_seed=fire.seed,
        fire_s=round(took_s),
    )


def run_until_delivered(
    folder: Path, repository: Path, outbox: Outbox, plan: Plan, back_end: BackEndProcess, fire: Fire
) -> Counts:
    """Keep a sender running, as `SyncBeside` does, and a back end, until all is there or the time is over."""
    asked = [sys.executable, "main.py", "sync", "--config", str(folder / "settings.toml")]
    if fire.is_hurried:
        # The service starts slowly after an outage, so as not to drown a server with a whole fleet.
        asked.append("--once")
    pause, ends = threading.Event(), time.monotonic() + fire.limit_s
    sender: subprocess.Popen[bytes] | None = None
    try:
        while (counts := outbox.counts()).delivered < fire.cases and time.monotonic() < ends:
            if plan.is_back_end_down.is_set():
                plan.is_back_end_down.clear()
                back_end.start()
            if sender is None or sender.poll() is not None:
                sender = subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                plan.aim(sender)
            if fire.is_hurried:
                for case in outbox.waiting():
                    if case.state is CaseState.RETRYING:
                        outbox.retry(case.case_id, SystemClock().now())
            pause.wait(0.1)
    finally:
        if sender is not None:
            sender.terminate()
            sender.wait()
    return counts


def test_delivers_every_case_once_through_a_bad_line(tmp_path: Path, repository: Path) -> None:
    prove(tmp_path, repository, Fire(cases=12, kills=2, restarts=1, seed=5, limit_s=60, is_hurried=True))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_delivers_300_cases_once_under_fire(tmp_path: Path, repository: Path) -> None:
    seed = int(os.environ.get("LOKET_FAULTS_SEED", "20261122"))
    prove(tmp_path, repository, Fire(cases=300, kills=20, restarts=2, seed=seed, limit_s=1500))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_delivers_every_case_once_through_the_worst_line(tmp_path: Path, repository: Path) -> None:
    fire = Fire(cases=60, kills=6, restarts=2, seed=11, limit_s=1200, is_hurried=True)
    prove(tmp_path, repository, fire, is_worse=True)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_posts_one_case_once_when_fifty_processes_send_it(tmp_path: Path, repository: Path) -> None:
    back_end = BackEndProcess(tmp_path, repository)
    back_end.start()
    asked = [sys.executable, "main.py", "sync", "--once", "--config", str(tmp_path / "settings.toml")]
    try:
        with closing(Database(tmp_path / "loket.db")) as database, FaultProxy(back_end.port) as line:
            submitted = submit_all(tmp_path, database, Fire(cases=1, kills=0, restarts=0, seed=1, limit_s=0))
            write_settings(tmp_path, line.port)
            together = [subprocess.Popen(asked, cwd=repository, stdout=subprocess.DEVNULL) for _ in range(50)]
            assert [sender.wait() for sender in together] == [0] * 50
            assert line.befell.total() == CATALOGUE + 5 + 2 * (len(submitted[0].documents) + 1)
    finally:
        back_end.kill()
    afterwards = back_end_on(tmp_path, 0)
    try:
        assert_whole_and_once(afterwards, submitted)
    finally:
        afterwards.stop()
    count(posts_of_one_case=50, registered=1)
